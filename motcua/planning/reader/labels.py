"""Who, with whom, until when, what for, how much: as labelled and as said in a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from motcua.planning.reader.words import lower, plain


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a task says about itself; each value as written, None where it says nothing."""

    lead: str | None = None
    with_: str | None = None
    due: str | None = None
    product: str | None = None
    cost: str | None = None

    def or_else(self, other: Assignment) -> Assignment:
        """This assignment, its gaps filled from another."""
        return Assignment(
            lead=self.lead or other.lead,
            with_=self.with_ or other.with_,
            due=self.due or other.due,
            product=self.product or other.product,
            cost=self.cost or other.cost,
        )


_WHO = (
    r"(?:co quan|don vi|bo phan|cong chuc|nguoi|ca nhan|dau moi)"
    r"(?:,? (?:co quan|don vi|bo phan|ca nhan|cong chuc))*"
)
_LABELS = (
    ("with_", rf"(?:{_WHO} )?(?:cung )?phoi hop(?: thuc hien)?"),
    ("lead", rf"(?:{_WHO} )?(?:chu tri|phu trach|chiu trach nhiem)(?: thuc hien| tham muu)?"
             rf"|{_WHO} (?:thuc hien|tham muu)|phan cong(?: thuc hien)?|giao"),
    ("due", r"(?:thoi gian|thoi han|tien do|thoi diem)(?: thuc hien| hoan thanh| trinh| ban hanh|"
            r" bao cao)*|han hoan thanh|hoan thanh|ky han"),
    ("product", r"(?:ket qua,? )?san pham(?: du kien| dau ra| cu the| hoan thanh)*|"
                r"ket qua(?: dau ra| du kien| thuc hien| can dat)?|dau ra"),
    ("cost", r"(?:du toan )?kinh phi(?: thuc hien| du kien)*|chi phi|du toan"),
)  # fmt: skip
_LABEL = re.compile("|".join(rf"(?P<{name}>(?<![a-z])(?:{pattern}))" for name, pattern in _LABELS))
_LABEL_WITH_COLON = re.compile(rf"(?:{_LABEL.pattern})\s*:\s*")
_EDGES = " .;,()-"


def label_of(text: str) -> str | None:
    """The name of the value when a paragraph is nothing but a labelled value."""
    found = _LABEL_WITH_COLON.match(plain(text))
    return found.lastgroup if found else None


def labelled(text: str) -> Assignment:
    """The labelled values of a paragraph: "Cơ quan chủ trì: …; thời gian: quý II"."""
    if ":" not in text:
        return Assignment()
    marks = list(_LABEL_WITH_COLON.finditer(plain(text)))
    found: dict[str, str] = {}
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=False):
        value = _one_value(text[mark.end() : end], cut=end == len(text))
        if mark.lastgroup and value:
            found.setdefault(mark.lastgroup, value)
    return Assignment(**found)


def _one_value(value: str, *, cut: bool) -> str:
    """A value ends with its sentence or at the bracket that was open before it."""
    depth = 0
    for index, char in enumerate(value):
        depth += (char == "(") - (char == ")")
        if depth < 0:
            value = value[:index]
            break
    if cut:
        value = re.split(r"\.\s+(?=[^\W\d_a-zà-ỹđ])", value)[0]
    return value.strip(_EDGES)


_LAST_SENTENCE = re.compile(r"(?<=\. )(?=[^.]+\.?$)")
_IN_AN_ANNEX = re.compile(r"\b(?:tai|trong|o|theo)(?: cac)? (?:phu luc|bang|bieu)\b")
_COLUMNS = 3


def pointer_at_end(text: str) -> int | None:
    """Where a last sentence begins that names columns of a table and says where the table is.

    "…. Cơ quan chủ trì; thời gian; kinh phí; sản phẩm được nêu tại các phụ lục": whoever typed
    the plan left it under the last task; it is no part of that task. None where there is none.
    """
    found = _LAST_SENTENCE.search(text)
    if found is None or not text[found.end()].isupper():
        return None
    folded = plain(text[found.end() :])
    columns = {mark.lastgroup for mark in _LABEL.finditer(folded)}
    says_so = len(columns) >= _COLUMNS and _IN_AN_ANNEX.search(folded)
    return found.end() if says_so else None


