"""An index: components with maximum points and thresholds, dated; what a commune has of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from motcua.indicators.rules.definitions import PackInvalid
from motcua.indicators.rules.values import Known, Value

_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Component:
    """A component: the share of an indicator has ``most`` points at ``full_at`` per cent."""

    no: str
    indicator: str
    most: Decimal
    full_at: Decimal
    unverified: frozenset[str]


@dataclass(frozen=True, slots=True)
class Group:
    """Components that belong together."""

    code: str
    name: str
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class IndexSet:
    """One regime of an index. ``levels`` from the highest: at least so many points of a hundred,
    and the word for it."""

    valid_from: date
    name: str
    whole: Decimal
    levels: tuple[tuple[Decimal, str], ...]
    groups: tuple[Group, ...]
    unverified: frozenset[str]

    @property
    def components(self) -> tuple[Component, ...]:
        """All of them in order."""
        return tuple(one for group in self.groups for one in group.components)

    def level(self, share: Decimal) -> str:
        """The word for so many of a hundred."""
        return next(word for least, word in self.levels if share >= least)


@dataclass(frozen=True, slots=True)
class Score:
    """What is known of an index: ``points`` of ``scored``; ``unknown`` is the maximum of what no
    records tell, ``idle`` of what did not arise."""

    points: Decimal
    scored: Decimal
    unknown: Decimal
    idle: Decimal

    @property
    def share(self) -> Decimal | None:
        """The points of a hundred, as far as known; None where nothing is."""
        if not self.scored:
            return None
        return (100 * self.points / self.scored).quantize(_HUNDREDTH, ROUND_HALF_UP)


def points_of(component: Component, value: Value) -> Decimal | None:
    """The points of a share: all at the threshold, below it in proportion, to two decimals.

    None where nothing arose or nobody keeps the records: neither 0 nor the maximum.
    """
    if value.known is not Known.VALUE or not value.bottom:
        return None
    assert value.top is not None  # a value that is known
    share = min(Decimal(100 * value.top) / value.bottom, component.full_at)
    return (component.most * share / component.full_at).quantize(_HUNDREDTH, ROUND_HALF_UP)


def score(pairs: Iterable[tuple[Component, Value]]) -> Score:
    """The sum over components."""
    points = scored = unknown = idle = Decimal(0)
    for component, value in pairs:
        own = points_of(component, value)
        if own is not None:
            points, scored = points + own, scored + component.most
        elif value.known is Known.NOTHING:
            idle += component.most
        else:
            unknown += component.most
    return Score(points, scored, unknown, idle)


def set_on(sets: Sequence[IndexSet], on: date) -> IndexSet:
    """The regime that holds on a day; before the first one, the first."""
    begun = [one for one in sets if one.valid_from <= on]
    return begun[-1] if begun else sets[0]


def read_sets(rows: Iterable[Mapping[str, Any]]) -> tuple[IndexSet, ...]:
    """The regimes of a pack, the oldest first. Raises :class:`PackInvalid` where the maxima do not
    add up to the whole, or a threshold is no share."""
    found = tuple(_set(row) for row in rows)
    for one in found:
        if sum(component.most for component in one.components) != one.whole:
            raise PackInvalid(code=one.name, fault="điểm tối đa cộng lại khác tổng")
        if any(not 0 < component.full_at <= 100 for component in one.components):
            raise PackInvalid(code=one.name, fault="ngưỡng không phải tỷ lệ")
    return tuple(sorted(found, key=lambda one: one.valid_from))


def _set(row: Mapping[str, Any]) -> IndexSet:
    return IndexSet(
        valid_from=row["valid_from"],
        name=row["name"],
        whole=Decimal(str(row["whole"])),
        levels=tuple((Decimal(str(least)), word) for least, word in row["levels"]),
        groups=tuple(
            Group(group["code"], group["name"], tuple(map(_component, group["components"])))
            for group in row["groups"]
        ),
        unverified=frozenset(row.get("unverified", ())),
    )


def _component(row: Mapping[str, Any]) -> Component:
    return Component(
        no=str(row["code"]),
        indicator=row["indicator"],
        most=Decimal(str(row["max"])),
        full_at=Decimal(str(row["full_at"])),
        unverified=frozenset(row.get("unverified", ())),
    )
