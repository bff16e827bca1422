"""Answers about procedures that are not rows."""

from __future__ import annotations

from datetime import date

from motcua.org.models import Agency
from motcua.procedures.models import Procedure, ProcedureVersion


def version_on(procedure: Procedure, agency: Agency, day: date) -> ProcedureVersion | None:
    """The version by which the agency settles the procedure on a day; None when it has none.

    The agency's own before that of an agency above it, the national one last.
    """
    found = procedure.versions.in_force(agency, day)
    return found.select_related("procedure", "agency").first()


def in_force_on(agency: Agency, day: date) -> dict[str, ProcedureVersion]:
    """National code → version in force for the agency on a day."""
    rows = ProcedureVersion.objects.in_force(agency, day).select_related("procedure")
    return {version.procedure.code: version for version in rows}
