"""What indicators may count of procedures: how far they are online, which internal ones were
reviewed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from motcua.core.errors import mark as _
from motcua.core.measures import Counts, Family, Measure, RowColumn, Scope
from motcua.org.models import Agency
from motcua.org.permissions import know_paths
from motcua.procedures.models import (
    InternalProcedure,
    InternalProcedureQuerySet,
    ProcedureVersion,
    ProcedureVersionQuerySet,
    Review,
    chain_of,
    nearness_of,
)
from motcua.procedures.rules import Level, OnlineLevel, ReviewStatus, VersionStatus

PROCEDURES = _("thủ tục")
_IN_FORCE = _("Có hiệu lực ngày cuối kỳ, do cấp xã giải quyết.")
#: A procedure that says why it cannot be done wholly online is not eligible.
ELIGIBLE: Final = (
    Q(online=OnlineLevel.FULL) | Q(data__online_reason="") | Q(data__online_reason__isnull=True)
)
CONDITIONS: Final = {
    "procedures.total": Q(),
    "procedures.online": Q(online__in=[OnlineLevel.FULL, OnlineLevel.PARTIAL]),
    "procedures.online.full": Q(online=OnlineLevel.FULL),
    "procedures.online.partial": Q(online=OnlineLevel.PARTIAL),
    "procedures.online.none": Q(online=OnlineLevel.NONE),
    "procedures.online.eligible": ELIGIBLE,
}
CATALOGUE = (
    Measure("procedures.total", _("Thủ tục hành chính"), PROCEDURES, _IN_FORCE),
    Measure(
        "procedures.online.full",
        _("Thủ tục trực tuyến toàn trình"),
        PROCEDURES,
        _("Có hiệu lực ngày cuối kỳ, mức độ toàn trình."),
        "Nghị định 42/2022/NĐ-CP; từ 01/7/2026 Nghị định 224/2026/NĐ-CP, Điều 14",
    ),
    Measure(
        "procedures.online.partial",
        _("Thủ tục trực tuyến một phần"),
        PROCEDURES,
        _("Có hiệu lực ngày cuối kỳ, mức độ một phần."),
        "Nghị định 42/2022/NĐ-CP",
    ),
    Measure(
        "procedures.online.none",
        _("Thủ tục chưa trực tuyến"),
        PROCEDURES,
        _("Có hiệu lực ngày cuối kỳ, chưa cung cấp trực tuyến."),
    ),
    Measure(
        "procedures.online",
        _("Thủ tục cung cấp trực tuyến"),
        PROCEDURES,
        _("Có hiệu lực ngày cuối kỳ, toàn trình hoặc một phần."),
        "Quyết định 766/QĐ-TTg, 3.1",
    ),
    Measure(
        "procedures.online.eligible",
        _("Thủ tục đủ điều kiện toàn trình"),
        PROCEDURES,
        _("Đã toàn trình, hoặc danh mục không ghi lý do chưa toàn trình."),
    ),
)
INTERNAL = (
    Measure(
        "procedures.internal",
        _("Thủ tục nội bộ"),
        PROCEDURES,
        _("Trong danh mục của cơ quan vào ngày cuối kỳ."),
        "Quyết định 1085/QĐ-TTg",
    ),
    Measure(
        "procedures.internal.reviewed",
        _("Thủ tục nội bộ đã rà soát"),
        PROCEDURES,
        _("Trong danh mục ngày cuối kỳ; có kết luận rà soát với ngày quyết định trong kỳ."),
        "Quyết định 1085/QĐ-TTg",
    ),
)


def versions(code: str, scope: Scope) -> ProcedureVersionQuerySet:
    """The versions in force at an agency on the last day, of procedures that communes settle."""
    keys: set[int] = set()
    for agency in Agency.objects.filter(pk__in=scope.agencies):
        found = ProcedureVersion.objects.in_force(agency, scope.end)
        keys.update(found.values_list("pk", flat=True))
    of_commune = ProcedureVersion.objects.filter(pk__in=keys, level=Level.COMMUNE)
    return (
        of_commune.filter(CONDITIONS[code]).select_related("procedure").order_by("sort_name", "pk")
    )


def internal(code: str, scope: Scope) -> InternalProcedureQuerySet:
    """Internal procedures in the inventory on the last day."""
    end = scope.end
    found = InternalProcedure.objects.filter(agency__in=scope.agencies, valid_from__lte=end).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=end)
    )
    if code == "procedures.internal.reviewed":
        decided = Review.objects.filter(
            procedure=OuterRef("pk"),
            status=ReviewStatus.DECIDED,
            decided_on__gte=scope.since,
            decided_on__lte=end,
        )
        found = found.filter(Exists(decided))
    return found.order_by("code", "pk")


def count_versions(scopes: Sequence[Scope]) -> Counts:
    """By the last day of each scope; three queries for any number of agencies and scopes."""
    last = max(scope.end for scope in scopes)
    agencies = {agency for scope in scopes for agency in scope.agencies}
    desks = _catalogues(list(Agency.objects.filter(pk__in=agencies)), last)
    totals = {m.code: [0] * len(scopes) for m in CATALOGUE}
    for place, scope in enumerate(scopes):
        rows = {row.pk: row for pk in scope.agencies for row in desks[pk].on(scope.end)}
        for row in rows.values():
            if row.level == Level.COMMUNE:
                for code in row.codes:
                    totals[code][place] += 1
    return totals


@dataclass(frozen=True, slots=True)
class _Version:
    """What counting needs of a version."""

    pk: int
    procedure: int
    agency: str | None
    since: date
    until: date | None
    level: str
    online: str
    reason: str | None

    @property
    def codes(self) -> Iterator[str]:
        """The measures that count it."""
        yield "procedures.total"
        yield f"procedures.online.{OnlineLevel(self.online)}"
        if self.online != OnlineLevel.NONE:
            yield "procedures.online"
        if self.online == OnlineLevel.FULL or not self.reason:
            yield "procedures.online.eligible"


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """The published versions that an agency can settle by, and how near each is."""

    versions: list[_Version]
    nearness: Callable[[str | None], int]

    def on(self, day: date) -> list[_Version]:
        """One version of each procedure, the nearest that is valid on a day."""
        nearest: dict[int, tuple[int, int, _Version]] = {}
        for row in self.versions:
            if row.since <= day and (row.until is None or row.until >= day):
                place = (self.nearness(row.agency), row.pk, row)
                kept = nearest.setdefault(row.procedure, place)
                if place[:2] < kept[:2]:
                    nearest[row.procedure] = place
        return [row for _near, _pk, row in nearest.values()]


def _catalogues(agencies: Sequence[Agency], on: date) -> dict[int, _Catalogue]:
    """The catalogue of each agency."""
    know_paths(agencies, on)
    above = {agency.pk: {None, *chain_of(agency, on)} for agency in agencies}
    codes = {code for chain in above.values() for code in chain if code}
    rows = ProcedureVersion.objects.filter(
        Q(agency__isnull=True) | Q(agency__code__in=codes),
        status__in=[VersionStatus.PUBLISHED, VersionStatus.WITHDRAWN],
    )
    fields = ("pk", "procedure", "agency__code", "valid_from", "valid_to", "level", "online")
    found = [_Version(*row) for row in rows.values_list(*fields, "data__online_reason")]
    return {
        agency.pk: _Catalogue(
            [row for row in found if row.agency in above[agency.pk]], nearness_of(agency, on)
        )
        for agency in agencies
    }


def count_internal(scopes: Sequence[Scope]) -> Counts:
    """Two queries for any number of scopes."""
    agencies = {agency for scope in scopes for agency in scope.agencies}
    fields = ("pk", "agency", "valid_from", "valid_to")
    inventory = list(InternalProcedure.objects.filter(agency__in=agencies).values_list(*fields))
    decided = Review.objects.filter(
        procedure__agency__in=agencies, status=ReviewStatus.DECIDED
    ).values_list("procedure", "decided_on")
    days: dict[int, list[date]] = {}
    for key, day in decided:
        assert day is not None  # of a decided review, by the table's own check
        days.setdefault(key, []).append(day)
    whole: list[int | None] = []
    reviewed: list[int | None] = []
    for scope in scopes:
        there = [
            key
            for key, agency, since, until in inventory
            if agency in scope.agencies
            and since <= scope.end
            and (until is None or until >= scope.end)
        ]
        whole.append(len(there))
        reviewed.append(
            sum(any(scope.since <= day <= scope.end for day in days.get(key, ())) for key in there)
        )
    return {"procedures.internal": whole, "procedures.internal.reviewed": reviewed}


FAMILIES = (
    Family(
        name="procedures",
        sees="procedures.view",
        measures=CATALOGUE,
        count=count_versions,
        rows=versions,
        columns=(
            RowColumn(_("Mã thủ tục"), "procedure__code"),
            RowColumn(_("Tên thủ tục"), "name"),
            RowColumn(_("Lĩnh vực"), "field"),
            RowColumn(_("Hiệu lực từ"), "valid_from"),
        ),
        address=lambda row: reverse("procedures:version", args=[row.procedure.code, row.no]),
    ),
    Family(
        name="procedures.internal",
        sees="procedures.view",
        measures=INTERNAL,
        count=count_internal,
        rows=internal,
        columns=(
            RowColumn(_("Mã"), "code"),
            RowColumn(_("Tên thủ tục"), "name"),
            RowColumn(_("Lĩnh vực"), "field"),
        ),
        address=lambda row: reverse("procedures:internal_procedure", args=[row.pk]),
    ),
)
