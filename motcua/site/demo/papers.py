"""The demo's reports: two signed, the latest still on the clerk's desk."""

from __future__ import annotations

from datetime import date
from functools import partial

from motcua.org.models import Agency, Person
from motcua.reports.actions import approve_report, draft_report, save_section, submit_report
from motcua.reports.models import Report
from motcua.site.demo.timeline import Timeline, moment

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


def write_reports(*, agency: Agency, people: dict[str, Person], timeline: Timeline) -> None:
    """Draft, edit and sign the reports, each on its day."""
    clerk, chairman = people["vanphong"], people["chutich"]

    def draft(period: str, day: date) -> None:
        draft_report(agency=agency, period=period, by=clerk, at=moment(day, 9, 20))

    def edit(period: str, day: date, proposals: str) -> None:
        report = Report.objects.get(agency=agency, period=period)
        section = report.sections.get(code="V")
        save_section(section=section, text=proposals, by=clerk, at=moment(day, 10, 20))

    def submit(period: str, day: date) -> None:
        report = Report.objects.get(agency=agency, period=period)
        submit_report(report=report, by=clerk, at=moment(day, 15, 20))

    def approve(period: str, day: date, number: str) -> None:
        report = Report.objects.get(agency=agency, period=period)
        approve_report(report=report, by=chairman, at=moment(day, 8, 20), number=number)

    for period, drafted, signed, number, proposals in _SIGNED:
        timeline.add(moment(drafted, 9, 20), partial(draft, period, drafted))
        timeline.add(moment(drafted, 10, 20), partial(edit, period, drafted, proposals))
        timeline.add(moment(drafted, 15, 20), partial(submit, period, drafted))
        timeline.add(moment(signed, 8, 20), partial(approve, period, signed, number))
    period, drafted = _OPEN
    timeline.add(moment(drafted, 9, 20), partial(draft, period, drafted))
