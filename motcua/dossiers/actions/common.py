"""What all actions on dossiers share: the lock, the event, the trace, the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from motcua.audit.actions import record
from motcua.audit.rules import Actor
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.workcalendar import WorkCalendar, national_calendar
from motcua.dossiers.models import NO_DEADLINE, Counter, Dossier, DossierStep, Event, Pause
from motcua.dossiers.permissions import check_dossier_step, check_lock
from motcua.dossiers.rules import PAUSED, RUNNING, STEPS, DossierStatus
from motcua.dossiers.rules.clock import Due, step_deadlines
from motcua.org.models import Agency, Person


class ReasonMissing(Refused):
    """What changes a person's right is given with its reason."""

    code = "reason_missing"
    message = _("Hãy ghi lý do: người dân sẽ đọc câu này.")
    status = 422


class NotServing(Refused):
    """A dossier is given to somebody who serves at the agency."""

    code = "not_serving"
    message = _("%(who)s không công tác tại cơ quan này vào ngày hôm nay. Hãy chọn người khác.")
    status = 422


def check_serving(dossier: Dossier, person: Person | None, at: datetime) -> None:
    """Who gets a dossier serves at its agency; None: nobody yet. Raises :class:`NotServing`."""
    if person is None:
        return
    if not Person.objects.serving(dossier.agency, at.date()).filter(pk=person.pk).exists():
        raise NotServing(who=person.full_name)


def calendar_of(_agency: Agency) -> WorkCalendar:
    """The working time of an agency: the national calendar."""
    return national_calendar()


def with_reason(text: str) -> str:
    """The trimmed reason. Raises :class:`ReasonMissing`."""
    if not text.strip():
        raise ReasonMissing
    return text.strip()


def locked(key: int) -> Dossier:
    """The dossier's row, locked for this transaction."""
    rows = Dossier.objects.select_for_update(of=("self",))
    related = ("agency", "person", "post", "version", "procedure", "applicant")
    return rows.select_related(*related).get(pk=key)


def take(
    dossier: Dossier, step: str, by: Person, at: datetime, lock: int | None = None
) -> tuple[Dossier, Actor]:
    """The dossier's row, locked, with the step checked and its new status set (not yet saved)."""
    row = locked(dossier.pk)
    check_lock(row, lock)
    actor = check_dossier_step(row, step, by, at)
    target = STEPS[step].target
    if target is not None:
        row.status = target
    return row, actor


def keep(
    dossier: Dossier,
    step: str,
    by: Person | None,
    actor: Actor,
    at: datetime,
    note: str = "",
    **data: Any,
) -> Dossier:
    """Save the row, its event and its entry in the chain; the last thing an action does."""
    dossier.order_at = next_deadline(dossier)
    dossier.lock += 1
    dossier.save()
    passed(dossier, step, by, actor, at, note, **data)
    return dossier


def passed(
    dossier: Dossier,
    step: str,
    by: Person | None,
    actor: Actor,
    at: datetime,
    note: str = "",
    **data: Any,
) -> None:
    """The event that citizens and colleagues read, and the entry that nobody can change."""
    Event.objects.create(dossier=dossier, at=at, by=by, step=step, status=dossier.status, note=note)
    record(
        chain=dossier.agency.code,
        action=f"dossiers.{step}",
        obj=dossier,
        by=actor,
        at=at,
        data=traced(dossier, note) | data,
        label=labelled(dossier),
    )


def traced(dossier: Dossier, note: str) -> dict[str, Any]:
    """What every entry keeps of a dossier."""
    return {
        "code": dossier.code,
        "status": str(dossier.status),
        "due": iso(dossier.due_at),
        "note": note,
    }


def labelled(dossier: Dossier) -> str:
    """How an entry names a dossier."""
    return f"{dossier.code or ''} {dossier.summary}".strip()


def iso(moment: datetime | None) -> str | None:
    """A moment in the installation's zone, in whichever it was read."""
    return timezone.localtime(moment).isoformat() if moment else None


def next_deadline(dossier: Dossier) -> datetime:
    """The nearest moment that somebody has to keep."""
    return nearest(dossier, _running(dossier).values_list("until", flat=True))


def nearest(dossier: Dossier, waits: Iterable[datetime | None]) -> datetime:
    """The nearest moment to keep, when the running waits end at these."""
    wanted: Iterable[datetime | None] = [dossier.due_at]
    if dossier.status in RUNNING:
        wanted = [dossier.step_due_at, dossier.due_at]
    elif dossier.status == DossierStatus.SUBMITTED:
        wanted = [dossier.order_at]  # the answer to what came from afar
    elif dossier.status in PAUSED or dossier.status == DossierStatus.INCOMPLETE:
        wanted = waits
    return min((one for one in wanted if one is not None), default=NO_DEADLINE)


