"""The end of a count: so many so far, so many more at the pace of the months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from math import ceil, floor

from motcua.indicators.rules.definitions import Better
from motcua.indicators.rules.forecast import ends
from motcua.indicators.rules.forecast.chances import Rest
from motcua.indicators.rules.forecast.ends import Fate, Forecast, Stage
from motcua.indicators.rules.forecast.pace import Stretch, pace_of
from motcua.indicators.rules.forecast.room import Goal, most_counted
from motcua.indicators.rules.forecast.spread import Spread


def forecast_count(
    so_far: int,
    turns: Sequence[Stretch],
    rest: Rest,
    goal: Goal | None,
    *,
    season: Decimal = Decimal(1),
    stops: Sequence[date] = (),
) -> Forecast:
    """The end of a number that grows. Where less is better, the goal is what it must not pass."""
    pace = pace_of(turns)
    seen = sum(one.whole for one in turns)

    def more(day: int) -> tuple[Decimal, Spread]:
        volume = pace.a_day * season * day
        variance = volume * pace.spread + volume * volume / max(seen, 1)
        return volume, Spread(volume, variance, None)

    days = range(1, len(rest.days) + 1)
    volume, spread = more(len(rest.days))
    whole = so_far + volume
    fate, room, chance, breaks_on = Fate.OPEN, None, None, None
    if goal is not None:
        high = volume * ends.MORE + ends.DEVIATIONS * (volume * pace.spread).sqrt()
        high = high.to_integral_value(ROUND_CEILING)
        room = most_counted(goal) - so_far
        fate = _fate(so_far, whole, int(high), goal)
        below = spread.at_most(room)
        if goal.better is Better.UP:
            room, below = None, 1 - spread.at_most(_needed(goal) - so_far - 1)
        elif fate is Fate.BREAKS:
            passed = (n for n in days if so_far + more(n)[0] > most_counted(goal))
            breaks_on = rest.days[next(passed, len(rest.days)) - 1]
        if fate not in ends.CERTAIN:
            chance = ends.percent(below)
            if seen < ends.THIN:
                fate, breaks_on, chance = Fate.THIN, None, None
    stages = {
        rest.days[n - 1]: _stage(rest.days[n - 1], so_far, *more(n))
        for n in days
        if rest.days[n - 1] in stops or n == len(rest.days)
    }
    return Forecast(
        fate=fate,
        end=stages[rest.days[-1]],
        course=tuple(stages[day] for day in rest.days if day in stages and day in set(stops)),
        whole=int(whole.to_integral_value(ROUND_HALF_UP)),
        bad=Decimal(0),
        affordable=room,
        certain=0,
        breaks_on=breaks_on,
        chance=chance,
        deciders=(),
    )


def _needed(goal: Goal) -> int:
    """The lowest count that reaches a goal of at least."""
    least = int(goal.value.to_integral_value(ROUND_CEILING))
    return least + 1 if goal.strict and least == goal.value else least


def _fate(so_far: int, whole: Decimal, high: int, goal: Goal) -> Fate:
    if goal.better is Better.UP:
        needed = _needed(goal)
        if so_far >= needed:
            return Fate.SAFE
        if so_far + high < needed:
            return Fate.LOST
        return Fate.KEEPS if whole >= needed else Fate.MISSES
    most = most_counted(goal)
    if so_far > most:
        return Fate.LOST
    if so_far + high <= most:
        return Fate.SAFE
    return Fate.KEEPS if whole <= most else Fate.BREAKS


def _stage(day: date, so_far: int, volume: Decimal, spread: Spread) -> Stage:
    least = min(spread.quantile(ends.LOW), floor(volume))
    most = max(spread.quantile(ends.HIGH), ceil(volume))
    value = (so_far + volume).quantize(Decimal(1), ROUND_HALF_UP)
    return Stage(day, value, Decimal(so_far + least), Decimal(so_far + most))
