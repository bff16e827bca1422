"""Targets that read the records: what is proposed, what was confirmed, what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from motcua.core.measures import Scope
from motcua.indicators.models import TargetIndicator
from motcua.indicators.packs import fitting_rules, indicators
from motcua.indicators.queries.values import agencies_of, read
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
    """The values of connected targets from the beginning of their plan's year to a day."""
    chosen = readings_of(targets)
    by_key = {target.pk: target for target in targets if target.pk in chosen}
    known = indicators()
    wanted: list[tuple[int, Definition, Scope]] = []
    places: dict[int, tuple[int, ...]] = {}
    for key, target in by_key.items():
        if target.agency_id not in places:
            places[target.agency_id] = agencies_of(target.agency)
        year = target.plan.year
        scope = Scope(places[target.agency_id], date(year, 1, 1), date(year, 12, 31), on)
        wanted.append((key, known[chosen[key].indicator].on(scope.end), scope))
    told = read([(definition, scope) for _key, definition, scope in wanted])
    return {
        key: LiveValue(
            on=scope.end,
            value=reading.value.amount,
            numerator=reading.value.top,
            denominator=reading.value.bottom,
            label=definition.name,
            url=address_of(
                definition.code, by_key[key].agency.code, str(by_key[key].plan.year), on
            ),
            why=gettext(reading.value.known.label) if reading.value.amount is None else "",
            kept=reading.value.known is not Known.UNKNOWN,
        )
        for (key, definition, scope), reading in zip(wanted, told, strict=True)
    }


def address_of(code: str, agency: str, period: str, on: date) -> str:
    """The page of an indicator's value as it stood at the end of a day."""
    asked = f"agency={agency}&period={period}&on={on.isoformat()}"
    return f"{reverse('indicators:indicator', args=[code])}?{asked}"
