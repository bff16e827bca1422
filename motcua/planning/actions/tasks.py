"""Work on tasks: assign, tell progress, hand in with its proof, accept, send back, stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from motcua.audit.actions import record
from motcua.audit.rules import Actor
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import fold
from motcua.files.actions import attach
from motcua.files.models import Attachment
from motcua.notify.actions import tell
from motcua.org.models import Agency, Person, Post
from motcua.org.permissions import check_may
from motcua.org.queries import holder, holders
from motcua.planning.actions.confirming import ReasonMissing, TextMissing
from motcua.planning.models import Assignee, ProgressNote, SteeringDocument, Task
from motcua.planning.permissions import check_lock, check_task_step, day_of
from motcua.planning.rules import TaskStatus


class AssigneeLeft(Refused):
    """A person who left, or does not serve at this agency, is given no work."""

    code = "assignee_left"
    message = _("%(name)s không còn công tác tại cơ quan. Hãy chọn người khác.")


class PostVacant(Refused):
    """Nobody holds the post."""

    code = "post_vacant"
    message = _(
        "Vị trí %(post)s chưa có người đảm nhiệm. Hãy chọn vị trí khác hoặc bổ nhiệm trước."
    )


class ProofMissing(Refused):
    """A task with a product is handed in with the product itself."""

    code = "proof_missing"
    message = _(
        "Nhiệm vụ này phải có sản phẩm “%(product)s”. Hãy đính kèm tệp hoặc ghi số, ngày văn bản."
    )
    status = 422


class DueBeforeStart(Refused):
    """A deadline before the work begins."""

    code = "due_before_start"
    message = _("Hạn %(due)s đứng trước ngày bắt đầu %(start)s. Hãy chọn ngày khác.")
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
    check_lock(locked, lock, _last_hand(locked))
    if not 0 <= percent <= 100:
        raise PercentOutside
    locked.status, locked.percent = TaskStatus.IN_PROGRESS, percent
    _save(locked, at)
    leave_note(locked, "report_progress", by, at, text)
    _keep(locked, "evidence", files, actor, at)
    trace(locked, "report_progress", actor, at, text=text.strip()[:500])
    return locked


def _save(task: Task, at: datetime) -> None:
    task.changed_at, task.lock = at, task.lock + 1
    task.save()


def _last_hand(task: Task) -> str:
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
    check_lock(locked, lock, _last_hand(locked))
    proven = bool(files) or bool(text.strip()) or Attachment.objects.of(locked).exists()
    if locked.product and not proven:
        raise ProofMissing(product=locked.product)
    locked.status, locked.percent = TaskStatus.SUBMITTED, 100
    _save(locked, at)
    leave_note(locked, "submit_task", by, at, text)
    _keep(locked, "product", files, actor, at)
    trace(locked, "submit_task", actor, at, text=text.strip()[:500])
    return locked


@transaction.atomic
def accept_task(*, task: Task, by: Person, at: datetime, text: str = "") -> Task:
    """Confirm that a task is done; the day it was handed in counts, not this one."""
    locked = lock_task(task)
    actor = check_task_step(locked, "accept_task", by, at)
    handed = locked.notes.filter(step="submit_task").order_by("-at").first()
    locked.status = TaskStatus.DONE
    locked.done_on = day_of(handed.at) if handed else day_of(at)
    _save(locked, at)
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
    _save(locked, at)
    note = leave_note(locked, "return_task", by, at, reason)
    _tell_lead(locked, "returned", note.pk, _("Việc cần làm tiếp"), reason, at)
    trace(locked, "return_task", actor, at, reason=reason.strip()[:500])
    return locked


def _tell_lead(task: Task, kind: str, key: int, subject: str, body: str, at: datetime) -> None:
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
    _save(locked, at)
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
    _save(locked, at)
    leave_note(locked, "cancel_task", by, at, reason)
    _roll_up(locked, at)
    trace(locked, "cancel_task", actor, at, reason=locked.closed_note)
    return locked


@transaction.atomic
def comment_task(
    *, task: Task, text: str, by: Person, at: datetime, files: Sequence[Upload] = ()
) -> ProgressNote:
    """Ask or answer on a task; its lead is told. Whoever sees the task may speak.

    The same words sent twice in a minute are said once.
    """
    locked = lock_task(task)
    actor = check_may(by, "planning.view", locked.agency, day_of(at))
    if not text.strip():
        raise TextMissing
    same = locked.notes.filter(step="comment_task", by=by, text=text.strip(), at__gt=at - TWICE)
    if (said := same.first()) is not None:
        return said
    note = leave_note(locked, "comment_task", by, at, text)
    _keep(locked, "evidence", files, actor, at)
    if locked.lead_person != by:
        _tell_lead(locked, "comment", note.pk, _("Có ý kiến về nhiệm vụ"), text, at)
    trace(locked, "comment_task", actor, at, text=text.strip()[:500])
    return note


@transaction.atomic
def assign_task(
    *,
    agency: Agency,
    text: str,
    field: str,
    lead: Post,
    due_on: date,
    by: Person,
    at: datetime,
    helpers: Sequence[Post] = (),
    product: str = "",
    steering: SteeringDocument | None = None,
) -> Task:
    """Give a task that is not in the plan: from a steering document, or on the chairman's word.

    The same words to the same post with the same deadline on one day make one task: a form sent
    twice gives it once.

    Raises :class:`PostVacant`, :class:`DueBeforeStart`, :class:`TextMissing`.
    """
    on = day_of(at)
    actor = check_may(by, "planning.assign", agency, on)
    Agency.objects.select_for_update().get(pk=agency.pk)
    if not text.strip():
        raise TextMissing
    if due_on < on:
        raise DueBeforeStart(due=due_on.strftime("%d/%m/%Y"), start=on.strftime("%d/%m/%Y"))
    person = holder(lead, on)
    if person is None:
        raise PostVacant(post=lead.name)
    given = Task.objects.filter(
        agency=agency,
        plan__isnull=True,
        steering=steering,
        text=text.strip(),
        lead_post=lead,
        due_on=due_on,
        starts_on=on,
        status=TaskStatus.ASSIGNED,
    )
    if (same := given.first()) is not None:
        return same
    number = Task.objects.filter(agency=agency, plan__isnull=True).count() + 1
    task = Task.objects.create(
        agency=agency,
        steering=steering,
        code=f"CĐ{number}" if steering else f"G{number}",
        field=field,
        text=text.strip(),
        folded=fold(text),
        lead_post=lead,
        lead_person=person,
        starts_on=on,
        due_on=due_on,
        first_due_on=due_on,
        product=product.strip()[:300],
        changed_at=at,
    )
    _assign_people(task, lead, helpers, on)
    leave_note(task, "assign_task", by, at, "")
    _tell_lead(task, "assigned", 0, _("Việc mới"), _("Hạn: %s") % due_on.strftime("%d/%m/%Y"), at)
    trace(task, "assign_task", actor, at, lead=lead.code, due_on=due_on.isoformat())
    return task


def _assign_people(task: Task, lead: Post, helpers: Sequence[Post], on: date) -> None:
    people = holders(task.agency, on)
    Assignee.objects.filter(task=task).delete()
    Assignee.objects.bulk_create(
        [
            Assignee(task=task, post=lead, person=task.lead_person, leads=True),
            *(
                Assignee(task=task, post=post, person=people.get(post.pk))
                for post in helpers
                if post != lead
            ),
        ]
    )


@transaction.atomic
def reassign_task(
    *,
    task: Task,
    lead: Post,
    by: Person,
    at: datetime,
    person: Person | None = None,
    helpers: Sequence[Post] | None = None,
    reason: str = "",
    lock: int | None = None,
) -> Task:
    """Give an open task to another post, or to a named person in it. The new lead is told.

    Raises :class:`AssigneeLeft`, :class:`PostVacant`.
    """
    locked = lock_task(task)
    actor = check_task_step(locked, "cancel_task", by, at)  # same states, same permission
    check_lock(locked, lock, _last_hand(locked))
    on = day_of(at)
    chosen = person or holder(lead, on)
    if chosen is None:
        raise PostVacant(post=lead.name)
    if not Person.objects.serving(locked.agency, on).filter(pk=chosen.pk).exists():
        raise AssigneeLeft(name=chosen.full_name)
    before = str(locked.lead_person or locked.lead_post or "—")
    if helpers is None:
        helpers = [a.post for a in locked.assignees.filter(leads=False).select_related("post")]
    locked.lead_post, locked.lead_person = lead, chosen
    _save(locked, at)
    _assign_people(locked, lead, helpers, on)
    note = leave_note(locked, "reassign_task", by, at, reason)
    _tell_lead(locked, "assigned", note.pk, _("Việc mới"), reason, at)
    trace(locked, "reassign_task", actor, at, before=before, after=chosen.full_name)
    return locked
