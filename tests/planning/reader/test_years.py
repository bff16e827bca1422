"""The year that a person chose, against what the text says."""

import pytest

from motcua.planning.reader.years import for_year, in_year

OF_2024 = {
    "year": 2024,
    "title": "Cải cách hành chính năm 2024",
    "period": {"start": "2024-01-01", "end": "2024-12-31"},
    "warnings": [],
}
FIVE = OF_2024 | {"year": None, "period": {"start": "2021-01-01", "end": "2025-12-31"}}


@pytest.mark.parametrize(
    ("reading", "chosen", "year", "start", "warned"),
    [
        (OF_2024, None, 2024, "2024-01-01", False),
        (OF_2024, 2024, 2024, "2024-01-01", False),
        (OF_2024, 2025, 2025, "2025-01-01", True),
        (FIVE, None, None, "2021-01-01", False),
        (FIVE, 2023, 2023, "2021-01-01", False),
        (FIVE, 2027, 2027, "2027-01-01", True),
    ],
)
def test_for_year(reading, chosen, year, start, warned):
    found = for_year(reading, chosen)
    assert (found["year"], found["period"]["start"]) == (year, start)
    assert [warning["code"] for warning in found["warnings"]] == ["year_chosen"] * warned
    if warned:
        assert str(chosen) in found["warnings"][0]["message"]


def test_the_title_follows():
    assert for_year(OF_2024, 2025)["title"] == "Cải cách hành chính năm 2025"
    assert for_year(OF_2024 | {"title": None}, 2025)["title"] is None


def test_only_the_year_itself_is_replaced():
    assert in_year("trước 31/3/2024, số 12024", 2024, 2025) == "trước 31/3/2025, số 12024"
    assert in_year("trong năm", None, 2025) == "trong năm"
