"""Stop the clock and start it again: supplements, financial duties; apologise with a new date."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from motcua.audit.rules import SYSTEM, Actor
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.dossiers.actions.common import (
    calendar_of,
    end_step,
    iso,
    keep,
    locked,
    out_of_hands,
    plan_steps,
    running_pause,
    set_due,
    take,
    with_reason,
)
from motcua.dossiers.actions.slips import give_slip
from motcua.dossiers.models import Dossier, Pause, PauseKind, Redating
from motcua.dossiers.permissions import day_of
from motcua.dossiers.rules import STEPS, SlipKind
from motcua.dossiers.rules.clock import Due, due_after_pause, due_after_supplement
from motcua.org.models import Person
from motcua.procedures.rules.parts import Channel
from motcua.procedures.rules.said import Said


class NotExpired(Refused):
    """A request for supplements holds until its day."""

    code = "not_expired"
    message = _("Người nộp còn thời gian bổ sung đến %(until)s.")


class NoPromise(Refused):
    """Without a promised date there is none to move."""

    code = "no_promise"
    message = _("Hồ sơ này không có ngày hẹn nên không cần hẹn lại.")


class ApologyTooLate(Refused):
    """The person hears of a delay before the promised day, not on it."""

    code = "apology_too_late"
    message = _("Phải xin lỗi và hẹn lại trước ngày hẹn ít nhất %(days)s ngày (%(due)s).")


class RedatedOften(Refused):
    """One new date, not a chain of them."""

    code = "redated_often"
    message = _("Hồ sơ đã được hẹn lại %(count)s lần, là số lần cho phép. Hãy giải quyết ngay.")


class NotLater(Refused):
    """A new date lies after the old one."""

    code = "not_later"
    message = _("Ngày hẹn mới phải sau ngày hẹn cũ.")
    status = 422


@transaction.atomic
def ask_supplement(
    *, dossier: Dossier, text: str, by: Person, at: datetime, lock: int | None = None
) -> Dossier:
    """Ask once, in writing, for all that is missing; the clock stops.

    (Decree 61/2018/NĐ-CP, arts. 17 and 19)
    """
    row, actor = take(dossier, "ask_supplement", by, at, lock)
    days = row.rule_set.supplement_days
    until = calendar_of(row.agency).add_calendar_days(at, days).at if days else None
    _pause(row, PauseKind.SUPPLEMENT, with_reason(text), by, at, until)
    row.supplements += 1
    give_slip(row, SlipKind.SUPPLEMENT, by, at, reason=text)
    return keep(row, "ask_supplement", by, actor, at, text)


def _pause(
    row: Dossier, kind: PauseKind, text: str, by: Person, at: datetime, until: datetime | None
) -> None:
    Pause.objects.create(
        dossier=row,
        kind=kind,
        asked_at=at,
        asked_by=by,
        text=text,
        until=until,
        due_before=row.due_at,
    )


@transaction.atomic
def supply(
    *, dossier: Dossier, text: str, by: Person, at: datetime, lock: int | None = None
) -> Dossier:
    """What was asked for has come: the promise is made anew, or moved on, as the rules say."""
    row, actor = take(dossier, "supply", by, at, lock)
    pause = running_pause(row)
    due = due_after_supplement(
        row.version.content.limit_for(Channel(row.channel)),
        due=row.due_at,
        asked=pause.asked_at,
        supplied=at,
        after=row.rule_set.supplement,
        calendar=calendar_of(row.agency),
    )
    _resume(row, pause, due, text, at)
    return keep(row, "supply", by, actor, at, text)


def _resume(row: Dossier, pause: Pause, due: Due, answer: str, at: datetime) -> None:
    set_due(row, due)
    plan_steps(row, at)
    pause.ended_at, pause.answer, pause.due_after = at, answer.strip(), row.due_at
    pause.save()


@transaction.atomic
def expire(*, dossier: Dossier, by: Person, at: datetime, lock: int | None = None) -> Dossier:
    """Close a dossier whose supplements did not come in time. Raises :class:`NotExpired`."""
    row, actor = take(dossier, "expire", by, at, lock)
    pause = running_pause(row)
    if pause.until is None or at <= pause.until:
        raise NotExpired(until=f"{pause.until:%d/%m/%Y}" if pause.until else "–")
    return _expired(row, pause, by, actor, at)


def _expired(row: Dossier, pause: Pause, by: Person | None, actor: Actor, at: datetime) -> Dossier:
    pause.ended_at = at
    pause.save(update_fields=["ended_at"])
    row.closed_reason = f"Quá hạn bổ sung: {pause.text}"[:1000]
    end_step(row, at)
    out_of_hands(row)
    return keep(row, "expire", by, actor, at, row.closed_reason)


def expire_unanswered(*, at: datetime) -> int:
    """Close all dossiers whose supplements did not come by their day; how many. By the worker, each
    in a transaction of its own."""
    late = Pause.objects.filter(kind=PauseKind.SUPPLEMENT, ended_at__isnull=True, until__lt=at)
    keys = list(late.filter(dossier__outside_owner="").values_list("dossier", flat=True))
    return sum(_expire_by_itself(key, at) for key in keys)


@transaction.atomic
def _expire_by_itself(key: int, at: datetime) -> bool:
    """Whether it was still unanswered."""
    row = locked(key)
    asked = row.pauses.filter(kind=PauseKind.SUPPLEMENT, ended_at__isnull=True)
    pause = asked.filter(until__lt=at).first()
    if pause is None:
        return False
    row.status = STEPS.check("expire", row.status)
    _expired(row, pause, None, SYSTEM, at)
    return True


@transaction.atomic
def ask_payment(
    *, dossier: Dossier, text: str, by: Person, at: datetime, lock: int | None = None
) -> Dossier:
    """Wait for a tax or fee duty that the sector's law puts before the result; the clock stops."""
    row, actor = take(dossier, "ask_payment", by, at, lock)
    _pause(row, PauseKind.PAYMENT, with_reason(text), by, at, None)
    return keep(row, "ask_payment", by, actor, at, text)


