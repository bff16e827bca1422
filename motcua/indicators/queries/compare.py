"""The communes below an agency beside each other: values, ranks, what stands out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, TypeVar

from motcua.core.measures import MOST_SCOPES, Scope, count
from motcua.core.periods import Period, PeriodKind
from motcua.core.text import sort_key
from motcua.indicators import packs
from motcua.indicators.queries.index import scores_of
from motcua.indicators.queries.values import read, scope_of
from motcua.indicators.rules import Better, Formula, Indicator, Known, Standing
from motcua.indicators.rules.compare import (
    Oddity,
    Watches,
    is_sudden,
    quantile,
    ranks,
    stand_out,
    watches_on,
)
from motcua.indicators.rules.index import Score
from motcua.org.models import Agency
from motcua.org.permissions import path_of
from motcua.org.rules import AgencyKind

#: Instead of an indicator's code: the whole index of Decision 766/QĐ-TTg, points of a hundred.
INDEX: Final = "index-766"
_HALF = Decimal("0.5")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as places are compared by it."""

    amount: Decimal | None
    why: str = ""  # why there is none
    top: int | None = None
    bottom: int | None = None
    standing: Standing = Standing.OPEN


@dataclass(frozen=True, slots=True)
class Place:
    """A commune among the others; ``before`` is its value in the period before."""

    agency: Agency
    agencies: tuple[int, ...]
    value: Shown
    before: Decimal | None
    rank: int | None

    @property
    def change(self) -> Decimal | None:
        """Since the period before."""
        if self.value.amount is None or self.before is None:
            return None
        return self.value.amount - self.before


@dataclass(frozen=True, slots=True)
class Odd:
    """What stands out at a place: how many of how many, of which measure, in which scope."""

    place: Place
    kind: Oddity
    words: str
    top: int
    bottom: int
    measure: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Comparison:
    """All places, the best first, and what stands out."""

    places: list[Place]
    odd: list[Odd]

    @property
    def median(self) -> Decimal | None:
        """The middle of those that have a value."""
        return quantile((p.value.amount for p in self.places if p.value.amount is not None), _HALF)


def communes_below(agency: Agency, seen: Sequence[int], on: date) -> list[Agency]:
    """The communes below an agency on a day, itself included, of those that one may see."""
    below = Agency.objects.below({path_of(agency, on)}, on).filter(pk__in=seen)
    return list(below.filter(kind=AgencyKind.COMMUNE).order_by("name", "pk"))


def with_merged(agencies: Sequence[Agency]) -> dict[int, tuple[int, ...]]:
    """Each agency with those that were merged into it; one query for each generation of them."""
    found = {agency.pk: [agency.pk] for agency in agencies}
    owner = {agency.pk: agency.pk for agency in agencies}
    ahead = set(owner)
    while ahead:
        rows = Agency.objects.filter(successor__in=ahead).exclude(pk__in=owner).order_by("pk")
        ahead = set()
        for pk, successor in rows.values_list("pk", "successor_id"):
            assert successor is not None  # of the filter above
            owner[pk] = owner[successor]
            found[owner[pk]].append(pk)
            ahead.add(pk)
    return {pk: tuple(keys) for pk, keys in found.items()}


def compare(
    indicator: Indicator | None,
    agencies: Sequence[Agency],
    period: Period,
    on: date,
    now: datetime | None = None,
) -> Comparison:
    """Places by an indicator, or by the index (None). Some queries for each hundred places."""
    merged = with_merged(agencies)
    wholes = [scope_of(merged[one.pk], period, on, now) for one in agencies]
    earlier = [scope_of(merged[one.pk], period.previous(), on, now) for one in agencies]
    values, before = _values(indicator, wholes), _values(indicator, earlier)
    better = Better.UP if indicator is None else indicator.on(min(period.end, on)).better
    places = [
        Place(agency, merged[agency.pk], value, was.amount, rank)
        for agency, value, was, rank in zip(
            agencies, values, before, ranks([v.amount for v in values], better), strict=True
        )
    ]
    watches = watches_on(packs.watches(), on)
    odd = [
        *_sudden(watches, indicator, places, period, on, now),
        *_standing_out(watches, places, wholes),
    ]
    last = len(places) + 1
    return Comparison(sorted(places, key=lambda p: (p.rank or last, sort_key(p.agency.name))), odd)


def _values(indicator: Indicator | None, scopes: Sequence[Scope]) -> list[Shown]:
    found: list[Shown] = []
    for part in _parts(scopes):
        if indicator is None:
            found += [_of_score(score) for score in scores_of(part)]
        else:
            found += [
                Shown(
                    one.value.amount,
                    "" if one.value.known is Known.VALUE else one.value.known.label,
                    one.value.top,
                    one.value.bottom,
                    one.standing,
                )
                for one in read([(indicator.on(scope.end), scope) for scope in part])
            ]
    return found


def _parts(scopes: Sequence[T]) -> Iterator[Sequence[T]]:
    """As many as may be asked for at a time."""
    for n in range(0, len(scopes), MOST_SCOPES):
        yield scopes[n : n + MOST_SCOPES]


def _of_score(score: Score) -> Shown:
    share = score.share
    return Shown(share, Known.UNKNOWN.label if share is None else "")


def _sudden(
    watches: Watches,
    indicator: Indicator | None,
    places: Sequence[Place],
    period: Period,
    on: date,
    now: datetime | None,
) -> Iterator[Odd]:
    """The last whole month within the period against the three before it."""
    month = Period.containing(PeriodKind.MONTH, min(period.end, on))
    if month.end > on or (month.end == on and now is not None):
        month = month.previous()
    if indicator is None or month.end < period.start:
        return
    definition = indicator.on(month.end)
    if definition.formula is not Formula.RATIO or definition.better is not Better.UP:
        return
    first = month.previous().previous().previous()
    latest = [scope_of(place.agencies, month, on, now) for place in places]
    earlier = [
        Scope(place.agencies, first.start, month.previous().end, on, now) for place in places
    ]
    told = _values(indicator, latest), _values(indicator, earlier)
    for place, value, was, scope in zip(places, *told, latest, strict=True):
        pair, pair_before = (value.top or 0, value.bottom or 0), (was.top or 0, was.bottom or 0)
        if is_sudden(watches.sudden, pair, pair_before):
            words = watches.sudden.words
            yield Odd(place, Oddity.SUDDEN, words, *pair, definition.top, scope)


def _standing_out(
    watches: Watches, places: Sequence[Place], scopes: Sequence[Scope]
) -> Iterator[Odd]:
    counts = _counts([c for one in watches.shares for c in (one.top, one.bottom)], scopes)
    for watch in watches.shares:
        tops, bottoms = counts[watch.top], counts[watch.bottom]
        pairs = {
            n: (top, bottom)
            for n, (top, bottom) in enumerate(zip(tops, bottoms, strict=True))
            if top is not None and bottom is not None
        }
        for n in sorted(stand_out(watch, pairs), key=lambda n: -Decimal(pairs[n][0])):
            yield Odd(places[n], Oddity.SHARE, watch.words, *pairs[n], watch.top, scopes[n])


def _counts(codes: Sequence[str], scopes: Sequence[Scope]) -> Mapping[str, list[int | None]]:
    found: dict[str, list[int | None]] = {code: [] for code in codes}
    for part in _parts(scopes):
        for code, numbers in count(codes, part).items():
            found[code] += numbers
    return found
