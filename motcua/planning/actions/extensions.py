"""More time for a task: asked with a reason, decided by who may."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.notify.actions import tell
from motcua.org.models import Person
from motcua.planning.actions.confirming import ReasonMissing
from motcua.planning.actions.tasks import leave_note, lock_task, trace
from motcua.planning.models import Extension, Task
from motcua.planning.permissions import check_ask_extension, check_extension_step
from motcua.planning.rules import ExtensionStatus


class ExtensionPending(Refused):
    """One request at a time."""

    code = "extension_pending"
    message = _("Đã có đề nghị gia hạn đang chờ quyết định cho nhiệm vụ này.")


class NotLater(Refused):
    """More time means a later day."""

    code = "not_later"
    message = _("Hạn mới phải sau hạn hiện tại (%(due)s).")
    status = 422


@transaction.atomic
def ask_extension(
    *, task: Task, new_due_on: date, reason: str, by: Person, at: datetime
) -> Extension:
    """Ask for a later deadline. Raises :class:`NotLater`, :class:`ExtensionPending`."""
    locked = lock_task(task)
    actor = check_ask_extension(locked, by, at)
    if not reason.strip():
        raise ReasonMissing
    if locked.due_on is not None and new_due_on <= locked.due_on:
        raise NotLater(due=locked.due_on.strftime("%d/%m/%Y"))
    if locked.extensions.filter(status=ExtensionStatus.ASKED).exists():
        raise ExtensionPending
    extension = Extension.objects.create(
        task=locked,
        asked_by=by,
        asked_at=at,
        reason=reason.strip()[:500],
        old_due_on=locked.due_on,
        new_due_on=new_due_on,
    )
    leave_note(locked, "ask_extension", by, at, reason)
    trace(locked, "ask_extension", actor, at, new_due_on=new_due_on.isoformat())
    return extension


@transaction.atomic
def decide_extension(
    *, extension: Extension, grant: bool, by: Person, at: datetime, note: str = ""
) -> Extension:
    """Grant or refuse. Granted, the task's deadline moves; a refusal needs its reason."""
    task = lock_task(extension.task)
    locked = Extension.objects.select_for_update().get(pk=extension.pk)
    locked.task = task
    step = "grant_extension" if grant else "refuse_extension"
    actor = check_extension_step(locked, step, by, at)
    if not grant and not note.strip():
        raise ReasonMissing
    locked.status = ExtensionStatus.GRANTED if grant else ExtensionStatus.REFUSED
    locked.decided_by, locked.decided_at, locked.decision_note = by, at, note.strip()[:500]
    locked.save()
    if grant:
        task.due_on = locked.new_due_on
        task.changed_at, task.lock = at, task.lock + 1
        task.save()
    leave_note(task, step, by, at, note)
    answer = _("Đồng ý gia hạn") if grant else _("Không đồng ý gia hạn")
    tell(
        account_id=locked.asked_by.account_id,
        kind="planning.extension",
        dedupe=f"planning.extension:{locked.pk}",
        subject=f"{answer}: {task.code}",
        body=f"{task.text}\n\n{note}",
        url=f"/tasks/{task.pk}/",
        at=at,
    )
    trace(task, step, actor, at, new_due_on=locked.new_due_on.isoformat())
    return locked
