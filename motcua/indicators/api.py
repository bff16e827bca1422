"""Measures, indicators, values and rows by API, as JSON and CSV, with their data dictionary."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from ninja import Router, Schema, Status

from motcua.core.measures import family_of, measures
from motcua.core.periods import PeriodKind
from motcua.indicators import actions, packs
from motcua.indicators.queries.index import index_of
from motcua.indicators.queries.targets import proposed_for, readings_of
from motcua.indicators.queries.values import Reading, pieces, scope_of, values_of
from motcua.indicators.rules import Definition
from motcua.indicators.views.common import Asked, asked
from motcua.indicators.views.rows import checked_part, measure_of, scope_asked
from motcua.org.permissions import check_may, visible_agencies
from motcua.org.views.common import who
from motcua.planning.models import Target
from motcua.ui.machine import Day, page

router = Router()
Form = Literal["json", "csv"]
Cut = Literal["week", "month", "quarter"]


class ConnectIn(Schema):
    """The indicator that a target is to read."""

    indicator: str


class CountsIn(Schema):
    """The numbers of a period (top, then bottom) and where they come from."""

    agency: str = ""
    period: str
    counts: list[int]
    evidence: str


def question_of(request: HttpRequest, agency: str, period: str, on: date | None) -> Asked:
    """What an operation asks for. Raises ``NotAPeriod``, ``Http404``."""
    person, now, today = who(request)
    sent = QueryDict(mutable=True)
    sent.update({"agency": agency, "period": period, "on": on.isoformat() if on else ""})
    return asked(person, sent, today, now)


def _check_somewhere(request: HttpRequest) -> None:
    """The dictionary is for whoever may see indicators anywhere; else 404."""
    person, _now, today = who(request)
    if not visible_agencies(person, "indicators.view", today):
        raise Http404


def answer(rows: Sequence[dict[str, Any]], form: Form, name: str) -> Any:
    """JSON, or the same rows as CSV: UTF-8 with a mark, one line of headers."""
    if form == "json":
        return {"results": rows}
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@router.get("/measures")
def dictionary(request: HttpRequest, form: Form = "json") -> Any:
    """What can be counted: unit, definition, source, and whether its records are kept. ``kept``
    false: the value is unknown, never 0."""
    _check_somewhere(request)
    rows = [
        {
            "code": code,
            "label": gettext(measure.label),
            "unit": gettext(measure.unit),
            "definition": gettext(measure.definition),
            "source": measure.source,
            "kept": family_of(code) is not None,
        }
        for code, measure in sorted(measures().items())
    ]
    return answer(rows, form, "measures")


@router.get("/measures/{code}/rows")
def measure_rows(  # each is a part of the address
    request: HttpRequest,
    code: str,
    agency: str,
    since: Day,
    until: Day,
    on: Day | None = None,
    part: str = "",
    cursor: str | None = None,
    limit: int = 50,
) -> dict[str, Any]:
    """The records that a measure counts from a day to another, as they stood at the end of ``on``
    (default: now); ``part`` as "procedure:1.000894", "field:Hộ tịch", "post:justice" where the
    measure can be told so. Needs the right of the records' own app."""
    person, now, today = who(request)
    _measure, family = measure_of(code)
    sent = QueryDict(mutable=True)
    sent.update({"agency": agency, "since": str(since), "until": str(until), "on": str(on or "")})
    sent["part"] = part
    of, scope = scope_asked(person, sent, today, now)
    check_may(person, family.sees, of, today)
    checked_part(family, scope)

    def show_row(row: Any) -> dict[str, Any]:
        told = {column.path: _value(row, column.path) for column in family.columns}
        return {"id": row.pk, "url": family.address(row), **told}

    return page(family.rows(code, scope).order_by(), ["pk"], show_row, cursor=cursor, limit=limit)


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name, None)
    return row


@router.get("/indicators")
def indicators(
    request: HttpRequest,
    agency: str = "",
    period: str = "",
    on: Day | None = None,
    form: Form = "json",
) -> Any:
    """All indicators of an agency (its code; default one's own) for a period ("2024", "2024-Q2",
    "2024-03" …; default this year) as they stood at the end of ``on`` (default: now)."""
    question = question_of(request, agency, period, on)
    told = values_of(packs.indicators().values(), question.scope)
    rows = [show(part, question) for parts, _series in told.values() for part in parts]
    return answer(rows, form, f"indicators-{question.agency.code}-{question.period.code}")


@router.get("/index-766")
def index(
    request: HttpRequest,
    agency: str = "",
    period: str = "",
    on: Day | None = None,
    form: Form = "json",
) -> Any:
    """The index of Decision 766/QĐ-TTg: each component with its points, as far as the records tell.
    ``points`` null: not known, or nothing arose; ``unverified`` names defaults that no text of law
    was read for."""
    question = question_of(request, agency, period, on)
    found = index_of(question.scope)
    rows = [
        {
            "no": row.component.no,
            "group": group.group.code,
            **show(row.reading, question),
            "points": plain(row.points),
            "max": str(row.component.most),
            "full_at": str(row.component.full_at),
            "unverified": " ".join(sorted(row.component.unverified)),
        }
        for group in found.groups
        for row in group.rows
    ]
    if form == "csv":
        return answer(rows, form, f"index-766-{question.agency.code}-{question.period.code}")
    told = found.score
    return {
        "name": found.regime.name,
        "points": str(told.points),
        "scored": str(told.scored),
        "unknown": str(told.unknown),
        "idle": str(told.idle),
        "share": plain(told.share),
        "level": found.level,
        "components": rows,
    }


