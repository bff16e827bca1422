"""All indicators of an agency for a period."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from motcua.core.periods import Period, PeriodKind
from motcua.indicators import packs
from motcua.indicators.queries.values import Reading, pieces, scope_of, values_of
from motcua.indicators.rules import Better, Definition, Formula, Indicator, Standing
from motcua.indicators.views.common import (
    Asked,
    asked_by,
    form_of,
    shown_amount,
)
from motcua.ui import charts
from motcua.ui.formats import vn_number
from motcua.ui.templatetags.ui_tags import Tone, with_unit

TONES: dict[Standing, Tone] = {
    Standing.REACHED: "done",
    Standing.NEAR: "soon",
    Standing.MISSED: "late",
    Standing.OPEN: "",
}


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
        return goal_of(self.reading.definition)

    @property
    def word(self) -> str:
        """Its standing; "" where there is none."""
        return "" if self.why else gettext(self.reading.standing.label)

    @property
    def tone(self) -> Tone:
        """The standing as a tone."""
        return TONES[self.reading.standing]


def goal_of(definition: Definition) -> str:
    """A definition's goal in signs."""
    if definition.goal is None:
        return ""
    up = definition.better is Better.UP
    last = Decimal(100) if up and definition.formula is Formula.RATIO else Decimal(0)
    sign = "" if definition.goal == last else "≥ " if up else "≤ "  # nothing lies beyond
    return sign + with_unit(vn_number(definition.goal), definition.unit)


def year_of(question: Asked) -> Period:
    """The year of what is asked for."""
    return Period(PeriodKind.YEAR, question.period.start.year)


@login_required
def indicators(request: HttpRequest) -> HttpResponse:
    """The indicators by group: value, goal, direction over the year's months."""
    question = asked_by(request)
    months = pieces(year_of(question), PeriodKind.MONTH, question.on)
    scopes = [scope_of(question.agencies, one, question.on, question.scope.now) for one in months]
    known = packs.indicators()
    told = values_of(known.values(), question.scope, scopes)
    lines: dict[str, list[Line]] = {}
    for code, (parts, series) in told.items():
        url = f"{reverse('indicators:indicator', args=[code])}?{question.query()}"
        trend = charts.spark(
            [amount_of(one) for one in series],
            label=gettext("Xu hướng"),
            target=goal_number(parts[-1]),
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


def amount_of(reading: Reading) -> float | None:
    """The value for a chart."""
    return None if reading.value.amount is None else float(reading.value.amount)


def goal_number(reading: Reading) -> float | None:
    """The goal for a chart."""
    return None if reading.definition.goal is None else float(reading.definition.goal)
