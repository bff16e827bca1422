"""Which fields each official form has, filled from what the slip kept.

Circular 01/2018/TT-VPCP (to 2025) and Circular 03/2025/TT-VPCP, Annex I. The fields are those that
desks print; where the two regimes differ is data of the rule set: number, title, symbol.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Final

from django.utils import timezone

from motcua.core.text import money, number
from motcua.documents.layout import Align, Column, Paragraph, Run, Table
from motcua.dossiers.actions.slips import wanted
from motcua.dossiers.documents.page import Field, Part, Signature, SlipPage
from motcua.dossiers.documents.qr import public_address
from motcua.dossiers.models import Applicant, DossierPaper, PayWay, ReturnWay, Slip
from motcua.dossiers.permissions import day_of
from motcua.dossiers.queries import said_of
from motcua.dossiers.rules import SlipKind
from motcua.procedures.rules.parts import Channel


@dataclass(frozen=True, slots=True)
class Given:
    """A slip with all that its form may ask."""

    slip: Slip
    applicant: Applicant
    filer: Applicant | None
    papers: Sequence[DossierPaper]

    def __getitem__(self, name: str) -> Any:
        """What the slip kept under this name."""
        return self.slip.data[name]

    @classmethod
    def of(cls, slip: Slip) -> Given:
        """With the rows beside the slip: two queries."""
        kept = slip.data
        people = Applicant.objects.in_bulk({kept["applicant"], kept["filer"] or kept["applicant"]})
        papers = list(slip.dossier.papers.order_by("position"))
        if (last := kept.get("papers")) is not None:  # more came when the procedure was corrected
            papers = [one for one in papers if one.position <= last]
        return cls(slip, people[kept["applicant"]], people.get(kept["filer"]), papers)

    @property
    def asker(self) -> Applicant:
        """Who stood at the desk: the filer, or the applicant."""
        return self.filer or self.applicant


def moment_of(at: datetime | None, *, short: bool = False) -> str:
    """ "09 giờ 05 phút, ngày 04/03/2024" in the installation's time zone; short, for a cell: time
    and date in two lines; "" for none."""
    shape = "%H:%M\n%d/%m/%Y" if short else "%H giờ %M phút, ngày %d/%m/%Y"
    return timezone.localtime(at).strftime(shape) if at is not None else ""


def moment(text: str | None) -> str:
    """The same of a kept moment."""
    return moment_of(datetime.fromisoformat(text)) if text else ""


def with_code(code: str | None) -> str:
    """What stands below a title; a dossier that was not received has no code."""
    return f"Mã hồ sơ: {code}" if code else ""


# --- fields that several forms share --------------------------------------------------------------


def _who(given: Given) -> list[Part]:
    asker = given.asker
    return [
        Field("Ông/Bà, tổ chức", asker.full_name),
        Field("Địa chỉ", asker.address),
        Field("Số điện thoại", asker.phone),
    ]


def _owner(given: Given) -> list[Part]:
    """The applicant, where somebody else filed."""
    if given.filer is None:
        return []
    owner = given.applicant
    return [Field("Chủ hồ sơ", owner.full_name), Field("Địa chỉ chủ hồ sơ", owner.address)]


def _asked(given: Given) -> list[Part]:
    """In the person's words, then the procedure; once, where nothing else was typed."""
    label, name = "Nội dung yêu cầu giải quyết", f"{given['procedure']} ({given['procedure_code']})"
    if given["summary"] == given["procedure"]:
        return [Field(label, name)]
    return [Field(label, given["summary"]), Field("Thủ tục hành chính", name)]


def _addressee(given: Given) -> Paragraph:
    return Paragraph(["Kính gửi: ", Run(given.asker.full_name, bold=True)], Align.CENTER)


def _contact(given: Given) -> Field:
    phone = f", điện thoại {given['phone']}" if given["phone"] else ""
    return Field("Cần hỏi thêm, xin liên hệ", f"{given['maker']}{phone}")


def _count(number: int) -> str:
    return str(number or "")


PAPER_COLUMNS: Final = (
    Column("TT", 1, Align.CENTER),
    Column("Tên giấy tờ", 8),
    Column("Bản chính", 1.6, Align.CENTER),
    Column("Chứng thực", 1.8, Align.CENTER),
    Column("Bản chụp", 1.6, Align.CENTER),
    Column("Điện tử", 1.6, Align.CENTER),
)


def paper_table(papers: Sequence[Any], title: str) -> Table:
    """Papers by how many there are, or must be, of each sort."""
    rows = [
        [
            str(n),
            one.name,
            *(_count(c) for c in (one.originals, one.certified, one.photos, one.electronic)),
        ]
        for n, one in enumerate(papers, 1)
    ]
    return Table(PAPER_COLUMNS, rows, title, breakable=True)


# --- the forms ------------------------------------------------------------------------------------


