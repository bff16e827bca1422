"""Work on tasks: tell progress, hand in with its proof, accept, send back, stop, speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from motcua.audit.actions import record
from motcua.audit.rules import Actor
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.files.actions import attach
from motcua.files.models import Attachment
from motcua.notify.actions import tell
from motcua.org.models import Person
from motcua.org.permissions import check_may
from motcua.planning.actions.confirming import ReasonMissing, TextMissing
from motcua.planning.models import ProgressNote, Task
from motcua.planning.permissions import check_lock, check_task_step, day_of
from motcua.planning.rules import TaskStatus


class ProofMissing(Refused):
    """A task with a product is handed in with the product itself."""

    code = "proof_missing"
    message = _(
        "Nhiệm vụ này phải có sản phẩm “%(product)s”. Hãy đính kèm tệp hoặc ghi số, ngày văn bản."
    )
    status = 422


class PercentOutside(Refused):
    """Progress is told in whole percent, 0 to 100."""

    code = "percent_outside"
    message = _("Tiến độ là một số từ 0 đến 100.")
    status = 422


#: The same words within this time are the same form, sent twice.
TWICE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came with a form."""

    name: str
    content: bytes


def lock_task(task: Task) -> Task:
    """The task's row, locked for this transaction."""
    rows = Task.objects.select_for_update(of=("self",))
    return rows.select_related("agency", "lead_person", "lead_post").get(pk=task.pk)


def leave_note(
    task: Task, step: str, by: Person, at: datetime, text: str, percent: int | None = None
) -> ProgressNote:
    """One line in the task's own history."""
    return ProgressNote.objects.create(
        task=task,
        at=at,
        by=by,
        step=step,
        percent=task.percent if percent is None else percent,
        text=text.strip(),
    )


def trace(task: Task, action: str, by: Actor, at: datetime, **data: object) -> None:
    """The task's entry in the chain."""
    record(
        chain=task.agency.code,
        action=f"planning.{action}",
        obj=task,
        by=by,
        at=at,
        data={"code": task.code, "status": str(task.status), "percent": task.percent, **data},
        label=f"{task.code} {task.text}",
    )


def _keep(task: Task, kind: str, files: Sequence[Upload], by: Actor, at: datetime) -> None:
    for upload in files:
        attach(
            chain=task.agency.code,
            to=task,
            kind=kind,
            name=upload.name,
            content=upload.content,
            by=by,
            at=at,
        )


@transaction.atomic
def take_on_task(*, task: Task, by: Person, at: datetime) -> Task:
    """Say that the work has begun. Taking on twice what one has just taken on changes nothing."""
    locked = lock_task(task)
    if took_just_now(locked, "take_on_task", by, at):
        return locked
    actor = check_task_step(locked, "take_on_task", by, at)
    locked.status = TaskStatus.IN_PROGRESS
    save_task(locked, at)
    leave_note(locked, "take_on_task", by, at, "")
    trace(locked, "take_on_task", actor, at)
    return locked


def took_just_now(task: Task, step: str, by: Person, at: datetime) -> bool:
    """Whether a step is the last that was taken, by the same person a moment ago: sent twice."""
    last = task.notes.order_by("-at", "-pk").first()
    return last is not None and last.step == step and last.by_id == by.pk and last.at > at - TWICE


@transaction.atomic
def report_progress(
    *,
    task: Task,
    percent: int,
    text: str,
    by: Person,
    at: datetime,
    files: Sequence[Upload] = (),
    lock: int | None = None,
) -> Task:
    """Tell how far a task is (0-100 %), with files as evidence."""
    locked = lock_task(task)
    actor = check_task_step(locked, "report_progress", by, at)
    check_lock(locked, lock, last_hand(locked))
    if not 0 <= percent <= 100:
        raise PercentOutside
    locked.status, locked.percent = TaskStatus.IN_PROGRESS, percent
    save_task(locked, at)
    leave_note(locked, "report_progress", by, at, text)
    _keep(locked, "evidence", files, actor, at)
    trace(locked, "report_progress", actor, at, text=text.strip()[:500])
    return locked


def save_task(task: Task, at: datetime) -> None:
    """Save a changed row: the next form must have seen this state."""
    task.changed_at, task.lock = at, task.lock + 1
    task.save()


def last_hand(task: Task) -> str:
    """Who changed the task last, for the refusal of a stale form."""
    note = task.notes.select_related("by").order_by("-at", "-pk").first()
    return note.by.full_name if note and note.by else "—"


@transaction.atomic
def submit_task(
    *,
    task: Task,
    text: str,
    by: Person,
    at: datetime,
    files: Sequence[Upload] = (),
    lock: int | None = None,
) -> Task:
    """Hand a task in. One with a product needs a file, or words that name the product.

    Raises :class:`ProofMissing`.
    """
    locked = lock_task(task)
    actor = check_task_step(locked, "submit_task", by, at)
    check_lock(locked, lock, last_hand(locked))
    proven = bool(files) or bool(text.strip()) or Attachment.objects.of(locked).exists()
    if locked.product and not proven:
        raise ProofMissing(product=locked.product)
    locked.status, locked.percent = TaskStatus.SUBMITTED, 100
    save_task(locked, at)
    leave_note(locked, "submit_task", by, at, text)
    _keep(locked, "product", files, actor, at)
    trace(locked, "submit_task", actor, at, text=text.strip()[:500])
    return locked


