"""What a heading says: which part of a plan it opens, which field of reform it names.

Headings are compared without case and diacritics, from their beginning, so that "CÁC MỤC TIÊU
CỤ THỂ", "Muc tieu" and "mục tiêu:" open the same part. A heading mistyped by a letter or two
is recognised by its likeness to the usual wordings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum, auto
from functools import lru_cache

from motcua.planning.reader.result import Field
from motcua.planning.reader.words import is_upper, plain, words


class Section(Enum):
    """The parts of a plan."""

    PURPOSES = auto()
    REQUIREMENTS = auto()
    AIMS = auto()  # purposes and requirements under one heading
    TARGETS = auto()
    TASKS = auto()
    FUNDING = auto()
    RESPONSIBILITIES = auto()
    GROUNDS = auto()
    ASIDE = auto()  # a plan's account of the past, its scope: neither goal nor task
    CLOSING = auto()
    ANNEX = auto()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading opens; ``field`` is set when it names a field of reform."""

    section: Section
    field: Field | None = None


MAX_WORDS = 26
"""A heading is short; the longest seen in real plans has 24 syllables."""

_BEFORE = r"(?:(?:mot so|cac|nhung|ve|phan|noi dung|doi voi|trong|cong tac|linh vuc|xac dinh) )*"
_SECTIONS = (
    (Section.ANNEX, r"(?:phu luc|bieu (?:mau|so)|danh muc (?:cac )?nhiem vu)"),
    (Section.AIMS, r"muc dich(?: va|,)? ?(?:,|va|-)? ?(?:y nghia(?:,| va) )?yeu cau"),
    (Section.PURPOSES, r"(?:muc dich|y nghia)"),
    (Section.REQUIREMENTS, r"yeu cau(?! cac| cong chuc| can bo)"),
    (Section.TASKS, r"muc tieu(?:,| va) (?:cac )?(?:nhiem vu|noi dung)"),
    (Section.TARGETS, r"(?:he thong )?(?:muc tieu|chi tieu)"),
    (Section.FUNDING, r"(?:nguon |du toan )?kinh phi|nguon luc thuc hien"),
    (Section.RESPONSIBILITIES,
     r"(?:trach nhiem|to chuc|phan cong|giao)(?: va| viec)? ?"
     r"(?:to chuc |trach nhiem |nhiem vu |trien khai )*(?:thuc hien|cua cac|cho cac|thi hanh)"
     r"|trach nhiem|phan cong (?:nhiem vu|trach nhiem|cong viec|thanh vien)|to chuc trien khai"),
    (Section.GROUNDS, r"(?:co so|can cu)(?: (?:phap ly|xay dung|ban hanh|de xay dung).*)?$|"
                      r"can cu phap ly"),
    (Section.ASIDE,
     r"(?:(?:dac diem|khai quat|danh gia|danh gia chung) )?tinh hinh|thuc trang|"
     r"ket qua (?:dat duoc|thuc hien|cong tac)|(?:nhung )?(?:ton tai|han che|kho khan)|quan diem|"
     r"pham vi|doi tuong|giai thich tu ngu|nguyen nhan|bai hoc kinh nghiem|"
     r"(?:thoi gian|tien do)(?: thuc hien)?$"),
    (Section.CLOSING, r"hieu luc thi hanh|dieu khoan thi hanh|trach nhiem thi hanh"),
)  # fmt: skip
_TASKS = (
    r"(?:noi dung|nhiem vu|giai phap|cac nhiem vu|nhiem vu trong tam|nhiem vu cu the)"
    r"|(?:noi dung|nhiem vu|giai phap).*|trong tam cong tac|phuong huong"
)

_SECTION_PATTERNS = [
    (section, re.compile(rf"{_BEFORE}(?:{pattern})")) for section, pattern in _SECTIONS
]
_TASKS_PATTERN = re.compile(rf"{_BEFORE}(?:{_TASKS})")

_REST = {
    Section.PURPOSES: 4,
    Section.REQUIREMENTS: 3,
    Section.FUNDING: 6,
    Section.RESPONSIBILITIES: 4,
    Section.ASIDE: 8,
    Section.CLOSING: 3,
    Section.ANNEX: 16,
}
"""How many words may follow the words that name a part: beyond that it is a sentence."""
_REST_OF_CAPITALS = 10

