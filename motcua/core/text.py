"""Vietnamese text: search folding, dictionary order, numbers, money and dates as officials write.

Everything here is pure and locale-independent: the server's locale never decides how a number or
a name looks. Text that comes from files may be decomposed Unicode; ``nfc`` is applied at the door.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from motcua.core.errors import Refused
from motcua.core.errors import mark as _

#: The 29 letters of the Vietnamese alphabet, with f, j, w, z where other languages put them.
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: chr(0x41 + position) for position, letter in enumerate(ALPHABET)}
_AFTER_ALPHABET = "~"  # foreign letters sort behind z

#: Combining marks of the tones, in dictionary order: huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LEVEL_TONE = "0"  # ngang: no mark

_TOKENS = re.compile(r"\d+|[^\W\d_]+")


class NotADate(Refused):
    """What was typed is no date, or a date that does not exist."""

    code = "not_a_date"
    message = _("“%(text)s” không phải là ngày hợp lệ; hãy gõ như 05/02/2024.")
    status: ClassVar[int] = 422


class NotANumber(Refused):
    """What was typed is no number in Vietnamese writing."""

    code = "not_a_number"
    message = _("“%(text)s” không phải là số; hãy gõ như 1.234,5.")
    status: ClassVar[int] = 422


# --- folding, order -------------------------------------------------------------------------------


def nfc(text: str) -> str:
    """Composed Unicode (NFC): one code point per Vietnamese letter. (TCVN 6909:2001)"""
    return unicodedata.normalize("NFC", text)


_BY_HAND = str.maketrans("đƀ’‘ʼ′", "db''''")


def fold(text: str) -> str:
    """Text without case and diacritics, for search: "Đường Thọ" and "duong tho" meet.

    What has no decomposition in Unicode is folded by hand: đ, the ƀ of the Ê Đê and Ba Na, and the
    apostrophes that typewriters do not have ("O’Brien" is found by "o'brien").
    """
    lowered = text.casefold()
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFD", lowered.translate(_BY_HAND))
    return "".join(c for c in decomposed if unicodedata.category(c) != "Mn")


def squeeze(text: str) -> str:
    """NFC, with every run of blank characters made one space and none at the ends."""
    return " ".join(nfc(text).split())


def _syllable_key(syllable: str) -> str:
    """Letters first, then the tone: ba < bà < bả < bã < bá < bạ < ban."""
    letters: list[str] = []
    tone = _LEVEL_TONE
    for char in syllable:
        base = ""
        for part in unicodedata.normalize("NFD", char):
            if part in _TONES:
                tone = _TONES[part]
            else:
                base += part
        letter = unicodedata.normalize("NFC", base)
        letters.append(_RANK.get(letter) or _RANK.get(base[:1], _AFTER_ALPHABET + letter))
    return "".join(letters) + tone


def sort_key(text: str) -> str:
    """A key for Vietnamese dictionary order, compared code point by code point.

    Syllable by syllable, as Vietnamese dictionaries and name lists do: first the letters
    (a ă â b c d đ e ê …), then the tone (ngang, huyền, hỏi, ngã, sắc, nặng). Runs of digits
    compare as numbers, so "Thôn 2" comes before "Thôn 10". Case and punctuation do not count.
    A database column that stores the key needs a binary collation.
    """
    keys: list[str] = []
    for token in _TOKENS.findall(nfc(text).lower()):
        if token.isdecimal():
            digits = str(int(token))
            keys.append(f"{len(digits):02d}{digits}")
        else:
            keys.append(_syllable_key(token))
    return " ".join(keys)


def name_sort_key(full_name: str) -> str:
    """Order of people: by given name, then family name, then middle names.

    A Vietnamese list puts "Lê Thị An" before "Nguyễn Văn Bình": the last word is the name that a
    person is called by.
    """
    words = squeeze(full_name).split(" ")
    return sort_key(" ".join([words[-1], *words[:-1]]))


def initials(full_name: str) -> str:
    """First letters of family and given name: "Nguyễn Văn Đạt" → "NĐ"."""
    words = squeeze(full_name).split(" ")
    ends = words[:1] if len(words) == 1 else [words[0], words[-1]]
    return "".join(word[:1] for word in ends).upper()


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens, for addresses and file names."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


# --- likeness -------------------------------------------------------------------------------------


def edit_distance(a: str, b: str, limit: int) -> int | None:
    """Insertions, deletions, substitutions and swaps of neighbours between ``a`` and ``b``.

    None when there are more than ``limit``: the search stops early.
    """
    if abs(len(a) - len(b)) > limit:
        return None
    before: list[int] = []
    above = list(range(len(b) + 1))
    for i, char in enumerate(a, start=1):
        row = [i]
        for j, other in enumerate(b, start=1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (char != other))
            if i > 1 and j > 1 and char == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return None
        before, above = above, row
    return above[-1] if above[-1] <= limit else None


def similar(a: str, b: str) -> bool:
    """Are two phrases the same but for a typing slip, case, diacritics and blanks?

    One slip is forgiven in a phrase of four letters or more, one more for every eight: "giải quyêt"
    is "giải quyết", but "xã" is not "xa xôi" and "thu" is not "thi".
    """
    first, second = (" ".join(_TOKENS.findall(fold(nfc(text)))) for text in (a, b))
    if first == second:
        return True
    shorter = min(len(first), len(second))
    if shorter < 4:
        return False
    return edit_distance(first, second, 1 + shorter // 8) is not None


# --- numbers and money ----------------------------------------------------------------------------


def _exact(value: int | float | Decimal) -> Decimal:
    return Decimal(str(round(value, 6))) if isinstance(value, float) else Decimal(value)


def number(value: int | float | Decimal, decimals: int | None = None) -> str:
    """A number in Vietnamese writing: 1234.5 → "1.234,5".

    ``decimals`` fixes the places (half up); without it integers get none and other numbers as many
    as they have (a float at most six: it carries binary noise).
    """
    exact = _exact(value)
    if decimals is not None:
        exact = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
        if not exact:
            exact = abs(exact)  # never "-0"
        text = f"{exact:,f}"
    else:
        text = f"{exact:,f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def percent(value: int | float | Decimal, decimals: int | None = None) -> str:
    """A value already in per cent: 98.5 → "98,5%". Without ``decimals``: at most two places."""
    if decimals is not None:
        return number(value, decimals) + "%"
    rounded = _exact(value).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return number(rounded) + "%"


def money(dong: int) -> str:
    """An amount in whole đồng: 1500000 → "1.500.000 đồng"."""
    return f"{number(dong)} đồng"


_NUMBER = re.compile(
    r"""(?P<sign>[-+−]?)\s*(?:
        (?P<grouped>\d{1,3}(?:[.\u00a0\ ]\d{3})+)(?:,(?P<grouped_decimals>\d+))?  # 1.234,5
      | (?P<plain>\d+)(?:[.,](?P<plain_decimals>\d+))?                            # 98,5 and 98.5
    )""",
    re.VERBOSE,
)


def parse_number(text: str) -> Decimal:
    """A number as a Vietnamese clerk types it: "1.234,5", "98,5%", "98.5", "1 500 000 đồng".

    Groups of three after points are thousands ("1.500" is one thousand five hundred); a point in
    any other place is taken as the decimal point of an English keyboard. Raises ``NotANumber``.
    """
    cleaned = re.sub(r"(%|đồng|đ|vnđ|vnd)$", "", squeeze(text).casefold()).strip()
    found = _NUMBER.fullmatch(cleaned)
    if found is None:
        raise NotANumber(text=text)
    whole = re.sub(r"\D", "", found["grouped"] or found["plain"])
    decimals = found["grouped_decimals"] or found["plain_decimals"]
    value = Decimal(f"{whole}.{decimals}" if decimals else whole)
    return -value if found["sign"] in ("-", "−") else value


# --- dates ----------------------------------------------------------------------------------------


def date_short(day: date) -> str:
    """ "05/02/2024"."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def date_long(day: date) -> str:
    """ "ngày 05 tháng 02 năm 2024": a day below 10 and months 1 and 2 get a leading 0.

    (Decree 30/2020/ND-CP, Annex I, part II.4)
    """
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


#: Years that a record of ours can be about; moments near the ends of the calendar have no other
#: zone and no next day.
YEARS = range(1900, 2200)

_DATES = (
    re.compile(r"(?P<d>\d{1,2})\s?[/.\-]\s?(?P<m>\d{1,2})\s?[/.\-]\s?(?P<y>\d{4}|\d{2})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4})"),
    re.compile(r"(?:ngay )?(?P<d>\d{1,2}) thang (?P<m>\d{1,2}) nam (?P<y>\d{4})"),
)


def parse_date(text: str) -> date:
    """A date as it is typed: 5/2/2024, 05-02-2024, 5.2.24, 05022024, 2024-02-05, or in words.

    Day before month, always. Two-digit years are of this century. Raises ``NotADate``.
    """
    cleaned = fold(squeeze(text))
    for pattern in _DATES:
        found = pattern.fullmatch(cleaned)
        if found is None:
            continue
        year = int(found["y"])
        try:
            return date(year + 2000 if year < 100 else year, int(found["m"]), int(found["d"]))
        except ValueError:
            break
    raise NotADate(text=text)
