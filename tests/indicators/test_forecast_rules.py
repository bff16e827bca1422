"""The end of a period by pure rules: hand-made cases, and what must hold whatever comes."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.core.forecasts import Pending
from motcua.indicators.rules import Better
from motcua.indicators.rules.forecast import (
    Fate,
    Goal,
    Lefts,
    Past,
    Rest,
    Stretch,
    WhatIf,
    affordable,
    ahead_of,
    forecast_count,
    forecast_share,
    is_lost,
    is_safe,
    most_bad,
    supposed,
)
from motcua.indicators.rules.forecast.pace import pace_of, rate_of, season_of
from motcua.indicators.rules.forecast.room import most_counted
from motcua.indicators.rules.forecast.spread import Spread

UP, DOWN = Better.UP, Better.DOWN
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
G98 = Goal(Decimal(98), UP)


@pytest.mark.parametrize(
    ("whole", "goal", "most"),
    [
        (1000, Goal(Decimal(98), UP), 20),
        (999, Goal(Decimal(98), UP), 19),  # 19.98
        (1050, Goal(Decimal(98), UP), 21),
        (1049, Goal(Decimal(98), UP), 20),
        (49, Goal(Decimal(98), UP), 0),
        (50, Goal(Decimal(98), UP), 1),
        (200, Goal(Decimal("98.5"), UP), 3),
        (199, Goal(Decimal("98.5"), UP), 2),
        (1000, Goal(Decimal(98), UP, strict=True), 19),  # 20 are just 98 %
        (999, Goal(Decimal(98), UP, strict=True), 19),
        (300, Goal(Decimal(100), UP), 0),
        (300, Goal(Decimal(100), UP, strict=True), -1),
        (300, Goal(Decimal(5), DOWN), 15),
        (300, Goal(Decimal(5), DOWN, strict=True), 14),
        (0, Goal(Decimal(98), UP), 0),
    ],
)
def test_the_most_that_may_be_bad(whole, goal, most):
    assert most_bad(whole, goal) == most
    assert most_bad(whole + 100, goal) >= most


@pytest.mark.parametrize(
    ("bad", "certain", "could", "room"),
    [
        (15, 0, 100, 5),
        (15, 2, 100, 3),  # two open ones are late by now
        (20, 0, 100, 0),
        (20, 3, 100, -3),  # three too many
        (15, 0, 4, 4),  # so many are not left
        (0, 0, 0, 0),
    ],
)
def test_how_many_more_are_affordable(bad, certain, could, room):
    """Of a thousand at the year's end, 98 % in time: twenty."""
    most = most_bad(1000, G98)
    assert affordable(most, bad=bad, certain=certain, could=could) == room


@pytest.mark.parametrize(
    ("bad", "certain", "could", "safe", "lost"),
    [
        (10, 0, 10, True, False),
        (10, 1, 10, False, False),
        (20, 0, 0, True, False),
        (20, 1, 0, False, True),
        (21, 0, 100, False, True),
        (19, 0, 1, True, False),
    ],
)
def test_safe_and_lost_whatever_comes(bad, certain, could, safe, lost):
    most = most_bad(1000, G98)
    assert is_safe(most, bad=bad, certain=certain, could=could) is safe
    assert is_lost(most, bad=bad, certain=certain) is lost


numbers = st.integers(0, 3000)
#: Two busy cores draw slowly, and that is no fault of the rules.
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@unhurried
@given(most=numbers, bad=numbers, certain=st.integers(0, 50), could=numbers)
def test_each_bad_one_costs_at_most_one(most, bad, certain, could):
    room = affordable(most, bad=bad, certain=certain, could=could)
    assert room - 1 <= affordable(most, bad=bad + 1, certain=certain, could=could) <= room
    assert affordable(most, bad=bad, certain=certain + 1, could=could) <= room
    assert affordable(most + 1, bad=bad, certain=certain, could=could) >= room
    if is_safe(most, bad=bad, certain=certain, could=could):
        assert room == could
    assert is_lost(most, bad=bad, certain=certain) == (most - bad - certain < 0)


