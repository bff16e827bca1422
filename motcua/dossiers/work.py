"""Dossiers in "Việc của tôi" and "Hôm nay": the steps that a person holds, the results
that wait at their desk, what is overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from motcua.db.indexes import seen_among
from motcua.dossiers.models import STAGE_READY, Dossier
from motcua.dossiers.permissions import day_of
from motcua.dossiers.queries import time_of, time_of_turn, waiting_since
from motcua.dossiers.queries.desk import end_of_week, left_conditions
from motcua.dossiers.queries.handed import turns_at
from motcua.dossiers.rules import RUNNING
from motcua.dossiers.rules.status import DESK, WORK
from motcua.org.models import Person
from motcua.org.permissions import authority_of, visible_agencies
from motcua.org.work import Alarm, WorkRow

#: A page of work shows at most so many dossiers; the list has all.
SHOWN = 100
#: And so many results that only wait to be fetched.
SHOWN_READY = 20
#: And so many that other agencies handed over.
SHOWN_HANDED = 20
#: Beyond it nobody counts.
MOST = 10_000


def steps_of(person: Person, now: datetime) -> Iterator[WorkRow]:
    """Running steps in the person's hands, by the deadline of the step."""
    rows = Dossier.objects.open().filter(person=person, status__in=[str(one) for one in RUNNING])
    for dossier in rows.select_related("applicant").work_order()[:SHOWN]:
        due = dossier.step_due_at or dossier.due_at
        yield WorkRow(
            kind=gettext("Hồ sơ"),
            title=f"{dossier.code} {dossier.summary}",
            url=reverse("dossiers:dossier", args=[dossier.pk]),
            left=time_of(dossier, due, now),
            due=due,
            note=f"{dossier.step_name} · {dossier.applicant.full_name}",
        )


def ready_of(person: Person, now: datetime) -> Iterator[WorkRow]:
    """Results that wait at the person's desk for whom they are, the oldest promise first."""
    offices = visible_agencies(person, DESK, day_of(now))
    if not offices:
        return
    rows = seen_among(Dossier.objects.filter(stage=STAGE_READY), "agency", offices)
    for dossier in rows.select_related("applicant").work_order()[:SHOWN_READY]:
        yield WorkRow(
            kind=gettext("Hồ sơ"),
            title=f"{dossier.code} {dossier.summary}",
            url=reverse("dossiers:dossier", args=[dossier.pk]),
            left=waiting_since(dossier, now),
            note=f"{gettext('Chờ trả kết quả')} · {dossier.applicant.full_name}",
        )


def handed_of(person: Person, now: datetime) -> Iterator[WorkRow]:
    """What other agencies handed to those where the person handles dossiers, until it goes back."""
    offices = visible_agencies(person, WORK, day_of(now))
    if not offices:
        return
    turns = turns_at(offices).filter(ended_at__isnull=True).order_by("due_at", "pk")
    for turn in turns[:SHOWN_HANDED]:
        yield WorkRow(
            kind=gettext("Hồ sơ"),
            title=f"{turn.dossier.code} {turn.dossier.summary}",
            url=reverse("dossiers:dossier", args=[turn.dossier_id]),
            left=time_of_turn(turn, now),
            due=turn.due_at,
            note=gettext("%(agency)s chuyển đến") % {"agency": turn.dossier.agency.name},
        )


def late_of(person: Person, now: datetime) -> Iterator[Alarm]:
    """Dossiers that are overdue, and that are due this week, of the agencies whose desk the person
    may see."""
    on = day_of(now)
    if authority_of(person, on).paths("dossiers.view"):
        late = Dossier.objects.visible_to(person, on).running_late(now)
        yield Alarm(
            gettext("hồ sơ quá hạn"),
            late.order_by()[:MOST].count(),
            f"{reverse('dossiers:dossiers')}?late=1",
        )
        week = end_of_week(now)  # no deadline of a running dossier lies behind its promise
        soon = Dossier.objects.visible_to(person, on).open().filter(order_at__lt=week)
        yield Alarm(
            gettext("hồ sơ đến hạn tuần này"),
            soon.filter(left_conditions(now)["week"]).order_by()[:MOST].count(),
            f"{reverse('dossiers:dossiers')}?left=week",
            "soon",
        )
