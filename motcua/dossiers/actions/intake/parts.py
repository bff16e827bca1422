"""What every intake keeps: its people and its parts, each row written once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Q

from motcua.db.stamps import remembered
from motcua.dossiers.actions.common import date_steps, take_up
from motcua.dossiers.actions.intake.rows import (
    applicant_of,
    charges_of,
    check_id_number,
    new_dossier,
    papers_of,
    steps_of,
)
from motcua.dossiers.actions.intake.typed import (
    ApplicantData,
    Intake,
    MirroredElsewhere,
    NameMissing,
    NotInForce,
)
from motcua.dossiers.models import (
    Applicant,
    ApplicantKind,
    Charge,
    Dossier,
    DossierPaper,
    DossierStep,
    bare_number,
)
from motcua.dossiers.permissions import day_of
from motcua.dossiers.rules import DossierStatus
from motcua.org.models import Agency, Person, Post
from motcua.procedures.queries import is_in_force

#: A dossier received within this time before the next of the same person and procedure.
SOON_AGAIN = timedelta(days=60)
_TYPED = ("kind", "full_name", "born_on", "id_number", "phone", "email", "address")


def known_people(agency: Agency, intake: Intake, status: DossierStatus, at: datetime) -> Dossier:
    """The dossier's row, not yet saved, with its applicant, judged by the rules of the day.

    Raises :class:`NotInForce`, :class:`MirroredElsewhere`, :class:`NameMissing`,
    :class:`IdNumberWrong`.
    """
    on = day_of(at)
    if not is_in_force(intake.version, agency, on):
        raise NotInForce(code=intake.version.procedure.code, day=f"{on:%d/%m/%Y}")
    if intake.outside_code:
        _check_not_mirrored(intake.outside_code)
    applicant = keep_applicant(agency, intake.applicant)
    filer = keep_applicant(agency, intake.filer) if intake.filer else None
    dossier = new_dossier(agency, intake, status, at, applicant, filer)
    if dossier.again is None:
        dossier.again = _taken_in_before(dossier, at)
        dossier.is_suspect = dossier.is_suspect or dossier.again is not None
    return dossier


def _check_not_mirrored(code: str) -> None:
    record = Dossier.objects.filter(outside_code=code).exclude(outside_owner="").first()
    if record is not None:
        raise MirroredElsewhere(code=code, owner=record.outside_owner)


def keep_applicant(agency: Agency, typed: ApplicantData) -> Applicant:
    """The applicant as they are today: the known row when nothing changed, else a new one."""
    if not typed.full_name.strip():
        raise NameMissing
    number = bare_number(typed.id_number)
    if typed.kind is ApplicantKind.PERSON and number:
        check_id_number(number)
    row = applicant_of(agency, typed)
    known = Applicant.objects.known_as(agency, number).first() if number else None
    if known is not None and all(getattr(known, name) == getattr(row, name) for name in _TYPED):
        return known
    row.save()
    return row


def _taken_in_before(dossier: Dossier, at: datetime) -> Dossier | None:
    """The person's dossier under the same procedure that ended without a result a short while ago:
    to end one and take it in again would begin its clock anew, so such pairs stand in a list."""
    number = dossier.applicant.id_index
    ended = Dossier.objects.filter(
        agency=dossier.agency,
        procedure=dossier.procedure,
        applicant__id_index=number,
        status__in=[DossierStatus.WITHDRAWN, DossierStatus.STOPPED],
        received_at__gt=at - SOON_AGAIN,
    )
    return ended.order_by("-pk").first() if number else None


def keep_parts(dossier: Dossier, intake: Intake) -> None:
    """Save the dossier's row with what it owes, then its papers and charges."""
    charges = charges_of(dossier, intake)
    dossier.fee = sum(charge.amount for charge in charges)
    dossier.save()
    DossierPaper.objects.bulk_create(papers_of(dossier, intake))
    Charge.objects.bulk_create(charges)


def first_steps(dossier: Dossier, by: Person, at: datetime) -> list[DossierStep]:
    """The procedure's steps with their deadlines, the first one begun; nothing is saved."""
    assert dossier.received_at is not None
    steps = steps_of(dossier, posts_of(dossier))
    date_steps(dossier, steps, dossier.received_at)
    if steps:
        take_up(dossier, steps[0], by, at)
        dossier.post = steps[0].post
    return steps


def posts_of(dossier: Dossier) -> Mapping[str, Post]:
    """The posts of its agency that the procedure's steps name, by code and by name."""
    names = frozenset(step.post for step in dossier.version.content.steps)
    agency = dossier.agency
    posts: Mapping[str, Post] = remembered(
        ("posts", agency.pk, names), lambda: _posts(agency, names)
    )
    return posts


def _posts(agency: Agency, names: frozenset[str]) -> dict[str, Post]:
    posts: dict[str, Post] = {}
    for post in Post.objects.filter(Q(code__in=names) | Q(name__in=names), agency=agency):
        posts |= {post.code: post, post.name: post}
    return posts
