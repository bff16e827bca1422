"""What an agency has of an index in a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from motcua.core.measures import Scope
from motcua.indicators.packs import index_sets, indicators
from motcua.indicators.queries.values import Reading, read
from motcua.indicators.rules.index import (
    Component,
    Group,
    IndexSet,
    Score,
    points_of,
    score,
    set_on,
)


@dataclass(frozen=True, slots=True)
class Scored:
    """A component with its value and points (None: not known, or nothing arose)."""

    component: Component
    reading: Reading
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class ScoredGroup:
    """A group with its components and their sum."""

    group: Group
    rows: list[Scored]
    score: Score


@dataclass(frozen=True, slots=True)
class Index:
    """An index in a period, and its sum in each of some shorter ones."""

    regime: IndexSet
    groups: list[ScoredGroup]
    score: Score
    months: list[Score]

    @property
    def level(self) -> str:
        """The word for what is known so far; "" where that is less than half of the index."""
        share = self.score.share
        if share is None or 2 * self.score.scored < self.regime.whole:
            return ""
        return self.regime.level(share)


def index_of(scope: Scope, months: Sequence[Scope] = ()) -> Index:
    """The index of a scope. The number of queries does not depend on how many months there are."""
    regime = set_on(index_sets(), scope.end)
    known = indicators()
    scopes = [scope, *months]
    wanted = [
        (known[one.indicator].on(each.end), each) for each in scopes for one in regime.components
    ]
    told = read(wanted)
    size = len(regime.components)
    rows = {
        one.no: Scored(one, reading, points_of(one, reading.value))
        for one, reading in zip(regime.components, told[:size], strict=True)
    }
    groups = [_group(group, [rows[one.no] for one in group.components]) for group in regime.groups]
    later = [told[n * size : (n + 1) * size] for n in range(1, len(scopes))]
    return Index(
        regime,
        groups,
        score((row.component, row.reading.value) for row in rows.values()),
        [score(zip(regime.components, (r.value for r in part), strict=True)) for part in later],
    )


def scores_of(scopes: Sequence[Scope]) -> list[Score]:
    """The sum of the index in each of some scopes, by the regime of its days."""
    known, sets = indicators(), index_sets()
    regimes = [set_on(sets, scope.end) for scope in scopes]
    wanted = [
        (known[one.indicator].on(scope.end), scope)
        for regime, scope in zip(regimes, scopes, strict=True)
        for one in regime.components
    ]
    told = iter(read(wanted))
    return [score((one, next(told).value) for one in regime.components) for regime in regimes]


def _group(group: Group, rows: list[Scored]) -> ScoredGroup:
    return ScoredGroup(group, rows, score((row.component, row.reading.value) for row in rows))
