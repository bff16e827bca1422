"""An indicator by procedure or field, the index likewise, and the steps of each post."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from motcua.core.measures import Part
from motcua.indicators import packs
from motcua.indicators.queries.divided import (
    BY,
    Division,
    divided,
    index_divided,
    posts_told,
)
from motcua.indicators.queries.values import Reading
from motcua.indicators.rules import Definition
from motcua.indicators.views.common import (
    Asked,
    asked_by,
    form_of,
    may_open,
    rows_url,
    shown_amount,
)
from motcua.org.models import Person
from motcua.org.views.common import who
from motcua.ui.elements import Tab

#: The address of the index among those of indicators.
INDEX = "index-766"
WORDS = {
    "procedure": lambda: gettext("Theo thủ tục"),
    "field": lambda: gettext("Theo lĩnh vực"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A part as the page shows it, with the ways to its rows ("" where one may not)."""

    name: str
    code: str
    reading: Reading
    top_url: str
    bottom_url: str

    @property
    def why(self) -> str:
        """Why there is no value."""
        return shown_amount(self.reading)


def tabs_of(code: str, kinds: Sequence[str], question: Asked, current: str = "") -> list[Tab]:
    """The ways to the pages that tell an indicator apart."""
    return [
        Tab(
            WORDS[kind](),
            f"{reverse('indicators:divided', args=[code, kind])}?{question.query()}",
            kind == current,
        )
        for kind in kinds
    ]


@login_required
def by_part(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """An indicator's value for each part of a sort, each opening to its rows; 404 where it cannot
    be told so."""
    question = asked_by(request)
    if kind not in BY:
        raise Http404
    if code == INDEX:
        return _index(request, kind, question)
    known = packs.indicators().get(code)
    if known is None:
        raise Http404
    definition = known.on(question.scope.end)
    found = divided(definition, question.scope, kind)
    if found is None:
        raise Http404
    person, _now, _today = who(request)
    context = _context(request, code, kind, question, definition.name) | {
        "rows": [_row(one, definition, question, person) for one in found],
        "has_bottom": len(definition.measures) > 1,
    }
    return render(request, "indicators/divided.html", context)


def _context(
    request: HttpRequest, code: str, kind: str, question: Asked, name: str
) -> dict[str, object]:
    whole = (
        reverse("indicators:index")
        if code == INDEX
        else reverse("indicators:indicator", args=[code])
    )
    return {
        "name": name,
        "way": WORDS[kind](),
        "is_procedure": kind == "procedure",
        "tabs": tabs_of(code, BY, question, kind),
        "whole_url": f"{whole}?{question.query()}",
        "question": question,
        "form": form_of(request, question),
    }


def _row(one: Division, definition: Definition, question: Asked, person: Person) -> Row:
    value = one.reading.value
    codes = definition.measures
    ways = [
        rows_url(code, question.agency, one.reading.scope)
        if number and may_open(person, code, question.agency, question.on)
        else ""
        for code, number in zip(codes, (value.top, value.bottom), strict=False)
    ]
    code = one.part.key if one.part.kind == "procedure" else ""
    return Row(one.name, code, one.reading, ways[0], ways[1] if len(ways) > 1 else "")


def _index(request: HttpRequest, kind: str, question: Asked) -> HttpResponse:
    """The index of each part: of what its records tell."""
    rows = [
        (name, part.key if kind == "procedure" else "", score)
        for part, name, score in index_divided(question.scope, kind)
    ]
    context = _context(request, INDEX, kind, question, gettext("Bộ chỉ số 766"))
    return render(request, "indicators/divided_index.html", context | {"rows": rows})


@dataclass(frozen=True, slots=True)
class AtPost:
    """A post with its numbers and the ways to their rows."""

    name: str
    cells: Sequence[tuple[str, int | None, str]]
    share: Decimal | None


@login_required
def posts(request: HttpRequest) -> HttpResponse:
    """What each post did of its steps in a period, and what lies there, each number opening to its
    rows."""
    question = asked_by(request)
    person, _now, _today = who(request)
    context = {
        "question": question,
        "form": form_of(request, question),
        "headings": _headings(),
        "rows": list(_at_posts(question, person)),
    }
    return render(request, "indicators/posts.html", context)


def _headings() -> list[str]:
    """The measures of ``OF_POSTS`` in words that let six columns stand beside each other."""
    return [
        gettext("Bước đã xong"),
        gettext("Đúng hạn"),
        gettext("Trễ"),
        gettext("Đang làm"),
        gettext("Đang trễ"),
    ]


def _at_posts(question: Asked, person: Person) -> Iterator[AtPost]:
    headings = _headings()
    for part, name, told in posts_told(question.scope):
        cells = [
            (heading, number, _opened(code, number, part, question, person))
            for heading, (code, number) in zip(headings, told.items(), strict=True)
        ]
        ended, punctual = told["steps.ended"], told["steps.punctual"]
        share = round(Decimal(100 * (punctual or 0)) / ended, 2) if ended else None
        yield AtPost(name, cells, share)


def _opened(code: str, number: int | None, part: Part, question: Asked, person: Person) -> str:
    if not number or not may_open(person, code, question.agency, question.on):
        return ""
    return rows_url(code, question.agency, question.scope, part)
