from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from motcua.ui import formats
from motcua.ui.listing.columns import shown_value

LATE_EVENING = datetime(2024, 2, 4, 18, 5, tzinfo=UTC)  # 01:05 the next day in Viet Nam


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "–"),
        ("", "–"),
        (True, "Có"),
        (False, "Không"),
        (date(2024, 2, 5), "05/02/2024"),
        (LATE_EVENING, "01:05 05/02/2024"),
        (1234.5, "1.234,5"),
        (Decimal("98.50"), "98,5"),
        (0, "0"),
        ("Lê Thị An", "Lê Thị An"),
    ],
)
def test_values_are_shown_as_officials_write_them(value, expected):
    assert shown_value(value) == expected


def test_days_are_read_on_the_commune_clock():
    assert formats.vn_date(LATE_EVENING) == "05/02/2024"
    assert formats.vn_time(LATE_EVENING) == "01:05"
    assert formats.vn_datetime(datetime(2024, 2, 5, 7, 0)) == "07:00 05/02/2024"  # noqa: DTZ001


@pytest.mark.parametrize("write", ["vn_date", "vn_time", "vn_datetime", "vn_number", "vn_money"])
def test_nothing_is_written_as_nothing(write):
    assert getattr(formats, write)(None) == ""


def test_numbers_and_money():
    assert formats.vn_number(98.456, 1) == "98,5"
    assert formats.vn_money(Decimal("1500000.4")) == "1.500.000 đồng"
