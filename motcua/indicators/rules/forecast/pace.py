"""What was lately: how many a working day, how many of them bad, how close to their promise."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

#: A month counts so much of the one after it: a quarter ago still counts a fourth.
FADES: Final = Decimal("0.65")
#: A share begins as if so many cases had been seen at the share of the longer time behind it.
BEGINS: Final = 20
#: What is unusual lately wears off within so many weeks, to about a third.
WEARS_OFF: Final = 3
#: A chance is drawn to what is usual as if so many cases had been seen.
USUAL: Final = 10
#: How much the share may wander in a week that is still to come (part of its own variance).
WANDERS: Final = Decimal("0.0003")
#: Seasons are believed within these bounds.
SEASON: Final = (Decimal("0.5"), Decimal(2))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that are over: how many were counted, how many of them bad, working days."""

    whole: int
    bad: int
    days: int


@dataclass(frozen=True, slots=True)
class Pace:
    """So many a working day, and how far a month's number lies from it (variance by mean)."""

    a_day: Decimal
    spread: Decimal


@dataclass(frozen=True, slots=True)
class Rate:
    """The share of bad ones as it is lately, what is usual in the period, and on how many cases the
    former stands."""

    share: Decimal
    usual: Decimal
    weight: Decimal

    def over(self, weeks: Decimal) -> Decimal:
        """The share expected over so many weeks to come: it begins as it is lately and goes back to
        what is usual."""
        time = weeks / WEARS_OFF
        part = (1 - (-time).exp()) / time if time else Decimal(1)
        return self.usual + (self.share - self.usual) * part

    def variance(self, n: Decimal, weeks: Decimal) -> Decimal:
        """Of the number of bad ones among ``n`` that come within so many weeks."""
        if n <= 0:
            return Decimal(0)
        share = self.over(weeks)
        rho = 1 / (self.weight + 1) + WANDERS * weeks
        return n * share * (1 - share) * (1 + max(n - 1, Decimal(0)) * rho)


def pace_of(past: Sequence[Stretch]) -> Pace:
    """From months, the latest first; the later ones count more."""
    whole = days = Decimal(0)
    factor = Decimal(1)
    for one in past:
        whole, days = whole + factor * one.whole, days + factor * one.days
        factor *= FADES
    if not whole or not days:
        return Pace(Decimal(0), Decimal(1))
    a_day = whole / days
    off = [(one.whole - a_day * one.days) ** 2 / (a_day * one.days) for one in past if one.days]
    return Pace(a_day, max(Decimal(1), sum(off, Decimal(0)) / max(len(off) - 1, 1)))


def rate_of(past: Sequence[Stretch], so_far: Stretch) -> Rate:
    """From months, the latest first; the later ones count more. What is usual is
    the share of the period ``so_far``, at its beginning that of those months."""
    whole, bad = sum(one.whole for one in past), sum(one.bad for one in past)
    before = (bad + Decimal("0.5")) / (whole + 1)
    usual = (so_far.bad + BEGINS * before) / (so_far.whole + BEGINS)
    seen, found = Decimal(BEGINS), BEGINS * usual
    factor = Decimal(1)
    for one in past:
        seen, found = seen + factor * one.whole, found + factor * one.bad
        factor *= FADES
    return Rate(found / seen, usual, seen)


def season_of(rest: Stretch, before: Stretch, *, least: int) -> Decimal:
    """How much busier a year ago the rest of the period was than the months before, by working
    day; 1 where either had fewer than ``least`` records. Half of it is believed (its root)."""
    if min(rest.whole, before.whole) < least or not rest.days or not before.days:
        return Decimal(1)
    ratio = Decimal(rest.whole) / rest.days / (Decimal(before.whole) / before.days)
    low, high = SEASON
    return min(max(ratio, low), high).sqrt()


class Lefts:
    """How close to their promise records ended lately: working minutes left, below 0 late.

    ``usual`` is the share of bad ones where nothing else is known.
    """

    def __init__(self, minutes: Iterable[int], usual: Decimal) -> None:
        self._sorted, self.usual = sorted(minutes), usual
        self._late = bisect_left(self._sorted, 0)

    def late(self, left: int) -> Decimal:
        """Of those that were still open with ``left`` minutes left, the share that ended late."""
        still = bisect_left(self._sorted, left)
        return (min(self._late, still) + USUAL * self.usual) / (still + USUAL)

    def early(self, left: int, least: int) -> Decimal:
        """Of those that were still open with ``left``, the share that ended with ``least`` or more
        left; without cases as if each moment were as likely."""
        if left <= 0:
            return Decimal(0)
        still = bisect_left(self._sorted, left)
        ended = still - bisect_left(self._sorted, least)
        even = Decimal(max(left - least, 0)) / left
        return (max(ended, 0) + USUAL * even) / (still + USUAL)

    def within(self, since: int, until: int) -> Decimal:
        """Of those still open ``since`` minutes after their promise, the share that ended within
        ``until`` minutes of it; without cases one half."""
        if until <= since:
            return Decimal(0)
        still = bisect_left(self._sorted, -since)
        ended = still - bisect_left(self._sorted, -until)
        return (ended + USUAL * Decimal("0.5")) / (still + USUAL)
