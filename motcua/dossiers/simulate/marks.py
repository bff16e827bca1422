"""Rows with places: told once with marks for what differs, filled in for each dossier.

A mark is a value that no tale holds: a character of Unicode's private area where a text stands, a
number above all keys where a key or a count stands. It goes through the same rules and row makers
as the real value would; :class:`Form` finds it again in what they made of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from enum import IntEnum
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.db import models

from motcua.core.text import fold, nfc
from motcua.db.bulk import Table

Slots = Sequence[Any]


class Slot(IntEnum):
    """What differs between two dossiers of one tale, in the order of a filling."""

    SEQ = 0  # the first four are known only when a passage is chained
    PREVIOUS = 1
    HASH = 2
    NUMBER = 3  # of a slip
    DOSSIER = 4
    APPLICANT = 5
    RESULT = 6  # running number of results
    CODE = 7
    CODE_FOLDED = 8
    NAME = 9
    NAME_FOLDED = 10
    BORN = 11
    ID_NUMBER = 12  # sealed, with its index
    ID_INDEX = 13
    PHONE = 14
    PHONE_INDEX = 15
    AGENCY = 16
    AGENCY_CODE = 17
    AGENCY_NAME = 18
    AGENCY_PLACE = 19
    POSTS = 20  # and those after it: the agency's posts


#: Slots that are filled when a passage is chained.
LATER = 4
_CHARS, _NUMBERS = 0xE000, 9_000_000_000_001_000
_MARK = re.compile("[\ue000-\ue0ff]|9000000000001[0-9]{3}")
_ESCAPED = re.compile(r"\\u(e0[0-9a-f]{2})")


def text_mark(slot: int) -> str:
    """What stands for a text."""
    return chr(_CHARS + slot)


def number_mark(slot: int) -> int:
    """What stands for a key or a count."""
    return _NUMBERS + slot


def slot_of(mark: str) -> int:
    """For which slot a mark stands."""
    return ord(mark) - _CHARS if len(mark) == 1 else int(mark) - _NUMBERS


def check_plain(text: str) -> str:
    """A text that stands in JSON as it is. Raises ``ValueError`` for any other."""
    if json.dumps(text, ensure_ascii=False) != f'"{text}"' or nfc(text) != text:
        raise ValueError(f"would change in JSON: {text!r}")
    return text


class Pattern:
    """A text with places."""

    __slots__ = ("_pick", "_text")

    def __init__(self, text: str) -> None:
        slots = [slot_of(mark) for mark in _MARK.findall(text)]
        self._text = _MARK.sub("%s", text.replace("%", "%%"))
        self._pick = _picked(slots)

    def fill(self, slots: Slots) -> str:
        """The text of one dossier."""
        return self._text % self._pick(slots)

    def fill_ascii(self, slots: Slots) -> str:
        """The same within JSON whose letters beyond ASCII are escaped."""
        values = (_ascii(str(value)) for value in self._pick(slots))
        return self._text % tuple(values)


def _picked(slots: Sequence[int]) -> Callable[[Slots], tuple[Any, ...]]:
    if len(slots) == 1:
        only = slots[0]
        return lambda values: (values[only],)
    return itemgetter(*slots) if slots else lambda _values: ()


@lru_cache(maxsize=1_000)
def _ascii(text: str) -> str:
    return text if text.isascii() else json.dumps(text)[1:-1]


class Form:
    """A row with places: ``told`` is the row as the ORM would save it, holding marks.

    ``code`` is the tale's own code, for which the dossier's stands.
    """

    __slots__ = ("_places", "_values")

    def __init__(self, table: Table, told: models.Model, code: str | None) -> None:
        self._values = table.values(told)
        self._places: list[tuple[int, Callable[[Slots], Any]]] = []
        for n, (field, value) in enumerate(zip(table.fields, self._values, strict=True)):
            if isinstance(field, models.JSONField):
                self._place_json(n, value, code)
            elif isinstance(value, str):
                self._place(n, with_code(value, code, is_folded=field.attname == "folded"))
            elif isinstance(value, int) and _MARK.fullmatch(str(value)):
                self._places.append((n, itemgetter(slot_of(str(value)))))

    def _place(self, n: int, text: str) -> None:
        marks = _MARK.findall(text)
        if marks == [text]:
            self._places.append((n, itemgetter(slot_of(text))))
        elif marks:
            self._places.append((n, Pattern(text).fill))

    def _place_json(self, n: int, value: str, code: str | None) -> None:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
        text = with_code(text, code)
        if _MARK.search(text):
            self._places.append((n, Pattern(text).fill_ascii))

    def put(self, n: int, slot: Slot) -> None:
        """The ``n``-th value is a slot's, whatever was told."""
        self._places = [place for place in self._places if place[0] != n]
        self._places.append((n, itemgetter(slot)))

    def fill(self, slots: Slots) -> list[Any]:
        """The row of one dossier."""
        row = self._values.copy()
        for n, value in self._places:
            row[n] = value(slots)
        return row


def with_code(text: str, code: str | None, *, is_folded: bool = False) -> str:
    """A text with marks in place of the tale's code, and of folded words."""
    if code is not None:
        text = text.replace(code, text_mark(Slot.CODE))
    if is_folded:
        text = text.replace(text_mark(Slot.NAME), text_mark(Slot.NAME_FOLDED))
        text = text.replace(fold(code), text_mark(Slot.CODE_FOLDED)) if code else text
    return text
