"""What a dossier's page tells: its history, its time left, the way to its promise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from motcua.audit.words import action_word
from motcua.core.workcalendar import national_calendar
from motcua.dossiers.models import NO_DEADLINE, Dossier, DossierStep
from motcua.dossiers.rules import CLOSED, PAUSED, RUNNING, DossierStatus
from motcua.procedures.rules.said import Said
from motcua.ui.elements import Event, State, TimeLeft
from motcua.ui.formats import vn_date

#: So much working time before a deadline it is due soon, in minutes.
SOON = 8 * 60

#: After so many days somebody should call the person.
LONG_WAIT = 3

_TONES = {"sign": "done", "settle": "done", "hand_over": "done", "refuse": "late", "stop": "late"}


def history_of(dossier: Dossier) -> list[Event]:
    """Who did what, newest first."""
    rows = dossier.events.select_related("by").order_by("-id")[:200]
    return [
        Event(
            at=row.at,
            text=action_word(f"dossiers.{row.step}"),
            who=row.by.full_name if row.by else "",
            note=row.note,
            tone=_TONES.get(row.step, ""),
        )
        for row in rows
    ]


def time_of(dossier: Dossier, due: datetime | None, now: datetime) -> TimeLeft:
    """How a deadline of a dossier stands, in working time."""
    day = timezone.localtime(due).date() if due else None
    if dossier.settled_at is not None:
        late = due is not None and dossier.settled_at > due
        return TimeLeft("done_late" if late else "done", _ended(late=late), day)
    if dossier.status in PAUSED or dossier.status == DossierStatus.INCOMPLETE:
        return TimeLeft("none", gettext("tạm dừng tính thời gian"), day)
    if due is None or dossier.status in CLOSED:
        return TimeLeft("none", gettext("không có hạn") if due is None else "–", day)
    return _left(due, now)


def time_of_turn(turn: DossierStep, now: datetime) -> TimeLeft:
    """How another agency's turn stands, in working time."""
    if turn.ended_at is not None:
        late = turn.due_at is not None and turn.ended_at > turn.due_at
        day = timezone.localtime(turn.due_at).date() if turn.due_at else None
        return TimeLeft("done_late" if late else "done", _ended(late=late), day)
    assert turn.due_at is not None  # no dossier is sent out without a day
    return _left(turn.due_at, now)


def deadlines_of(dossier: Dossier, now: datetime) -> list[TimeLeft]:
    """What a list shows of a dossier's time: the deadline that orders it first, then its own.

    One that came from afar waits for its answer, one that is paused for the person; a running one
    has its step's deadline, where that is nearer, and the promised one.
    """
    if dossier.status == DossierStatus.SUBMITTED:
        return [_named(gettext("trả lời"), dossier.order_at, now)]
    if dossier.status in PAUSED or dossier.status == DossierStatus.INCOMPLETE:
        if dossier.order_at.year == NO_DEADLINE.year:
            return [time_of(dossier, None, now)]
        until = vn_date(timezone.localtime(dossier.order_at).date())
        return [TimeLeft("none", gettext("chờ đến %(day)s") % {"day": until})]
    whole = time_of(dossier, dossier.due_at, now)
    if dossier.status == DossierStatus.SETTLED:
        return [whole, waiting_since(dossier, now)]
    step, due = dossier.step_due_at, dossier.due_at
    if dossier.status not in RUNNING or step is None or (due is not None and step >= due):
        return [whole]
    first = _named(gettext("bước"), step, now)
    return [first, replace(whole, phrase=f"{gettext('hồ sơ')}: {whole.phrase}")]


def _named(what: str, due: datetime, now: datetime) -> TimeLeft:
    """A deadline that runs, after the word for what it is of."""
    left = _left(due, now)
    return replace(left, phrase=f"{what}: {left.phrase}")


def _left(due: datetime, now: datetime) -> TimeLeft:
    left = national_calendar().left(now, due)
    state: State = "late" if left.late else "soon" if left.minutes <= SOON else "in_time"
    return TimeLeft(state, left.sentence(gettext(left.message)), timezone.localtime(due).date())


def waiting_since(dossier: Dossier, now: datetime) -> TimeLeft:
    """How long a result has waited for whom it is, in days of the calendar."""
    assert dossier.settled_at is not None  # it is ready
    days = (timezone.localtime(now).date() - timezone.localtime(dossier.settled_at).date()).days
    if days < 1:
        return TimeLeft("none", gettext("có kết quả hôm nay"))
    words = ngettext("chờ trả %(n)s ngày", "chờ trả %(n)s ngày", days) % {"n": days}
    return TimeLeft("soon" if days >= LONG_WAIT else "none", words)


def _ended(*, late: bool) -> str:
    return gettext("xong, trễ hạn") if late else gettext("xong đúng hạn")


def said_of(rows: list[dict[str, Any]], translate: Callable[[str], str] = gettext) -> list[str]:
    """The sentences of a promise, in the person's language unless told otherwise."""
    return [_said(row).render(translate) for row in rows]


def _said(row: Mapping[str, Any]) -> Said:
    params = {
        name: _said(value) if isinstance(value, Mapping) else value
        for name, value in row["params"].items()
    }
    return Said(row["message"], params)
