"""One digest a morning for who has something to do; escalation of what stays late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from motcua.core.errors import Refused
from motcua.core.text import date_short
from motcua.notify.actions import tell
from motcua.org.models import Agency, Grant, Person, valid_on
from motcua.planning.actions.tasks import leave_note, lock_task, tell_lead, trace
from motcua.planning.models import ProgressNote, Task
from motcua.planning.permissions import check_task_step
from motcua.planning.rules import SOON_DAYS

#: Days after the deadline at which the chairman is told, and days before at which its person is.
ESCALATE_AFTER = 3
REMIND_BEFORE = 3


class NobodyToRemind(Refused):
    """A task without a person has nobody to remind."""

    code = "nobody_to_remind"
    message = _("Nhiệm vụ này chưa có người chủ trì. Hãy giao cho một người trước khi nhắc.")


@transaction.atomic
def remind_task(*, task: Task, by: Person, at: datetime, text: str = "") -> ProgressNote:
    """Remind who leads an open task; a person does so once a day, however often it is sent.

    Raises :class:`NobodyToRemind`.
    """
    locked = lock_task(task)
    actor = check_task_step(locked, "cancel_task", by, at)  # same states, same permission
    if locked.lead_person is None:
        raise NobodyToRemind
    start = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    said = locked.notes.filter(step="remind_task", by=by, at__gte=start).first()
    if said is not None:
        return said
    note = leave_note(locked, "remind_task", by, at, text)
    tell_lead(locked, "reminder", note.pk, _("Nhắc việc"), text, at)
    trace(locked, "remind_task", actor, at, text=text.strip()[:500])
    return note


@transaction.atomic
@override(settings.LANGUAGE_CODE)  # whoever starts it, the recipient reads Vietnamese
def send_digests(*, agency: Agency, on: date, at: datetime) -> int:
    """Tell each person once a day what is due within three days or became late; returns how many.

    Running it twice on one day tells nobody twice.
    """
    sent = 0
    base = Task.objects.filter(agency=agency).followed().select_related("lead_person")
    soon = base.due_within(on, REMIND_BEFORE)
    late = base.late(on)
    per_person: dict[Person, list[Task]] = defaultdict(list)
    for task in [*late.work_order(), *soon.work_order()]:
        if task.lead_person is not None and task.lead_person.left_on is None:
            per_person[task.lead_person].append(task)
    for person, tasks in per_person.items():
        sent += _digest(person, tasks, on, at)
    sent += _escalate(agency, list(late.filter(due_on__lte=on - timedelta(ESCALATE_AFTER))), on, at)
    return sent


def _digest(person: Person, tasks: Sequence[Task], on: date, at: datetime) -> int:
    late = sum(1 for task in tasks if task.due_on and task.due_on < on)
    subject = ngettext(
        "%(n)d việc sắp đến hạn hoặc trễ hạn", "%(n)d việc sắp đến hạn hoặc trễ hạn", len(tasks)
    ) % {"n": len(tasks)}
    lines = [_line(task, on) for task in tasks]
    message = tell(
        account_id=person.account_id,
        kind="planning.digest",
        dedupe=f"planning.digest:{person.pk}:{on}",
        subject=subject,
        body="\n".join([_("Kính gửi %s,") % person.full_name, "", *lines]),
        url="/work/",
        at=at,
        email=late > 0 or any(t.due_on and (t.due_on - on).days <= SOON_DAYS for t in tasks),
    )
    return int(message is not None)


def _line(task: Task, on: date) -> str:
    assert task.due_on is not None
    days = (on - task.due_on).days
    state = _("trễ %d ngày") % days if days > 0 else _("hạn %s") % date_short(task.due_on)
    return f"- {task.code} {task.text} ({state})"


def _escalate(agency: Agency, late: Sequence[Task], on: date, at: datetime) -> int:
    crossing = [t for t in late if t.due_on and (on - t.due_on).days % 7 == ESCALATE_AFTER]
    if not crossing:
        return 0
    sent = 0
    lines = [f"{_line(t, on)} – {t.lead_person or t.lead_post or '—'}" for t in late]
    for grant in Grant.objects.filter(valid_on(on), agency=agency).select_related("role", "person"):
        if "planning.approve" not in grant.role.permissions:
            continue
        message = tell(
            account_id=grant.person.account_id,
            kind="planning.escalation",
            dedupe=f"planning.escalation:{grant.person_id}:{on}",
            subject=ngettext(
                "%(n)d nhiệm vụ trễ hạn nhiều ngày", "%(n)d nhiệm vụ trễ hạn nhiều ngày", len(late)
            )
            % {"n": len(late)},
            body="\n".join(lines),
            url="/today/",
            at=at,
        )
        sent += int(message is not None)
    return sent
