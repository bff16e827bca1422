"""One indicator: value, rows, months, definition; typing what no app keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from motcua.core.errors import Refused
from motcua.core.measures import family_of, measures
from motcua.core.periods import Period, PeriodKind
from motcua.indicators import packs
from motcua.indicators.actions import type_counts
from motcua.indicators.forms import TypedForm
from motcua.indicators.queries.divided import ways_of
from motcua.indicators.queries.values import Reading, pieces, scope_of, values_of
from motcua.indicators.rules import Definition, Formula, Indicator
from motcua.indicators.views.common import (
    Asked,
    asked_by,
    form_of,
    may_open,
    rows_url,
    shown_amount,
)
from motcua.indicators.views.divided import tabs_of
from motcua.indicators.views.forecast import brief_of
from motcua.indicators.views.lists import Line, amount_of, goal_number, year_of
from motcua.org.models import Person
from motcua.org.permissions import may
from motcua.org.views.common import who
from motcua.planning.models import Target
from motcua.ui import charts
from motcua.ui.elements import Tab
from motcua.ui.respond import redirect_after, sent_by

#: Into which periods an indicator's page can cut the one that is asked for.
CUTS = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.WEEK)
MOST_PIECES = 60


@dataclass(frozen=True, slots=True)
class Made:
    """A measure of a value: how many, and the way to the rows ("" where one may not)."""

    label: str
    definition: str
    source: str
    unit: str
    count: int | None
    url: str


@dataclass(frozen=True, slots=True)
class Part:
    """A value with what it is made of."""

    reading: Reading
    made: Sequence[Made]

    @property
    def why(self) -> str:
        """Why there is no value."""
        return shown_amount(self.reading)


@dataclass(frozen=True, slots=True)
class Piece:
    """One period of the series."""

    period: Period
    reading: Reading
    top_url: str
    bottom_url: str

    @property
    def why(self) -> str:
        """Why there is no value."""
        return shown_amount(self.reading)


def _made(reading: Reading, question: Asked, person: Person) -> list[Made]:
    known = measures()
    counts = (reading.value.top, reading.value.bottom)
    return [
        Made(
            gettext(known[code].label),
            gettext(known[code].definition),
            known[code].source,
            gettext(known[code].unit),
            n,
            _opened(code, n, reading, question, person),
        )
        for code, n in zip(reading.definition.measures, counts, strict=False)
    ]


def _opened(code: str, n: int | None, reading: Reading, question: Asked, person: Person) -> str:
    if not n or not may_open(person, code, question.agency, question.on):
        return ""
    return rows_url(code, question.agency, reading.scope)


@login_required
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """An indicator: in words, its value and rows, over time, and how its definition changed; where
    no app keeps its records, the form that types a period's numbers."""
    known = packs.indicators().get(code)
    if known is None:
        raise Http404
    question = asked_by(request)
    form = typed_form(request, known.on(question.scope.end), question)
    if form is not None and form.is_valid() and _typed(request, known, question, form):
        url = reverse("indicators:indicator", args=[code])
        return redirect_after(request, f"{url}?{question.query()}")
    context = _shown(request, known, question) | {"typing": form}
    status = 422 if form is not None and form.errors else 200
    return render(request, "indicators/indicator.html", context, status=status)


def _typed(request: HttpRequest, known: Indicator, question: Asked, form: TypedForm) -> bool:
    """Whether the numbers are kept; a refusal is shown in the form."""
    person, now, _today = who(request)
    try:
        type_counts(
            agency=question.agency,
            indicator=known.code,
            period=question.period,
            counts=form.counts(),
            evidence=form.cleaned_data["evidence"],
            by=person,
            at=now,
        )
    except Refused as refusal:
        form.add_refusal(refusal.sentence(gettext(refusal.message)))
        return False
    return True


def _shown(request: HttpRequest, known: Indicator, question: Asked) -> dict[str, Any]:
    """What the page tells of an indicator."""
    person, _now, today = who(request)
    cut = next((kind for kind in CUTS if kind == request.GET.get("by")), PeriodKind.MONTH)
    periods = pieces(year_of(question), cut, question.on)[-MOST_PIECES:]
    scopes = [scope_of(question.agencies, one, question.on, question.scope.now) for one in periods]
    parts, series = values_of([known], question.scope, scopes)[known.code]
    shown = [Part(reading, _made(reading, question, person)) for reading in parts]
    definition = parts[-1].definition
    readers = Target.objects.visible_to(person, today).filter(
        agency=question.agency, readings__indicator=known.code, readings__ended_at__isnull=True
    )
    return {
        "indicator": known,
        "definition": definition,
        "formula": gettext(definition.formula.label),
        "better": gettext(definition.better.label),
        "has_bottom": definition.formula is not Formula.COUNT,
        "question": question,
        "form": form_of(request, question),
        "parts": shown,
        "now": shown[-1],
        "line": Line(known, parts[-1], len(parts) > 1, "", SafeString("")),
        "pieces": [
            Piece(period, one, *_ways(one, question, person))
            for period, one in zip(periods, series, strict=True)
        ],
        "figure": _chart(definition.name, definition.unit, periods, series),
        "cuts": [
            Tab(_CUT_WORDS[kind](), f"?{question.query(by=str(kind))}", kind is cut)
            for kind in CUTS
        ],
        "closed": parts[-1].value.top is not None
        and any(
            family_of(code) is not None and not may_open(person, code, question.agency, today)
            for code in definition.measures
        ),
        "divisions": tabs_of(known.code, ways_of(definition), question),
        "targets": readers.order_by("pk"),
        **brief_of(known, question),
    }


def typed_form(request: HttpRequest, definition: Definition, question: Asked) -> TypedForm | None:
    """The form that types a period's numbers; None where the records tell them, or one may not."""
    person, _now, today = who(request)
    if any(family_of(code) is not None for code in definition.measures):
        return None
    if request.method != "POST" and not may(person, "planning.measure", question.agency, today):
        return None
    known = measures()
    labels = [gettext(known[code].label) for code in definition.measures]
    return TypedForm(sent_by(request), labels=labels)


_CUT_WORDS = {
    PeriodKind.MONTH: lambda: gettext("Theo tháng"),
    PeriodKind.QUARTER: lambda: gettext("Theo quý"),
    PeriodKind.WEEK: lambda: gettext("Theo tuần"),
}


def _ways(reading: Reading, question: Asked, person: Person) -> tuple[str, str]:
    top, *rest = (made.url for made in _made(reading, question, person))
    return top, rest[0] if rest else ""


def _chart(
    name: str, unit: str, periods: Sequence[Period], series: Sequence[Reading]
) -> charts.Figure | None:
    """The value over the periods with the goal; None where fewer than two are known."""
    if sum(one.value.amount is not None for one in series) < 2:
        return None
    points = [
        charts.Point(_short(period), amount_of(one))
        for period, one in zip(periods, series, strict=True)
    ]
    goal, short = goal_number(series[-1]), unit if len(unit) <= 3 else ""
    return charts.line(name, points, unit=short, target=goal, floor=_floor(points, goal, unit))


def _floor(points: Sequence[charts.Point], goal: float | None, unit: str) -> float:
    """Where the axis of shares near 100 % begins, so that the line tells something; else 0."""
    shown = [one for one in (*(point.value for point in points), goal) if one is not None]
    least = min(shown)
    return least // 10 * 10 - 10 if unit == "%" and least >= 60 else 0


def _short(period: Period) -> str:
    letter = {PeriodKind.MONTH: "T", PeriodKind.QUARTER: "Q", PeriodKind.WEEK: "Tu"}
    return f"{letter[period.kind]}{period.index}"
