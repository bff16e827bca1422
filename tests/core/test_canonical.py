from __future__ import annotations

import json
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.core.canonical import canonical_json, sha256_hex

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


class Kind(StrEnum):
    PLAN = "plan"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"b": 1, "a": [True, None, "x"]}, '{"a":[true,null,"x"],"b":1}'),
        ({"ă": 1, "z": 2, "Z": 3}, '{"Z":3,"z":2,"ă":1}'),
        (unicodedata.normalize("NFD", "Hoằng Đông"), '"Hoằng Đông"'),
        ('a"\\\n\x01/', '"a\\"\\\\\\n\\u0001/"'),
        (Kind.PLAN, '"plan"'),
        (Decimal("98.50"), '"98.5"'),
        (Decimal("1E+3"), '"1000"'),
        (Decimal("-0.00"), '"0"'),
        (date(2024, 2, 5), '"2024-02-05"'),
        (datetime(2024, 2, 5, 8, 30, tzinfo=timezone(timedelta(hours=7))),
         '"2024-02-05T01:30:00.000000Z"'),
        (UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
        (b"\x00\xff", '"00ff"'),
        ((1, -2), "[1,-2]"),
    ],
)  # fmt: skip
def test_canonical_form(value, written):
    assert canonical_json(value).decode() == written


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (1.5, TypeError),
        ({1, 2}, TypeError),
        ({1: "a"}, TypeError),
        ({"é": 1, unicodedata.normalize("NFD", "é"): 2}, ValueError),
        (datetime(2024, 2, 5), ValueError),  # noqa: DTZ001 - the missing zone is the point
        (Decimal("NaN"), ValueError),
        ("\ud800", ValueError),
    ],
)
def test_what_cannot_be_repeated_is_refused(value, error):
    with pytest.raises(error):
        canonical_json(value)


def test_the_hash_is_that_of_any_other_program():
    # printf '{"a":1,"b":"ă"}' | sha256sum
    known = "7d726694bdee414a962e9bf8864e9fa096de887b9a8358b67925a51bca668ce6"
    assert sha256_hex({"b": unicodedata.normalize("NFD", "ă"), "a": 1}) == known


@given(JSON)
def test_reading_and_writing_again_changes_nothing(value):
    once = canonical_json_or_none(value)
    if once is not None:
        assert canonical_json(json.loads(once)) == once


def canonical_json_or_none(value):
    try:
        return canonical_json(value)
    except ValueError:  # two keys that are one in NFC
        return None


@given(st.datetimes(timezones=st.just(UTC)))
def test_moments_keep_their_microseconds(moment):
    written = json.loads(canonical_json(moment))
    assert datetime.fromisoformat(written) == moment