def _receipt(given: Given) -> list[Part]:
    came = [one for one in given.papers if one.count]
    way = ReturnWay(given["return_way"])
    place = f"{given['desk']}, {given['agency']}" if way == ReturnWay.DESK else str(way.label)
    return [
        Paragraph(f"{given['desk']} {given['agency']} đã tiếp nhận hồ sơ của:", Align.LEFT),
        *_who(given),
        Field("Số giấy tờ tùy thân", given.asker.id_number),
        *_owner(given),
        *_asked(given),
        paper_table(came, "Thành phần hồ sơ nộp"),
        Field("Số lượng hồ sơ", f"{given['sets']} bộ"),
        Field("Hình thức nộp", str(Channel(given["channel"]).label)),
        Field("Phí, lệ phí", money(given["fee"]) if given["fee"] else "không thu"),
        Field("Thời hạn giải quyết theo quy định", given["limit"]),
        Field("Thời gian nhận hồ sơ", moment(given["received"])),
        Field("Thời gian trả kết quả", moment(given["due"]) or "không quy định thời hạn"),
        Field("Nhận kết quả tại", place),
        Field("Vào sổ theo dõi hồ sơ", f"năm {given.slip.year}, số thứ tự {given.slip.number}"),
    ]


def _supplement(given: Given) -> list[Part]:
    kept = given.slip.data.get("wanted")
    if kept is None:  # given before slips kept it
        kept = wanted(given.slip.dossier, given.papers)
    missing = [SimpleNamespace(**one) for one in kept]
    return [
        Paragraph("Hồ sơ của:", Align.LEFT),
        *_who(given),
        Field("Thư điện tử", given.asker.email),
        *_owner(given),
        *_asked(given),
        Field("Yêu cầu hoàn thiện hồ sơ gồm", given["reason"]),
        *([paper_table(missing, "Giấy tờ bắt buộc còn thiếu")] if missing else []),
        Paragraph(
            "Đề nghị Ông/Bà hoàn thiện theo yêu cầu trên và nộp lại tại nơi đã nộp hồ sơ.",
            Align.LEFT,
        ),
        _contact(given),
    ]


def _refusal(given: Given) -> list[Part]:
    return [
        Paragraph(f"{given['desk']} {given['agency']} đã xem xét hồ sơ của:", Align.LEFT),
        *_who(given),
        *_owner(given),
        *_asked(given),
        Field("Thời gian nhận hồ sơ", moment(given["received"]) or "chưa tiếp nhận"),
        Field("Lý do không tiếp nhận, không giải quyết", given["reason"]),
        _contact(given),
    ]


def _apology(given: Given) -> list[Part]:
    return [
        _addressee(given),
        Field("Địa chỉ", given.asker.address),
        *_owner(given),
        *_asked(given),
        Field("Thời gian nhận hồ sơ", moment(given["received"])),
        Field("Thời gian hẹn trả kết quả", moment(given["before"])),
        Paragraph(
            f"Đến nay hồ sơ chưa giải quyết xong. {given['agency']} xin lỗi Ông/Bà và xin hẹn lại.",
            Align.LEFT,
        ),
        Field("Lý do", given["reason"]),
        Field("Thời gian hẹn lại", moment(given["due"])),
        Field("Nhận kết quả tại", f"{given['desk']}, {given['agency']}"),
        Paragraph("Mong Ông/Bà thông cảm vì sự chậm trễ này.", Align.LEFT),
        _contact(given),
    ]


def _stop(given: Given) -> list[Part]:
    return [
        _addressee(given),
        Field("Địa chỉ", given.asker.address),
        *_owner(given),
        *_asked(given),
        Field("Thời gian nhận hồ sơ", moment(given["received"])),
        Paragraph(f"{given['agency']} thông báo dừng giải quyết hồ sơ nói trên.", Align.LEFT),
        Field("Lý do", given["reason"]),
        _contact(given),
    ]


FEE_COLUMNS: Final = (
    Column("TT", 1, Align.CENTER),
    Column("Khoản thu", 6),
    Column("Mức thu", 6),
    Column("Số tiền (đồng)", 3, Align.RIGHT),
)


def _fee(given: Given) -> list[Part]:
    lines = given["lines"]
    rows = [
        [str(n), line["name"], said_of([line["why"]], str)[0], number(line["amount"])]
        for n, line in enumerate(lines, 1)
    ]
    way, reference = PayWay(given["way"]).label, given["reference"]
    return [
        Field("Người nộp tiền", given.asker.full_name),
        Field("Địa chỉ", given.asker.address),
        *_asked(given),
        Table(FEE_COLUMNS, rows, "Các khoản thu", breakable=True),
        Field("Cộng", money(given["amount"])),
        Field("Hình thức thu", f"{way}, mã giao dịch {reference}" if reference else way),
        Paragraph(
            Run("Phiếu này xác nhận số tiền đã thu; biên lai được cấp theo quy định.", italic=True),
            Align.LEFT,
        ),
    ]


