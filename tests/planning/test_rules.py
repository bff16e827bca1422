"""The tables of the plan's life, and its arithmetic."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from motcua.planning.rules import (
    EXTENSION_STEPS,
    TASK_STEPS,
    VERSION_STEPS,
    Reading,
    Urgency,
    known_until,
    meets,
    on_time,
    overspent,
    parse_dong,
    read_target,
    urgency,
)

ON = date(2024, 3, 1)


@pytest.mark.parametrize("table", [VERSION_STEPS, TASK_STEPS, EXTENSION_STEPS])
def test_every_state_is_reached(table):
    assert not table.unreachable


@pytest.mark.parametrize(
    ("status", "due", "expected"),
    [
        ("done", date(2024, 2, 1), Urgency.CLOSED),
        ("cancelled", None, Urgency.CLOSED),
        ("assigned", None, Urgency.UNDATED),
        ("assigned", date(2024, 2, 29), Urgency.LATE),
        ("submitted", date(2024, 2, 29), Urgency.SOON),
        ("in_progress", ON, Urgency.SOON),
        ("in_progress", date(2024, 3, 8), Urgency.SOON),
        ("in_progress", date(2024, 3, 9), Urgency.IN_TIME),
    ],
)
def test_urgency(status, due, expected):
    assert urgency(status, due, ON) is expected


@pytest.mark.parametrize(
    ("comparison", "goal", "upper", "value", "expected"),
    [
        (None, None, None, 5, None),
        ("ge", None, None, 5, None),
        ("ge", 98, None, 98, True),
        ("ge", 98, None, 97, False),
        ("increase_ge", 5, None, 6, True),
        ("decrease_ge", 5, None, 4, False),
        ("between", 5, 7, 6, True),
        ("between", 5, 7, 8, False),
        ("between", 5, None, 6, False),
        ("eq", 100, None, 100, True),
        ("gt", 5, None, 5, False),
        ("le", 5, None, 5, True),
        ("lt", 5, None, 5, False),
    ],
)
def test_a_value_meets_its_goal(comparison, goal, upper, value, expected):
    numbers = [None if n is None else Decimal(n) for n in (goal, upper)]
    assert meets(comparison, *numbers, Decimal(value)) is expected


@pytest.mark.parametrize(
    ("comparison", "value", "expected"),
    [
        ("ge", None, Reading.UNKNOWN),
        (None, 90, Reading.UNKNOWN),
        ("ge", 100, Reading.MET),
        ("ge", 95, Reading.AT_RISK),
        ("ge", 94, Reading.MISSED),
        ("le", 106, Reading.MISSED),
        ("le", 104, Reading.AT_RISK),
    ],
)
def test_a_target_is_read(comparison, value, expected):
    number = None if value is None else Decimal(value)
    assert read_target(comparison, Decimal(100), None, number) is expected


@pytest.mark.parametrize(
    ("due", "expected"), [(None, True), (ON, True), (date(2024, 2, 29), False)]
)
def test_on_time(due, expected):
    assert on_time(ON, due) is expected


@pytest.mark.parametrize(("budget", "over"), [(None, 0), (40, 0), (30, 0), (25, 5)])
def test_overspent(budget, over):
    assert overspent([10, 20], budget) == over


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("15 triệu đồng", 15_000_000),
        ("2.500.000 đ", 2_500_000),
        ("1,5 tỷ", 1_500_000_000),
        ("500 nghìn đồng", 500_000),
        ("3 tr", 3_000_000),
        ("không có", None),
    ],
)
def test_an_amount_is_read_from_words(words, amount):
    assert parse_dong(words) == amount


T0 = datetime(2024, 3, 1, 8, 15)  # noqa: DTZ001 # only differences count


@pytest.mark.parametrize(
    ("seen", "known", "minutes", "since"),
    [
        (None, None, 0, None),  # the first visit
        (T0, None, 29, None),  # looked at again: what was news still is
        (T0, None, 30, T0),  # away for long enough
        (T0, T0, 5, T0),
    ],
)
def test_up_to_when_a_visitor_knows(seen, known, minutes, since):
    assert known_until(seen, known, T0 + timedelta(minutes=minutes)) == since
