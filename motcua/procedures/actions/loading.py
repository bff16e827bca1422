"""Many procedures at once: what a file would change, and the change, whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar, Literal

from django.db import transaction
from django.db.models import Max

from motcua.audit.actions import record
from motcua.audit.rules import SYSTEM, Actor
from motcua.core.canonical import sha256_hex
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import date_short
from motcua.org.models import Agency, Person
from motcua.org.permissions import check_may
from motcua.procedures.actions.versions import NATIONAL, DecisionMissing, fill
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.permissions import day_of
from motcua.procedures.rules import VERSION_STEPS, Content, Said, VersionStatus


@dataclass(frozen=True, slots=True)
class Row:
    """One procedure of a file; ``number`` is its row there."""

    number: int
    code: str
    content: Content
    decision: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class RowFault:
    """One thing wrong in a file, with its row and place."""

    number: int
    code: str
    place: str
    said: Said


class ImportFaulty(Refused):
    """A file with a faulty row changes nothing."""

    code = "import_faulty"
    message = _("Tệp có %(count)s lỗi nên chưa nhập dòng nào. Hãy sửa các dòng đã nêu rồi gửi lại.")
    status: ClassVar[int] = 422

    def __init__(self, faults: Sequence[RowFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(count=len(faults))


@dataclass(frozen=True, slots=True)
class Planned:
    """What importing a row means: a new procedure, a changed one, or nothing."""

    row: Row
    what: Literal["new", "changed", "same"]
    before: ProcedureVersion | None = None


def plan_rows(*, agency: Agency | None, rows: Sequence[Row], valid_from: date) -> list[Planned]:
    """What importing would do; raises :class:`ImportFaulty` with every fault of every row."""
    faults: list[RowFault] = []
    seen: dict[str, int] = {}
    known = {
        version.procedure.code: version
        for version in ProcedureVersion.objects.filter(
            agency=agency, status=VersionStatus.PUBLISHED, valid_to__isnull=True
        ).select_related("procedure")
    }
    planned: list[Planned] = []
    for row in rows:
        if row.code in seen:
            text = _("mã này đã có ở dòng %(number)s")
            said = Said(text, {"number": seen[row.code]})
            faults.append(RowFault(row.number, row.code, "code", said))
        seen.setdefault(row.code, row.number)
        before = known.get(row.code)
        if before is None:
            planned.append(Planned(row, "new"))
        elif before.data == row.content.as_mapping():
            planned.append(Planned(row, "same", before))
        else:
            assert before.valid_from is not None  # published
            if before.valid_from >= valid_from:
                said = Said(_("đã có bản từ %(day)s"), {"day": date_short(before.valid_from)})
                faults.append(RowFault(row.number, row.code, "valid_from", said))
            planned.append(Planned(row, "changed", before))
    if faults:
        raise ImportFaulty(faults)
    return planned


@transaction.atomic
def import_rows(
    *,
    agency: Agency | None,
    rows: Sequence[Row],
    valid_from: date,
    at: datetime,
    by: Person | None = None,
    decision: str = "",
    decided_on: date | None = None,
) -> list[ProcedureVersion]:
    """Publish what the rows change, from a day on; returns the versions made.

    ``agency`` None: national versions, which only a pack loads (``by`` None, each row with its own
    decision). Repeated, nothing changes. Raises :class:`ImportFaulty`, ``DecisionMissing``.
    """
    actor = SYSTEM
    if agency is not None and by is not None:
        needs = VERSION_STEPS["publish_version"].needs
        actor = check_may(by, needs, agency, day_of(at))
        if not decision.strip():
            raise DecisionMissing
    changes = [
        planned
        for planned in plan_rows(agency=agency, rows=rows, valid_from=valid_from)
        if planned.what != "same"
    ]
    if not changes:
        return []
    codes = [planned.row.code for planned in changes]
    Procedure.objects.bulk_create([Procedure(code=code) for code in codes], ignore_conflicts=True)
    procedures = {
        one.code: one
        for one in Procedure.objects.filter(code__in=codes).annotate(last=Max("versions__no"))
    }
    ended = [planned.before.pk for planned in changes if planned.before is not None]
    ProcedureVersion.objects.filter(pk__in=ended).update(valid_to=valid_from - timedelta(days=1))
    versions = []
    for planned in changes:
        procedure = procedures[planned.row.code]
        version = ProcedureVersion(
            procedure=procedure,
            agency=agency,
            no=(procedure.last or 0) + 1,
            status=VersionStatus.PUBLISHED,
            valid_from=valid_from,
            published_at=at,
            decision=(decision.strip() or planned.row.decision)[:60],
            decided_on=decided_on,
            source=planned.row.source[:200],
        )
        fill(version, planned.row.content)
        versions.append(version)
    made = ProcedureVersion.objects.bulk_create(versions)
    _trace(made, agency, actor, at, valid_from)
    return made


def _trace(
    made: list[ProcedureVersion],
    agency: Agency | None,
    actor: Actor,
    at: datetime,
    valid_from: date,
) -> None:
    """One entry for the whole import: each code with the hash of what it now says."""
    contents = {version.procedure.code: sha256_hex(version.data) for version in made}
    record(
        chain=agency.code if agency else NATIONAL,
        action="procedures.import_rows",
        obj=made[0],
        by=actor,
        at=at,
        data={"valid_from": valid_from.isoformat(), "contents": contents},
        label=made[0].decision,
    )