@unhurried
@given(
    mean=st.decimals(0, 400, places=2),
    extra=st.decimals(1, 6, places=2),
    most=st.integers(400, 3000) | st.none(),
)
def test_a_spread_holds_its_mean_and_adds_up(mean, extra, most):
    spread = Spread(mean, mean * extra, most)
    low, high = spread.quantile(0.1), spread.quantile(0.9)
    assert low - 1 <= mean <= high + 1 or mean < 1
    assert spread.at_most(100_000) == pytest.approx(1)
    assert spread.at_most(-1) == 0
    assert spread.at_most(high) >= 0.9 > spread.at_most(low - 1) - 0.8
    assert [spread.at_most(n) for n in range(low, high)] == sorted(
        spread.at_most(n) for n in range(low, high)
    )


def test_a_spread_is_the_binomial_where_nothing_wanders():
    spread = Spread(Decimal(2), Decimal(2) * Decimal("0.8"), 10)  # ten with one in five
    assert spread.at_most(0) == pytest.approx(0.8**10)
    assert spread.at_most(2) == pytest.approx(0.6777995, abs=1e-6)
    poisson = Spread(Decimal(2), Decimal(2), None)
    assert poisson.at_most(1) == pytest.approx(0.4060058, abs=1e-6)
    assert Spread(Decimal(10), Decimal(1), 10).quantile(0.1) == 10  # all of them
    assert Spread(Decimal(0), Decimal(0), None).quantile(0.9) == 0


# --- pace -----------------------------------------------------------------------------------------


def test_later_weeks_count_more():
    assert pace_of([Stretch(20, 0, 5), Stretch(10, 0, 5)]).a_day > 3
    assert pace_of([Stretch(10, 0, 5), Stretch(20, 0, 5)]).a_day < 3
    so_far = Stretch(100, 5, 10)
    assert rate_of([Stretch(50, 5, 5), Stretch(50, 0, 5)], so_far).share > Decimal("0.05")
    assert rate_of([Stretch(50, 0, 5), Stretch(50, 5, 5)], so_far).share < Decimal("0.05")


def test_what_is_unusual_wears_off():
    rate = rate_of([Stretch(500, 50, 5)], Stretch(2000, 60, 0))
    assert rate.over(Decimal(0)) == rate.share > rate.over(Decimal(3)) > rate.over(Decimal(30))
    assert abs(rate.over(Decimal(1000)) - rate.usual) < Decimal("0.001")


def test_nothing_lately_has_no_pace_and_no_certain_share():
    nothing = [Stretch(0, 0, 5)] * 4
    assert (pace_of(nothing).a_day, pace_of([]).a_day) == (0, 0)
    rate = rate_of(nothing, Stretch(0, 0, 0))
    assert rate.share == Decimal("0.5")  # nobody knows
    assert rate.variance(Decimal(0), Decimal(9)) == 0


@pytest.mark.parametrize(
    ("rest", "before", "season"),
    [
        (Stretch(200, 0, 50), Stretch(100, 0, 50), Decimal(2).sqrt()),
        (Stretch(100, 0, 50), Stretch(100, 0, 50), 1),
        (Stretch(49, 0, 50), Stretch(100, 0, 50), 1),  # too few
        (Stretch(100, 0, 50), Stretch(100, 0, 0), 1),  # no working day
        (Stretch(1000, 0, 50), Stretch(100, 0, 50), Decimal(2).sqrt()),  # not believed
        (Stretch(60, 0, 50), Stretch(600, 0, 50), Decimal("0.5").sqrt()),
    ],
)
def test_half_of_last_years_season_is_believed(rest, before, season):
    assert season_of(rest, before, least=50) == season


LEFTS = Lefts([2000] * 50 + [600] * 30 + [100] * 10 + [-100] * 6 + [-900] * 4, Decimal("0.1"))


def test_what_is_still_open_close_to_its_promise_is_late_more_often():
    assert LEFTS.late(5000) == Decimal(11) / 110  # all of them were
    assert LEFTS.late(700) == (10 + 1) / Decimal(60)
    assert LEFTS.late(150) == (10 + 1) / Decimal(30)
    assert LEFTS.late(5000) < LEFTS.late(700) < LEFTS.late(150)


def test_how_early_and_how_long_after():
    assert LEFTS.early(3000, 1500) == (50 + 5) / Decimal(110)
    assert LEFTS.early(0, -10) == 0
    assert LEFTS.within(0, 500) == (6 + 5) / Decimal(20)
    assert LEFTS.within(500, 1000) == (4 + 5) / Decimal(14)
    assert LEFTS.within(500, 500) == 0


# --- open records ---------------------------------------------------------------------------------