def _running(dossier: Dossier) -> Any:
    return Pause.objects.filter(dossier=dossier, ended_at__isnull=True)


def running_pause(dossier: Dossier) -> Pause:
    """The wait that a paused dossier is in."""
    pause: Pause = _running(dossier).get()
    return pause


def next_number(agency: Agency, series: str, period: str) -> int:
    """The next number of a series, from 1. It is given back if the action fails, so no number is
    lost; parallel actions of one agency and series queue here."""
    if (last := _count_on(agency.pk, series, period)) is None:
        Counter.objects.bulk_create(
            [Counter(agency=agency, series=series, period=period)], ignore_conflicts=True
        )
        last = _count_on(agency.pk, series, period)
    assert last is not None
    return last


def _count_on(agency: int, series: str, period: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [agency, series, period])
        row = cursor.fetchone()
    return int(row[0]) if row else None


#: Django 5.2 has no UPDATE … RETURNING; both engines do.
_NEXT = (
    "UPDATE dossiers_counter SET last = last + 1 "
    "WHERE agency_id = %s AND series = %s AND period = %s RETURNING last"
)


def set_due(dossier: Dossier, due: Due) -> None:
    """A new promise, with the way to it."""
    dossier.due_at = due.at
    dossier.due_why = [_kept(said) for said in due.why]


def _kept(said: Any) -> dict[str, Any]:
    """A sentence as JSON, sentences within it as well."""
    params = {
        name: _kept(value) if hasattr(value, "message") else value
        for name, value in said.params.items()
    }
    return {"message": said.message, "params": params}


def plan_steps(dossier: Dossier, start: datetime) -> None:
    """Give the steps that have not ended their deadlines, from ``start`` to the promise."""
    ahead = list(dossier.steps.filter(ended_at__isnull=True, at_agency="").order_by("position"))
    elsewhere = dossier.step_due_at if dossier.away_to else None
    date_steps(dossier, ahead, start)
    dossier.step_due_at = elsewhere or dossier.step_due_at  # another agency keeps its own
    DossierStep.objects.bulk_update(ahead, ["due_at"])


def date_steps(dossier: Dossier, ahead: Sequence[DossierStep], start: datetime) -> None:
    """The deadlines of the steps that have not ended; nothing is saved."""
    ends = step_deadlines(
        start, dossier.due_at, scaled([one.share for one in ahead]), calendar_of(dossier.agency)
    )
    for step_row, end in zip(ahead, ends, strict=True):
        step_row.due_at = end
    running = next((one for one in ahead if one.started_at is not None), None)
    dossier.step_due_at = running.due_at if running else None


def scaled(shares: list[int]) -> list[int]:
    """The shares of the steps ahead, together 100 per cent."""
    whole = sum(shares) or 1
    return [share * 100 // whole for share in shares]


def begin(dossier: Dossier, step_row: DossierStep, person: Person | None, at: datetime) -> None:
    """A step begins: it is somebody's from now on."""
    take_up(dossier, step_row, person, at)
    step_row.save()


def take_up(dossier: Dossier, step_row: DossierStep, person: Person | None, at: datetime) -> None:
    """The marks of a step that begins; nothing is saved."""
    step_row.started_at, step_row.person = at, person or step_row.person
    dossier.post_id, dossier.person = step_row.post_id, step_row.person
    dossier.step_name, dossier.step_due_at = step_row.name, step_row.due_at


def running_step(dossier: Dossier) -> DossierStep | None:
    """The step that runs now."""
    return dossier.steps.filter(started_at__isnull=False, ended_at__isnull=True).first()


def end_step(dossier: Dossier, at: datetime, note: str = "") -> None:
    """The running step ends."""
    step_row = running_step(dossier)
    if step_row is not None:
        step_row.ended_at, step_row.note = at, note
        step_row.save(update_fields=["ended_at", "note"])


def next_step(dossier: Dossier) -> DossierStep | None:
    """The first step that has not begun."""
    return dossier.steps.filter(started_at__isnull=True).order_by("position").first()


def make_room(dossier: Dossier, position: int, places: int) -> None:
    """Move the steps after a position on by so many places."""
    for later in dossier.steps.filter(position__gt=position).order_by("-position"):
        later.position += places
        later.save(update_fields=["position"])


def out_of_hands(dossier: Dossier) -> None:
    """Nobody's turn any more."""
    dossier.post = dossier.person = None
    dossier.step_name, dossier.step_due_at, dossier.away_to = "", None, None
