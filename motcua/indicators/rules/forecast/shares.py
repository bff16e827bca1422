"""The end of a share: what ended so far, what is open, what will still come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from math import ceil, floor

from motcua.indicators.rules.definitions import Better
from motcua.indicators.rules.forecast import ends
from motcua.indicators.rules.forecast.chances import Ahead, Rest
from motcua.indicators.rules.forecast.ends import Fate, Forecast, Stage
from motcua.indicators.rules.forecast.pace import Pace, Rate, Stretch, pace_of, rate_of
from motcua.indicators.rules.forecast.room import Goal, affordable, is_lost, is_safe, most_bad
from motcua.indicators.rules.forecast.spread import Spread

_HUNDREDTH = Decimal("0.01")
_WEEK = 5


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a share: ``whole`` counted in the period so far, ``bad`` of them; ``turns``
    of the last half year, the latest first, and their ``arrivals`` where what is open counts as
    well (else empty); how much busier the rest of the period is (``season``); ``pauses``: working
    days before the end in which nothing that arrives can be late yet."""

    whole: int
    bad: int
    turns: Sequence[Stretch]
    arrivals: Sequence[Stretch] = ()
    season: Decimal = Decimal(1)
    pauses: int = 0

    @property
    def so_far(self) -> Stretch:
        """The period up to now as one stretch."""
        return Stretch(self.whole, self.bad, 0)


@dataclass(frozen=True, slots=True)
class At:
    """What is expected at the end of a day."""

    on: date
    whole: Decimal
    bad: Decimal
    variance: Decimal
    could: Decimal  # bad ones beyond those that are


def forecast_share(
    past: Past,
    opens: Sequence[Ahead],
    rest: Rest,
    goal: Goal | None,
    *,
    better: Better,
    stops: Sequence[date] = (),
) -> Forecast:
    """The end of a share, with the value at the end of each day of ``stops`` on the way."""
    model = _Model(past, opens, rest)
    days = [model.at(n) for n in range(1, len(rest.days) + 1)]
    last = days[-1]
    whole = _round(last.whole)
    spread = _spread(past, last)
    stages = [_stage(past, day, better) for day in days if day.on in set(stops)]
    end = _stage(past, last, better)
    thin = sum(one.whole for one in past.turns) < ends.THIN
    certain = sum(one.certain and 2 * one.bad >= 1 for one in opens)
    could = _could(opens, model.new(len(rest.days)))
    room = fate = breaks_on = chance = None
    if goal is not None:
        most = most_bad(whole, goal)
        room = affordable(most, bad=past.bad, certain=certain, could=could)
        fate = _fate(model, last, goal, certain)
        breaks_on = _breaks_on(days, goal) if fate is Fate.BREAKS else None
        if fate not in ends.CERTAIN:
            chance = ends.percent(spread.at_most(most - past.bad))
    if thin and fate is not None:
        fate, breaks_on, chance = Fate.THIN, None, None
    return Forecast(
        fate=fate or Fate.OPEN,
        end=end,
        course=tuple(stages),
        whole=whole,
        bad=last.bad.quantize(Decimal("0.1"), ROUND_HALF_UP),
        affordable=room,
        certain=certain,
        breaks_on=breaks_on,
        chance=chance,
        deciders=tuple(one.key for one in sorted(opens, key=lambda o: o.on) if one.decides),
    )


