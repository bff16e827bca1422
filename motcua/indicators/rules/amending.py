"""What a decision changes of an indicator or the index: a new version from a day on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.indicators.rules.definitions import Definition, Indicator
from motcua.indicators.rules.index import Component, IndexSet, set_on


class TooEarly(Refused):
    """A day on which nothing held that could be changed."""

    code = "amendment_too_early"
    message = _("Ngày hiệu lực phải từ %(first)s trở đi.")
    status: ClassVar[int] = 422


class MaximaDoNotAddUp(Refused):
    """Maximum points whose sum is not the whole of the index."""

    code = "index_maxima_do_not_add_up"
    message = _("Điểm tối đa cộng lại được %(sum)s, phải đúng %(whole)s.")
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Change:
    """New marks of an indicator, in its unit, from a day; ``source`` is the decision."""

    valid_from: date
    goal: Decimal | None
    warn: Decimal | None
    source: str


def amended(indicator: Indicator, changes: Iterable[Change]) -> Indicator:
    """The indicator with its changes, of one day the last given. A change holds to the end of the
    version that it falls in: a later version speaks for itself. Raises :class:`TooEarly`."""
    versions = indicator.versions
    for change in sorted(changes, key=lambda one: one.valid_from):
        if change.valid_from < versions[0].valid_from:
            raise TooEarly(first=versions[0].valid_from)
        versions = tuple(part for one in versions for part in _cut(one, change))
    return replace(indicator, versions=versions)


def _cut(version: Definition, change: Change) -> tuple[Definition, ...]:
    if not version.holds(change.valid_from):
        return (version,)
    after = replace(
        version,
        valid_from=change.valid_from,
        goal=change.goal,
        warn=change.warn,
        source=change.source,
        unverified=version.unverified - {"goal", "warn"},
    )
    if version.valid_from == change.valid_from:
        return (after,)
    return replace(version, valid_to=change.valid_from - timedelta(days=1)), after


def with_maxima(
    sets: tuple[IndexSet, ...], valid_from: date, maxima: Mapping[str, Decimal]
) -> tuple[IndexSet, ...]:
    """The regimes with new maximum points, by number of the component, from a day; all of one act
    together, so that they add up. Raises :class:`TooEarly`, :class:`MaximaDoNotAddUp`."""
    if valid_from < sets[0].valid_from:
        raise TooEarly(first=sets[0].valid_from)
    held = set_on(sets, valid_from)
    groups = tuple(
        replace(group, components=tuple(_with(one, maxima) for one in group.components))
        for group in held.groups
    )
    found = replace(held, valid_from=valid_from, groups=groups)
    total = sum((one.most for one in found.components), Decimal(0))
    if total != found.whole:
        raise MaximaDoNotAddUp(sum=total, whole=found.whole)
    others = [one for one in sets if one.valid_from != valid_from]
    return tuple(sorted([*others, found], key=lambda one: one.valid_from))


def _with(component: Component, maxima: Mapping[str, Decimal]) -> Component:
    if component.no not in maxima:
        return component
    return replace(component, most=maxima[component.no], unverified=component.unverified - {"max"})
