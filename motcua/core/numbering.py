"""Numbers of official documents: "05/BC-UBND".

A number is given in order from 01 on 1 January to 31 December, a symbol follows it: the
abbreviation of the kind, the abbreviation of the agency. "/" stands between number and symbol, "-"
inside the symbol; numbers below 10 are written with a leading 0.
(Decree 30/2020/ND-CP, art. 15 and Annex I, part II.3)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from string import Formatter
from typing import ClassVar

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import squeeze

BLANK = " " * 6  # where a draft leaves room for the number


class NotADocumentNumber(Refused):
    """A text does not have the form of this series' numbers."""

    code = "not_a_document_number"
    message = _("“%(text)s” không đúng dạng số, ký hiệu “%(example)s”.")
    status: ClassVar[int] = 422


@dataclass(frozen=True)
class NumberPattern:
    """How one series writes its numbers; ``{n}`` is the number, ``{year}`` the year.

    "{n:02}/BC-UBND" is the pattern of a commune's reports. A pattern without ``{n}``, or with any
    other place, raises ``ValueError``.
    """

    pattern: str

    def __post_init__(self) -> None:
        names = [name for _text, name, _spec, _conv in Formatter().parse(self.pattern) if name]
        if names.count("n") != 1 or not set(names) <= {"n", "year"}:
            raise ValueError(f"a pattern has {{n}} once and may have {{year}}: {self.pattern!r}")

    def format(self, n: int, year: int = 0) -> str:
        """The written number: 5 → "05/BC-UBND"."""
        if n < 1:
            raise ValueError("numbers begin at 1")
        return self.pattern.format(n=n, year=year)

    def blank(self, year: int = 0) -> str:
        """The number of a draft, with room to write it in: "      /BC-UBND"."""
        parts = Formatter().parse(self.pattern)
        return "".join(
            text + {"n": BLANK, "year": str(year), None: ""}[name]
            for text, name, _spec, _conv in parts
        )

    def parse(self, text: str) -> int:
        """The number in a written one, with or without blanks and leading zeros.

        Raises ``NotADocumentNumber``.
        """
        found = self._regex.fullmatch(squeeze(text).replace(" ", ""))
        if found is None or int(found["n"]) < 1:
            raise NotADocumentNumber(text=text, example=self.pattern.format(n=1, year=2024))
        return int(found["n"])

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        places = {"n": r"(?P<n>[0-9]{1,9})", "year": r"[0-9]{4}", None: ""}
        return re.compile(
            "".join(
                re.escape(text.replace(" ", "")) + places[name]
                for text, name, _spec, _conv in Formatter().parse(self.pattern)
            )
        )