class _Model:
    """Expected numbers day by day: open records as they come due, and at the pace of the months
    those that nobody has seen yet."""

    def __init__(self, past: Past, opens: Sequence[Ahead], rest: Rest) -> None:
        self.past, self.opens, self.rest = past, opens, rest
        self.rate: Rate = rate_of(past.turns, past.so_far)
        self.pace: Pace = pace_of(past.arrivals or past.turns)
        self._sums = self._cumulated()

    def _cumulated(self) -> list[tuple[Decimal, Decimal, Decimal]]:
        """By day: how many open ones are counted, are bad, and the variance of that."""
        sums, ordered, place = [], sorted(self.opens, key=lambda one: one.on), 0
        counted = bad = variance = Decimal(0)
        for day in self.rest.days:
            while place < len(ordered) and ordered[place].on <= day:
                one = ordered[place]
                counted, bad = counted + one.adds, bad + one.bad
                variance += one.bad * (1 - one.bad)
                place += 1
            sums.append((counted, bad, variance))
        late = ordered[place:]  # what would come after the last day has its chance before it
        counted += sum((one.adds for one in late), Decimal(0))
        bad += sum((one.bad for one in late), Decimal(0))
        variance += sum((one.bad * (1 - one.bad) for one in late), Decimal(0))
        sums[-1] = (counted, bad, variance)
        return sums

    def new(self, day: int, more: Decimal = Decimal(0)) -> Decimal:
        """Those not seen yet that are counted by the end of the n-th day."""
        volume = self.pace.a_day * self.past.season * day
        volume += (
            more and (more - 1) * volume + ends.DEVIATIONS * (volume * self.pace.spread).sqrt()
        )
        if self.past.arrivals:
            return volume
        return max(volume - self._sums[day - 1][0], Decimal(0))

    def at(self, day: int) -> At:
        """What is expected at the end of the n-th day."""
        counted, bad, variance = self._sums[day - 1]
        new = self.new(day)
        exposed = new
        if self.past.arrivals:
            days = len(self.rest.days)
            exposed = new * max(min(day, days) - self.past.pauses, 0) / max(day, 1)
        rate, weeks = self.rate, Decimal(day) / _WEEK
        return At(
            on=self.rest.days[day - 1],
            whole=self.past.whole + counted + new,
            bad=self.past.bad + bad + exposed * rate.over(weeks),
            variance=variance + rate.variance(exposed, weeks),
            could=_could_of(self.opens, exposed),
        )


def _could_of(opens: Sequence[Ahead], new: Decimal) -> Decimal:
    """How many bad ones may be added at most."""
    return new + sum(one.bad > 0 for one in opens)


def _could(opens: Sequence[Ahead], new: Decimal) -> int:
    """How many can still become bad and need not."""
    free = (max(one.adds, Decimal(one.bad > 0)) for one in opens if not one.certain)
    return _round(new + sum(free, Decimal(0)))


def _fate(model: _Model, last: At, goal: Goal, certain: int) -> Fate:
    past, days = model.past, len(model.rest.days)
    high = int(model.new(days, ends.MORE).to_integral_value(ROUND_CEILING))
    opens = sum(bool(one.adds or one.bad) and not one.certain for one in model.opens)
    counted = sum(bool(one.adds) for one in model.opens)
    most = most_bad(past.whole + counted + high, goal)
    if is_lost(most, bad=past.bad, certain=certain):
        return Fate.LOST
    if is_safe(most, bad=past.bad, certain=certain, could=opens + high):
        return Fate.SAFE
    if _reached(last.whole, last.bad, goal):
        return Fate.KEEPS
    return Fate.BREAKS if _reached(Decimal(past.whole), Decimal(past.bad), goal) else Fate.MISSES


def _reached(whole: Decimal, bad: Decimal, goal: Goal) -> bool:
    short = 100 * bad - goal.limit * whole
    return short < 0 if goal.strict and whole else short <= 0


def _breaks_on(days: Sequence[At], goal: Goal) -> date:
    """The first day after the last one on which the goal is still reached."""
    broken = [not _reached(day.whole, day.bad, goal) for day in days]
    first = len(broken)
    while first and broken[first - 1]:
        first -= 1
    return days[first].on


def _spread(past: Past, day: At) -> Spread:
    """Of the bad ones that will be added."""
    most = max(int(day.could.to_integral_value(ROUND_CEILING)), 0)
    return Spread(day.bad - past.bad, day.variance, most)


def _stage(past: Past, day: At, better: Better) -> Stage:
    """The value with its interval; the expected number always lies within."""
    spread, added = _spread(past, day), float(day.bad - past.bad)
    least = past.bad + min(spread.quantile(ends.LOW), floor(added))
    most = past.bad + max(spread.quantile(ends.HIGH), ceil(added))
    values = [_share(bad, day.whole, better) for bad in (day.bad, Decimal(least), Decimal(most))]
    return Stage(day.on, values[0], min(values[1:]), max(values[1:]))


def _share(bad: Decimal, whole: Decimal, better: Better) -> Decimal:
    """In per cent; of nothing, as if nothing were bad."""
    share = min(100 * bad / whole, Decimal(100)) if whole else Decimal(0)
    value = share if better is Better.DOWN else 100 - share
    return value.quantize(_HUNDREDTH, ROUND_HALF_UP)


def _round(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_HALF_UP))
