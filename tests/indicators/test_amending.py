"""Changes of marks and maxima by a decision, from a day."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from motcua.indicators.packs import index_sets, indicators
from motcua.indicators.rules.amending import (
    Change,
    MaximaDoNotAddUp,
    TooEarly,
    amended,
    with_maxima,
)

PLAIN = next(iter(indicators().values()))
FIRST = replace(
    PLAIN.versions[0],
    valid_from=date(2024, 1, 1),
    valid_to=date(2024, 12, 31),
    goal=Decimal(90),
    warn=Decimal(80),
    source="law",
    unverified=frozenset({"goal", "warn", "owner"}),
)
SECOND = replace(FIRST, valid_from=date(2025, 1, 1), valid_to=None, goal=Decimal(98))
KNOWN = replace(PLAIN, versions=(FIRST, SECOND))


def change(on, goal):
    return Change(on, Decimal(goal), Decimal(70), f"decision {goal}")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([], [("2024-01-01", 90), ("2025-01-01", 98)]),
        ([("2024-07-01", 95)], [("2024-01-01", 90), ("2024-07-01", 95), ("2025-01-01", 98)]),
        ([("2024-01-01", 95)], [("2024-01-01", 95), ("2025-01-01", 98)]),
        ([("2024-07-01", 95), ("2024-07-01", 96)],
         [("2024-01-01", 90), ("2024-07-01", 96), ("2025-01-01", 98)]),
        ([("2025-07-01", 99), ("2024-07-01", 95)],
         [("2024-01-01", 90), ("2024-07-01", 95), ("2025-01-01", 98), ("2025-07-01", 99)]),
    ],
)  # fmt: skip
def test_versions(changes, expected):
    found = amended(KNOWN, [change(date.fromisoformat(on), goal) for on, goal in changes]).versions
    assert [(str(one.valid_from), one.goal) for one in found] == expected
    for before, after in pairwise(found):
        assert before.valid_to + timedelta(days=1) == after.valid_from


def test_a_change_says_its_source_and_is_verified():
    before, after, _ = amended(KNOWN, [change(date(2024, 7, 1), 95)]).versions
    assert (after.source, after.warn, after.unverified) == ("decision 95", 70, {"owner"})
    assert (before.source, before.unverified) == ("law", FIRST.unverified)


def test_not_before_the_first_version():
    with pytest.raises(TooEarly):
        amended(KNOWN, [change(date(2023, 12, 31), 95)])


def maxima_moved():
    one, other = index_sets()[0].components[:2]
    return one, other, {one.no: one.most + 1, other.no: other.most - 1}


def test_maxima_change_together_from_a_day():
    (regime,) = index_sets()
    one, other, moved = maxima_moved()
    day = regime.valid_from + timedelta(days=40)
    before, after = with_maxima((regime,), day, moved)
    assert (before, after.valid_from) == (regime, day)
    assert [each.most for each in after.components[:2]] == [one.most + 1, other.most - 1]
    assert all("max" not in each.unverified for each in after.components[:2])
    assert after.components[2:] == regime.components[2:]
    assert len(with_maxima((before, after), day, {})) == 2


def test_maxima_that_do_not_add_up():
    (regime,) = index_sets()
    one = regime.components[0]
    with pytest.raises(MaximaDoNotAddUp):
        with_maxima((regime,), regime.valid_from, {one.no: one.most + 1})


def test_maxima_not_before_the_first_regime():
    (regime,) = index_sets()
    with pytest.raises(TooEarly):
        with_maxima((regime,), regime.valid_from - timedelta(days=1), {})
