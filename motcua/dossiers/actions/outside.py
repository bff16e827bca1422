"""Keep what another system says of its dossiers: records to read, not to handle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from motcua.audit.rules import Actor
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import fold
from motcua.dossiers.actions.common import keep, nearest, passed
from motcua.dossiers.actions.intake import ApplicantData
from motcua.dossiers.actions.intake.parts import keep_applicant
from motcua.dossiers.actions.intake.rows import applicant_of
from motcua.dossiers.models import Applicant, Dossier
from motcua.dossiers.packs import rule_sets
from motcua.dossiers.permissions import MIRROR, day_of
from motcua.dossiers.rules import rule_set_on
from motcua.dossiers.rules.outside import check_moments, status_of
from motcua.org.models import Agency, Person
from motcua.org.permissions import check_may
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import version_of
from motcua.procedures.rules.parts import Channel


class OwnerMissing(Refused):
    """An outside record has a system that owns it, and its code there."""

    code = "owner_missing"
    message = _("Hãy ghi tên hệ thống quản lý và mã hồ sơ ở đó.")
    status = 422


class ProcedureUnknown(Refused):
    """A record is of a procedure of the catalogue."""

    code = "procedure_unknown"
    message = _("Thủ tục %(code)s chưa có trong danh mục của ngày nộp. Hãy nhập thủ tục trước.")
    status = 422


class OurOwn(Refused):
    """One dossier is one row: what was received here is not entered again as another's."""

    code = "our_own"
    message = _("Hồ sơ %(code)s đã được tiếp nhận tại đây nên không ghi nhận lần nữa.")


class OthersRecord(Refused):
    """A code belongs to one dossier."""

    code = "others_record"
    message = _("Mã %(code)s đã thuộc một hồ sơ khác của %(owner)s.")


@dataclass(frozen=True, slots=True)
class OutsideData:
    """A dossier as its owner tells it; ``national`` is the status by the national exchange."""

    procedure: str
    applicant: ApplicantData
    national: int
    submitted_at: datetime
    received_at: datetime | None = None
    due_at: datetime | None = None
    settled_at: datetime | None = None
    returned_at: datetime | None = None
    channel: Channel = Channel.ONLINE
    summary: str = ""
    result_number: str = ""
    closed_reason: str = ""


_MOMENTS = ("submitted_at", "received_at", "settled_at", "returned_at")


class Mirrored(StrEnum):
    """What telling it did."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@transaction.atomic
def mirror(
    *, agency: Agency, owner: str, code: str, said: OutsideData, by: Person, at: datetime
) -> tuple[Dossier, Mirrored]:
    """Keep a record as its owner tells it; told again without a change, nothing is written.

    Raises :class:`OwnerMissing`, :class:`ProcedureUnknown`, :class:`OurOwn`,
    :class:`OthersRecord`, a refusal of ``rules.outside``.
    """
    told: dict[str, Any] = {
        "agency": agency,
        "owner": owner,
        "code": code,
        "said": said,
        "by": by,
        "at": at,
    }
    try:
        with transaction.atomic():
            return _mirrored(**told)
    except IntegrityError:  # first told by another at the same moment: it is there now
        return _mirrored(**told)


def _mirrored(
    *, agency: Agency, owner: str, code: str, said: OutsideData, by: Person, at: datetime
) -> tuple[Dossier, Mirrored]:
    actor = check_may(by, MIRROR, agency, day_of(at))
    owner, code = owner.strip(), code.strip()
    if not owner or not code:
        raise OwnerMissing
    version = version_of(said.procedure, agency, day_of(said.submitted_at))
    if version is None:
        raise ProcedureUnknown(code=said.procedure)
    status = status_of(said.national, is_received=said.received_at is not None)
    here = timezone.get_current_timezone()
    moments = {name: getattr(said, name) for name in _MOMENTS}
    local = {name: one.astimezone(here) if one else None for name, one in moments.items()}
    check_moments(status, local, at.astimezone(here), gettext)
    known = _known(agency, owner, code)
    before = _told(known) if known is not None else {}
    row = known or _new(agency, owner, code, version, said, at)
    same = _same_applicant(known, said.applicant) if known is not None else None
    row.applicant = same or keep_applicant(agency, said.applicant)
    row.code = code if said.received_at else None
    row.procedure, row.version, row.status = version.procedure, version, status
    row.channel, row.summary = said.channel, said.summary.strip() or version.name
    for name in (*_MOMENTS, "due_at", "result_number", "closed_reason"):
        setattr(row, name, getattr(said, name))
    row.first_due_at = row.first_due_at or said.due_at
    row.folded = fold(f"{code} {row.applicant.full_name} {row.summary}")
    if before == _told(row):
        return row, Mirrored.SAME
    return _kept(row, by, actor, at)


def _kept(row: Dossier, by: Person, actor: Actor, at: datetime) -> tuple[Dossier, Mirrored]:
    more = {"owner": row.outside_owner, "outside_code": row.outside_code}
    if not row._state.adding:
        return keep(row, "mirror", by, actor, at, **more), Mirrored.CHANGED
    row.order_at = nearest(row, ())
    row.save()
    passed(row, "mirror", by, actor, at, **more)
    return row, Mirrored.NEW


def _known(agency: Agency, owner: str, code: str) -> Dossier | None:
    """The record that is told again. Raises :class:`OurOwn`, :class:`OthersRecord`."""
    rows = Dossier.objects.select_for_update(of=("self",)).select_related("agency", "applicant")
    row = rows.filter(outside_owner=owner, outside_code=code).first()
    if row is not None:
        if row.agency_id != agency.pk:
            raise OthersRecord(code=code, owner=row.agency.name)
        if row.code is None:  # told before its receipt: another may have taken the code since
            _check_free(code)
        return row
    if Dossier.objects.filter(outside_code=code, outside_owner="", agency=agency).exists():
        raise OurOwn(code=code)
    _check_free(code)
    return None


def _check_free(code: str) -> None:
    """No dossier has this code. Raises :class:`OurOwn`, :class:`OthersRecord`."""
    other = Dossier.objects.filter(code=code).first()
    if other is not None:
        if other.outside_owner:
            raise OthersRecord(code=code, owner=other.outside_owner)
        raise OurOwn(code=code)


def _new(
    agency: Agency,
    owner: str,
    code: str,
    version: ProcedureVersion,
    said: OutsideData,
    at: datetime,
) -> Dossier:
    day = day_of(said.received_at or said.submitted_at)
    return Dossier(
        agency=agency,
        received_by_agency=agency,
        version=version,
        rules=rule_set_on(rule_sets(), day).code,
        outside_owner=owner,
        outside_code=code,
        entered_at=at,
    )


def _same_applicant(row: Dossier, typed: ApplicantData) -> Applicant | None:
    """The record's applicant, when nothing about them changed."""
    now = applicant_of(row.agency, typed)
    names = ("kind", "full_name", "born_on", "id_number", "phone", "email", "address")
    same = all(getattr(now, name) == getattr(row.applicant, name) for name in names)
    return row.applicant if same else None


_TOLD = (
    "code",
    "version_id",
    "applicant_id",
    "status",
    "channel",
    "summary",
    "submitted_at",
    "received_at",
    "due_at",
    "settled_at",
    "returned_at",
    "result_number",
    "closed_reason",
)


def _told(row: Dossier) -> dict[str, object]:
    return {name: getattr(row, name) for name in _TOLD}