@transaction.atomic
def accept_task(*, task: Task, by: Person, at: datetime, text: str = "") -> Task:
    """Confirm that a task is done; the day it was handed in counts, not this one.

    Accepting twice what one has just accepted changes nothing.
    """
    locked = lock_task(task)
    if took_just_now(locked, "accept_task", by, at):
        return locked
    actor = check_task_step(locked, "accept_task", by, at)
    handed = locked.notes.filter(step="submit_task").order_by("-at").first()
    locked.status = TaskStatus.DONE
    locked.done_on = day_of(handed.at) if handed else day_of(at)
    save_task(locked, at)
    leave_note(locked, "accept_task", by, at, text)
    _roll_up(locked, at)
    trace(locked, "accept_task", actor, at, done_on=locked.done_on.isoformat())
    return locked


def _roll_up(task: Task, at: datetime) -> None:
    """A series is as far as the share of its instances that are done."""
    if task.series_id is None:
        return
    series = Task.objects.select_for_update().get(pk=task.series_id)
    states = list(
        series.instances.exclude(status=TaskStatus.CANCELLED).values_list("status", flat=True)
    )
    done = sum(state == TaskStatus.DONE for state in states)
    series.percent = 100 * done // len(states) if states else 0
    if done == len(states) and states:
        series.status, series.done_on = TaskStatus.DONE, task.done_on
    else:
        series.status, series.done_on = TaskStatus.IN_PROGRESS, None
    series.changed_at = at
    series.save()


@transaction.atomic
def return_task(*, task: Task, reason: str, by: Person, at: datetime) -> Task:
    """Send a handed-in task back, with what is missing."""
    locked = lock_task(task)
    actor = check_task_step(locked, "return_task", by, at)
    if not reason.strip():
        raise ReasonMissing
    locked.status, locked.percent = TaskStatus.IN_PROGRESS, 90
    save_task(locked, at)
    note = leave_note(locked, "return_task", by, at, reason)
    tell_lead(locked, "returned", note.pk, _("Việc cần làm tiếp"), reason, at)
    trace(locked, "return_task", actor, at, reason=reason.strip()[:500])
    return locked


def tell_lead(task: Task, kind: str, key: int, subject: str, body: str, at: datetime) -> None:
    """One message to who leads the task, once per ``kind`` and ``key``."""
    tell(
        account_id=task.lead_person.account_id if task.lead_person else None,
        kind=f"planning.{kind}",
        dedupe=f"planning.{kind}:{task.pk}:{key}",
        subject=f"{subject}: {task.code}",
        body=f"{task.text}\n\n{body}",
        url=f"/tasks/{task.pk}/",
        at=at,
    )


@transaction.atomic
def reopen_task(*, task: Task, reason: str, by: Person, at: datetime) -> Task:
    """Open a done task again, with a reason."""
    locked = lock_task(task)
    actor = check_task_step(locked, "reopen_task", by, at)
    if not reason.strip():
        raise ReasonMissing
    locked.status, locked.done_on, locked.percent = TaskStatus.IN_PROGRESS, None, 90
    save_task(locked, at)
    leave_note(locked, "reopen_task", by, at, reason)
    _roll_up(locked, at)
    trace(locked, "reopen_task", actor, at, reason=reason.strip()[:500])
    return locked


@transaction.atomic
def cancel_task(*, task: Task, reason: str, by: Person, at: datetime) -> Task:
    """Stop a task, with a reason; it stays on record."""
    locked = lock_task(task)
    actor = check_task_step(locked, "cancel_task", by, at)
    if not reason.strip():
        raise ReasonMissing
    locked.status, locked.closed_note = TaskStatus.CANCELLED, reason.strip()[:500]
    save_task(locked, at)
    leave_note(locked, "cancel_task", by, at, reason)
    _roll_up(locked, at)
    trace(locked, "cancel_task", actor, at, reason=locked.closed_note)
    return locked


@transaction.atomic
def comment_task(
    *, task: Task, text: str, by: Person, at: datetime, files: Sequence[Upload] = ()
) -> ProgressNote:
    """Ask or answer on a task; its lead is told. Whoever sees the task may speak.

    Files alone speak by their names. The same words sent twice in a minute are said once.
    """
    locked = lock_task(task)
    actor = check_may(by, "planning.view", locked.agency, day_of(at))
    text = text.strip() or ", ".join(file.name for file in files)
    if not text:
        raise TextMissing
    same = locked.notes.filter(step="comment_task", by=by, text=text, at__gt=at - TWICE)
    if (said := same.first()) is not None:
        return said
    note = leave_note(locked, "comment_task", by, at, text)
    _keep(locked, "evidence", files, actor, at)
    if locked.lead_person != by:
        tell_lead(locked, "comment", note.pk, _("Có ý kiến về nhiệm vụ"), text, at)
    trace(locked, "comment_task", actor, at, text=text[:500])
    return note