MONDAY = date(2024, 10, 7)


def when(*day):
    """Nine in the morning of a day."""
    return datetime(*day, 9, tzinfo=ZONE)


DAYS = tuple(
    day for day in (MONDAY + timedelta(n) for n in range(85)) if day.weekday() < 5
)  # to 30 December
REST = Rest(DAYS, 480 * len(DAYS))


WEDNESDAY = when(2024, 10, 9)


def open_one(key=1, *, left=1000, due=WEDNESDAY, paused=False, lost=False):
    return Pending(key, due, left, paused, lost, f"H{key}", "", "")


def chance(one, *, open_too=False, rest=REST):
    return ahead_of(one, LEFTS, rest, open_too=open_too)


def test_a_running_one_may_be_late_and_its_day_is_the_promised_one():
    one = chance(open_one(left=150))
    assert (one.on, one.certain, one.decides) == (date(2024, 10, 9), False, True)
    assert 0 < one.bad < one.adds <= 1
    assert not chance(open_one(left=5000)).decides  # as likely as ever


@pytest.mark.parametrize("open_too", [False, True])
@pytest.mark.parametrize(
    "one",
    [
        open_one(left=-100),
        open_one(lost=True),
        open_one(paused=True),
        open_one(paused=True, lost=True),
        open_one(left=None, due=None),
        open_one(left=None, due=None, lost=True),
        open_one(left=10**6, due=when(2026, 1, 5)),
        open_one(left=10**6, due=when(2026, 1, 5), lost=True),
        open_one(left=-100, paused=True),
    ],
)
def test_nothing_decides_that_cannot_be_saved_or_need_not(one, open_too):
    found = chance(one, open_too=open_too)
    assert not found.decides
    assert 0 <= found.bad <= 1
    assert found.adds >= found.bad or open_too
    assert DAYS[0] <= found.on


def test_what_is_late_is_certain_unless_it_is_counted_by_now():
    assert chance(open_one(left=-100)).certain
    late = chance(open_one(left=-100), open_too=True)
    assert (late.certain, late.adds, late.bad) == (False, 0, 0)
    assert chance(open_one(left=150), open_too=True).bad == LEFTS.late(150)


def test_what_is_due_after_the_end_counts_only_where_it_ends_before():
    short = Rest(DAYS[:2], 960)
    one = chance(open_one(left=1500, due=when(2024, 10, 10)), rest=short)
    assert (one.bad, one.adds) == (0, LEFTS.early(1500, 540))


# --- shares ---------------------------------------------------------------------------------------


def weeks(whole=25, bad=0, n=26):
    return [Stretch(whole, bad, 5)] * n


def end_of(past, opens=(), goal=G98, better=UP, rest=REST, stops=()):
    return forecast_share(past, opens, rest, goal, better=better, stops=stops)


CASES = {
    # name → (whole, bad, bad a week of 25, fate)
    "none ever late": (1000, 0, 0, Fate.KEEPS),
    "one in fifty, just kept": (1000, 10, 0.5, Fate.KEEPS),
    "just kept, and then many": (1000, 19, 3, Fate.BREAKS),
    "missed by now": (1000, 25, 1, Fate.MISSES),
    "too many by now": (1000, 60, 0, Fate.LOST),
    "hardly anything left to come": (90_000, 100, 0, Fate.SAFE),
}


@pytest.mark.parametrize("name", CASES)
def test_how_a_goal_will_stand(name):
    whole, bad, rate, fate = CASES[name]
    past = Past(whole, bad, [Stretch(250, int(10 * rate), 50)] * 26)
    told = end_of(past)
    assert told.fate is fate
    assert (told.chance is None) == (fate in (Fate.LOST, Fate.SAFE))


def test_the_break_day_is_the_first_on_which_the_goal_is_passed():
    """18 bad of 1,000, then one in ten of five a day: passed when 18 + n/2 > (1,000 + 5n)/50."""
    past = Past(1000, 18, [Stretch(25, 3, 5)] * 26)
    told = end_of(past, stops=DAYS)
    rate = rate_of(past.turns, past.so_far)
    first = next(
        day
        for n, day in enumerate(DAYS, 1)
        if 18 + 5 * n * rate.over(Decimal(n) / 5) > (1000 + 5 * n) * Decimal("0.02")
    )
    assert (told.fate, told.breaks_on) == (Fate.BREAKS, first)
    values = {stage.on: stage.value for stage in told.course}
    assert values[first] <= 98 <= values[DAYS[DAYS.index(first) - 1]]


