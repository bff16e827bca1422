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


_BETWEEN = r"[\s\-\u2010-\u2015_/]"
_BARE = re.compile(rf"[A-Z0-9.]+{_BETWEEN}*\d+{_BETWEEN}*\d+")
#: Digits of the day and of the number, as the patterns of the packs write them.
_ENDINGS = ((6, range(4, 8)), (8, range(7, 8)))
#: Of a code, with what stands between its parts.
_LONGEST = 64
#: No desk gave codes of these shapes before.
_FIRST_YEAR = 2010
#: Shorter rows of digits are numbers of identity or telephone.
_MANY_DIGITS = 14


def codes_meant(text: str) -> list[str]:
    """The codes that a typed or scanned text can be, whole; none: it is something else.

    Small letters are capitals, and hyphens that a reader left out are put back: "h562409300001" is
    "H56-240930-0001".
    """
    asked = text.strip().upper()
    if _SCANNED.fullmatch(asked):
        return [asked]
    if len(asked) > _LONGEST or not _BARE.fullmatch(asked):
        return []
    bare = re.sub(_BETWEEN, "", asked)
    if bare.isdigit() and len(bare) < _MANY_DIGITS:
        return []
    found = (_cut(bare, day, n) for day, numbers in _ENDINGS for n in numbers)
    return [one for one in found if one is not None]


def _cut(bare: str, day: int, n: int) -> str | None:
    """The code with its hyphens, if a day and a number of so many digits stand at its end."""
    head, middle, tail = bare[: -day - n], bare[-day - n : -n], bare[-n:]
    least = 4 if day == 6 else 7
    if not (middle + tail).isdecimal() or (n > least and tail[0] == "0") or not _is_day(middle):
        return None
    code = f"{head}-{middle}-{tail}"
    return code if _SCANNED.fullmatch(code) else None


def _is_day(digits: str) -> bool:
    year = digits[:-4] if len(digits) == 8 else f"20{digits[:-4]}"
    try:
        return date(int(year), int(digits[-4:-2]), int(digits[-2:])).year >= _FIRST_YEAR
    except ValueError:
        return False


def looks_like_code(text: str) -> bool:
    """Whether a typed or scanned text is the code of a dossier, whole."""
    return bool(codes_meant(text))
