"""The plan's life in tables: versions, items, tasks, extensions; what is late; what adds up."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from motcua.core.errors import mark as _
from motcua.core.workflow import Status, Step, Workflow


class VersionStatus(Status):
    """A dated version of a plan."""

    DRAFT = "draft", _("Đang soát")
    SUBMITTED = "submitted", _("Chờ duyệt")
    IN_FORCE = "in_force", _("Đang thực hiện")
    SUPERSEDED = "superseded", _("Đã thay bằng bản mới")
    DISCARDED = "discarded", _("Đã bỏ")


V = VersionStatus

VERSION_STEPS: Final = Workflow(
    Step("import_plan", set(), V.DRAFT, needs="planning.import", label=_("Nhập kế hoạch")),
    Step("amend_plan", set(), V.DRAFT, needs="planning.import", label=_("Sửa đổi kế hoạch")),
    Step("submit_plan", {V.DRAFT}, V.SUBMITTED, needs="planning.confirm", label=_("Trình duyệt")),
    Step("return_plan", {V.SUBMITTED}, V.DRAFT, needs="planning.approve", label=_("Trả lại")),
    Step("approve_plan", {V.SUBMITTED}, V.IN_FORCE, needs="planning.approve", label=_("Phê duyệt")),
    Step(
        "supersede_plan",
        {V.IN_FORCE},
        V.SUPERSEDED,
        needs="planning.approve",
        label=_("Thay bằng bản mới"),
    ),
    Step("discard_plan", {V.DRAFT}, V.DISCARDED, needs="planning.confirm", label=_("Bỏ bản này")),
)


class ItemKind(Status):
    """What a sentence of the plan is."""

    PURPOSE = "purpose", _("Mục đích")
    REQUIREMENT = "requirement", _("Yêu cầu")
    TARGET = "target", _("Chỉ tiêu")
    TASK = "task", _("Nhiệm vụ")
    DUTY = "duty", _("Trách nhiệm")


class ItemState(Status):
    """What the person who confirms said of an item."""

    PROPOSED = "proposed", _("Chưa xác nhận")
    CONFIRMED = "confirmed", _("Đã xác nhận")
    DROPPED = "dropped", _("Đã bỏ")


class WarningState(Status):
    """What was done about a warning of the reader."""

    OPEN = "open", _("Chưa xem")
    ACCEPTED = "accepted", _("Đã chấp nhận")
    MENDED = "mended", _("Đã sửa")


WARNINGS: Final[dict[str, str]] = {
    "annex_missing": _("Thiếu phụ lục"),
    "year_chosen": _("Năm được chọn khác văn bản"),
    "year_mismatch": _("Năm không khớp"),
    "repeated_text": _("Câu lặp lại"),
    "outdated_term": _("Cách gọi cũ"),
    "spelling": _("Lỗi gõ"),
    "no_deadline": _("Không nêu thời hạn"),
    "target_not_measurable": _("Chỉ tiêu không đo được"),
    "authority_unknown": _("Văn bản dẫn thiếu số, ngày"),
}
"""The kinds of warnings, the heaviest first."""


class TaskStatus(Status):
    """A task of the plan or of a steering document."""

    ASSIGNED = "assigned", _("Đã giao")
    IN_PROGRESS = "in_progress", _("Đang làm")
    SUBMITTED = "submitted", _("Chờ xác nhận")
    DONE = "done", _("Đã xong")
    CANCELLED = "cancelled", _("Đã dừng")


T = TaskStatus
OPEN_TASKS: Final = frozenset({T.ASSIGNED, T.IN_PROGRESS, T.SUBMITTED})

TASK_STEPS: Final = Workflow(
    Step("assign_task", set(), T.ASSIGNED, needs="planning.assign", label=_("Giao nhiệm vụ")),
    Step(
        "take_on_task",
        {T.ASSIGNED},
        T.IN_PROGRESS,
        needs="planning.progress",
        label=_("Nhận việc"),
    ),
    Step(
        "report_progress",
        {T.ASSIGNED, T.IN_PROGRESS},
        T.IN_PROGRESS,
        needs="planning.progress",
        label=_("Cập nhật tiến độ"),
    ),
    Step(
        "submit_task",
        {T.ASSIGNED, T.IN_PROGRESS},
        T.SUBMITTED,
        needs="planning.progress",
        label=_("Báo hoàn thành"),
    ),
    Step("accept_task", {T.SUBMITTED}, T.DONE, needs="planning.accept", label=_("Xác nhận xong")),
    Step(
        "return_task",
        {T.SUBMITTED},
        T.IN_PROGRESS,
        needs="planning.accept",
        label=_("Yêu cầu làm tiếp"),
    ),
    Step("reopen_task", {T.DONE}, T.IN_PROGRESS, needs="planning.accept", label=_("Mở lại")),
    Step(
        "cancel_task",
        {T.ASSIGNED, T.IN_PROGRESS, T.SUBMITTED},
        T.CANCELLED,
        needs="planning.assign",
        label=_("Dừng nhiệm vụ"),
    ),
)


class ExtensionStatus(Status):
    """A request for more time."""

    ASKED = "asked", _("Chờ quyết định")
    GRANTED = "granted", _("Đã đồng ý")
    REFUSED = "refused", _("Không đồng ý")


E = ExtensionStatus

EXTENSION_STEPS: Final = Workflow(
    Step("ask_extension", set(), E.ASKED, needs="planning.progress", label=_("Xin gia hạn")),
    Step("grant_extension", {E.ASKED}, E.GRANTED, needs="planning.extend", label=_("Đồng ý")),
    Step(
        "refuse_extension", {E.ASKED}, E.REFUSED, needs="planning.extend", label=_("Không đồng ý")
    ),
)


class SteeringKind(Status):
    """A document by which superiors steer (S20)."""

    CONCLUSION = "conclusion", _("Kết luận")
    NOTICE = "notice", _("Thông báo")
    TELEGRAM = "telegram", _("Công điện")
    DIRECTIVE = "directive", _("Chỉ thị")


class Urgency(Status):
    """How a task stands against its deadline."""

    LATE = "late", _("Trễ hạn")
    SOON = "soon", _("Sắp đến hạn")
    IN_TIME = "in_time", _("Trong hạn")
    CLOSED = "closed", _("Đã khép")
    UNDATED = "undated", _("Không có hạn")


#: A task is "soon" from this many calendar days before its deadline on.
SOON_DAYS: Final = 7


def urgency(status: str, due_on: date | None, on: date) -> Urgency:
    """How a task stands on a day. A submitted task waits for another and is not late by itself."""
    if status not in OPEN_TASKS:
        return Urgency.CLOSED
    if due_on is None:
        return Urgency.UNDATED
    if due_on < on and status != T.SUBMITTED:
        return Urgency.LATE
    if (due_on - on).days <= SOON_DAYS:
        return Urgency.SOON
    return Urgency.IN_TIME


#: Who comes back to a page after so long is on a new visit.
ABSENCE: Final = timedelta(minutes=30)


def known_until(seen: datetime | None, known: datetime | None, at: datetime) -> datetime | None:
    """Up to which moment a visitor knows what happened; None on the first visit.

    ``seen`` is when the page was last looked at, ``known`` what held then. Looking again within
    :data:`ABSENCE` keeps it: a reload does not make news old.
    """
    return seen if seen is not None and at - seen >= ABSENCE else known


FIELDS: Final[dict[str, str]] = {
    "institutions": _("Cải cách thể chế"),
    "procedures": _("Cải cách thủ tục hành chính"),
    "organisation": _("Cải cách tổ chức bộ máy"),
    "civil_service": _("Cải cách chế độ công vụ"),
    "public_finance": _("Cải cách tài chính công"),
    "digital_government": _("Chính quyền điện tử, chính quyền số"),
    "steering": _("Chỉ đạo, điều hành, tuyên truyền, kiểm tra"),
    "other": _("Nội dung khác"),
}
"""The fields of reform, in the order of the plan and of the report."""

#: Recurrence of a task: what the clerk chooses from.
RECURRENCES: Final[dict[str, str]] = {
    "": _("Một lần"),
    "month": _("Hằng tháng"),
    "quarter": _("Hằng quý"),
    "half": _("6 tháng một lần"),
}


class Reading(Status):
    """How a target's value stands against its goal."""

    MET = "met", _("Đạt")
    AT_RISK = "at_risk", _("Có nguy cơ")
    MISSED = "missed", _("Chưa đạt")
    UNKNOWN = "unknown", _("Chưa có số liệu")