def test_what_is_broken_by_now_has_no_day():
    told = end_of(Past(1000, 25, weeks(25, 1)))
    assert (told.fate, told.breaks_on) == (Fate.MISSES, None)


def test_thin_data_has_an_interval_and_no_day():
    told = end_of(Past(6, 1, [Stretch(1, 0, 5)] * 26))
    assert (told.fate, told.breaks_on, told.chance) == (Fate.THIN, None, None)
    assert told.end.low < told.end.value < told.end.high


def test_where_nothing_arose_and_nothing_will():
    told = end_of(Past(0, 0, weeks(0, 0)), goal=None)
    assert (told.fate, told.end.value, told.affordable) == (Fate.OPEN, 100, None)
    down = end_of(Past(0, 0, weeks(0, 0)), goal=None, better=DOWN)
    assert down.end.value == 0


def test_less_is_better_reads_the_other_way():
    up = end_of(Past(1000, 15, weeks(25, 1)))
    down = end_of(Past(1000, 15, weeks(25, 1)), goal=Goal(Decimal(2), DOWN), better=DOWN)
    assert down.fate is up.fate
    assert (down.end.value, down.end.low) == (100 - up.end.value, 100 - up.end.high)


def test_open_ones_that_are_late_take_from_what_is_affordable():
    past = Past(1000, 10, weeks(25, 0))
    free = end_of(past)
    late = [chance(open_one(key, left=-100)) for key in range(3)]
    told = end_of(past, late)
    assert told.certain == 3
    assert told.affordable == free.affordable - 3


def test_what_is_open_counts_by_now_where_the_share_judges_it_too():
    past = Past(1000, 10, weeks(25, 1), arrivals=weeks(25), pauses=5)
    opens = [chance(open_one(key, left=150), open_too=True) for key in range(4)]
    told, without = end_of(past, opens), end_of(past)
    assert told.whole == without.whole  # they are among the thousand
    assert told.bad > without.bad
    assert told.deciders == (0, 1, 2, 3)


records = st.builds(
    open_one,
    key=st.just(0),
    left=st.integers(-5000, 60_000) | st.none(),
    paused=st.booleans(),
    lost=st.booleans(),
)


@unhurried
@given(
    whole=st.integers(0, 5000),
    part=st.floats(0, 1),
    seen=st.lists(st.tuples(st.integers(0, 80), st.floats(0, 1)), min_size=26, max_size=26),
    opens=st.lists(records, max_size=12),
    open_too=st.booleans(),
    better=st.sampled_from([UP, DOWN]),
    strict=st.booleans(),
)
def test_whatever_came_the_forecast_holds_together(
    whole, part, seen, opens, open_too, better, strict
):
    known = [Stretch(n, int(n * bad), 5) for n, bad in seen]
    past = Past(whole, int(whole * part), known, arrivals=known if open_too else ())
    opens = [Pending(n, *_fields(one)) for n, one in enumerate(opens)]
    chances = [chance(one, open_too=open_too) for one in opens]
    goal = Goal(Decimal(95) if better is UP else Decimal(5), better, strict)
    told = end_of(past, chances, goal, better, stops=DAYS[::20])
    for stage in (told.end, *told.course):
        assert 0 <= stage.low <= stage.value <= stage.high <= 100
    assert (told.breaks_on is not None) == (told.fate is Fate.BREAKS)
    assert told.chance is None or 1 <= told.chance <= 99
    assert told.whole >= whole
    assert told.bad >= past.bad
    nothing = supposed(opens, chances, WhatIf(frozenset(), DAYS[3]), DAYS[-1], open_too=open_too)
    assert end_of(past, nothing, goal, better, stops=DAYS[::20]) == told


def _fields(one):
    return one.due, one.left, one.paused, one.lost, one.label, one.note, one.url


# --- what if --------------------------------------------------------------------------------------


def what_if(one, on, open_too=False, last=DAYS[-1]):
    chances = [chance(one, open_too=open_too)]
    return supposed([one], chances, WhatIf(frozenset({1}), on), last, open_too=open_too)[0]


