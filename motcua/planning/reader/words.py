"""Vietnamese words as the reader compares them: folded, cut into syllables, checked for form."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def _folding() -> dict[int, str]:
    table = {ord("đ"): "d", ord("Đ"): "d"}
    for code in (
        *range(0x41, 0x5B),
        *range(0xC0, 0x180),
        *range(0x1A0, 0x1B1),
        *range(0x1EA0, 0x1EFA),
    ):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            table[code] = base.lower()
    for dash in "–—−‐‑":
        table[ord(dash)] = "-"
    return table


_FOLDING = _folding()


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Fold case, diacritics and dashes; every character keeps its place.

    Unlike a folding for search, the length never changes, so a position found in the folded
    text is the same position in the text itself. The text must be NFC.
    """
    return text.translate(_FOLDING)


def lower(text: str) -> str:
    """Lower case with every character in its place; diacritics stay."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(each if len(each := char.lower()) == 1 else char for char in text)


_WIDTHS = dict.fromkeys("ijltf.,;:!'()/-I ", 28) | dict.fromkeys("mwMWĐƯ%", 72) | {"r": 33, "s": 39}


@lru_cache(maxsize=4096)
def _width(char: str) -> int:
    base = unicodedata.normalize("NFD", char)[0]
    return _WIDTHS.get(char) or _WIDTHS.get(base) or (67 if char.isupper() else 47)


def printed_width(text: str) -> int:
    """About how wide a text is in a roman type, in hundredths of the type size."""
    return sum(map(_width, text))


_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The folded words (syllables, numbers) of a text, without punctuation."""
    return _WORD.findall(plain(text))


def is_upper(text: str) -> bool:
    """Whether the letters of a text are (nearly) all capitals: at least 85 %, two at least."""
    capitals = sum(map(str.isupper, text))
    return capitals >= 2 and capitals >= 0.85 * sum(map(str.isalpha, text))


def starts_upper(text: str) -> bool:
    """Whether the first letter of a text is a capital."""
    first = next((char for char in text if char.isalpha()), "")
    return first.isupper()


_ONSET = r"(?:ngh|ng|nh|gh|gi|kh|ch|th|tr|ph|qu|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x)?"
_OPEN = (
    r"(?:uya|uye|oai|oao|oay|oeo|uay|uyu|uơ|uê|uy|ươi|ươu|uôi|iêu|yêu|uây|ưa|ươ|ưi|ưu|ua|uô|ui|"
    r"ia|iê|iu|yê|oa|oă|oe|oi|ôi|ơi|ai|ao|au|ay|âu|ây|eo|êu|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)"
)
_STOPPED = r"(?:uyê|iê|yê|uô|ươ|oa|oă|oe|uâ|uê|uy|oo|ôô|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)(?P<coda>ch|c|p|t)"
_NASAL = r"(?:uyê|iê|yê|uô|ươ|oa|oă|oe|uâ|uê|uy|oo|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)(?:ng|nh|m|n)"
_SYLLABLE = re.compile(rf"{_ONSET}(?:{_STOPPED}|{_NASAL}|{_OPEN})")
_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_STOP_TONES = {"\u0301", "\u0323"}


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether a word has the form of a Vietnamese syllable (onset, rhyme, tone).

    A rhyme that ends in c, ch, p or t takes the acute or the dot tone only, which is how
    "quyêt" is known to be a slip for "quyết".
    """
    marks = [mark for mark in unicodedata.normalize("NFD", word.lower()) if mark in _TONES]
    if len(marks) > 1:
        return False
    bare = unicodedata.normalize(
        "NFC",
        "".join(c for c in unicodedata.normalize("NFD", word.lower()) if c not in _TONES),
    )
    found = _SYLLABLE.fullmatch(bare)
    if not found:
        return False
    return found["coda"] is None or (bool(marks) and marks[0] in _STOP_TONES)
