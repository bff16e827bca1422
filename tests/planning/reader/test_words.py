"""Vietnamese words: folded in place, checked for form."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.planning.reader.words import (
    is_syllable,
    is_upper,
    lower,
    plain,
    printed_width,
    starts_upper,
    words,
)


def test_plain() -> None:
    assert plain("ĐẶC KHU Kỷ – luật") == "dac khu ky - luat"


@given(st.text().map(lambda text: unicodedata.normalize("NFC", text)))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert len(lower(text)) == len(text)


def test_lower_keeps_places_where_letters_grow() -> None:
    assert lower("İĐẤT") == "İđất"


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "quyết",
        "giữ",
        "gì",
        "quốc",
        "khuya",
        "thuở",
        "uỷ",
        "ủy",
        "hoà",
        "hòa",
        "tuyến",
        "yêu",
        "ăn",
        "chuyển",
        "đôn",
        "ưu",
    ],
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["quyêt", "chí́nh", "thcu", "lưậtt", "w", "nh", "các̣h"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_words_and_capitals() -> None:
    assert words("UBND xã, 100%") == ["ubnd", "xa", "100"]
    assert is_upper("II. NHIỆM VỤ")
    assert not is_upper("I")
    assert not is_upper("II. Nhiệm vụ")
    assert starts_upper("- Ủy ban")
    assert not starts_upper("2.1 xã")


def test_capitals_are_printed_wider() -> None:
    assert printed_width("MƯỜI") > printed_width("mười") > printed_width("lili")