@pytest.mark.parametrize(
    ("one", "on", "bad"),
    [
        (open_one(left=150), date(2024, 10, 9), 0),  # on the promised day
        (open_one(left=150), date(2024, 10, 10), 1),  # a day later
        (open_one(left=-100, due=when(2024, 10, 1)), date(2024, 10, 8), 1),
        (open_one(lost=True), date(2024, 10, 8), 1),
        (open_one(paused=True), date(2024, 10, 20), 0),  # its promise moves
        (open_one(left=None, due=None), date(2024, 10, 20), 0),
    ],
)
def test_one_that_is_returned_on_a_day(one, on, bad):
    found = what_if(one, on)
    assert (found.adds, found.bad, found.certain, found.on) == (1, bad, bad == 1, on)


def test_one_that_is_judged_by_now_can_only_turn_late():
    assert what_if(open_one(left=150), date(2024, 10, 9), open_too=True).bad == 0
    assert what_if(open_one(left=150), date(2024, 10, 10), open_too=True).bad == 1
    late = what_if(open_one(left=-100, due=when(2024, 10, 1)), DAYS[1], open_too=True)
    assert (late.adds, late.bad) == (0, 0)  # it is bad by now


def test_what_is_returned_after_the_period_changes_nothing():
    one = open_one(left=150)
    assert what_if(one, DAYS[-1] + timedelta(1)) == chance(one)


def test_returning_what_decides_makes_the_end_better():
    past = Past(1000, 18, weeks(25, 0))
    opens = [open_one(key, left=100) for key in range(7)]
    chances = [chance(one) for one in opens]
    keys = WhatIf(frozenset(range(7)), date(2024, 10, 9))
    then = supposed(opens, chances, keys, DAYS[-1], open_too=False)
    now, told = end_of(past, chances), end_of(past, then)
    assert (told.bad, told.chance) > (now.bad - 7, now.chance)
    assert told.end.value > now.end.value
    assert told.deciders == ()


# --- counts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("so_far", "a_week", "goal", "fate", "room"),
    [
        (1000, 25, None, Fate.OPEN, None),
        (1000, 25, Goal(Decimal(1000), UP), Fate.SAFE, None),
        (1000, 25, Goal(Decimal(1100), UP), Fate.KEEPS, None),
        (1000, 25, Goal(Decimal(1320), UP), Fate.MISSES, None),
        (1000, 25, Goal(Decimal(5000), UP), Fate.LOST, None),
        (1000, 25, Goal(Decimal(1000), UP, strict=True), Fate.KEEPS, None),
        (5, 2, Goal(Decimal(5), DOWN, strict=True), Fate.LOST, -1),
        (5, 2, Goal(Decimal(4), DOWN), Fate.LOST, -1),
        (5, 2, Goal(Decimal(10), DOWN), Fate.BREAKS, 5),
        (5, 2, Goal(Decimal(32), DOWN), Fate.KEEPS, 27),
        (5, 2, Goal(Decimal(500), DOWN), Fate.SAFE, 495),
        (5, 1, Goal(Decimal(10), DOWN), Fate.THIN, 5),
    ],
)
def test_the_end_of_a_count(so_far, a_week, goal, fate, room):
    told = forecast_count(so_far, weeks(a_week), REST, goal, stops=DAYS[4::5])
    assert (told.fate, told.affordable) == (fate, room)
    assert told.end.low <= told.end.value <= told.end.high
    assert (told.breaks_on is not None) == (fate is Fate.BREAKS)
    assert [stage.on for stage in told.course] == list(DAYS[4::5])
    assert told.end.value == so_far + round(Decimal(a_week) / 5 * len(DAYS))


def test_a_count_breaks_on_the_day_on_which_it_passes_its_goal():
    told = forecast_count(5, weeks(5), REST, Goal(Decimal(10), DOWN))
    assert told.breaks_on == DAYS[5]  # one a day: the sixth is the eleventh


def test_the_highest_count():
    assert most_counted(Goal(Decimal("10.5"), DOWN)) == 10
    assert most_counted(Goal(Decimal(10), DOWN, strict=True)) == 9


def test_ten_thousand_rows_take_milliseconds():
    import time

    opens = [open_one(key, left=key % 20_000 - 1000) for key in range(10_000)]
    start = time.process_time()
    chances = [chance(one) for one in opens]
    end_of(Past(100_000, 1800, weeks(2500, 50)), chances, stops=DAYS[::20])
    assert time.process_time() - start < 6  # about 0.1 s, traced 2; the bound notices a square
