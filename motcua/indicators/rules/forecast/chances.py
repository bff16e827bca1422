"""How each open record is likely to end: in the period or after it, well or badly."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from motcua.core.forecasts import Pending
from motcua.indicators.rules.forecast.pace import Lefts

ZERO, ONE = Decimal(0), Decimal(1)
#: One whose clock stands is taken up again within so many working minutes: ten days.
RESUMED: Final = 10 * 480
#: What is late, or paused, is expected to end after so many working days.
SOON: Final = 5
#: A record decides that is due within so many working minutes, a week, or is so many times as
#: likely to be late as is usual.
CLOSE: Final = 5 * 480
DECIDES: Final = 2


@dataclass(frozen=True, slots=True)
class Ahead:
    """An open record until the period's end: the chance that it is counted there (``adds``), and
    that it is bad (``bad``), from which day; ``certain``: bad whatever is done, if it is counted.
    ``decides``: it can still be saved, and needs it."""

    key: int
    adds: Decimal
    bad: Decimal
    on: date
    certain: bool = False
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of a period: its working days, and working minutes in all."""

    days: tuple[date, ...]
    minutes: int

    def day(self, wanted: date) -> date:
        """A day of it: the wanted one, at the earliest the first."""
        return max(wanted, self.days[0])

    def soon(self) -> date:
        """When what is late will be over."""
        return self.days[min(SOON, len(self.days)) - 1]


def ahead_of(one: Pending, lefts: Lefts, rest: Rest, *, open_too: bool) -> Ahead:
    """The chances of an open record. ``open_too``: what is open at the end is judged as well; it is
    counted by now, and where it is late it is bad by now."""
    late = one.left is not None and one.left < 0 and not one.paused
    adds, bad = (_judged if open_too else _ended)(one, lefts, rest.minutes, late=late)
    promised = one.due.date() if one.due is not None and not (late or one.paused) else None
    on = rest.day(promised) if promised is not None else rest.soon()
    saved = not (one.lost or late or one.paused) and one.left is not None and bad > 0
    decides = saved and ((one.left or 0) <= CLOSE or bad >= DECIDES * lefts.usual)
    return Ahead(one.key, adds, bad, on, (one.lost or late) and not open_too, decides)


def _judged(one: Pending, lefts: Lefts, rest: int, *, late: bool) -> tuple[Decimal, Decimal]:
    """What it may yet become."""
    if one.lost or late or one.paused or one.left is None or one.left > rest:
        return ZERO, ZERO
    return ZERO, lefts.late(one.left)


def _ended(one: Pending, lefts: Lefts, rest: int, *, late: bool) -> tuple[Decimal, Decimal]:
    """It counts when it ends."""
    if one.paused:
        adds = min(ONE, Decimal(rest) / RESUMED)
        return adds, adds if one.lost else adds * lefts.usual
    if one.left is None:
        return ONE, ONE if one.lost else ZERO
    if one.left > rest:
        adds = lefts.early(one.left, one.left - rest)
        return adds, adds if one.lost else ZERO
    if one.lost or late:
        adds = lefts.within(max(-one.left, 0), rest - one.left)
        return adds, adds
    bad = lefts.late(one.left)
    behind = bad * lefts.within(0, rest - one.left)
    return ONE - bad + behind, behind


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Some open records end on a day, at the latest at the moment promised for that day."""

    keys: frozenset[int]
    on: date


def supposed(
    records: Collection[Pending],
    chances: Collection[Ahead],
    what: WhatIf,
    last: date,
    *,
    open_too: bool,
) -> list[Ahead]:
    """The chances once the chosen records have ended on that day; ``last`` is the period's end. One
    that cannot end well any more is bad, one that ends after the period is as it was."""
    known = {one.key: one for one in records}
    found = []
    for one in chances:
        if one.key not in what.keys or what.on > last:
            found.append(one)
            continue
        record = known[one.key]
        bad_now = record.lost or (record.left is not None and record.left < 0 and not record.paused)
        late = record.due is not None and record.due.date() < what.on and not record.paused
        bad = ONE if (bad_now and not open_too) or (late and not bad_now) else ZERO
        found.append(Ahead(one.key, ZERO if open_too else ONE, bad, what.on, certain=bad == ONE))
    return found
