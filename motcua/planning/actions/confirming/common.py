"""What the steps on a draft share: refusals, the locked draft, its trace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F

from motcua.audit.actions import record
from motcua.audit.rules import Actor
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.org.models import Person
from motcua.planning.models import PlanVersion
from motcua.planning.permissions import check_editable, check_lock


class ReasonMissing(Refused):
    """What is dropped or returned needs a reason."""

    code = "reason_missing"
    message = _("Hãy ghi lý do, để người xem sau hiểu vì sao.")
    status = 422


class TextMissing(Refused):
    """An item without words."""

    code = "text_missing"
    message = _("Nội dung không được để trống.")
    status = 422


class DueOutside(Refused):
    """A deadline before the plan begins or a deadline after its end."""

    code = "due_outside"
    message = _(
        "Hạn %(due)s nằm ngoài thời gian của kế hoạch (%(start)s – %(end)s). Hãy chọn ngày khác."
    )
    status = 422


class SplitOutside(Refused):
    """A split at the very beginning or end leaves nothing on one side."""

    code = "split_outside"
    message = _("Hãy đặt chỗ tách ở giữa câu, để hai phần đều có chữ.")
    status = 422


class SpanOutside(Refused):
    """A passage that is not in the version's text."""

    code = "span_outside"
    message = _("Đoạn đã chọn không nằm trong văn bản. Hãy chọn lại.")
    status = 422


class MergeApart(Refused):
    """Only two neighbours of one kind become one."""

    code = "merge_apart"
    message = _("Chỉ gộp được hai mục cùng loại đứng liền nhau.")
    status = 422


class NothingToSubmit(Refused):
    """A plan without a single task is not submitted."""

    code = "nothing_to_submit"
    message = _("Kế hoạch chưa có nhiệm vụ nào. Hãy thêm ít nhất một nhiệm vụ rồi trình.")


class TasksWithoutLead(Refused):
    """Every task has one responsible post."""

    code = "tasks_without_lead"
    message = _("Còn %(count)s nhiệm vụ chưa có đơn vị chủ trì: %(codes)s. Hãy chọn rồi trình lại.")


class WarningsOpen(Refused):
    """Each warning is accepted or mended before the plan goes to the chairman."""

    code = "warnings_open"
    message = _("Còn %(count)s lưu ý chưa xem. Hãy chấp nhận hoặc sửa từng lưu ý rồi trình lại.")


def open_draft(
    version: PlanVersion, by: Person, at: datetime, lock: int | None
) -> tuple[PlanVersion, Actor]:
    locked = (
        PlanVersion.objects.select_for_update().select_related("plan__agency").get(pk=version.pk)
    )
    actor = check_editable(locked, by, at)
    check_lock(locked, lock, last_editor(locked))
    return locked, actor


def last_editor(version: PlanVersion) -> str:
    return version.made_by.full_name if version.made_by else "—"


def touch(version: PlanVersion) -> None:
    PlanVersion.objects.filter(pk=version.pk).update(lock=F("lock") + 1)


def trace(
    version: PlanVersion, action: str, obj: Any, actor: Any, at: datetime, data: Mapping[str, Any]
) -> None:
    label = getattr(obj, "text", "") or version.title
    record(
        chain=version.plan.agency.code,
        action=action,
        obj=obj,
        by=actor,
        at=at,
        data=data,
        label=label,
    )


def check_due(due: date | None, version: PlanVersion) -> None:
    if due is not None and not version.starts_on <= due <= version.ends_on:
        raise DueOutside(
            due=due.strftime("%d/%m/%Y"),
            start=version.starts_on.strftime("%d/%m/%Y"),
            end=version.ends_on.strftime("%d/%m/%Y"),
        )
