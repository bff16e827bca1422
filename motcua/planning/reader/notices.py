"""What a careful colleague would point out before the plan is signed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from motcua.core.errors import mark as _
from motcua.planning.reader.paragraphs import Block
from motcua.planning.reader.references import unnumbered
from motcua.planning.reader.result import Reference, Span, Target, Task, Warning
from motcua.planning.reader.words import is_syllable, plain, words

ANNEX_MISSING = _("Văn bản nói đến phụ lục kèm theo nhưng tệp này không có phụ lục.")
YEAR_MISMATCH = _("Ghi “năm %(found)s” trong kế hoạch năm %(year)s. Có đúng năm không?")
REPEATED_TEXT = _("Câu này lặp lại nội dung đã có ở chỗ khác: “%(text)s”.")
SERVICE_LEVELS = _(
    "“Mức độ 3, mức độ 4” là cách gọi cũ; nay là dịch vụ công trực tuyến "
    "toàn trình và một phần (Nghị định 42/2022/NĐ-CP)."
)
DISTRICT_LEVEL = _("Từ ngày 01/7/2025 không còn cấp huyện: xem lại “%(text)s”.")
SPELLING = _("Có thể gõ nhầm: “%(text)s”.")
NO_DEADLINE = _("Nhiệm vụ %(code)s không nêu thời hạn.")
NO_DEADLINES = _("%(count)s nhiệm vụ không nêu thời hạn (từ %(first)s đến %(last)s).")
NOT_MEASURABLE = _("Mục tiêu này không có con số để đo.")
AUTHORITY_UNKNOWN = _("Văn bản được dẫn nhưng không có số hoặc ngày: “%(text)s”.")

_MANY = 5
"""More tasks than this without a deadline are one warning, not one each."""


def annex_missing(blocks: Iterable[Block], *, has_annex: bool) -> Iterator[Warning]:
    """The text speaks of annexes that are not in the file."""
    if has_annex:
        return
    for block in blocks:
        for found in re.finditer(
            r"(?:cac |theo |tai )?(?:phu luc|bieu) [^.;]{0,20}(?:dinh kem|kem theo|gui kem)|"
            r"phu luc (?:so )?(?:[ivx]+|\d+)\b",
            plain(block.text),
        ):
            yield Warning("annex_missing", ANNEX_MISSING, block.span_of(*found.span()))
            return


_EXCUSES = re.compile(
    r"(?:(?:so voi|ket qua|diem|thuc hien tu)[^.;]{0,40}|tu|den|den het|giai doan|"
    r"tong ket|bao cao|thang \d{1,2}|truoc|cuoi|dau|ky|quyet toan|"
    r"danh gia|chi so[^.;]{0,60}|xep loai|ngay \d{1,2} thang \d{1,2},?|tinh hinh|\d{4} ?-)\s*$"
)


def year_mismatch(blocks: Iterable[Block], year: int | None) -> Iterator[Warning]:
    """Last year's number left in this year's plan."""
    if year is None:
        return
    for block in blocks:
        folded = plain(block.text)
        for found in re.finditer(r"\bnam (20\d\d)\b(?! ?[-,] ?20)", folded):
            before = folded[max(0, found.start() - 80) : found.start()]
            sentence = re.split(r"[.;]\s", folded[: found.start()])[-1]
            cited = re.search(r"\d+(?:/\d{4})?/[a-z]{1,6}(?:-| )", sentence)
            if year - 3 <= int(found[1]) < year and not cited and not _EXCUSES.search(before):
                message = YEAR_MISMATCH % {"found": found[1], "year": year}
                yield Warning("year_mismatch", message, block.span_of(*found.span()))


_SHORT_FORMS = (
    ("thu tuc hanh chinh", "tthc"),
    ("cai cach hanh chinh", "cchc"),
    ("uy ban nhan dan", "ubnd"),
    ("quy pham phap luat", "qppl"),
    ("cong nghe thong tin", "cntt"),
)
_REPEATED_FROM = 10
"""Fewer words than this are a turn of phrase, not a repeated sentence."""
_SENTENCE = re.compile(r"[^.;]+(?:[.;](?!\s)[^.;]*)*")


def repeated_text(blocks: Sequence[Block]) -> Iterator[Warning]:
    """A sentence that already stands in another paragraph, word for word but abbreviations."""
    whole = [_key(block.text) for block in blocks]
    joined = "\n".join(whole)
    position = 0
    for block, own in zip(blocks, whole, strict=True):
        for found in _SENTENCE.finditer(block.text):
            key = _key(found[0])
            if key.count(" ") <= _REPEATED_FROM:
                continue
            elsewhere = joined.find(key)
            if elsewhere == position + own.find(key) and key != own:
                elsewhere = joined.find(key, position + len(own))
            if elsewhere >= 0 and not position <= elsewhere < position + len(own):
                span = _trim(block.text, found.span())
                message = REPEATED_TEXT % {"text": block.text[slice(*span)].strip(" .;")}
                yield Warning("repeated_text", message, block.span_of(*span))
        position += len(own) + 1


def _key(text: str) -> str:
    joined = " ".join(words(text))
    for long, short in _SHORT_FORMS:
        joined = joined.replace(long, short)
    return f" {joined} "


def _trim(text: str, span: Span) -> Span:
    part = text[span[0] : span[1]]
    return span[0] + len(part) - len(part.lstrip()), span[1] - len(part) + len(part.rstrip())


def outdated_terms(blocks: Iterable[Block], year: int | None) -> Iterator[Warning]:
    """Service levels 3 and 4; the district level in a plan for 2026 and later."""
    for block in blocks:
        folded = plain(block.text)
        levels = re.search(r"muc (?:do )?[34](?:(?:,| va|-) ?(?:muc (?:do )?)?4)?\b", folded)
        if levels:
            yield Warning("outdated_term", SERVICE_LEVELS, block.span_of(*levels.span()))
        if year is not None and year >= 2026:
            for found in re.finditer(r"(?:ubnd|hdnd|cap|huyen uy|phong noi vu) huyen\b", folded):
                text = block.text[found.start() : found.end()]
                yield Warning(
                    "outdated_term", DISTRICT_LEVEL % {"text": text}, block.span_of(*found.span())
                )


_REDUPLICATED = frozenset(
    re.findall(
        r"\w+",
        "chung dần luôn ngày nơi người nhà mãi thường từng xã năm tháng riêng đều cùng đời lần "
        "việc xa gần ba đâu sau hay rất đã thật khe nho hàng",
    )
)
"""Words that are doubled on purpose ("chung chung", "dần dần")."""
_CONFUSED = {
    "kỹ cương": "kỷ cương",
    "kỹ luật": "kỷ luật",
    "sử lý": "xử lý",
    "giãi quyết": "giải quyết",
    "sát nhập": "sáp nhập",
    "bổ xung": "bổ sung",
    "chuẫn bị": "chuẩn bị",
    "thũ tục": "thủ tục",
    "hổ trợ": "hỗ trợ",
    "công khái": "công khai",
}
_CONFUSIONS = re.compile(rf"\b(?:{'|'.join(_CONFUSED)})\b", re.IGNORECASE)
_TWICE = re.compile(r"\b([^\W\d_]+) \1\b")
_STOP_INSIDE = re.compile(r"(?P<before>[^\W\d_]{2,})\.\s(?P<after>[^\W\d_]+)")
_SHORTENED = {"tp", "ths", "ts", "tt", "tx", "kp", "đ/c", "vv"}
_ACCENTED = re.compile(r"[a-zA-Z]*[À-ỹ][^\W\d_]*")


def spelling(blocks: Iterable[Block]) -> Iterator[Warning]:
    """Words that are no Vietnamese syllables, doubled words, known confusions, stray stops."""
    for block in blocks:
        for start, end in _slips(block.text):
            message = SPELLING % {"text": block.text[start:end]}
            yield Warning("spelling", message, block.span_of(start, end))


def _slips(text: str) -> Iterator[Span]:
    yield from (found.span() for found in _CONFUSIONS.finditer(text))
    for found in _TWICE.finditer(text):
        if found[1].lower() not in _REDUPLICATED:
            yield found.span()
    for found in _STOP_INSIDE.finditer(text):
        if found["before"].lower() not in _SHORTENED and found["after"].islower():
            yield found.span()
    for found in _ACCENTED.finditer(text):
        if found[0][1:].islower() and not is_syllable(found[0]):
            yield found.span()


def no_deadline(tasks: Sequence[Task]) -> Iterator[Warning]:
    """Tasks that nothing gives a deadline: one warning when there are many."""
    missing = [task for task in tasks if task.due is None]
    if len(missing) > _MANY:
        first, last = missing[0], missing[-1]
        values = {"count": len(missing), "first": first.code, "last": last.code}
        yield Warning("no_deadline", NO_DEADLINES % values, (first.span[0], last.span[1]))
        return
    for task in missing:
        yield Warning("no_deadline", NO_DEADLINE % {"code": task.code}, task.span)


def not_measurable(targets: Iterable[Target]) -> Iterator[Warning]:
    """Goals in words only."""
    for target in targets:
        if target.comparison is None:
            yield Warning("target_not_measurable", NOT_MEASURABLE, target.span)


def authority_unknown(
    blocks: Iterable[Block], references: Iterable[Reference]
) -> Iterator[Warning]:
    """Documents that are named without number, or whose number does not tell their year."""
    for block in blocks:
        for text, span in unnumbered(block):
            yield Warning("authority_unknown", AUTHORITY_UNKNOWN % {"text": text}, span)
    for reference in references:
        dated = reference.date or re.search(r"[/:]\s?\d{4}|QH\d", reference.number)
        if not dated:
            message = AUTHORITY_UNKNOWN % {"text": reference.number}
            yield Warning("authority_unknown", message, reference.span)
