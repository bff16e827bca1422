"""The life of a periodic report in a table."""

from __future__ import annotations

from typing import Final

from motcua.core.errors import mark as _
from motcua.core.periods import PeriodKind
from motcua.core.workflow import Status, Step, Workflow


class ReportStatus(Status):
    """A periodic report."""

    DRAFT = "draft", _("Đang soạn")
    SUBMITTED = "submitted", _("Chờ duyệt")
    APPROVED = "approved", _("Đã duyệt")
    SUPERSEDED = "superseded", _("Đã thay bằng bản đính chính")


R = ReportStatus

REPORT_STEPS: Final = Workflow(
    Step("draft_report", set(), R.DRAFT, needs="reports.draft", label=_("Lập báo cáo")),
    Step("save_section", {R.DRAFT}, None, needs="reports.draft", label=_("Lưu mục")),
    Step("redraft", {R.DRAFT}, None, needs="reports.draft", label=_("Lấy lại số liệu")),
    Step("submit_report", {R.DRAFT}, R.SUBMITTED, needs="reports.draft", label=_("Trình duyệt")),
    Step("return_report", {R.SUBMITTED}, R.DRAFT, needs="reports.approve", label=_("Trả lại")),
    Step(
        "approve_report", {R.SUBMITTED}, R.APPROVED, needs="reports.approve", label=_("Phê duyệt")
    ),
    Step("set_urgency", {R.DRAFT, R.SUBMITTED}, None, needs="reports.draft", label=_("Độ khẩn")),
    Step("correct_report", {R.APPROVED}, None, needs="reports.draft", label=_("Đính chính")),
    Step(
        "supersede_report",
        {R.APPROVED},
        R.SUPERSEDED,
        needs="reports.approve",
        label=_("Thay bằng bản đính chính"),
    ),
)

FROZEN: Final = frozenset({R.APPROVED, R.SUPERSEDED})


class Urgency(Status):
    """How fast a document travels (Decree 30/2020, Annex I, box 10b)."""

    NONE = "", _("Thường")
    URGENT = "urgent", _("Khẩn")
    VERY_URGENT = "very_urgent", _("Thượng khẩn")
    EXPRESS = "express", _("Hỏa tốc")


#: The kinds of periods on which a commune reports.
REPORTED: Final = frozenset(
    {PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.NINE_MONTHS, PeriodKind.YEAR}
)