def meets(
    comparison: str | None, goal: Decimal | None, upper: Decimal | None, value: Decimal
) -> bool | None:
    """Does a value meet its goal? None for a qualitative target."""
    if comparison is None or goal is None:
        return None
    if comparison in {"ge", "increase_ge", "decrease_ge"}:
        return value >= goal
    if comparison == "between":
        return goal <= value <= (upper if upper is not None else goal)
    return {
        "eq": value == goal,
        "gt": value > goal,
        "le": value <= goal,
        "lt": value < goal,
    }[comparison]


def read_target(
    comparison: str | None,
    goal: Decimal | None,
    upper: Decimal | None,
    value: Decimal | None,
    *,
    margin: Decimal = Decimal("0.05"),
) -> Reading:
    """Met, at risk (within ``margin`` of the goal), missed, or unknown without a value."""
    if value is None:
        return Reading.UNKNOWN
    met = meets(comparison, goal, upper, value)
    if met is None:
        return Reading.UNKNOWN
    if met:
        return Reading.MET
    assert goal is not None
    near = goal * (1 - margin) <= value <= (upper or goal) * (1 + margin)
    return Reading.AT_RISK if near else Reading.MISSED


def on_time(done_on: date, due_on: date | None) -> bool:
    """A task without a deadline is never late."""
    return due_on is None or done_on <= due_on


def overspent(costs: Iterable[int], budget: int | None) -> int:
    """How many đồng the costs exceed the budget line by; 0 when there is none or it holds."""
    return max(0, sum(costs) - budget) if budget is not None else 0


_MONEY: Final = re.compile(
    r"(?P<amount>\d[\d.]*(?:,\d+)?)\s*(?P<unit>tỷ|tỉ|triệu|tr\b|nghìn|ngàn)?\s*(?:đồng|đ\b|vnđ)?",
    re.IGNORECASE,
)
_SCALES: Final = {
    "tỷ": 1_000_000_000,
    "tỉ": 1_000_000_000,
    "triệu": 1_000_000,
    "tr": 1_000_000,
    "nghìn": 1_000,
    "ngàn": 1_000,
}


def parse_dong(text: str) -> int | None:
    """An amount in đồng from words like "15 triệu đồng", "2.500.000 đ", "1,5 tỷ"; None if none."""
    found = _MONEY.search(unicodedata.normalize("NFC", text))
    if found is None:
        return None
    amount = Decimal(found["amount"].strip(".").replace(".", "").replace(",", "."))
    return int(amount * _SCALES.get((found["unit"] or "").lower(), 1))
