"""Give tasks: new ones, and open ones to somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import fold
from motcua.org.models import Agency, Person, Post
from motcua.org.permissions import check_may
from motcua.org.queries import holder, holders
from motcua.planning.actions.confirming import TextMissing
from motcua.planning.actions.tasks import (
    last_hand,
    leave_note,
    lock_task,
    save_task,
    tell_lead,
    trace,
)
from motcua.planning.models import Assignee, SteeringDocument, Task
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


class DueBeforeStart(Refused):
    """A deadline before the work begins."""

    code = "due_before_start"
    message = _("Hạn %(due)s đứng trước ngày bắt đầu %(start)s. Hãy chọn ngày khác.")
    status = 422


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
    tell_lead(task, "assigned", 0, _("Việc mới"), _("Hạn: %s") % due_on.strftime("%d/%m/%Y"), at)
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

    Giving it to whom it belongs already, with the same helpers, changes nothing.
    Raises :class:`AssigneeLeft`, :class:`PostVacant`.
    """
    locked = lock_task(task)
    actor = check_task_step(locked, "cancel_task", by, at)  # same states, same permission
    on = day_of(at)
    chosen = person or holder(lead, on)
    if chosen is None:
        raise PostVacant(post=lead.name)
    if not Person.objects.serving(locked.agency, on).filter(pk=chosen.pk).exists():
        raise AssigneeLeft(name=chosen.full_name)
    before = str(locked.lead_person or locked.lead_post or "—")
    helping = [a.post for a in locked.assignees.filter(leads=False).select_related("post")]
    if helpers is None:
        helpers = helping
    if (locked.lead_post, locked.lead_person) == (lead, chosen) and set(helpers) == set(helping):
        return locked
    check_lock(locked, lock, last_hand(locked))
    locked.lead_post, locked.lead_person = lead, chosen
    save_task(locked, at)
    _assign_people(locked, lead, helpers, on)
    note = leave_note(locked, "reassign_task", by, at, reason)
    tell_lead(locked, "assigned", note.pk, _("Việc mới"), reason, at)
    trace(locked, "reassign_task", actor, at, before=before, after=chosen.full_name)
    return locked
