"""The grammar of goals: "đạt từ 98% trở lên", "không quá 02 ngày", "giảm ít nhất 10%"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from motcua.planning.reader.result import Comparison, Target
from motcua.planning.reader.words import lower, plain

_NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_TIMES = "ngay lam viec|gio lam viec|ngay|gio|phut|thang"
_COUNTED = (
    "ho so|luot|cuoc doi thoai|cuoc|hoi nghi|hoi thi|lop|buoi|tin,? bai|tin bai|bai viet|bai|"
    "chuyen muc|van ban|"
    "tthc|thu tuc hanh chinh|thu tuc|mo hinh|sang kien|co quan|don vi|diem|bac|lan|dot|nguoi|"
    "can bo|"
    "cong chuc|thon|to dan pho|quy trinh|dich vu cong|dich vu|trieu dong|ty dong|dong|chi tieu|"
    "nhiem vu"
)
_NOT_COUNTED = {"%", "diem", "bac", "lan", "dong", "trieu dong", "ty dong", *_TIMES.split("|")}
_UNIT = rf"%|phan tram\b|(?:{_TIMES}|{_COUNTED})\b"
_QUANTITY = re.compile(
    rf"(?<![\w./,-])(?P<a>{_NUMBER})(?:/100)?\s*(?P<ua>{_UNIT})?"
    rf"(?:\s*(?P<to>-|den|toi|xuong con|xuong|len den|len toi|"
    rf"len)\s*(?P<b>{_NUMBER})\s*(?P<ub>{_UNIT}))?(?!\w|/\d)"
)

_WORDS_BEFORE = (
    (Comparison.LE, r"khong (?:vuot )?qua|toi da|nhieu nhat|khong (?:lon|nhieu|cao) hon|xuong con|"
                    r"≤|<="),
    (Comparison.GE, r"it nhat|toi thieu|khong (?:duoi|thap hon|it hon)|dat va vuot|≥|>="),
    (Comparison.LT, r"(?<!khong )duoi|(?<!khong )(?:it|thap|nho) hon|<"),
    (Comparison.GT, r"tren|hon|vuot|>"),
)  # fmt: skip
_BEFORE = [
    (comparison, re.compile(rf"(?:^|[^\w])(?:{pattern})(?: muc| tu| ty le)*\s*$"))
    for comparison, pattern in _WORDS_BEFORE
]
_FROM = re.compile(r"(?:^|\W)tu\s*$")
_UP = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:tro len|tro di)\b")
_DOWN = re.compile(r"\s*tro xuong\b")
_DIRECTION = re.compile(
    r"(?P<word>cat giam|giam|rut ngan|tang them|tang(?! cuong)|nang them)"
    r"(?P<what>(?:\s+(?!xuong|len|dat|con|tu)[a-z]+){0,6}?)\s*"
    r"(?:tu|it nhat|toi thieu|tren|khong duoi|khoang|them|hon|\s)*\s*$"
)
_LEADER = re.compile(
    r"(?:(?:^|(?<=\W))(?:phan dau|bao dam|dam bao|duy tri|dat|ty le dat|co|dua|len|muc|tu|tren|"
    r"duoi|hon|it nhat|toi thieu|toi da|khong qua|khong duoi|khong vuot qua|vuot|giu vung|"
    r"hoan thanh|bang|≥|≤|>|<)\s*)+$"
)
_SEPARATOR = re.compile(r",\s+(?:va\s+|trong do,?\s+)?|\s+va\s+(?=[^,]*$)|\s+trong do,?\s+")
_NEW_MEASURE = re.compile(
    r"(?:,|\bva|\btrong do)\s+(?:trong do,?\s+)?(?=(?:ty le|muc do|chi so|so|thoi gian)\b)"
)
_SENTENCE_END = re.compile(r";\s+(?=\S)|[.]\s+(?=[^\Wa-zà-ỹđ])")
_PREDICATES = "duoc|dat|phai|co|da|thuc hien|tham gia"
_LOOSE_END = re.compile(r",?\s+(?:và|trong đó)$")
_SCOPES = (
    r"(?:co )?du dieu kien(?: theo quy dinh(?: cua phap luat)?)?",
    r"thuoc (?:pham vi|tham quyen|danh muc|nhom)[^,;]*?",
    r"thuoc [^,;]*?",
    r"tren dia ban[^,;]*?",
    r"phat sinh[^,;]*?",
    r"(?:phat hien|bi phat hien)[^,;]*?",
    r"tai (?:bo phan|trung tam|ubnd|xa|phuong|co quan)[^,;]*?",
    r"trong (?:linh vuc|nam|ky|to chuc)[^,;]*?",
)
_SCOPE = re.compile(
    rf"(?<!\w)(?P<scope>(?:{'|'.join(_SCOPES)})(?=\s*(?:$|[,;.]|\s(?:{_PREDICATES})\s))|"
    rf"cua (?:trung uong|tinh|huyen|xa|phuong|thanh pho|ubnd|"
    rf"cac (?:co quan|don vi|xa|phong))[^;]*?(?=$|\s(?:{_PREDICATES})\s))"
)


_FALSE_FRIENDS = re.compile(r"\b(?:t[ửựứữưủú]|c[ơôờỡớổố]|đất|hôn)\b")


def _folded(text: str) -> str:
    """Folded for comparing; words that only look like "từ", "có", "đạt", "hơn" are blanked."""
    return plain(_FALSE_FRIENDS.sub(lambda found: "x" * len(found[0]), lower(text)))


@dataclass(frozen=True, slots=True)
class _Quantity:
    """A number with its unit, its place in the clause and how it is compared."""

    start: int
    end: int
    comparison: Comparison
    value: float | int
    upper: float | int | None
    unit: str


def parse_targets(sentence: str, *, qualitative: bool = False, offset: int = 0) -> list[Target]:
    """The goals of a sentence; their spans are positions in it, moved by ``offset``.

    With ``qualitative`` (a sentence of the goals' own section) the spans cover the sentence, a
    clause without any number is a goal too, and a plain count ("02 hội nghị") is one.
    """
    found: list[Target] = []
    words_only: tuple[int, int] | None = None
    for start, end in _clauses(sentence):
        pieces = list(_pieces(sentence, start, end, strict=not qualitative))
        if not pieces:
            words_only = (words_only[0] if words_only else start, end)
            continue
        if words_only and qualitative:
            found.append(_in_words(sentence, *words_only, offset))
        words_only = None
        for piece_start, piece_end, quantity in pieces:
            found.append(_target(sentence, piece_start, piece_end, quantity, offset))
    if words_only and qualitative and sentence[slice(*words_only)].strip(" .;-"):
        found.append(_in_words(sentence, *words_only, offset))
    return found


def _clauses(sentence: str) -> Iterator[tuple[int, int]]:
    """The clauses between semicolons and full stops, brackets kept whole."""
    folded = plain(sentence)
    start, depth, position = 0, 0, 0
    for found in _SENTENCE_END.finditer(sentence):
        depth += folded.count("(", position, found.start()) - folded.count(
            ")", position, found.start()
        )
        position = found.start()
        if depth <= 0:
            yield start, found.end()
            start = found.end()
    if start < len(sentence):
        yield start, len(sentence)


def _pieces(
    sentence: str, start: int, end: int, *, strict: bool
) -> Iterator[tuple[int, int, _Quantity]]:
    """A clause cut so that each piece has one number."""
    folded = _folded(sentence)
    quantities = list(_quantities(folded, start, end, strict=strict))
    cuts = [start]
    for before, after in pairwise(quantities):
        cuts.append(_cut(folded, before.end, after.start))
    for index, quantity in enumerate(quantities):
        yield cuts[index], cuts[index + 1] if index + 1 < len(cuts) else end, quantity


def _cut(folded: str, start: int, end: int) -> int:
    """Where the words of the second number begin, between two numbers."""
    between = folded[start:end]
    if found := _NEW_MEASURE.search(between):
        return start + found.end()
    separators = list(_SEPARATOR.finditer(between))
    if not separators:
        leader = _LEADER.search(between)
        return start + leader.start() if leader else end
    last = separators[-1]
    says_number_first = not _LEADER.sub("", between[last.end() :]).strip()
    return start + (last if says_number_first else separators[0]).end()


def _quantities(folded: str, start: int, end: int, *, strict: bool) -> Iterator[_Quantity]:
    position = start
    while found := _QUANTITY.search(folded, position, end):
        position = found.end()
        quantity = _read(folded, found, start, end, strict=strict)
        if quantity:
            yield quantity
            position = quantity.end


def _read(
    folded: str, found: re.Match[str], start: int, end: int, *, strict: bool
) -> _Quantity | None:
    """A number as a goal, or None when nothing says that it is one."""
    unit = found["ub"] or found["ua"]
    if unit is None:
        return None
    left, right = folded[start : found.start()], folded[found.end() : end]
    low, high = _value(found["a"]), _value(found["b"]) if found["b"] else None
    moves = found["to"] is not None and found["to"].startswith(("xuong", "len"))
    if moves and high is not None:  # "từ 03 ngày xuống còn 02 ngày": the second number is the goal
        low, high = high, None
    comparison, said = _comparison(left, right, is_range=high is not None)
    if moves:
        comparison = Comparison.LE if found["to"].startswith("xuong") else Comparison.GE
        said = True
    percent = unit in {"%", "phan tram"}
    if not said and not percent and (unit in _TIMES.split("|") or not _may_count(left, strict)):
        return None
    after = _UP.match(right) or _DOWN.match(right)
    stop = found.end() + (after.end() if after else 0)
    shown = "%" if percent else unit
    return _Quantity(found.start(), stop, comparison, low, high, shown)


_ORGANISES = re.compile(
    r"(?:to chuc|mo|thuc hien|xay dung|dang tai|co|kiem tra|doi thoai|"
    r"tuyen truyen)(?: [a-z]+){0,3}\s*$"
)


def _may_count(left: str, strict: bool) -> bool:
    """A plain count is a goal in the goals' section, and elsewhere after "tổ chức", "mở" …"""
    return not strict or bool(_ORGANISES.search(left))


def _comparison(left: str, right: str, *, is_range: bool) -> tuple[Comparison, bool]:
    """How a number is compared, and whether a word says so."""
    if direction := _DIRECTION.search(left):
        falls = direction["word"] in {"cat giam", "giam", "rut ngan"}
        return (Comparison.DECREASE_GE if falls else Comparison.INCREASE_GE), True
    if is_range:
        return Comparison.BETWEEN, True
    if _UP.match(right):
        return Comparison.GE, True
    if _DOWN.match(right):
        return Comparison.LE, True
    for comparison, pattern in _BEFORE:
        if pattern.search(left):
            return comparison, True
    return (Comparison.GE, True) if _FROM.search(left) else (Comparison.EQ, False)


def _value(digits: str) -> float | int:
    """A Vietnamese number: "98,5" is 98.5 and "1.500" is 1500."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", digits):
        digits = digits.replace(".", "")
    value = float(digits.replace(",", "."))
    return int(value) if value.is_integer() else value


def _target(sentence: str, start: int, end: int, quantity: _Quantity, offset: int) -> Target:
    kept = _before_the_number(sentence[start : quantity.start])
    after = sentence[quantity.end : end]
    unit = _unit_as_written(sentence, quantity)
    counted = "" if quantity.unit in _NOT_COUNTED else unit
    if (
        not counted
        and len(after.split()) >= 2
        and not _ONLY_COMPARES.match(plain(after))
        and not _MEASURE.match(plain(kept))
    ):
        kept = ""
    subject = _tidy(f"{kept} {counted}{after}")
    scope = _SCOPE.search(plain(subject))
    return Target(
        text=_LOOSE_END.sub("", sentence[start:end].strip(" ;.,")),
        subject=_tidy(subject[: scope.start()] + subject[scope.end() :]) if scope else subject,
        comparison=quantity.comparison,
        value=quantity.value,
        upper=quantity.upper,
        unit=unit,
        scope=subject[scope.start("scope") : scope.end("scope")] if scope else None,
        span=(start + offset, end + offset),
    )


def _unit_as_written(sentence: str, quantity: _Quantity) -> str:
    if quantity.unit == "%":
        return "%"
    place = plain(sentence).find(quantity.unit, quantity.start, quantity.end)
    return sentence[place : place + len(quantity.unit)]


_MEASURE = re.compile(r"(?:ty le|muc do|chi so|so luong|so|thoi gian|diem|ket qua)\b")
_ONLY_COMPARES = re.compile(r"\W*(?:so voi|trong|vao|den|moi|doi voi|tro|theo|hang|/|\()")
_MEASURE_INSIDE = re.compile(r"(?:^|.*\b)(?=(?:ty le|muc do|chi so|so luong|thoi gian)\b)")


def _before_the_number(before: str) -> str:
    """What is measured, when it stands before its number: from "tỷ lệ", "mức độ" … on."""
    leader = _LEADER.search(_folded(before)) or _DIRECTION.search(_folded(before))
    kept = before[: leader.start()] if leader else before
    if leader and leader.re is _DIRECTION:
        kept = f"{kept} {before[leader.start('what') : leader.end('what')]}".strip()
    measure = _MEASURE_INSIDE.match(plain(kept))
    return kept[measure.end() :] if measure else kept


_LEADING_WORDS = re.compile(
    r"^(?:(?:phan dau|bao dam|dam bao|duy tri|trong do|va|dat|co|hoan thanh|tiep tuc)\b[\s,:]*)+"
)


def _tidy(text: str) -> str:
    """A subject without its leading verbs and the signs at its ends."""
    text = re.sub(r"\s+", " ", text).strip(" ;.,:-")
    leading = _LEADING_WORDS.match(plain(text))
    if leading and leading.end() < len(text):
        text = text[leading.end() :]
    return re.sub(r"\s+([,;.])", r"\1", text).strip(" ;.,:-")


def _in_words(sentence: str, start: int, end: int, offset: int) -> Target:
    text = sentence[start:end].strip(" ;.,")
    return Target(text, text, None, None, None, None, None, (start + offset, end + offset))
