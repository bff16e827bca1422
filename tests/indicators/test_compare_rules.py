"""Ranks, spread and what stands out: tables by hand, and what holds for any numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.indicators.rules import Better, PackInvalid
from motcua.indicators.rules.compare import (
    Step,
    Sudden,
    Watch,
    is_sudden,
    quantile,
    ranks,
    read_watches,
    spread,
    stand_out,
    watches_on,
)

D = Decimal


@pytest.mark.parametrize(
    ("amounts", "better", "places"),
    [
        ([D(98), D(99), D(98), D(90)], Better.UP, [2, 1, 2, 4]),
        ([D(98), None, D(99)], Better.DOWN, [1, None, 2]),
        ([D(3), D(7)], Better.NEITHER, [2, 1]),
        ([], Better.UP, []),
    ],
)
def test_equal_values_share_the_better_place(amounts, better, places):
    assert ranks(amounts, better) == places


@pytest.mark.parametrize(
    ("amounts", "share", "found"),
    [
        ([], "0.5", None),
        ([D(5)], "0.5", D(5)),
        ([D(4), D(1), D(2), D(3)], "0.5", D("2.5")),
        ([D(1), D(2), D(3)], "0.25", D("1.5")),
        ([D(1), D(2), D(3)], "1", D(3)),
    ],
)
def test_a_quantile_lies_between_its_neighbours(amounts, share, found):
    assert quantile(amounts, D(share)) == found


@pytest.mark.parametrize(
    ("amounts", "steps"),
    [
        ([], []),
        ([None, None], []),
        ([D(100)], [(D(100), D("100.1"), 1)]),
        (
            [D(90), D(95), D(100), None],
            [(D(n), D(n + 1), int(n in (90, 95, 99))) for n in range(90, 100)],
        ),
        ([D(0), D(5000)], [(D(500 * n), D(500 * (n + 1)), int(n in (0, 9))) for n in range(10)]),
    ],
)
def test_a_spread_has_round_steps(amounts, steps):
    assert spread(amounts) == [Step(*one) for one in steps]


@given(st.lists(st.decimals(0, 100, places=2), max_size=40))
def test_a_spread_counts_each_value_once(amounts):
    steps = spread(amounts)
    assert sum(step.count for step in steps) == len(amounts)
    assert len(steps) <= 12
    for one, two in pairwise(steps):
        assert one.high == two.low
    if steps:
        assert steps[0].low <= min(amounts)
        assert steps[-1].high >= max(amounts)


SUDDEN = Sudden(D(95), 20, "hỏi")


@pytest.mark.parametrize(
    ("now", "before", "is_odd"),
    [
        ((20, 20), (90, 100), True),
        ((19, 20), (90, 100), False),  # not all
        ((19, 19), (90, 100), False),  # too few
        ((20, 20), (95, 100), False),  # was nearly so before
        ((20, 20), (10, 19), False),  # too few before
        ((0, 0), (0, 0), False),
    ],
)
def test_a_sudden_hundred(now, before, is_odd):
    assert is_sudden(SUDDEN, now, before) is is_odd


WATCH = Watch("redated", "top", "bottom", "hỏi", D(5), D(3), 4)


@pytest.mark.parametrize(
    ("pairs", "found"),
    [
        ({1: (2, 100), 2: (2, 100), 3: (6, 100)}, {3: D(6)}),
        ({1: (2, 100), 2: (2, 100), 3: (5, 100)}, {}),  # not three times the median
        ({1: (0, 100), 2: (0, 100), 3: (5, 100)}, {3: D(5)}),
        ({1: (0, 100), 2: (0, 100), 3: (4, 100)}, {}),  # below the least share
        ({1: (0, 100), 2: (0, 100), 3: (3, 10)}, {}),  # too few records
        ({1: (0, 100), 3: (50, 100)}, {}),  # two places are no crowd
        ({1: (0, 0), 2: (0, 0), 3: (0, 0)}, {}),
    ],
)
def test_a_share_stands_out_among_all(pairs, found):
    assert stand_out(WATCH, pairs) == found


def test_watches_are_dated():
    row = {
        "sudden": {"before": 95, "count": 20, "words": "a"},
        "shares": [
            {
                "code": "x",
                "top": "t",
                "bottom": "b",
                "words": "w",
                "least": 5,
                "times": 3,
                "count": 4,
            }
        ],
    }
    rows = [{"valid_from": date(2025, 7, 1), **row}, {"valid_from": date(2021, 1, 1), **row}]
    found = read_watches(rows)
    assert [one.valid_from.year for one in found] == [2021, 2025]
    assert watches_on(found, date(2020, 1, 1)) is found[0]
    assert watches_on(found, date(2025, 7, 1)) is found[1]
    assert found[0].shares[0].times == D(3)
    with pytest.raises(PackInvalid):
        read_watches([{"valid_from": date(2021, 1, 1), "sudden": {}, "shares": []}])
