"""Legal documents and standards that a text names: number, kind, issuer, date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from motcua.planning.reader.paragraphs import Block
from motcua.planning.reader.result import Reference, Span
from motcua.planning.reader.words import plain

KINDS = {
    "luat": "luật",
    "bo luat": "bộ luật",
    "phap lenh": "pháp lệnh",
    "nghi quyet": "nghị quyết",
    "nghi dinh": "nghị định",
    "quyet dinh": "quyết định",
    "chi thi": "chỉ thị",
    "thong tu": "thông tư",
    "thong tu lien tich": "thông tư liên tịch",
    "ke hoach": "kế hoạch",
    "chuong trinh": "chương trình",
    "chuong trinh hanh dong": "chương trình",
    "de an": "đề án",
    "cong van": "công văn",
    "cong dien": "công điện",
    "thong bao": "thông báo",
    "ket luan": "kết luận",
    "huong dan": "hướng dẫn",
    "quy dinh": "quy định",
    "quy che": "quy chế",
    "to trinh": "tờ trình",
    "bao cao": "báo cáo",
    "phuong an": "phương án",
}
"""Kinds of documents (Decree 30/2020/ND-CP, art. 7; Law on promulgation of legal documents)."""
_KIND_OF_SYMBOL = {
    "QD": "quyết định", "ND": "nghị định", "NQ": "nghị quyết", "TT": "thông tư",
    "TTLT": "thông tư liên tịch", "CT": "chỉ thị", "KH": "kế hoạch", "CTR": "chương trình",
    "CTRHD": "chương trình", "DA": "đề án", "CV": "công văn", "CD": "công điện",
    "TB": "thông báo", "KL": "kết luận", "HD": "hướng dẫn", "QYD": "quy định", "QC": "quy chế",
    "TTR": "tờ trình", "BC": "báo cáo", "PA": "phương án", "L": "luật", "PL": "pháp lệnh",
}  # fmt: skip
_ISSUER_OF_SYMBOL = (
    (re.compile(r"(?:ND|NQ)-CP$"), "Chính phủ"),
    (re.compile(r"-TTg$", re.IGNORECASE), "Thủ tướng Chính phủ"),
    (re.compile(r"/(?:L-)?(?:\d{4}/)?QH\d{1,2}$"), "Quốc hội"),
    (re.compile(r"-UBTVQH\d*$|/UBTVQH\d+$"), "Ủy ban Thường vụ Quốc hội"),
    (re.compile(r"-BNV$"), "Bộ Nội vụ"),
    (re.compile(r"-BTC$"), "Bộ Tài chính"),
    (re.compile(r"-BTP$"), "Bộ Tư pháp"),
    (re.compile(r"-BTTTT$"), "Bộ Thông tin và Truyền thông"),
    (re.compile(r"-BKHCN$"), "Bộ Khoa học và Công nghệ"),
    (re.compile(r"-VPCP$"), "Văn phòng Chính phủ"),
)
"""Issuers that the symbol itself names, without the text having to."""

_SYMBOL = r"[A-ZĐƯ][A-Za-zĐđƯư0-9]*(?:\s?[-–.]\s?[A-ZĐƯ][A-ZĐƯa-zđ0-9]*)*"
_NUMBER = re.compile(
    rf"(?<![\w/.])(?P<number>\d{{1,5}}\s?(?:/\s?\d{{4}}\s?)?/\s?{_SYMBOL}"
    rf"|\d{{1,4}}\s?[-–]\s?(?:NQ|CT|KL|QĐ|QD|KH|CTr|CTrHĐ|TB|HD|BC|ĐA|QĐi)\s?/\s?{_SYMBOL})(?!\w)"
)
_STANDARD = re.compile(
    r"(?:TCVN\s+)?ISO(?:/IEC)?\s?\d{3,5}(?:-\d+)?\s?:\s?\d{4}|TCVN\s?\d{3,5}(?:-\d+)?\s?:\s?\d{4}"
    r"|QCVN\s?\d+(?:-\d+)?\s?:\s?\d{4}/[A-ZĐ]+"
)
_KIND_BEFORE = re.compile(
    rf"(?P<kind>{'|'.join(sorted(KINDS, key=len, reverse=True))})(?P<between>[^.;]{{0,60}})$"
)
_DATE_AFTER = re.compile(
    r"^[\s,(]*(?:(?:ban hanh|ky)\s+)?(?:ngay|de ngay|ra ngay)\s+(?P<d>\d{1,2})(?:\s?[/.-]\s?|"
    r"\s+thang\s+)(?P<m>\d{1,2})"
    r"(?:\s?[/.-]\s?|,?\s+nam\s+)(?P<y>\d{4})"
)
_NAME = r"(?: [A-ZĐÀ-Ỹ]\w*)*"
_LEVEL = r"(?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường|thị trấn|đặc khu)"
_BODIES = (
    r"Chính [Pp]hủ|Thủ tướng Chính phủ|Văn phòng Chính phủ",
    r"Quốc hội|[UỦ][yỷ] ban Thường vụ Quốc hội",
    r"Bộ Chính trị|Ban Bí thư|Ban Chấp hành Trung ương(?: Đảng)?",
    r"(?:Bộ trưởng )?(?:Liên )?Bộ (?:Thông tin và Truyền thông|Khoa học và Công nghệ"
    r"|Giáo dục và Đào tạo|Nông nghiệp và Môi trường|[A-ZĐ]\w+(?: [a-zđà-ỹ]+)?)",
    rf"(?:Sở|Phòng) [A-ZĐ]\w+(?: [a-zđà-ỹ]+)?(?: {_LEVEL}{_NAME})?",
    rf"(?:Chủ tịch )?(?:UBND|[UỦ][yỷ] ban nhân dân|HĐND|Hội đồng nhân dân)(?: {_LEVEL}{_NAME})?",
    r"(?:Ban Thường vụ |BTV |Ban Chấp hành (?:Đảng bộ )?)?"
    rf"(?:(?:Tỉnh|Thành|Huyện|Thị|Đảng) [uủ][yỷ]|Đảng bộ)(?: {_LEVEL})?{_NAME}",
)
_BODY = "|".join(_BODIES)
_ISSUER_AFTER = re.compile(rf"^[^.;,]{{0,25}}?(?:của|do)\s+(?P<issuer>{_BODY})")
_ISSUER_BEFORE = re.compile(rf"(?P<issuer>{_BODY})(?: tại| ban hành)\s+[^.;]{{0,12}}$")


def references(blocks: Iterable[Block]) -> list[Reference]:
    """Every document and standard of the text, once each, at its first mention."""
    found: dict[str, Reference] = {}
    for block in blocks:
        for reference in _in_block(block):
            key = plain(reference.number).replace(" ", "")
            found[key] = _merged(found[key], reference) if key in found else reference
    return list(found.values())


def _merged(first: Reference, again: Reference) -> Reference:
    """A document named twice: what one mention leaves out, the other may say."""
    return Reference(
        first.number,
        first.kind or again.kind,
        first.issuer or again.issuer,
        first.date or again.date,
        first.span,
    )


def _in_block(block: Block) -> list[Reference]:
    found: list[Reference] = []
    numbers = list(_NUMBER.finditer(block.text))
    for index, mark in enumerate(numbers):
        start = numbers[index - 1].end() if index else 0
        stop = numbers[index + 1].start() if index + 1 < len(numbers) else len(block.text)
        found.append(_document(block, mark, start, stop))
    found.extend(
        Reference(
            re.sub(r"\s+", " ", mark[0]), "tiêu chuẩn", None, None, block.span_of(*mark.span())
        )
        for mark in _STANDARD.finditer(block.text)
    )
    return sorted(found, key=lambda reference: reference.span)


def _document(block: Block, mark: re.Match[str], start: int, stop: int) -> Reference:
    number = re.sub(r"\s+", "", mark["number"]).replace("–", "-")
    before, after = block.text[start : mark.start()], block.text[mark.end() : stop]
    date = _DATE_AFTER.match(plain(after))
    tail = after[date.end() :] if date else after
    return Reference(
        number=number,
        kind=_kind(number, before),
        issuer=_issuer(number, before, tail),
        date=date_of(date) if date else None,
        span=block.span_of(mark.start(), mark.end() + (date.end() if date else 0)),
    )


def date_of(found: re.Match[str]) -> dt.date | None:
    """The date of a match with the groups d, m, y; None for a day that does not exist."""
    try:
        return dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None


def _kind(number: str, before: str) -> str | None:
    """The kind by the word before the number, else by the letters of the symbol."""
    said = _KIND_BEFORE.search(plain(before))
    if said and re.fullmatch(r"\s*(?:so|so:|:)?\s*", said["between"]):
        return KINDS[said["kind"]]
    letters = plain(re.split(r"[-–/]", re.sub(r"^\d+(?:/\d{4})?[/\-–]", "", number))[0]).upper()
    if letters in _KIND_OF_SYMBOL:
        return _KIND_OF_SYMBOL[letters]
    if letters.startswith("QH"):
        return KINDS[said["kind"]] if said else "luật"
    return KINDS[said["kind"]] if said else None


def _issuer(number: str, before: str, after: str) -> str | None:
    symbol = number.replace("Đ", "D")
    for pattern, who in _ISSUER_OF_SYMBOL:
        if pattern.search(symbol):
            return who
    said = _ISSUER_AFTER.match(after) or _ISSUER_BEFORE.search(before)
    return said["issuer"].replace("Chính Phủ", "Chính phủ") if said else None


_NAMED_BY_LETTER = re.compile(
    r"(?P<kind>Thông tư|Nghị định|Quyết định|Chỉ thị|Công văn) (?:của|về) (?=[^.;]{10})"
)
_NO_NUMBER = re.compile(r"số|\d+/")


def unnumbered(block: Block) -> list[tuple[str, Span]]:
    """Documents named by kind and issuer only ("Thông tư của Bộ Nội vụ …"), no number near."""
    found: list[tuple[str, Span]] = []
    for mark in _NAMED_BY_LETTER.finditer(block.text):
        before = plain(block.text[max(0, mark.start() - 12) : mark.start()])
        if re.search(r"(?:cac|nhung|moi|phap lenh,)\s(?:\w+\s)?$", before):
            continue
        words = re.match(r"[^.;,]{0,90}", block.text[mark.start() :])
        text = words[0].strip() if words else mark["kind"]
        in_list = re.search(
            r"các [Ll]uật|các bộ, ngành|quy định tại các",
            block.text[max(0, mark.start() - 90) : mark.end() + 30],
        )
        if not in_list and not _NO_NUMBER.search(text):
            found.append((text, block.span_of(mark.start(), mark.start() + len(text))))
    return found