def _refund(given: Given) -> list[Part]:
    way, reference = PayWay(given["way"]).label, given["reference"]
    return [
        Field("Người nhận tiền", given.asker.full_name),
        Field("Địa chỉ", given.asker.address),
        *_asked(given),
        Field("Số tiền hoàn", money(given["amount"])),
        Field("Lý do hoàn", given["reason"]),
        Field("Hình thức hoàn", f"{way}, mã giao dịch {reference}" if reference else way),
        Paragraph(
            Run("Phiếu này xác nhận số tiền đã hoàn lại cho người nộp.", italic=True),
            Align.LEFT,
        ),
    ]


def _transfer(given: Given) -> list[Part]:
    return [
        Paragraph(["Kính gửi: ", Run(given["to"], bold=True)], Align.CENTER),
        Paragraph(f"{given['agency']} chuyển hồ sơ sau đây để giải quyết:", Align.LEFT),
        Field("Chủ hồ sơ", given.applicant.full_name),
        Field("Địa chỉ", given.applicant.address),
        *_asked(given),
        paper_table([one for one in given.papers if one.count], "Giấy tờ chuyển kèm"),
        Field("Nội dung đề nghị", given["reason"]),
        Field("Thời gian chuyển", moment_of(given.slip.made_at)),
        Field("Hạn cơ quan nhận trả lại", moment(given["until"])),
        Field(
            "Hạn trả kết quả cho người dân",
            moment(given["due"]) or "không quy định thời hạn",
        ),
        _contact(given),
    ]


@dataclass(frozen=True, slots=True)
class Form:
    """What a kind of slip says, who signs it; ``letter``: it also lists who gets it."""

    parts: Callable[[Given], list[Part]]
    signatures: Callable[[Given], list[Signature]]
    letter: bool = False


def _handed_over(given: Given) -> list[Signature]:
    return [
        Signature("Người nộp hồ sơ", given.asker.full_name),
        Signature("Người tiếp nhận hồ sơ", given["maker"]),
    ]


def _guided(given: Given) -> list[Signature]:
    return [Signature("Người hướng dẫn", given["maker"])]


def _told(given: Given) -> list[Signature]:
    return [Signature("Người nhận phiếu"), Signature("Người lập phiếu", given["maker"])]


def _paid(given: Given) -> list[Signature]:
    return [
        Signature("Người nộp tiền", given.asker.full_name),
        Signature("Người thu tiền", given["maker"]),
    ]


def _given_back(given: Given) -> list[Signature]:
    return [
        Signature("Người nhận tiền", given.asker.full_name),
        Signature("Người hoàn tiền", given["maker"]),
    ]


def _sent(given: Given) -> list[Signature]:
    return [Signature("Bên nhận"), Signature("Bên giao", given["maker"])]


def _by_the_head(_given: Given) -> list[Signature]:
    return [Signature("Thủ trưởng cơ quan")]


FORMS: Final = {
    SlipKind.RECEIPT: Form(_receipt, _handed_over),
    SlipKind.SUPPLEMENT: Form(_supplement, _guided),
    SlipKind.REFUSAL: Form(_refusal, _told),
    SlipKind.APOLOGY: Form(_apology, _by_the_head, letter=True),
    SlipKind.STOP: Form(_stop, _by_the_head, letter=True),
    SlipKind.FEE: Form(_fee, _paid),
    SlipKind.REFUND: Form(_refund, _given_back),
    SlipKind.TRANSFER: Form(_transfer, _sent),
}
"""The forms that a dossier's steps give out."""


def page_of(given: Given, *, base: str, why: bool = False) -> SlipPage:
    """The slip as it was given out; ``why`` adds the way to the promise. ``base`` is the address
    of the installation."""
    slip, form = given.slip, FORMS[SlipKind(given.slip.kind)]
    parts = form.parts(given)
    if why:
        parts += [
            Paragraph(Run(line, italic=True), Align.LEFT) for line in said_of(given["why"], str)
        ]
    symbol = given["symbol"] or str(slip.year)
    is_receipt = slip.kind == SlipKind.RECEIPT
    return SlipPage(
        form=given["form"],
        agency=given["agency"],
        desk=given["desk"],
        number=f"Số: {slip.number:02}/{symbol}",
        place=given["place"] or given["agency"],
        day=day_of(slip.made_at),
        title=given["title"],
        subtitle=with_code(given["code"]),
        parts=parts,
        signatures=form.signatures(given),
        recipients=["Như trên", given["desk"], "Lưu: hồ sơ"] if form.letter else [],
        qr=public_address(base, given["code"]) if is_receipt else "",
        cancelled=slip.cancelled_reason if slip.cancelled_at else "",
    )
