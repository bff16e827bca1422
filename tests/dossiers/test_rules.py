"""The law of dossiers, by tables."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.workcalendar import national_calendar
from motcua.dossiers.packs import rule_set, rule_sets
from motcua.dossiers.rules import CLOSED, NATIONAL, OPEN, STEPS, DossierStatus, rule_set_on
from motcua.dossiers.rules.clock import (
    Timeliness,
    due_after_pause,
    due_after_supplement,
    first_due,
    step_deadlines,
    timeliness,
)
from motcua.dossiers.rules.codes import (
    check_pattern,
    codes_meant,
    counting_period,
    dossier_code,
    looks_like_code,
)
from motcua.dossiers.rules.rulesets import AfterSupplement, NoRuleSet, RuleSet
from motcua.procedures.rules.limits import Limit, LimitUnit

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR = national_calendar()
FIVE_DAYS = Limit(LimitUnit.WORKING_DAY, 5)
NO_LIMIT = Limit(LimitUnit.NONE)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


# --- the table of steps ---------------------------------------------------------------------------


def test_every_status_is_reached_and_left_or_is_an_end() -> None:
    assert not STEPS.unreachable
    assert STEPS.dead_ends == CLOSED


def test_every_status_is_open_ready_or_closed_and_has_its_national_code() -> None:
    assert set(DossierStatus) == OPEN | CLOSED | {DossierStatus.SETTLED}
    assert set(NATIONAL) == set(DossierStatus)
    assert set(NATIONAL.values()) == set(range(1, 11))


# --- rule sets ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "code", "slips"),
    [("2018-06-21", "2018", 6), ("2025-06-30", "2018", 6), ("2025-07-01", "2025", 7)],
)
def test_a_day_has_its_rules(day: str, code: str, slips: int) -> None:
    found = rule_set_on(rule_sets(), date.fromisoformat(day))
    assert (found.code, len(found.slips)) == (code, slips)
    assert rule_set(code) is found


def test_before_the_first_rules_there_are_none() -> None:
    with pytest.raises(NoRuleSet) as refused:
        rule_set_on(rule_sets(), date(2018, 6, 20))
    assert "20/06/2018" in str(refused.value) or "20/6/2018" in str(refused.value)


def test_a_pack_that_does_not_fit_is_a_fault() -> None:
    row = {"code_reset": "month"}
    with pytest.raises(ValueError, match="each day or each year"):
        RuleSet.read(row)


# --- codes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "agency", "n", "code"),
    [
        ("2018", "000.00.01.H56", 1, "000.00.01.H56-240930-0001"),
        ("2018", "000.00.01.H56", 12345, "000.00.01.H56-240930-12345"),
        ("2025", "H56.20", 92637, "H56.20-20240930-0092637"),
    ],
)
def test_codes(rules: str, agency: str, n: int, code: str) -> None:
    pattern = rule_set(rules).code_pattern
    assert dossier_code(pattern, agency=agency, day=date(2024, 9, 30), n=n) == code
    assert looks_like_code(f" {code.lower()} ")
    assert codes_meant(f" {code.lower()} ") == [code]
    for between in ("", " ", "–"):  # as readers of codes and people leave hyphens out
        assert code in codes_meant(code.lower().replace("-", between))
    assert code in codes_meant(code.replace("-", "", 1))


@given(st.integers(1, 9_999_999), st.dates(date(2018, 1, 1), date(2035, 12, 31)))
def test_no_two_dossiers_of_a_day_have_one_code(n: int, day: date) -> None:
    for rules in rule_sets():
        one = dossier_code(rules.code_pattern, agency="H56", day=day, n=n)
        other = dossier_code(rules.code_pattern, agency="H56", day=day, n=n + 1)
        assert one != other
        assert looks_like_code(one)


@pytest.mark.parametrize(
    "text",
    [
        "nguyen van an",
        "038190000001",
        "0912000001",
        "12/QĐ-UBND",
        "",
        "H562413010001",  # no 13th month
        "H562402300001",  # no 30 February
        "chung thuc 2409300001",
        "2409300001",
        "Ư562409300001",
        "H5624093000012345678",
        "9" * 200,
    ],
)
def test_other_texts_are_no_codes(text: str) -> None:
    assert not looks_like_code(text)


@pytest.mark.parametrize("pattern", ["{n}", "{day}", "{n}{n}{day}", "{n}{day}{x}"])
def test_patterns_that_could_repeat_are_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="a pattern has"):
        check_pattern(pattern)


def test_numbers_begin_at_one() -> None:
    with pytest.raises(ValueError, match="begin at 1"):
        dossier_code("{day}{n}", agency="", day=date(2024, 1, 1), n=0)


@pytest.mark.parametrize(("reset", "period"), [("day", "2024-02-29"), ("year", "2024")])
def test_counting_periods(reset: str, period: str) -> None:
    assert counting_period(reset, date(2024, 2, 29)) == period


# --- the clock ------------------------------------------------------------------------------------

#: Received on Monday 4 March 2024 at 09:00, five working days: Monday 11 March, at closing.
RECEIVED = at("2024-03-04T09:00")
DUE = first_due(FIVE_DAYS, RECEIVED, CALENDAR).at


def test_the_first_promise_explains_itself() -> None:
    due = first_due(FIVE_DAYS, RECEIVED, CALENDAR)
    assert due.at == at("2024-03-11T17:00")
    assert any("11/3/2024" in str(said) or "11/03/2024" in str(said) for said in due.why)
    assert first_due(NO_LIMIT, RECEIVED, CALENDAR).at is None


@pytest.mark.parametrize(
    ("after", "supplied", "due"),
    [
        # anew: five working days after Wednesday the 13th
        (AfterSupplement.RESTART, "2024-03-13T10:00", "2024-03-20T17:00"),
        # moved on: asked Tuesday 10:00, supplied Wednesday of the next week 10:00: six days
        (AfterSupplement.SHIFT, "2024-03-13T10:00", "2024-03-19T17:00"),
        # supplied in the lunch break of the same day: an hour and a half of the morning was waited
        (AfterSupplement.SHIFT, "2024-03-05T12:00", "2024-03-12T08:30"),
        # nothing was waited
        (AfterSupplement.SHIFT, "2024-03-05T10:00", "2024-03-11T17:00"),
    ],
)
def test_a_supplement_restarts_or_moves_the_promise(
    after: AfterSupplement, supplied: str, due: str
) -> None:
    found = due_after_supplement(
        FIVE_DAYS,
        due=DUE,
        asked=at("2024-03-05T10:00"),
        supplied=at(supplied),
        after=after,
        calendar=CALENDAR,
    )
    assert found.at == at(due)


def test_a_pause_over_tet_moves_by_working_time_only() -> None:
    asked, resumed = at("2024-02-07T09:00"), at("2024-02-15T09:00")
    found = due_after_pause(at("2024-02-20T17:00"), asked, resumed, CALENDAR)
    waited = CALENDAR.between(asked, resumed)
    assert waited == 480  # 7 February alone: Tết ran from the 8th to the 14th
    assert found.at == CALENDAR.add(at("2024-02-20T17:00"), waited).at
    assert found.why


def test_without_a_promise_nothing_moves() -> None:
    assert due_after_pause(None, RECEIVED, at("2024-03-05T09:00"), CALENDAR).at is None


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8))
def test_steps_end_in_order_and_the_last_at_the_promise(shares: list[int]) -> None:
    whole = sum(shares)
    ends = step_deadlines(RECEIVED, DUE, [share * 100 // whole for share in shares], CALENDAR)
    assert ends == sorted(ends)  # type: ignore[type-var] # None is not among these
    assert ends[-1] == DUE


def test_steps_of_a_dossier_that_is_due_already_are_due_at_once() -> None:
    assert step_deadlines(DUE, DUE, [50, 50], CALENDAR) == [DUE, DUE]  # type: ignore[arg-type] # deadlines, none of them None
    assert step_deadlines(RECEIVED, None, [50, 50], CALENDAR) == [None, None]
    assert step_deadlines(RECEIVED, DUE, [], CALENDAR) == []


@pytest.mark.parametrize(
    ("due", "ended", "now", "supplements", "found"),
    [
        ("2024-03-11T17:00", "2024-03-08T16:00", "2024-03-12T08:00", 0, Timeliness.EARLY),
        ("2024-03-11T17:00", "2024-03-11T17:00", "2024-03-12T08:00", 1, Timeliness.ON_TIME),
        ("2024-03-11T17:00", "2024-03-11T17:01", "2024-03-12T08:00", 0, Timeliness.LATE),
        ("2024-03-11T17:00", "2024-03-08T16:00", "2024-03-12T08:00", 2, Timeliness.LATE),
        ("2024-03-11T17:00", None, "2024-03-11T17:00", 0, Timeliness.RUNNING),
        ("2024-03-11T17:00", None, "2024-03-11T17:01", 0, Timeliness.OVERDUE),
        (None, None, "2024-03-11T17:01", 0, Timeliness.RUNNING),
        (None, "2024-03-11T17:00", "2024-03-11T17:01", 0, Timeliness.ON_TIME),
    ],
)
def test_timeliness(
    due: str | None, ended: str | None, now: str, supplements: int, found: Timeliness
) -> None:
    moments = [at(one) if one else None for one in (due, ended)]
    assert timeliness(*moments, at(now), supplements=supplements) is found
