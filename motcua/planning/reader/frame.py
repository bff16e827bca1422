"""The frame of an official document: letterhead, title, recipients, signature.

The parts follow Decree 30/2020/ND-CP, Annex I.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from motcua.planning.reader.document import Line
from motcua.planning.reader.markers import marker_of
from motcua.planning.reader.meaning import meaning_of
from motcua.planning.reader.result import Heading, NotUnderstood, Period, Recipient, Signatory
from motcua.planning.reader.words import is_upper, plain, starts_upper, words

_KINDS = ("kế hoạch", "quyết định", "chương trình", "đề án", "phương án", "nghị quyết")
_KIND_LINE = re.compile(rf"^(?P<kind>{'|'.join(map(plain, _KINDS))})\b[\s:.]*(?P<rest>.*)$")
_LETTERHEAD = re.compile(
    r"cong hoa xa hoi|doc lap ?[-,.]? ?tu do|^so ?:|^so ?\d+/|^\W+$|"
    r"^(?:uy ban nhan dan|ubnd|hdnd)\b|"
    r"^(?:tinh|huyen|quan|thi xa|thanh pho|xa|phuong|thi tran|dac khu) |^du thao|"
    r"^[\w\s]+,? ngay .{0,12}thang|^phu luc|^\(?(?:kem theo|ban hanh kem)|^dang uy|^mat tran|^v/v"
)
_BODY_BEGINS = re.compile(
    r"^(?:can cu|thuc hien|de |nham|ubnd|uy ban nhan dan|tren co so|xet de nghi|theo |trong nam|"
    r"tiep tuc|nam \d{4},|chu tich|kinh gui|dap ung|phat huy|quan triet|trien khai)"
)


@dataclass(slots=True)
class Front:
    """What stands above the text: how many lines, and what they say."""

    lines: int = 0
    kind: str | None = None
    title: str | None = None
    issuer: str | None = None
    title_lines: list[Line] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)


def read_front(lines: Sequence[Line]) -> Front:
    """The letterhead, the kind of document and its title."""
    front = Front()
    index = _kind_line(lines)
    if index is None:
        return front
    found = _KIND_LINE.match(plain(lines[index].text))
    if found is None:  # _kind_line only returns lines that match
        return front
    front.kind = next(kind for kind in _KINDS if plain(kind) == found["kind"])
    title = [lines[index].text[found.start("rest") :]] if found["rest"] else []
    front.lines = index + 1
    for line in lines[index + 1 : index + 8]:
        if _ends_title(line, title):
            break
        title.append(line.text)
        front.lines += 1
    front.title = _title(" ".join(title)) if title else None
    front.issuer = _letterhead_issuer(lines[:index])
    front.title_lines = list(lines[index : front.lines])
    front.headings = [Heading(line.text, (line.start, line.end)) for line in lines[: front.lines]]
    return front


def is_letterhead(text: str) -> bool:
    """Whether a line belongs to the head of a document, above its kind and title."""
    return len(text) <= 90 and bool(_LETTERHEAD.search(plain(text)))


def _kind_line(lines: Sequence[Line]) -> int | None:
    """The line that names the kind: in capitals, or alone, near the top."""
    for index, line in enumerate(lines[:40]):
        found = _KIND_LINE.match(plain(line.text))
        if found and (is_upper(line.text[: found.end("kind")]) or not found["rest"]):
            return index
        if marker_of(line.text) and meaning_of(line.text):
            return None
        if index >= 3 and not _LETTERHEAD.search(plain(line.text)) and len(line.text) > 60:
            return None
    first = _KIND_LINE.match(plain(lines[0].text)) if lines else None
    return 0 if first and len(words(lines[0].text)) <= 20 else None


def _ends_title(line: Line, title: list[str]) -> bool:
    folded = plain(line.text)
    marker = marker_of(line.text)
    if marker is not None and line.text[0] not in "-–_*(":
        return True
    if not any(char.isalpha() for char in line.text):
        return False
    if re.match(r"^\(?(?:kem theo|ban hanh kem)|^(?:cua|tren dia ban|giai doan|nam) ", folded):
        return False
    if not title:
        return line.text[-1] in ";." or len(words(line.text)) > 30
    return (
        bool(_BODY_BEGINS.match(folded))
        or line.text[-1] in ";."
        or (
            starts_upper(line.text)
            and not is_upper(line.text)
            and title[-1][-1:] != ","
            and not title[-1].lower().endswith((" và", " của", " năm", " về"))
        )
        or (meaning_of(line.text) is not None and is_upper(line.text) and "cai cach" not in folded)
    )


_PLACE = r"(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|đặc khu)"
_ATTACHED = re.compile(r"\(?(?:kem theo|ban hanh kem theo)\b.*$")


def _title(text: str) -> str:
    """The title as a sentence: no capitals throughout, no "(Kèm theo …)", no rule under it."""
    attached = _ATTACHED.search(plain(text))
    text = text[: attached.start()] if attached else text
    text = re.sub(r"\s+", " ", text).strip(" -–_*.:")
    if is_upper(text):
        text = _sentence_case(text)
    return text[:1].upper() + text[1:]


def _sentence_case(text: str) -> str:
    text = re.sub(r"\b(ubnd|hđnd|cchc|tthc|qppl)\b", lambda found: found[0].upper(), text.lower())
    return re.sub(
        rf"\b({_PLACE}) ((?:[^\W\d_]+ ?){{1,3}})(?=$|\W|\d|năm|giai)",
        lambda found: f"{found[1]} {_capitalised(found[2])}",
        text,
    )


def _capitalised(name: str) -> str:
    stop = {"năm", "giai", "đến", "và", "về", "cấp", "trên"}
    parts = name.split(" ")
    cut = next((i for i, part in enumerate(parts) if part in stop), len(parts))
    return " ".join([*(part.capitalize() for part in parts[:cut]), *parts[cut:]])


_NEXT_AGENCY = (
    r"uy ban nhan dan|ubnd|hdnd|ban chi dao|phong |van phong|trung tam|so (?:noi|tu|tai|y|giao) "
)
_AGENCY = re.compile(
    r"(?:uy ban nhan dan|ubnd)\s+(?P<level>xa|phuong|thi tran|huyen|quan|thi xa|thanh pho|tinh|"
    rf"dac khu)\s+(?P<name>(?:(?!{_NEXT_AGENCY})[^\d\W]+ ?){{1,5}})"
)
_AGENCY_IN_TEXT = re.compile(
    rf"(?:UBND|[UỦ][yỷ] ban nhân dân) (?P<level>{_PLACE}) "
    r"(?P<name>[A-ZÀ-ỸĐ][\w’']*(?: [A-ZÀ-ỸĐ][\w’']*){0,4}|\d{1,2})"
)
_ISSUES = re.compile(r"^[,\s]*(?:xay dung|ban hanh|trien khai|lap|de ra|thong nhat|yeu cau)")
_LEVELS = {plain(level): level for level in _PLACE[3:-1].split("|")}


def _letterhead_issuer(lines: Sequence[Line]) -> str | None:
    """The agency of the letterhead; the lower one when the parent stands above it."""
    left: list[str] = []
    for line in lines:
        cut = re.search(r"cong hoa xa hoi|doc lap ?[-,.]", plain(line.text))
        text = line.text[: cut.start()] if cut else line.text
        if re.match(r"so ?[:\d]", plain(text)):
            break
        if is_upper(text):
            left.append(text.strip())
    joined = " ".join(left)
    found = list(_AGENCY.finditer(plain(joined)))
    if not found:
        return None
    last = found[-1]
    name = joined[last.start("name") : last.end("name")]
    place = f"{_LEVELS[last['level']]} {name.strip().title()}"
    office = re.match(r"\s*((?:PHÒNG|SỞ|BAN|VĂN PHÒNG|TRUNG TÂM)\s.{2,60})$", joined[last.end() :])
    if office:
        first, second, *rest = office[1].split()
        return " ".join([first.capitalize(), second.capitalize(), *map(str.lower, rest), place])
    return f"UBND {place}"


def issuer_in_text(texts: Sequence[str]) -> str | None:
    """The agency that the opening sentences say draws up the plan."""
    for text in texts:
        for found in _AGENCY_IN_TEXT.finditer(text):
            if _ISSUES.match(plain(text[found.end() :])):
                return f"UBND {found['level'].lower()} {found['name']}"
    return None


def issuer_in_title(title: str | None) -> str | None:
    """The agency or the place that the title names."""
    found = re.search(
        rf"(?:UBND|của|trên địa bàn)\s+(?P<level>{_PLACE})\s+(?P<name>[A-ZÀ-ỸĐ]\w*(?: "
        rf"[A-ZÀ-ỸĐ]\w*)*)",
        title or "",
    )
    office = re.search(r"\bcủa ((?:Phòng|Ban|Sở|Trung tâm) .{3,80})$", title or "")
    if office:
        return office[1]
    return f"UBND {found['level']} {found['name']}" if found else None


_YEARS = re.compile(
    r"(?:giai doan|thoi ky|trong|tu nam|cac nam)\s+(?P<a>20\d\d)\s*(?:-|"
    r"den)\s*(?:nam )?(?P<b>20\d\d)"
)
_YEAR = re.compile(r"\bnam\s+(?P<y>20\d\d)\b")


def year_and_period(texts: Sequence[str]) -> tuple[int | None, Period | None]:
    """The year of the plan, or the years of a plan of several, by the first text that says it."""
    for text in texts:
        folded = plain(text)
        year = _YEAR.search(folded)
        several = _YEARS.search(folded)
        if several and not (year and year.start() < several.start()):
            first, last = int(several["a"]), int(several["b"])
            if first <= last:
                return None, Period(dt.date(first, 1, 1), dt.date(last, 12, 31))
        if year:
            number = int(year["y"])
            return number, Period(dt.date(number, 1, 1), dt.date(number, 12, 31))
    return None, None


_RECIPIENTS = re.compile(r"^noi nhan\b")
_AUTHORITY = re.compile(r"^(?:tm|kt|tl|tuq|q)\s?\.\s?\S")
_POSITION = re.compile(
    r"^(?:q\. ?)?(?:pho )?(?:chu tich|bi thu|giam doc|truong phong|chanh van phong|truong ban|"
    r"chu nhiem)\b|^quyen chu tich"
)
_SIGNED = re.compile(r"^\(?(?:da ky|ky ten|ky, |ky ten, dong dau|chu ky|ky boi)")
_ANNEX = re.compile(r"^(?:phu luc|bieu (?:so|mau|\d)|danh muc)\b")


@dataclass(slots=True)
class Tail:
    """What stands under the text: recipients, signature, and lines that are neither."""

    start: int
    end: int
    recipients: list[Recipient] = field(default_factory=list)
    signatory: Signatory | None = None
    headings: list[Heading] = field(default_factory=list)
    unread: list[NotUnderstood] = field(default_factory=list)


def find_tail(lines: Sequence[Line], after: int) -> tuple[int, int]:
    """Where the recipients and the signature begin and end, as line numbers."""
    start = next(
        (index for index in range(after, len(lines)) if _begins_tail(lines, index)), len(lines)
    )
    end = start
    while end < len(lines) and not (end > start and _begins_annex(lines[end])):
        end += 1
    return start, end


def _begins_tail(lines: Sequence[Line], index: int) -> bool:
    text = lines[index].text
    folded = plain(text)
    if _RECIPIENTS.match(folded) and len(words(text)) <= 30:
        return True
    if _AUTHORITY.match(folded) and is_upper(text):
        return True
    return (
        is_upper(text)
        and bool(_POSITION.match(folded))
        and len(words(text)) <= 6
        and len(lines) - index <= 12
    )


def _begins_annex(line: Line) -> bool:
    return (
        bool(_ANNEX.match(plain(line.text)))
        and starts_upper(line.text)
        and len(words(line.text)) <= 30
    )


_MODE = re.compile(
    r"\((?P<mode>[^()]*?)\)[\s;.,]*$|[-–:]\s*(?P<bare>b/c|t/h|p/h|bc|th|ph)\s*[;.,]*$"
    r"|\s(?P<last>b/c|t/h|p/h|bc|th)[\s;.,]*$",
    re.IGNORECASE,
)
_MODES = {
    "bc": "b/c",
    "bao cao": "b/c",
    "th": "t/h",
    "thuc hien": "t/h",
    "ph": "p/h",
    "phoi hop": "p/h",
}


def read_tail(lines: Sequence[Line], start: int, end: int) -> Tail:
    """The recipients with the reason they receive it, and who signs."""
    tail = Tail(start, end)
    entries: list[list[Line]] = []
    signature: list[Line] = []
    receiving = announced = False
    for line in lines[start:end]:
        folded = plain(line.text)
        if _RECIPIENTS.match(folded):
            receiving = announced = True
            rest = re.sub(r"^noi nhan\s*:?\s*", "", folded)
            if rest:
                entries.append([_rest(line, len(folded) - len(rest))])
        elif _AUTHORITY.match(folded) or is_upper(line.text) or _SIGNED.match(folded):
            receiving = receiving and bool(re.match(r"[-–+•]", line.text))
            (entries.append([line]) if receiving else signature.append(line))
        elif re.match(r"[-–+•]|luu\s*:", folded) and (announced or not signature or entries):
            receiving = True
            entries.append([line])
        elif receiving and entries and not _is_name(line.text, signature):
            entries[-1].append(line)
        else:
            signature.append(line)
        tail.headings.append(Heading(line.text, (line.start, line.end)))
    tail.recipients = [
        recipient
        for entry in entries
        for recipient in _recipients(" ".join(line.text for line in entry))
    ]
    _sign(tail, signature)
    return tail


def _rest(line: Line, skip: int) -> Line:
    return Line(line.text[skip:], line.start + skip, line.page, line.joins)


def _is_name(text: str, signature: list[Line]) -> bool:
    """A person's name under a position: two to six words, each with a capital."""
    parts = text.split()
    named = 2 <= len(parts) <= 6 and all(part[0].isupper() for part in parts)
    return named and bool(signature) and text[-1] not in ".;:)"


