"""What appraisers watch of dossiers: corrected or back-dated ones, new dates. Counted in SQL: few
dossiers have any."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count
from django.urls import reverse

from motcua.core.errors import mark as _
from motcua.core.measures import Counts, Family, Measure, Scope
from motcua.dossiers.measures import COLUMNS, DOSSIERS
from motcua.dossiers.models import Dossier, DossierQuerySet, Redating
from motcua.dossiers.queries.courses import Span
from motcua.dossiers.queries.marked import marked

SUSPECT, REDATED = "dossiers.suspect", "dossiers.redated"
MEASURES = (
    Measure(
        SUSPECT,
        _("Hồ sơ cần xem lại ngày giờ"),
        DOSSIERS,
        _("Tiếp nhận trong kỳ; ghi lùi ngày, tiếp nhận lại hoặc đã sửa."),
    ),
    Measure(
        REDATED,
        _("Hồ sơ hẹn lại ngày trả"),
        DOSSIERS,
        _("Có thư xin lỗi và ngày hẹn mới trong kỳ."),
        "Nghị định 61/2018/NĐ-CP, Điều 19",
    ),
)


def _found(code: str, span: Span) -> DossierQuerySet:
    known = Dossier.objects.filter(received_at__lt=span.at, entered_at__lt=span.seen)
    if code == SUSPECT:
        return known.filter(is_suspect=True, received_at__gte=span.first)
    new = Redating.objects.filter(at__gte=span.first, at__lt=span.at)
    return known.filter(pk__in=new.values("dossier"))


def count(scopes: Sequence[Scope]) -> Counts:
    """Both measures in every scope; two queries for each period."""
    places: dict[tuple[Span, str], dict[int, int]] = {}
    totals: dict[str, list[int]] = {measure.code: [] for measure in MEASURES}
    for scope in scopes:
        span = Span.of(scope)
        for code, told in totals.items():
            if (span, code) not in places:
                counted = _found(code, span).order_by().values("agency").annotate(n=Count("pk"))
                places[span, code] = dict(counted.values_list("agency", "n"))
            told.append(sum(places[span, code].get(agency, 0) for agency in scope.agencies))
    return totals


def rows(code: str, scope: Scope) -> DossierQuerySet:
    """The dossiers that a number counts, in the order of receipt."""
    span = Span.of(scope)
    found = _found(code, span).filter(agency__in=scope.agencies)
    return marked(found, span.at, span.seen).order_by("received_at", "pk")


FAMILY = Family(
    name="dossiers.watch",
    sees="dossiers.view",
    measures=MEASURES,
    count=count,
    rows=rows,
    columns=COLUMNS,
    address=lambda row: reverse("dossiers:dossier", args=[row.pk]),
)