_DAY = r"(?:ngay )?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?"
_LONG_DAY = r"ngay \d{1,2} thang \d{1,2}(?:,? nam \d{4})?"
_MONTH = r"thang \d{1,2}(?:/\d{4}| nam \d{4})?"
_QUARTER = r"quy (?:iv|iii|ii|i|[1-4])(?: ?[/-] ?\d{4}|,? nam \d{4})?"
_DAY_OF = (
    r"ngay \d{1,2} (?:(?:hang|moi) (?:thang|quy)|(?:cua )?thang (?:cuoi|dau|sau)(?: (?:moi )?quy)?)"
)
_WHEN = (
    rf"(?:{_DAY_OF}|{_LONG_DAY}|{_DAY}|(?:cuoi |dau |giua |het )?(?:{_MONTH}|{_QUARTER})|"
    rf"(?:cuoi |het )nam(?: \d{{4}})?)"
)
_DUE = re.compile(
    rf"(?:(?:hoan thanh|xong|ban hanh|gui|bao cao|thuc hien)\s+)?"
    rf"(?P<due>(?:truoc|cham nhat(?: la)?(?: vao| trong| truoc)?|den het|den|truoc het|khong qua|"
    rf"trong|vao|tu nay den)\s+{_WHEN}"
    rf"(?:\s+(?:hang|hang) (?:nam|quy|thang))?"
    rf"|(?:dinh ky )?(?:hang|moi) (?:tuan|thang|quy|nam)(?:, (?:\d thang|ca nam|nam))*"
    rf"|dinh ky (?:\d+ thang|\d+ lan/nam)(?:(?:,| va) (?:\d+ thang|ca nam|nam))*"
    rf"|\d+ thang dau nam|trong nam \d{{4}}|(?<=[,;(] )(?:trong|ca) nam(?![a-z])"
    rf"|(?<=\()(?:trong nam|ca nam|{_QUARTER}|{_MONTH})(?=\)))"
)
_LEAD_BEFORE = re.compile(
    r"(?:^|[\s(;,.])(?:giao(?! ban| dịch| thông| lưu)(?: cho)?|do)\s+(?P<lead>(?:(?!\sdo\s|"
    r"\sgiao\s)[^;:.()]){4,90}?)(?:\s+là (?:cơ quan|đơn vị|bộ phận)(?: thường trực)?)?,?\s+"
    r"(?:chủ trì|tham mưu|phụ trách|chịu trách nhiệm|thực hiện|làm đầu mối)"
)  # with diacritics: "giao" is not "giáo", "do" is not "độ"
_LEAD_IN_BRACKETS = re.compile(r"\((?P<lead>[^();:,]{4,80}?) (?:chủ trì|thực hiện|phụ trách)[,;)]")
_WITH = re.compile(
    r"phoi hop (?:voi|cung)(?: voi)? (?P<with>[^;:.()]{4,120}?)"
    r"(?=\s+(?:tham muu|thuc hien|xay dung|to chuc|ra soat|trien khai|tuyen truyen|kiem tra|"
    r"theo doi|de|trong viec|huong dan|tong hop|bao cao|trinh|lap|don doc|cap nhat)|[;:.()]|$)"
)
_COST = re.compile(r"\d{1,3}(?:\.\d{3})+ ?(?:dong|d|vnd)\b|\d+(?:,\d+)? ?(?:trieu|ty|nghin) dong")


def spoken(text: str) -> Assignment:
    """What a sentence says without labels: "giao … chủ trì", "hoàn thành trước ngày 30/6"."""
    folded = plain(text)
    small = lower(text)
    lead = _LEAD_BEFORE.search(small) or _LEAD_IN_BRACKETS.search(small)
    assignment = Assignment(
        lead=_cut(text, lead, "lead"),
        due=_cut(text, _DUE.search(folded), "due"),
        cost=_cut(text, _COST.search(folded), 0),
    )
    if lead:  # co-operation is only told apart from the task itself where a lead is named
        assignment = replace(assignment, with_=_cut(text, _WITH.search(folded), "with"))
    return assignment


def _cut(text: str, found: re.Match[str] | None, group: str | int) -> str | None:
    return text[found.start(group) : found.end(group)].strip(_EDGES) if found else None


def assignment_of(text: str) -> Assignment:
    """Labelled values first, then what the sentence says."""
    return labelled(text).or_else(spoken(text))
