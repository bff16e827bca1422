"""Codes of dossiers: a pattern that is data, a counter for each agency and period, no gap.

"{agency}-{day:%y%m%d}-{n:04}" gives 000.00.01.H56-240930-0001: identifier of the agency, day of
receipt, running number from 1 each day (practice under Circular 01/2018/TT-VPCP).
"""

from __future__ import annotations

import re
from datetime import date
from string import Formatter

_PLACES = {"agency", "day", "n"}


def check_pattern(pattern: str) -> None:
    """A pattern has ``{n}`` and ``{day…}`` once; may have ``{agency}``. ``ValueError``."""
    names = [name for _text, name, _spec, _conv in Formatter().parse(pattern) if name]
    if names.count("n") != 1 or names.count("day") != 1 or not set(names) <= _PLACES:
        raise ValueError(f"a pattern has {{n}} and {{day}} once and may have {{agency}}: {pattern}")


def dossier_code(pattern: str, *, agency: str, day: date, n: int) -> str:
    """The written code of the ``n``-th dossier of a period."""
    if n < 1:
        raise ValueError("numbers begin at 1")
    return pattern.format(agency=agency, day=day, n=n)


def counting_period(reset: str, day: date) -> str:
    """The period in which numbers run on: "2024-09-30" by day, "2024" by year."""
    return day.isoformat() if reset == "day" else str(day.year)


_SCANNED = re.compile(r"[A-Z0-9.]{1,40}-\d{6,8}-\d{4,7}")


def looks_like_code(text: str) -> bool:
    """Whether a typed or scanned text is the code of a dossier, whole."""
    return _SCANNED.fullmatch(text.strip().upper()) is not None