def _recipients(text: str) -> list[Recipient]:
    """The receivers of an entry; several may stand in one, set apart by semicolons."""
    found: list[Recipient] = []
    for part in re.split(r";\s*(?:[-–]\s*)?(?=\S)", text):
        name = re.sub(r"^[-–+•*\s]+", "", part).strip(" ;.,")
        if not name:
            continue
        kept = re.match(r"luu\b\s*:?\s*", plain(name))
        if kept:
            found.append(Recipient(name[kept.end() :].strip(" ;.,") or name, "lưu"))
            continue
        mode = _MODE.search(name)
        said = (mode["mode"] or mode["bare"] or mode["last"] or "") if mode else ""
        known = _mode(said)
        found.append(
            Recipient((name[: mode.start()] if mode and known else name).strip(" ;.,-–"), known)
        )
    return found


def _mode(said: str) -> str | None:
    folded = plain(said).strip(" .")
    folded = folded.removeprefix("de ").split(",")[0].strip()
    if folded in {"b/c", "t/h", "p/h"}:
        return folded
    return _MODES.get(folded.replace("/", ""))


def _sign(tail: Tail, lines: list[Line]) -> None:
    authority: list[str] = []
    position: list[str] = []
    name: str | None = None
    for line in lines:
        folded = plain(line.text)
        if _SIGNED.match(folded):
            continue
        if _AUTHORITY.match(folded):
            parted = re.match(r"^(.*\S)\s+((?:PHÓ )?CHỦ TỊCH)$", line.text)
            joint = parted if parted and not re.search(r"kt\s?\.\s?$", plain(parted[1])) else None
            authority.append(joint[1] if joint else line.text)
            position.extend([joint[2]] if joint else [])
        elif _POSITION.match(folded) and len(words(line.text)) <= 10:
            position.append(line.text)
        elif (
            2 <= len(line.text.split()) <= 6
            and starts_upper(line.text)
            and line.text[-1] not in ".;:"
        ):
            name = line.text.title() if is_upper(line.text) else line.text
        else:
            tail.unread.append(NotUnderstood(line.text, (line.start, line.end), ""))
    if authority or position or name:
        tail.signatory = Signatory(", ".join(authority) or None, " ".join(position) or None, name)