@router.get("/indicators/{code}")
def indicator(  # each is a part of the address
    request: HttpRequest,
    code: str,
    agency: str = "",
    period: str = "",
    on: Day | None = None,
    by: Cut = "month",
    form: Form = "json",
) -> Any:
    """One indicator: all versions of its definition, its value (one part for each version that
    held in the period), and its course over the year; CSV holds the course."""
    known = packs.indicators().get(code)
    if known is None:
        raise Http404
    question = question_of(request, agency, period, on)
    year = type(question.period)(PeriodKind.YEAR, question.period.start.year)
    periods = pieces(year, PeriodKind(by), question.on)
    scopes = [scope_of(question.agencies, one, question.on, question.scope.now) for one in periods]
    parts, series = values_of([known], question.scope, scopes)[code]
    course = [
        {"period": piece.code, **show(reading, question)}
        for piece, reading in zip(periods, series, strict=True)
    ]
    if form == "csv":
        return answer(course, form, f"{code}-{question.agency.code}-{year.code}")
    return {
        "code": code,
        "group": known.group,
        "versions": [_define(version) for version in known.versions],
        "values": [show(part, question) for part in parts],
        "course": course,
    }


@router.post("/indicators/{code}/counts", response={201: dict[str, Any]})
def type_counts(request: HttpRequest, code: str, data: CountsIn) -> Status[dict[str, Any]]:
    """Type the numbers of an indicator whose records no app keeps."""
    person, now, _today = who(request)
    question = question_of(request, data.agency, data.period, None)
    made = actions.type_counts(
        agency=question.agency,
        indicator=code,
        period=question.period,
        counts=data.counts,
        evidence=data.evidence,
        by=person,
        at=now,
    )
    return Status(201, {"measures": {row.measure: row.count for row in made}})


def _define(definition: Definition) -> dict[str, Any]:
    return {
        "valid_from": definition.valid_from,
        "valid_to": definition.valid_to,
        "name": definition.name,
        "words": definition.words,
        "formula": str(definition.formula),
        "measures": list(definition.measures),
        "unit": definition.unit,
        "better": str(definition.better),
        "goal": plain(definition.goal),
        "warn": plain(definition.warn),
        "owner": definition.owner,
        "source": definition.source,
        "unverified": sorted(definition.unverified),
    }


def show(reading: Reading, question: Asked) -> dict[str, Any]:
    """A value with what it is made of."""
    definition, value = reading.definition, reading.value
    return {
        "indicator": definition.code,
        "name": definition.name,
        "agency": question.agency.code,
        "since": reading.scope.since.isoformat(),
        "until": reading.scope.until.isoformat(),
        "on": reading.scope.on.isoformat(),
        "value": plain(value.amount),
        "known": str(value.known),
        "unit": definition.unit,
        "top": value.top,
        "bottom": value.bottom,
        "goal": plain(definition.goal),
        "standing": str(reading.standing),
        "typed": bool(reading.typed),
        "definition_from": definition.valid_from.isoformat(),
    }


def plain(amount: Decimal | None) -> str | None:
    """A number without loss; None: not known."""
    return None if amount is None else str(amount)


def _target(request: HttpRequest, pk: int) -> Target:
    person, _now, today = who(request)
    rows = Target.objects.visible_to(person, today).select_related("agency", "plan")
    return get_object_or_404(rows, pk=pk)


@router.get("/targets/{int:pk}/indicator")
def target_indicator(request: HttpRequest, pk: int) -> dict[str, Any]:
    """The indicator that a target reads (null: typed), and those that fit its sentence."""
    _person, _now, today = who(request)
    return _reading(_target(request, pk), today)


def _reading(target: Target, today: date) -> dict[str, Any]:
    chosen = readings_of([target]).get(target.pk)
    fits: Iterable[Any] = proposed_for(target, today)
    return {
        "indicator": chosen.indicator if chosen else None,
        "reason": chosen.reason if chosen else None,
        "confirmed_by": chosen.confirmed_by.full_name if chosen else None,
        "confirmed_at": chosen.confirmed_at if chosen else None,
        "proposed": [{"indicator": fit.definition.code, "said": list(fit.said)} for fit in fits],
    }


@router.post("/targets/{int:pk}/indicator", response={201: dict[str, Any]})
def connect(request: HttpRequest, pk: int, data: ConnectIn) -> Status[dict[str, Any]]:
    """Confirm the indicator that a target reads."""
    person, now, today = who(request)
    target = _target(request, pk)
    actions.connect_target(target=target, indicator=data.indicator, by=person, at=now)
    return Status(201, _reading(target, today))


@router.delete("/targets/{int:pk}/indicator", response={200: dict[str, Any]})
def disconnect(request: HttpRequest, pk: int) -> Status[dict[str, Any]]:
    """Type the target's figures again."""
    person, now, today = who(request)
    target = _target(request, pk)
    actions.disconnect_target(target=target, by=person, at=now)
    return Status(200, _reading(target, today))
