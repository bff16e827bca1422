"""The demo's reports: two signed, the latest still on the clerk's desk."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from motcua.org.models import Agency, Person
from motcua.reports.actions import approve_report, draft_report, save_section, submit_report

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

#: Period, day of the draft, day of the signature, number, what the clerk wrote under V.
_SIGNED = (
    (
        "2024-Q1",
        date(2024, 3, 15),
        date(2024, 3, 18),
        "32/BC-UBND",
        "Đề nghị UBND huyện tổ chức tập huấn sử dụng Hệ thống thông tin giải quyết thủ tục hành "
        "chính cho công chức cấp xã trong quý II.",
    ),
    (
        "2024-H1",
        date(2024, 6, 17),
        date(2024, 6, 19),
        "71/BC-UBND",
        "Đề nghị Phòng Nội vụ hướng dẫn thống nhất việc xây dựng Đề án vị trí việc làm.\n"
        "Đề nghị UBND huyện hỗ trợ thêm máy quét cho Bộ phận Một cửa.",
    ),
)
_OPEN = ("2024-Q3", date(2024, 9, 16))


def write_reports(*, agency: Agency, people: dict[str, Person], today: date) -> None:
    """Draft, edit and sign the reports whose days came before ``today``."""
    clerk, chairman = people["vanphong"], people["chutich"]
    for period, drafted, signed, number, proposals in _SIGNED:
        if signed >= today:
            continue
        at = _at(drafted, 9)
        report = draft_report(agency=agency, period=period, by=clerk, at=at)
        section = report.sections.get(code="V")
        save_section(section=section, text=proposals, by=clerk, at=_at(drafted, 10))
        report = submit_report(report=report, by=clerk, at=_at(drafted, 15))
        approve_report(report=report, by=chairman, at=_at(signed, 8), number=number)
    period, drafted = _OPEN
    if drafted < today:
        draft_report(agency=agency, period=period, by=clerk, at=_at(drafted, 9))


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 20, tzinfo=ZONE)
