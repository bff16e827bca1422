"""What is not received yet: filed from afar, incomplete, refused."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.dossiers.actions.common import calendar_of, keep, passed, take, with_reason
from motcua.dossiers.actions.intake.parts import keep_parts, known_people
from motcua.dossiers.actions.intake.typed import Intake
from motcua.dossiers.actions.slips import give_slip
from motcua.dossiers.models import Dossier, Pause, PauseKind
from motcua.dossiers.permissions import day_of
from motcua.dossiers.rules import STEPS, DossierStatus, SlipKind
from motcua.org.models import Agency, Person
from motcua.org.permissions import check_may


@transaction.atomic
def submit(*, agency: Agency, intake: Intake, by: Person, at: datetime) -> Dossier:
    """Note a dossier that came from afar; it has no code until a clerk receives it."""
    actor = check_may(by, STEPS["submit"].needs, agency, day_of(at))
    dossier = known_people(agency, intake, DossierStatus.SUBMITTED, at)
    hours = dossier.rule_set.online_answer_hours
    dossier.order_at = calendar_of(agency).add(at, hours * 60).at
    keep_parts(dossier, intake)
    passed(dossier, "submit", by, actor, at)
    return dossier


@transaction.atomic
def guide(*, agency: Agency, intake: Intake, text: str, by: Person, at: datetime) -> Dossier:
    """Say at the desk, once and in writing, what an incomplete dossier still needs."""
    actor = check_may(by, STEPS["guide"].needs, agency, day_of(at))
    dossier = known_people(agency, intake, DossierStatus.INCOMPLETE, at)
    keep_parts(dossier, intake)
    _wait_for(dossier, with_reason(text), by, at)
    return keep(dossier, "guide", by, actor, at, text)


@transaction.atomic
def ask_completion(
    *, dossier: Dossier, text: str, by: Person, at: datetime, lock: int | None = None
) -> Dossier:
    """Say what a dossier filed from afar still needs before it can be received."""
    row, actor = take(dossier, "ask_completion", by, at, lock)
    _wait_for(row, with_reason(text), by, at)
    return keep(row, "ask_completion", by, actor, at, text)


@transaction.atomic
def complete(
    *, dossier: Dossier, text: str, by: Person, at: datetime, lock: int | None = None
) -> Dossier:
    """What was missing has come; the dossier can be received."""
    row, actor = take(dossier, "complete", by, at, lock)
    Pause.objects.filter(dossier=row, ended_at__isnull=True).update(ended_at=at, answer=text)
    row.order_at = calendar_of(row.agency).add(at, row.rule_set.online_answer_hours * 60).at
    return keep(row, "complete", by, actor, at, text)


@transaction.atomic
def turn_away(*, agency: Agency, intake: Intake, reason: str, by: Person, at: datetime) -> Dossier:
    """Refuse at the desk, in writing. (Decree 61/2018/NĐ-CP, art. 17; Decree 63/2010, art. 18)"""
    actor = check_may(by, STEPS["turn_away"].needs, agency, day_of(at))
    dossier = known_people(agency, intake, DossierStatus.REFUSED, at)
    dossier.closed_reason = with_reason(reason)
    keep_parts(dossier, intake)
    give_slip(dossier, SlipKind.REFUSAL, by, at, reason=reason)
    return keep(dossier, "turn_away", by, actor, at, reason)


@transaction.atomic
def refuse(
    *, dossier: Dossier, reason: str, by: Person, at: datetime, lock: int | None = None
) -> Dossier:
    """Refuse a dossier that was filed from afar, in writing."""
    row, actor = take(dossier, "refuse", by, at, lock)
    row.closed_reason = with_reason(reason)
    Pause.objects.filter(dossier=row, ended_at__isnull=True).update(ended_at=at)
    give_slip(row, SlipKind.REFUSAL, by, at, reason=reason)
    return keep(row, "refuse", by, actor, at, reason)


def _wait_for(dossier: Dossier, text: str, by: Person, at: datetime) -> None:
    days = dossier.rule_set.supplement_days
    until = calendar_of(dossier.agency).add_calendar_days(at, days).at if days else None
    Pause.objects.create(
        dossier=dossier, kind=PauseKind.SUPPLEMENT, asked_at=at, asked_by=by, text=text, until=until
    )
    give_slip(dossier, SlipKind.SUPPLEMENT, by, at, reason=text)
