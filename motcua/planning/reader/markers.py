"""Numbering styles: what a line begins with (I. / A. / Điều 1. / 1. / 1.1. / a) / - / +)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum


class Style(IntEnum):
    """Styles of numbers and bullets."""

    PART = 0
    UPPER = 1
    ROMAN = 2
    ARTICLE = 3
    DECIMAL = 4  # 1.
    DECIMAL2 = 5  # 1.1.
    DECIMAL3 = 6  # 1.1.1.
    DECIMAL4 = 7  # 1.1.1.1.
    PAREN = 8  # 1)
    LETTER = 9  # a)
    STAR = 10
    DASH = 11
    PLUS = 12
    DOT = 13

    @property
    def is_bullet(self) -> bool:
        """Whether this is a mark without a number."""
        return self >= Style.STAR

    @property
    def rank(self) -> int:
        """How deep the style usually stands; styles of one rank may stand in one another."""
        if self is Style.PART:
            return 0
        if self <= Style.ARTICLE:
            return 1
        if self <= Style.DECIMAL4:
            return 2
        return 3 if self <= Style.LETTER else 4


@dataclass(frozen=True, slots=True)
class Marker:
    """What a line begins with: its style, its label ("2.1", "a", "II"), the count, its length."""

    style: Style
    label: str
    count: int
    length: int


_LETTER_AFTER = r"(?=[^\W\d_])"


def _decimal(levels: int, *, after_space: str) -> re.Pattern[str]:
    """A number of so many levels: "2.1.", "2.1", "2.1/", "2.1-"."""
    label = rf"(?P<label>\d{{1,2}}(?:\.\d{{1,2}}){{{levels - 1}}})"
    return re.compile(rf"{label}(?:\s*[.):/–-]\s*{_LETTER_AFTER}|{after_space})")


_NUMBERED = (
    (Style.PART, re.compile(
        r"(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục)\s+(?:(?i:thứ)\s+)?"
        r"(?P<label>[IVX]+|\d{1,2}|[A-H]|(?i:nhất|hai|ba|bốn|tư|năm|sáu))(?:\s*[.:–-]\s*|\s+|$)")),
    (Style.ARTICLE, re.compile(r"(?:Điều|ĐIỀU)\s+(?P<label>\d{1,2})\s*(?:[.:]\s*|$)")),
    (Style.DECIMAL, re.compile(
        r"(?:Khoản|KHOẢN|(?:Nhóm )?[Nn]hiệm vụ|Nội dung|Giải pháp|Mục tiêu)\s+(?:số\s+)?"
        r"(?P<label>\d{1,2})\s*[.:]\s*")),
    (Style.ROMAN, re.compile(
        rf"(?P<label>[IVX]{{1,5}})(?:\s*[.)]\s*{_LETTER_AFTER}|\s*[.)/:–-]\s+)")),
    (Style.UPPER, re.compile(rf"(?P<label>[A-HĐ])\s*(?:[.)/]\s+|\)\s*{_LETTER_AFTER})")),
    (Style.DECIMAL4, _decimal(4, after_space=r"\s*[.):/]?\s+")),
    (Style.DECIMAL3, _decimal(3, after_space=r"\s*[.):/]?\s+")),
    (Style.DECIMAL2, _decimal(2, after_space=r"\s*[.):/]?\s+(?![%\d])")),
    (Style.PAREN, re.compile(r"\(?(?P<label>\d{1,2})\)\s*")),
    (Style.DECIMAL, re.compile(
        rf"(?P<label>\d{{1,2}})(?:\s*\.\s*{_LETTER_AFTER}|\s*[–-]\s+{_LETTER_AFTER}|\s*[.:/]\s+)")),
    (Style.LETTER, re.compile(r"(?P<label>[a-zđ])(?:\s*\)\s*|\s*[./]\s+)")),
)  # fmt: skip
_BULLETS = (
    (Style.STAR, re.compile(r"[*★❖]\s*(?=\S)")),
    (Style.DASH, re.compile(r"[-–—−‐‑_]\s*(?=[^\s\d_–—-])|[-–—−‐‑]\s+(?=\d)|[-–—](?=\d+\s?%)")),
    (Style.PLUS, re.compile(r"\+\s*(?=\S)")),
    (Style.DOT, re.compile(r"[•●○▪■□◦·‣➢►✓➤§]\s*(?=\S)")),
)
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}
_ORDINALS = {"nhất": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6}
_ALPHABET = "abcdđefghijklmnopqrstuvwxyz"


def marker_of(text: str) -> Marker | None:
    """The marker at the beginning of a line, or None."""
    for style, pattern in _BULLETS:
        if found := pattern.match(text):
            return Marker(style, "", 0, found.end())
    for style, pattern in _NUMBERED:
        if (found := pattern.match(text)) and (count := count_of(found["label"])):
            return Marker(style, found["label"], count, found.end())
    return None


def count_of(label: str) -> int:
    """The number that a label stands for: "IV" is 4, "b" is 2, "2.3" is 3; 0 for none."""
    last = label.rpartition(".")[2]
    if last.isdigit():
        return int(last)
    if last.lower() in _ORDINALS:
        return _ORDINALS[last.lower()]
    if len(last) == 1 and last.lower() in _ALPHABET and last not in _ROMAN_DIGITS:
        return _ALPHABET.index(last.lower()) + 1
    total = 0
    values = [_ROMAN_DIGITS.get(char, 0) for char in last]
    for value, after in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < after else value
    return total
