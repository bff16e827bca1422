"""Targets that read the records: what is proposed, what was confirmed, what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from motcua.core.measures import Scope
from motcua.core.periods import Period, PeriodKind
from motcua.indicators.models import TargetIndicator
from motcua.indicators.packs import fitting_rules, indicators
from motcua.indicators.queries.values import Reading, agencies_of, pieces, read, scope_of
from motcua.indicators.rules import Definition, Known, proposals
from motcua.planning.live import LiveValue
from motcua.planning.models import Target


@dataclass(frozen=True, slots=True)
class Proposal:
    """An indicator for a target, with the words that speak for it."""

    definition: Definition
    said: tuple[str, ...]


def proposed_for(target: Target, on: date) -> list[Proposal]:
    """What fits a target's sentence, the best first."""
    known = indicators()
    return [
        Proposal(known[fit.indicator].on(on), fit.said)
        for fit in proposals(target.text, target.unit, fitting_rules())
    ]


def readings_of(targets: Sequence[Target]) -> dict[int, TargetIndicator]:
    """Target → the indicator that a person confirmed for it; one query."""
    rows = TargetIndicator.objects.standing().filter(target__in=[target.pk for target in targets])
    return {row.target_id: row for row in rows.select_related("confirmed_by")}


def live_values(targets: Sequence[Target], on: date) -> dict[int, LiveValue]:
    """The values of connected targets from the beginning of their plan's year to a day, and of each
    month until then. The number of queries does not depend on how many targets there are."""
    chosen = readings_of(targets)
    known = indicators()
    places: dict[int, tuple[int, ...]] = {}
    asked: list[tuple[Target, Period, list[tuple[Definition, Scope]]]] = []
    for target in targets:
        if target.pk not in chosen:
            continue
        if target.agency_id not in places:
            places[target.agency_id] = agencies_of(target.agency)
        year = Period(PeriodKind.YEAR, target.plan.year)
        periods = [year, *pieces(year, PeriodKind.MONTH, on)]
        scopes = [scope_of(places[target.agency_id], one, on) for one in periods]
        indicator = known[chosen[target.pk].indicator]
        asked.append((target, year, [(indicator.on(scope.end), scope) for scope in scopes]))
    told = iter(read([one for _target, _year, wanted in asked for one in wanted]))
    return {
        target.pk: _live(target, year, [next(told) for _one in wanted])
        for target, year, wanted in asked
    }


def _live(target: Target, year: Period, readings: Sequence[Reading]) -> LiveValue:
    whole, *months = readings
    value, scope = whole.value, whole.scope
    return LiveValue(
        on=scope.end,
        value=value.amount,
        numerator=value.top,
        denominator=value.bottom,
        label=whole.definition.name,
        url=address_of(whole.definition.code, target.agency.code, year.code, scope.on),
        why=gettext(value.known.label) if value.amount is None else "",
        kept=value.known is not Known.UNKNOWN,
        course=tuple((f"T{one.scope.since.month}", one.value.amount) for one in months),
    )


def address_of(code: str, agency: str, period: str, on: date) -> str:
    """The page of an indicator's value as it stood at the end of a day."""
    asked = f"agency={agency}&period={period}&on={on.isoformat()}"
    return f"{reverse('indicators:indicator', args=[code])}?{asked}"
