"""All indicators of an agency for a period; one indicator with its months, rows and history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

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
from motcua.indicators.queries.values import Reading, pieces, scope_of, values_of
from motcua.indicators.rules import Better, Definition, Formula, Indicator, Standing
from motcua.indicators.views.common import (
    Asked,
    asked_by,
    form_of,
    may_open,
    rows_url,
    shown_amount,
)
from motcua.org.models import Person
from motcua.org.permissions import may
from motcua.org.views.common import who
from motcua.planning.models import Target
from motcua.ui import charts
from motcua.ui.elements import Tab
from motcua.ui.formats import vn_number
from motcua.ui.respond import redirect_after, sent_by
from motcua.ui.templatetags.ui_tags import Tone, with_unit

TONES: dict[Standing, Tone] = {
    Standing.REACHED: "done",
    Standing.NEAR: "soon",
    Standing.MISSED: "late",
    Standing.OPEN: "",
}
#: Into which periods an indicator's page can cut the one that is asked for.
CUTS = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.WEEK)
MOST_PIECES = 60


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator as a list shows it."""

    indicator: Indicator
    reading: Reading
    changed: bool  # the definition changed within the period
    url: str
    trend: SafeString

    @property
    def why(self) -> str:
        """Why there is no value."""
        return shown_amount(self.reading)

    @property
    def parts(self) -> str:
        """ "(49/50)" of a share; "" of anything else."""
        value = self.reading.value
        if self.reading.definition.formula is not Formula.RATIO or value.bottom is None:
            return ""
        return f"({vn_number(value.top)}/{vn_number(value.bottom)})"

    @property
    def goal(self) -> str:
        """ "≥ 98%"; "" without a goal."""
        return goal_of(self.reading)

    @property
    def word(self) -> str:
        """Its standing; "" where there is none."""
        return "" if self.why else gettext(self.reading.standing.label)

    @property
    def tone(self) -> Tone:
        """The standing as a tone."""
        return TONES[self.reading.standing]


def goal_of(reading: Reading) -> str:
    """A definition's goal in signs."""
    definition = reading.definition
    if definition.goal is None:
        return ""
    up = definition.better is Better.UP
    last = Decimal(100) if up and definition.formula is Formula.RATIO else Decimal(0)
    sign = "" if definition.goal == last else "≥ " if up else "≤ "  # nothing lies beyond
    return sign + with_unit(vn_number(definition.goal), definition.unit)


def _year_of(question: Asked) -> Period:
    return Period(PeriodKind.YEAR, question.period.start.year)


def _scopes(question: Asked, cut: PeriodKind, whole: Period) -> list[Period]:
    return pieces(whole, cut, question.on)[-MOST_PIECES:]


@login_required
def indicators(request: HttpRequest) -> HttpResponse:
    """The indicators by group: value, goal, direction over the year's months."""
    question = asked_by(request)
    months = _scopes(question, PeriodKind.MONTH, _year_of(question))
    scopes = [scope_of(question.agencies, one, question.on, question.scope.now) for one in months]
    known = packs.indicators()
    told = values_of(known.values(), question.scope, scopes)
    lines: dict[str, list[Line]] = {}
    for code, (parts, series) in told.items():
        url = f"{reverse('indicators:indicator', args=[code])}?{question.query()}"
        trend = charts.spark(
            [_amount(one) for one in series],
            label=gettext("Xu hướng"),
            target=_goal(parts[-1]),
        )
        empty = all(one.value.amount is None for one in series)
        line = Line(known[code], parts[-1], len(parts) > 1, url, SafeString("") if empty else trend)
        lines.setdefault(known[code].group, []).append(line)
    context = {
        "question": question,
        "form": form_of(request, question),
        "groups": [(gettext(label), lines.get(key, [])) for key, label in packs.groups().items()],
    }
    return render(request, "indicators/indicators.html", context)


def _amount(reading: Reading) -> float | None:
    return None if reading.value.amount is None else float(reading.value.amount)


def _goal(reading: Reading) -> float | None:
    return None if reading.definition.goal is None else float(reading.definition.goal)


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
    """An indicator: in words, its value and rows, over time, and how its definition changed."""
    person, now, today = who(request)
    known = packs.indicators().get(code)
    if known is None:
        raise Http404
    question = asked_by(request)
    cut = next((kind for kind in CUTS if kind == request.GET.get("by")), PeriodKind.MONTH)
    periods = _scopes(question, cut, _year_of(question))
    scopes = [scope_of(question.agencies, one, question.on, question.scope.now) for one in periods]
    parts, series = values_of([known], question.scope, scopes)[code]
    shown = [Part(reading, _made(reading, question, person)) for reading in parts]
    definition = parts[-1].definition
    families = [one for one in definition.measures if may_open(person, one, question.agency, today)]
    form = typed_form(request, definition, question)
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            type_counts(
                agency=question.agency,
                indicator=code,
                period=question.period,
                counts=form.counts(),
                evidence=form.cleaned_data["evidence"],
                by=person,
                at=now,
            )
        except Refused as refusal:
            form.add_refusal(refusal.sentence(gettext(refusal.message)))
        else:
            url = reverse("indicators:indicator", args=[code])
            return redirect_after(request, f"{url}?{question.query()}")
    context = {
        "indicator": known,
        "typing": form,
        "definition": definition,
        "formula": gettext(definition.formula.label),
        "better": gettext(definition.better.label),
        "question": question,
        "form": form_of(request, question),
        "parts": shown,
        "now": shown[-1],
        "line": Line(known, parts[-1], len(parts) > 1, "", SafeString("")),
        "pieces": [
            Piece(period, reading, *_ways(reading, question, person))
            for period, reading in zip(periods, series, strict=True)
        ],
        "figure": _chart(definition.name, definition.unit, periods, series),
        "cuts": [
            Tab(_CUT_WORDS[kind](), f"?{question.query(by=str(kind))}", kind is cut)
            for kind in CUTS
        ],
        "closed": not families and parts[-1].value.top is not None,
        "targets": Target.objects.visible_to(person, today)
        .filter(agency=question.agency, readings__indicator=code, readings__ended_at__isnull=True)
        .order_by("pk"),
        "has_bottom": definition.formula is not Formula.COUNT,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "indicators/indicator.html", context, status=status)


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
        charts.Point(_short(period), _amount(one))
        for period, one in zip(periods, series, strict=True)
    ]
    goal, short = _goal(series[-1]), unit if len(unit) <= 3 else ""
    return charts.line(name, points, unit=short, target=goal, floor=_floor(points, goal, unit))


def _floor(points: Sequence[charts.Point], goal: float | None, unit: str) -> float:
    """Where the axis of shares near 100 % begins, so that the line tells something; else 0."""
    shown = [one for one in (*(point.value for point in points), goal) if one is not None]
    least = min(shown)
    return least // 10 * 10 - 10 if unit == "%" and least >= 60 else 0


def _short(period: Period) -> str:
    letter = {PeriodKind.MONTH: "T", PeriodKind.QUARTER: "Q", PeriodKind.WEEK: "Tu"}
    return f"{letter[period.kind]}{period.index}"
