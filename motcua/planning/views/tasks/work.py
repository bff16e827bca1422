"""What one person has before them: my work, today, messages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.notify.actions import mark_read
from motcua.notify.models import Message
from motcua.org.models import Person
from motcua.org.work import alarms_of, other_work
from motcua.planning.actions.visits import mark_known, mark_visit
from motcua.planning.live import Prospect, prospects_of
from motcua.planning.models import Task
from motcua.planning.queries.changes import changes_since
from motcua.planning.queries.targets import RISKY, Standing, by_field, current_targets, nearest
from motcua.planning.queries.work import (
    decisions_of,
    end_of_week,
    loads_of,
    moment_of,
    work_of,
)
from motcua.planning.views.common import who
from motcua.planning.views.tasks.common import may_at_home
from motcua.ui.formats import vn_date
from motcua.ui.respond import redirect_after, respond

#: Of so many targets the end is foreseen on "Hôm nay".
FORESEEN: Final = 3


@login_required
def my_work(request: HttpRequest) -> HttpResponse:
    """What the person leads or helps with, what will be late first; decisions on top."""
    person, now, on = who(request)
    context = {
        "groups": work_of(person, on),
        "decisions": decisions_of(person, on),
        "others": other_work(person, now),
        "may_assign": may_at_home(request, "planning.assign"),
    }
    return render(request, "planning/my_work.html", context)


@login_required
def today(request: HttpRequest) -> HttpResponse:
    """The chairman's page: three numbers, decisions, who is late, targets, what changed.

    A post says that the news was read.
    """
    person, now, on = who(request)
    if request.method == "POST":
        mark_known(person=person, page="today", at=now)
        return redirect_after(request, reverse("planning:today"))
    known = mark_visit(person=person, page="today", at=now)
    since = moment_of(known, now)
    targets = current_targets(person, on)
    context = {
        **_numbers(person, on),
        "risky": sum(row.reading in RISKY for row in targets),
        "decisions": decisions_of(person, on),
        "others": other_work(person, now),
        "alarms": alarms_of(person, now),
        "foreseen": _foreseen(person, targets, on, now, wait=False),
        "loads": loads_of(person, on),
        "parts": by_field(targets),
        "changes": changes_since(person, since, on),
        "since": since,
        "first_visit": known is None,
        "may_assign": may_at_home(request, "planning.assign"),
    }
    return render(request, "planning/today.html", context)


def _foreseen(
    person: Person, rows: Sequence[Standing], on: date, now: datetime, *, wait: bool
) -> list[tuple[Standing, Prospect]] | None:
    """The targets whose end is at risk, with what saves them: of those that read the records the
    few that lie nearest to their goal, because each costs a reading. None: it takes a while."""
    close = nearest(rows, FORESEEN)
    told = prospects_of(person, [row.target for row in close], on, now, wait=wait)
    found = [(row, told[row.target.pk]) for row in close if row.target.pk in told]
    if any(prospect is None for _row, prospect in found):
        return None
    return [(row, prospect) for row, prospect in found if prospect and prospect.risky]


@login_required
def foreseen(request: HttpRequest) -> HttpResponse:
    """The targets at risk and what saves them: the part of "Hôm nay" that may take a while."""
    person, now, on = who(request)
    context = {"foreseen": _foreseen(person, current_targets(person, on), on, now, wait=True)}
    part = "planning/tasks/_at_risk.html"
    return respond(request, "planning/foreseen.html", part, context)


def _numbers(person: Person, on: date) -> dict[str, Any]:
    """Counts with the addresses of exactly the rows that they count."""
    rows = Task.objects.visible_to(person, on).followed()
    last = end_of_week(on)
    due = {"due_from": vn_date(on), "due_to": vn_date(last)}
    return {
        "late": rows.late(on).count(),
        "late_url": f"{reverse('planning:tasks')}?late=on",
        "due": rows.due_within(on, (last - on).days).count(),
        "due_url": f"{reverse('planning:tasks')}?{urlencode(due)}",
    }


@login_required
def messages(request: HttpRequest) -> HttpResponse:
    """The messages of the log-in; a post marks one, or all, as read."""
    person, now, _on = who(request)
    account = person.account_id or 0
    if request.method == "POST":
        one = request.POST.get("message", "")
        mark_read(account_id=account, at=now, message_id=int(one) if one.isdigit() else None)
        return redirect_after(request, reverse("planning:messages"))
    rows = list(Message.objects.bell(account)[:100])
    context = {"rows": rows, "unread": any(row.read_at is None for row in rows)}
    return render(request, "planning/messages.html", context)
