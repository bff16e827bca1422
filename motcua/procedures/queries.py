"""Answers about procedures that are not rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from motcua.db.stamps import remembered
from motcua.org.models import Agency
from motcua.procedures.models import (
    InternalProcedure,
    Procedure,
    ProcedureVersion,
    Review,
    nearness_of,
)
from motcua.procedures.national import pack
from motcua.procedures.rules import Outcome, ReviewStatus
from motcua.procedures.search import Document, Index, Words


def version_on(procedure: Procedure, agency: Agency, day: date) -> ProcedureVersion | None:
    """The version by which the agency settles the procedure on a day; None when it has none.

    The agency's own before that of an agency above it, the national one last.
    """
    return version_of(procedure.code, agency, day)


def version_of(code: str, agency: Agency, day: date) -> ProcedureVersion | None:
    """As :func:`version_on`, by the procedure's national code; remembered, so nobody changes it."""
    return remembered(("version", code, agency.pk, day), lambda: _nearest(code, agency, day))


def is_in_force(version: ProcedureVersion, agency: Agency, day: date) -> bool:
    """Is it still this version by which the agency settles its procedure on a day?"""
    valid = version_on(version.procedure, agency, day)
    return valid is not None and valid.pk == version.pk


def _nearest(code: str, agency: Agency, day: date) -> ProcedureVersion | None:
    versions = ProcedureVersion.objects.filter(procedure__code=code).applying_to(agency, day)
    nearness = nearness_of(agency, day)
    return min(
        versions.valid_on(day).select_related("procedure", "agency"),
        key=lambda one: (nearness(one.agency.code if one.agency else None), one.pk),
        default=None,
    )


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


@dataclass(frozen=True, slots=True)
class ReviewProgress:
    """How much of the inventory of a year was reviewed, and what it saves."""

    inventory: int
    planned: int
    assessed: int  # and decided
    simplified: int  # simplified, replaced or abolished
    saved_per_year: int  # đồng, of the decided ones that changed something

    @property
    def share(self) -> Decimal | None:
        """Reviewed of all, in per cent with one place; None for an empty inventory."""
        return _share(self.assessed, self.inventory)

    @property
    def simplified_share(self) -> Decimal | None:
        """Simplified of all: Decision 1085/QĐ-TTg counts this one."""
        return _share(self.simplified, self.inventory)


def _share(part: int, whole: int) -> Decimal | None:
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def review_progress(agency: Agency, year: int) -> ReviewProgress:
    """The count of an agency's internal procedures and of their reviews in a year."""
    reviews = list(Review.objects.filter(plan__agency=agency, plan__year=year))
    changed = [r for r in reviews if r.outcome not in ("", Outcome.KEPT)]
    return ReviewProgress(
        inventory=InternalProcedure.objects.filter(agency=agency).existing_in(year).count(),
        planned=len(reviews),
        assessed=sum(review.status != ReviewStatus.PLANNED for review in reviews),
        simplified=len(changed),
        saved_per_year=sum(review.saving.per_year for review in changed),
    )
