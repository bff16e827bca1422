"""What indicators may count of steps: how each post does its part of the dossiers.

A step belongs to the post that the procedure gives it to. Of a dossier that goes from post to post
within a period each has its own step, whoever of its people did it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from motcua.core.errors import mark as _
from motcua.core.measures import Counts, Family, Measure, RowColumn, Scope
from motcua.dossiers.models import DossierStep, Pause
from motcua.dossiers.queries.courses import CLOCK_STOPS, Span
from motcua.org.models import Post

STEPS = _("bước")
D61 = "Nghị định 61/2018/NĐ-CP, Điều 20"
MEASURES = (
    Measure(
        "steps.ended",
        _("Bước đã hoàn thành"),
        STEPS,
        _("Kết thúc trong kỳ tại vị trí giữ bước; không tính bước do cơ quan khác giữ."),
        D61,
    ),
    Measure(
        "steps.punctual",
        _("Bước hoàn thành đúng hạn"),
        STEPS,
        _("Kết thúc trong kỳ, không sau hạn của bước; bước không có hạn là đúng hạn."),
        D61,
    ),
    Measure(
        "steps.late",
        _("Bước hoàn thành trễ"),
        STEPS,
        _("Kết thúc trong kỳ, sau hạn của bước."),
        D61,
    ),
    Measure(
        "steps.open",
        _("Bước đang thực hiện"),
        STEPS,
        _("Đã bắt đầu, cuối kỳ chưa kết thúc."),
    ),
    Measure(
        "steps.open.late",
        _("Bước đang trễ hạn"),
        STEPS,
        _("Cuối kỳ chưa kết thúc và đã qua hạn của bước; hồ sơ đang tạm dừng không tính."),
    ),
)
COLUMNS = (
    RowColumn(_("Mã hồ sơ"), "dossier__code"),
    RowColumn(_("Bước"), "name"),
    RowColumn(_("Vị trí"), "post__name"),
    RowColumn(_("Bắt đầu"), "started_at"),
    RowColumn(_("Hạn của bước"), "due_at"),
    RowColumn(_("Kết thúc"), "ended_at"),
)
Steps = QuerySet[DossierStep]
#: So many scopes are counted by one statement.
AT_ONCE: Final = 50


def _ended(span: Span) -> Q:
    return Q(ended_at__gte=span.first, ended_at__lt=span.at)


def _open(span: Span) -> Q:
    return Q(started_at__lt=span.at) & (Q(ended_at__isnull=True) | Q(ended_at__gte=span.at))


def _open_late(span: Span) -> Q:
    return _open(span) & Q(due_at__lt=span.at) & ~Q(Exists(_pauses(span.at)))


def _pauses(at: datetime) -> QuerySet[Pause]:
    """What stops the clock of a step's dossier at a moment."""
    running = Q(ended_at__isnull=True) | Q(ended_at__gte=at)
    of = Pause.objects.filter(dossier=OuterRef("dossier"), kind__in=CLOCK_STOPS, asked_at__lt=at)
    return of.filter(running)


_IN_TIME = Q(due_at__isnull=True) | Q(ended_at__lte=F("due_at"))
#: Which steps a measure counts.
CONDITIONS: Final[dict[str, Callable[[Span], Q]]] = {
    "steps.ended": _ended,
    "steps.punctual": lambda span: _ended(span) & _IN_TIME,
    "steps.late": lambda span: _ended(span) & Q(ended_at__gt=F("due_at")),
    "steps.open": _open,
    "steps.open.late": _open_late,
}


def _known(span: Span) -> Q:
    """A step of a dossier that was received and entered by then."""
    return Q(dossier__received_at__lt=span.at, dossier__entered_at__lt=span.seen)


def _steps(agencies: Sequence[int], first: datetime) -> Steps:
    """The steps that begin with an agency's own posts and may end after a moment."""
    found = DossierStep.objects.filter(
        dossier__agency__in=agencies, at_agency="", started_at__isnull=False
    )
    return found.filter(Q(dossier__returned_at__isnull=True) | Q(dossier__returned_at__gte=first))


def count(scopes: Sequence[Scope]) -> Counts:
    """Every measure in every scope, from the rows; one query for :data:`AT_ONCE` scopes."""
    totals = {measure.code: [0] * len(scopes) for measure in MEASURES}
    for begin in range(0, len(scopes), AT_ONCE):
        _count(totals, list(enumerate(scopes))[begin : begin + AT_ONCE])
    return totals


def _count(totals: dict[str, list[int]], scopes: Sequence[tuple[int, Scope]]) -> None:
    of_scope = {place: Span.of(scope) for place, scope in scopes}
    spans = {span: n for n, span in enumerate(dict.fromkeys(of_scope.values()))}
    agencies = {agency for _place, scope in scopes for agency in scope.agencies}
    numbers = {
        f"n{at}_{n}": Count("pk", filter=_known(span) & CONDITIONS[code](span))
        for span, at in spans.items()
        for n, code in enumerate(CONDITIONS)
    }
    found = _steps(sorted(agencies), min(span.first for span in spans))
    by_post: dict[int, list[tuple[str | None, dict[str, int]]]] = defaultdict(list)
    rows: Any = found.order_by().values("dossier__agency", "post__code").annotate(**numbers)
    for row in rows:
        by_post[row["dossier__agency"]].append((row["post__code"], row))
    for place, scope in scopes:
        for agency in scope.agencies:
            for post, row in by_post.get(agency, ()):
                if scope.part is None or scope.part.key == post:
                    for n, code in enumerate(CONDITIONS):
                        totals[code][place] += row[f"n{spans[of_scope[place]]}_{n}"]


def rows(code: str, scope: Scope) -> Steps:
    """The steps that a number counts, in the order in which they began."""
    span = Span.of(scope)
    found = _steps(scope.agencies, span.first).select_related("dossier", "post")
    if scope.part is not None:
        found = found.filter(post__code=scope.part.key)
    return found.filter(_known(span) & CONDITIONS[code](span)).order_by("started_at", "pk")


def posts_of(agencies: Sequence[int]) -> list[tuple[str, str]]:
    """Code and name of each post of agencies."""
    rows = Post.objects.filter(agency__in=agencies, external=False).order_by("order", "code")
    return list(dict(rows.values_list("code", "name")).items())


FAMILY = Family(
    name="dossiers.steps",
    sees="dossiers.view",
    measures=MEASURES,
    count=count,
    rows=rows,
    columns=COLUMNS,
    address=lambda row: reverse("dossiers:dossier", args=[row.dossier_id]),
    parts={"post": posts_of},
)
