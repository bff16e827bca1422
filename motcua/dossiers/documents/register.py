"""The register of a period as a form: its dossiers in the order of receipt, its figures below.

(Circular 01/2018/TT-VPCP, form 06; Circular 03/2025/TT-VPCP, form 07)
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from motcua.core.text import date_short
from motcua.documents.layout import Align, Column, Table
from motcua.dossiers.documents.forms import moment_of
from motcua.dossiers.documents.page import Field, Signature, SlipPage
from motcua.dossiers.models import Dossier
from motcua.dossiers.packs import rule_sets
from motcua.dossiers.queries.figures import Figures
from motcua.dossiers.rules import DossierStatus, SlipKind, rule_set_on
from motcua.org.models import Agency

COLUMNS: Final = (
    Column("TT", 0.7, Align.CENTER),
    Column("Mã hồ sơ", 2.2),
    Column("Nội dung", 2.7),
    Column("Số bộ", 0.7, Align.CENTER),
    Column("Chủ hồ sơ", 2.1),
    Column("Địa chỉ, điện thoại", 2.2),
    Column("Tiếp nhận", 1.75, Align.CENTER),
    Column("Hẹn trả", 1.75, Align.CENTER),
    Column("Trả kết quả", 1.75, Align.CENTER),
    Column("Người nhận", 1.6),
    Column("Trạng thái", 1.5),
)


def register_page(
    agency: Agency,
    dossiers: Iterable[Dossier],
    figures: Figures,
    start: date,
    end: date,
    today: date,
    *,
    before: int = 0,
    part: tuple[int, int] = (1, 1),
) -> SlipPage:
    """The register of an agency from a day to another, by the form in force on the last day.

    ``part`` is which file of how many; ``before`` so many rows stand in those before it. The rows
    of ``register_rows``.
    """
    rules = rule_set_on(rule_sets(), end)
    form = rules.slips[SlipKind.REGISTER]
    number, last = part
    volume = f", tập {number}/{last}" if last > 1 else ""
    return SlipPage(
        form=form.form,
        agency=agency.name,
        desk=rules.desk,
        number="",
        place=agency.place or agency.name,
        day=today,
        title=form.title,
        subtitle=f"Từ ngày {date_short(start)} đến ngày {date_short(end)}{volume}",
        parts=[
            Table(
                COLUMNS,
                [_row(n, one) for n, one in enumerate(dossiers, before + 1)],
                breakable=True,
            ),
            Field(
                "Phải giải quyết",
                f"{figures.whole} hồ sơ (kỳ trước chuyển sang {figures.carried}, "
                f"tiếp nhận trong kỳ {figures.received})",
            ),
            Field(
                "Đã giải quyết",
                f"{figures.done} hồ sơ (trước hạn {figures.early}, đúng hạn {figures.on_time}, "
                f"quá hạn {figures.late})",
            ),
            Field(
                "Đang giải quyết",
                f"{figures.open} hồ sơ (trong hạn {figures.in_time}, quá hạn {figures.overdue})",
            ),
        ],
        signatures=[Signature("Người lập sổ")],
        landscape=True,
    )


def _row(n: int, dossier: Any) -> list[str]:
    owner = dossier.applicant
    return [
        str(n),
        dossier.code or "",
        dossier.summary,
        str(dossier.sets),
        owner.full_name,
        "\n".join(filter(None, (owner.address, owner.phone))),
        _moment(dossier.received_at),
        _moment(dossier.due_at),
        _moment(dossier.returned_at),
        dossier.returned_to,
        str(DossierStatus(dossier.status_then).label),
    ]


def _moment(at: datetime | None) -> str:
    return moment_of(at, short=True)
