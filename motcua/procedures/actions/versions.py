"""Versions of a procedure: draft, edit, publish, withdraw, discard."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from motcua.audit.actions import record
from motcua.audit.rules import Actor
from motcua.core.canonical import sha256_hex
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import date_short, sort_key
from motcua.org.models import Agency, Person
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.permissions import check_draft, check_lock, check_version_step
from motcua.procedures.rules import VERSION_STEPS, Content, VersionStatus, missing_parts
from motcua.procedures.rules import national_code as national
from motcua.procedures.rules.parts import PART_WORDS


class DraftExists(Refused):
    """One draft of a procedure at a time, so that two people do not write past each other."""

    code = "draft_exists"
    message = _("Thủ tục %(code)s đã có bản nháp. Hãy mở bản nháp đó để sửa tiếp.")


class DecisionMissing(Refused):
    """What is announced or abolished is so by a decision."""

    code = "decision_missing"
    message = _("Hãy ghi số, ký hiệu quyết định, ví dụ 163/QĐ-UBND.")
    status = 422


class PartsMissing(Refused):
    """A procedure is published with all its parts. (Decree 63/2010, art. 8.2)"""

    code = "parts_missing"
    message = _("Chưa công bố được vì còn thiếu: %(parts)s.")
    status = 422


class BeginningTaken(Refused):
    """A version begins after the one that it follows."""

    code = "beginning_taken"
    message = _("Đã có bản áp dụng từ %(day)s. Hãy chọn ngày bắt đầu sau ngày đó.")
    status = 422


class LastDayWrong(Refused):
    """The last day lies within the days of the version."""

    code = "last_day_wrong"
    message = _("Ngày áp dụng cuối phải từ %(first)s đến %(last)s.")
    status = 422


@transaction.atomic
def draft_version(
    *, agency: Agency, code: str, content: Content, by: Person, at: datetime
) -> ProcedureVersion:
    """Begin a version of a procedure for an agency and those below it.

    A code without versions yet is a new procedure. Raises :class:`DraftExists`, ``CodeWrong``.
    """
    actor = check_draft(agency, by, at)
    procedure, _made = Procedure.objects.get_or_create(code=national(code))
    procedure = Procedure.objects.select_for_update().get(pk=procedure.pk)
    versions = ProcedureVersion.objects.filter(procedure=procedure)
    if versions.filter(agency=agency, status=VersionStatus.DRAFT).exists():
        raise DraftExists(code=procedure.code)
    last = versions.aggregate(no=Max("no"))["no"] or 0
    version = ProcedureVersion(procedure=procedure, agency=agency, no=last + 1)
    fill(version, content)
    version.save()
    trace(version, "draft_version", actor, at, content=sha256_hex(version.data))
    return version


def fill(version: ProcedureVersion, content: Content) -> None:
    """The content, and the columns that are drawn from it."""
    version.data = content.as_mapping()
    version.name, version.sort_name = content.name, sort_key(content.name)[:2000]
    version.field, version.level = content.field, content.level
    version.at_desk, version.online = content.at_desk, content.online
    version.limit_unit, version.limit_value = content.limit.unit, content.limit.value
    version.is_complete = not missing_parts(content)
    version.__dict__.pop("content", None)


@transaction.atomic
def edit_version(
    *, version: ProcedureVersion, content: Content, by: Person, at: datetime, lock: int | None
) -> ProcedureVersion:
    """Change a draft. Raises ``Stale`` when another saved it in between."""
    locked = _locked(version)
    actor = check_version_step(locked, "edit_version", by, at)
    check_lock(locked, locked.lock, lock)
    fill(locked, content)
    _save(locked)
    trace(locked, "edit_version", actor, at, content=sha256_hex(locked.data))
    return locked


@transaction.atomic
def publish_version(
    *,
    version: ProcedureVersion,
    decision: str,
    decided_on: date,
    valid_from: date,
    by: Person,
    at: datetime,
) -> ProcedureVersion:
    """Put a version in force from a day on; the one before it ends the day before.

    Raises :class:`DecisionMissing`, :class:`PartsMissing`, :class:`BeginningTaken`.
    """
    locked = _locked(version)
    actor = check_version_step(locked, "publish_version", by, at)
    if not decision.strip():
        raise DecisionMissing
    if missing := missing_parts(locked.content):
        raise PartsMissing(parts=", ".join(PART_WORDS[part].lower() for part in missing))
    end_before(locked, valid_from)
    locked.status = VERSION_STEPS.check("publish_version", VersionStatus(locked.status))
    locked.decision, locked.decided_on = decision.strip()[:60], decided_on
    locked.valid_from, locked.published_at = valid_from, at
    _save(locked)
    trace(
        locked,
        "publish_version",
        actor,
        at,
        decision=locked.decision,
        valid_from=valid_from.isoformat(),
        content=sha256_hex(locked.data),
    )
    return locked


def end_before(version: ProcedureVersion, valid_from: date) -> None:
    """End the versions of the same procedure and agency that would run beyond a day; raises
    :class:`BeginningTaken` when one begins on it or later."""
    rivals = ProcedureVersion.objects.filter(
        procedure=version.procedure,
        agency=version.agency,
        status__in=[VersionStatus.PUBLISHED, VersionStatus.WITHDRAWN],
    ).select_for_update(of=("self",))
    for rival in rivals.order_by("valid_from"):
        assert rival.valid_from is not None  # published
        if rival.valid_from >= valid_from:
            raise BeginningTaken(day=date_short(rival.valid_from))
        if rival.valid_to is None or rival.valid_to >= valid_from:
            rival.valid_to = valid_from - timedelta(days=1)
            rival.save(update_fields=["valid_to"])


@transaction.atomic
def withdraw_version(
    *, version: ProcedureVersion, withdrawal: str, last_day: date, by: Person, at: datetime
) -> ProcedureVersion:
    """Abolish what is published: dossiers under way keep the version, no new ones come.

    Raises :class:`DecisionMissing`, :class:`LastDayWrong`.
    """
    locked = _locked(version)
    actor = check_version_step(locked, "withdraw_version", by, at)
    if not withdrawal.strip():
        raise DecisionMissing
    assert locked.valid_from is not None  # published
    latest = locked.valid_to or date.max
    if not locked.valid_from <= last_day <= latest:
        last = date_short(locked.valid_to) if locked.valid_to else "…"
        raise LastDayWrong(first=date_short(locked.valid_from), last=last)
    locked.status = VERSION_STEPS.check("withdraw_version", VersionStatus(locked.status))
    locked.withdrawal, locked.valid_to = withdrawal.strip()[:60], last_day
    _save(locked)
    day = last_day.isoformat()
    trace(locked, "withdraw_version", actor, at, withdrawal=locked.withdrawal, last_day=day)
    return locked


@transaction.atomic
def discard_version(*, version: ProcedureVersion, by: Person, at: datetime) -> ProcedureVersion:
    """Drop a draft; its row stays in the history."""
    locked = _locked(version)
    actor = check_version_step(locked, "discard_version", by, at)
    locked.status = VERSION_STEPS.check("discard_version", VersionStatus(locked.status))
    _save(locked)
    trace(locked, "discard_version", actor, at)
    return locked


def _locked(version: ProcedureVersion) -> ProcedureVersion:
    rows = ProcedureVersion.objects.select_for_update(of=("self",))
    return rows.select_related("procedure", "agency").get(pk=version.pk)


def _save(version: ProcedureVersion) -> None:
    version.lock += 1
    version.save()


#: The chain of versions that no agency owns.
NATIONAL = "national"


def trace(
    version: ProcedureVersion, action: str, actor: Actor, at: datetime, **data: object
) -> None:
    """One entry on the chain of the version's agency."""
    record(
        chain=version.agency.code if version.agency else NATIONAL,
        action=f"procedures.{action}",
        obj=version,
        by=actor,
        at=at,
        data={"code": version.procedure.code, "no": version.no, **data},
        label=str(version),
    )
