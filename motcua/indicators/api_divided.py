"""Indicators by procedure and field, and the steps of posts, by API."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router

from motcua.indicators import packs
from motcua.indicators.api import Form, answer, plain, question_of, show
from motcua.indicators.queries.divided import BY, divided, index_divided, posts_told
from motcua.ui.machine import Day

router = Router()


@router.get("/index-766/by/{kind}")
def index_by(  # each is a part of the address
    request: HttpRequest,
    kind: str,
    agency: str = "",
    period: str = "",
    on: Day | None = None,
    form: Form = "json",
) -> Any:
    """The index of Decision 766/QĐ-TTg by procedure or by field (``kind``): the points of the
    components that the records tell of each part, of the most that these can have."""
    if kind not in BY:
        raise Http404
    question = question_of(request, agency, period, on)
    rows = [
        {
            "part": f"{part.kind}:{part.key}",
            "name": name,
            "points": str(score.points),
            "scored": str(score.scored),
            "share": plain(score.share),
        }
        for part, name, score in index_divided(question.scope, kind)
    ]
    return answer(rows, form, f"index-766-by-{kind}-{question.agency.code}-{question.period.code}")


@router.get("/indicators/{code}/by/{kind}")
def by_part(  # each is a part of the address
    request: HttpRequest,
    code: str,
    kind: str,
    agency: str = "",
    period: str = "",
    on: Day | None = None,
    form: Form = "json",
) -> Any:
    """One indicator by procedure or by field (``kind``): each part in which anything arose. 404
    where it cannot be told so."""
    known = packs.indicators().get(code)
    if known is None:
        raise Http404
    question = question_of(request, agency, period, on)
    found = divided(known.on(question.scope.end), question.scope, kind)
    if found is None:
        raise Http404
    rows = [
        {
            "part": f"{one.part.kind}:{one.part.key}",
            "part_name": one.name,
            **show(one.reading, question),
        }
        for one in found
    ]
    return answer(rows, form, f"{code}-by-{kind}-{question.agency.code}-{question.period.code}")


@router.get("/posts")
def posts(
    request: HttpRequest,
    agency: str = "",
    period: str = "",
    on: Day | None = None,
    form: Form = "json",
) -> Any:
    """The steps of each post of an agency in a period, by measure."""
    question = question_of(request, agency, period, on)
    rows = [
        {"part": f"{part.kind}:{part.key}", "name": name, **told}
        for part, name, told in posts_told(question.scope)
    ]
    return answer(rows, form, f"posts-{question.agency.code}-{question.period.code}")
