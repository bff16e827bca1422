"""Answers about procedures that are not rows."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from motcua.org.models import Agency
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.national import pack
from motcua.procedures.search import Document, Index, Words


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


def find(text: str, agency: Agency, day: date, limit: int = 20) -> list[ProcedureVersion]:
    """The procedures in force for the agency that fit everyday words best, the best first."""
    valid = ProcedureVersion.objects.in_force(agency, day)
    index = _index(tuple(valid.order_by("pk").values_list("pk", flat=True)))
    keys = index.search(text, limit)
    versions = valid.select_related("procedure", "agency").in_bulk(keys)
    return [versions[key] for key in keys]


@lru_cache(maxsize=8)
def _index(keys: tuple[int, ...]) -> Index:
    """The index over these versions; published, they never change, so it never ages."""
    versions = ProcedureVersion.objects.filter(pk__in=keys).select_related("procedure")
    return Index(
        [
            Document(
                version.pk,
                version.procedure.code,
                version.name,
                " ".join(
                    [version.field, *(row["name"] for row in version.data.get("results", []))]
                ),
            )
            for version in versions
        ],
        Words.read(pack("words.yaml")),
    )