_FIELD_LEAD = (
    r"(?:(?:ve|cong tac|linh vuc|nhiem vu|noi dung|thuc hien|day manh|tiep tuc|tang cuong|trong|"
    r"doi voi|cai cach|xay dung|va|hoan thien|nang cao|chat luong|doi moi|kien toan|phat trien|"
    r"quan ly|nhom|to chuc|hieu qua|hieu luc|viec|sap xep|tinh gon|mot so|chi dao),? )*"
)
_FIELDS = (
    (Field.PROCEDURES,
     r"thu tuc hanh chinh|tthc|kiem soat (?:thu tuc|tthc)|co che mot cua|bo phan mot cua|mot cua"),
    (Field.INSTITUTIONS,
     r"the che|(?:he thong )?(?:phap luat|van ban (?:quy pham )?phap luat|van ban qppl|vbqppl)"
     r"|thi hanh phap luat|theo doi thi hanh phap luat"),
    (Field.ORGANISATION,
     r"to chuc,? (?:va )?can bo|to chuc(?: cua)? bo may|to chuc,? bo may"
     r"|bo may(?: hanh chinh| nha nuoc| chinh quyen)?"
     r"|to chuc hanh chinh|mo hinh to chuc"),
    (Field.CIVIL_SERVICE,
     r"(?:che do )?cong vu|doi ngu|can bo,? cong chuc|cong chuc,? vien chuc|ky luat,? ky cuong"),
    (Field.PUBLIC_FINANCE,
     r"(?:the che )?tai chinh(?: cong| -? ?ngan sach)?|ngan sach|tai san cong|co che tai chinh|"
     r"quan ly tai chinh"),
    (Field.DIGITAL_GOVERNMENT,
     r"(?:chinh quyen|chinh phu)(?: dien tu| so|,)|chuyen doi so|hien dai hoa|cong nghe thong tin"
     r"|ung dung (?:cong nghe|cntt)|(?:ha tang|nen tang|du lieu) so|dich vu cong truc tuyen"),
    (Field.STEERING,
     r"(?:lanh dao,? |su )?(?:chi dao|dieu hanh)|(?:thong tin,? (?:va )?)?tuyen truyen"
     r"|kiem tra|theo doi,? (?:kiem tra|danh gia)"
     r"|(?:che do )?(?:hop,? |thong tin,? )?bao cao|thong tin tuyen truyen|xac dinh chi so|"
     r"chi so cai cach"),
)  # fmt: skip
_FIELD_PATTERNS = [
    (name, re.compile(rf"{_FIELD_LEAD}(?:{pattern})\b")) for name, pattern in _FIELDS
]

_USUAL = {
    "muc dich yeu cau": Meaning(Section.AIMS),
    "muc dich": Meaning(Section.PURPOSES),
    "yeu cau": Meaning(Section.REQUIREMENTS),
    "muc tieu": Meaning(Section.TARGETS),
    "muc tieu cu the": Meaning(Section.TARGETS),
    "muc tieu chi tieu": Meaning(Section.TARGETS),
    "noi dung nhiem vu": Meaning(Section.TASKS),
    "nhiem vu giai phap": Meaning(Section.TASKS),
    "nhiem vu trong tam": Meaning(Section.TASKS),
    "kinh phi": Meaning(Section.FUNDING),
    "kinh phi thuc hien": Meaning(Section.FUNDING),
    "to chuc thuc hien": Meaning(Section.RESPONSIBILITIES),
    "trach nhiem thuc hien": Meaning(Section.RESPONSIBILITIES),
    "trach nhiem to chuc thuc hien": Meaning(Section.RESPONSIBILITIES),
    "cai cach the che": Meaning(Section.TASKS, Field.INSTITUTIONS),
    "cai cach thu tuc hanh chinh": Meaning(Section.TASKS, Field.PROCEDURES),
    "cai cach to chuc bo may": Meaning(Section.TASKS, Field.ORGANISATION),
    "cai cach to chuc bo may hanh chinh": Meaning(Section.TASKS, Field.ORGANISATION),
    "cai cach che do cong vu": Meaning(Section.TASKS, Field.CIVIL_SERVICE),
    "cai cach tai chinh cong": Meaning(Section.TASKS, Field.PUBLIC_FINANCE),
    "xay dung chinh quyen dien tu chinh quyen so": Meaning(Section.TASKS, Field.DIGITAL_GOVERNMENT),
    "cong tac chi dao dieu hanh": Meaning(Section.TASKS, Field.STEERING),
    "cong tac thong tin tuyen truyen": Meaning(Section.TASKS, Field.STEERING),
}
_ALIKE = 0.87