@transaction.atomic
def confirm_payment(
    *, dossier: Dossier, text: str, by: Person, at: datetime, lock: int | None = None
) -> Dossier:
    """The duty is done: the promise moves on by the working time that was waited."""
    row, actor = take(dossier, "confirm_payment", by, at, lock)
    pause = running_pause(row)
    due = due_after_pause(row.due_at, pause.asked_at, at, calendar_of(row.agency))
    _resume(row, pause, due, text, at)
    return keep(row, "confirm_payment", by, actor, at, text)


@transaction.atomic
def apologise(
    *,
    dossier: Dossier,
    reason: str,
    due_at: datetime,
    by: Person,
    at: datetime,
    lock: int | None = None,
) -> Dossier:
    """Apologise before the promised day and name one new date, as often as the rules allow.

    (Decree 61/2018/NĐ-CP, art. 19; Circular 03/2025/TT-VPCP, form 04)
    """
    row, actor = take(dossier, "apologise", by, at, lock)
    reason, rules = with_reason(reason), row.rule_set
    if row.due_at is None:
        raise NoPromise
    if row.redatings >= rules.redatings:
        raise RedatedOften(count=row.redatings)
    if day_of(at) > day_of(row.due_at) - timedelta(days=rules.apology_days_before):
        raise ApologyTooLate(days=rules.apology_days_before, due=f"{day_of(row.due_at):%d/%m/%Y}")
    if due_at <= row.due_at:
        raise NotLater
    Redating.objects.create(
        dossier=row, at=at, by=by, reason=reason, due_before=row.due_at, due_after=due_at
    )
    before = row.due_at
    set_due(row, promised_anew(before, due_at, reason))
    row.redatings += 1
    plan_steps(row, at)
    give_slip(row, SlipKind.APOLOGY, by, at, reason=reason, before=iso(before))
    return keep(row, "apologise", by, actor, at, reason, before=iso(before))


def promised_anew(before: datetime, due_at: datetime, reason: str) -> Due:
    """The one new date, and why."""
    words = {"from": f"{day_of(before):%d/%m/%Y}", "to": f"{day_of(due_at):%d/%m/%Y}"}
    why = Said(_("Hẹn lại từ %(from)s sang %(to)s: %(reason)s."), {**words, "reason": reason})
    return Due(due_at, (why,))