@lru_cache(maxsize=2048)
def meaning_of(text: str) -> Meaning | None:
    """What a heading says, or None when it says nothing known (or is no heading at all)."""
    text = text.strip(" .:;-–*")
    found = words(text)
    if not found or len(found) > MAX_WORDS:
        return None
    folded = re.sub(r"\s+", " ", plain(text)).replace(" - ", ", ").strip()
    return (
        _section(folded, _REST_OF_CAPITALS if is_upper(text) else 0)
        or _field(folded, len(found))
        or _tasks(folded, len(found))
        or _alike(" ".join(found))
    )


def _section(folded: str, spare: int) -> Meaning | None:
    for section, pattern in _SECTION_PATTERNS:
        found = pattern.match(folded)
        if found and len(folded[found.end() :].split()) <= _REST.get(section, 10) + spare:
            return Meaning(section)
    return None


def _field(folded: str, count: int) -> Meaning | None:
    for name, pattern in _FIELD_PATTERNS:
        found = pattern.match(folded)
        if found and (count <= 16 or len(found[0].split()) * 3 >= count):
            return Meaning(Section.TASKS, name)
    return None


def _tasks(folded: str, count: int) -> Meaning | None:
    return Meaning(Section.TASKS) if count <= 20 and _TASKS_PATTERN.match(folded) else None


def _alike(joined: str) -> Meaning | None:
    """A heading with a slip of the keyboard in it."""
    if not 6 <= len(joined) <= 60:
        return None
    best, score = None, _ALIKE
    for usual, meaning in _USUAL.items():
        if abs(len(usual) - len(joined)) <= 3:
            alike = SequenceMatcher(None, usual, joined, autojunk=False).ratio()
            if alike >= score:
                best, score = meaning, alike
    return best


_WEIGHTS = {
    Field.INSTITUTIONS: r"the che|phap lenh|van ban quy dinh|ra soat van ban|ra soat cac quy dinh|"
    r"quy pham phap luat|qppl|he thong hoa|thi hanh phap luat|"
    r"pho bien giao duc phap luat|theo doi thi hanh",
    Field.PROCEDURES: r"thu tuc hanh chinh|tthc|mot cua|kiem soat thu tuc|tra ket qua|"
    r"phan anh,? kien nghi|dich vu cong|ho so (?:tthc|thu tuc)|dung han|"
    r"giai quyet ho so|thoi gian giai quyet|niem yet|hai long",
    Field.ORGANISATION: r"bo may|chuc nang,? nhiem vu|vi tri viec lam|phan cap|sap xep|sap nhap|"
    r"quy che lam viec",
    Field.CIVIL_SERVICE: r"cong vu|dao tao,? boi duong|boi duong|xep loai|bien che|"
    r"ky luat,? ky cuong|doi ngu|tuyen dung|dao duc|tap huan|thai do phuc vu|"
    r"luan chuyen|can bo,? cong chuc",
    Field.PUBLIC_FINANCE: r"tai chinh|ngan sach|chi tieu noi bo|tai san cong|dau tu cong|tu chu|"
    r"du toan|quyet toan|giai ngan|tiet kiem",
    Field.DIGITAL_GOVERNMENT: r"chuyen doi so|chinh quyen (?:dien tu|so)|cong nghe thong tin|cntt|"
    r"so hoa|phan mem|chu ky so|tcvn|iso|dien tu|du lieu|truc tuyen|"
    r"nen tang so|mang xa hoi|he thong thong tin|an toan thong tin",
    Field.STEERING: r"ke hoach (?:cai cach hanh chinh|cchc)|tuyen truyen|chi so cai cach|"
    r"kiem tra (?:cai cach hanh chinh|cong tac cai|cchc)|bao cao (?:cai cach|"
    r"ket qua|dinh ky|cong tac)|chi dao|dieu hanh|thi dua|sang kien|giao ban|"
    r"cham diem",
}
_KEYWORDS = {name: re.compile(rf"\b(?:{pattern})\b") for name, pattern in _WEIGHTS.items()}


def field_of(text: str) -> Field:
    """The field of reform that a sentence is most about; ``OTHER`` when nothing tells it.

    For a heading use ``meaning_of``; this weighs the words of a task or a table row.
    """
    folded = plain(text)
    scores = {name: len(set(pattern.findall(folded))) for name, pattern in _KEYWORDS.items()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] else Field.OTHER
