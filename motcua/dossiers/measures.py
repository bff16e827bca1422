"""What indicators may count of dossiers: for many periods at once by the pure rules, and one number
opened to its rows in SQL.

Both say the same; ``tests/dossiers/test_measures.py`` holds them together. The numbers of a period
follow from each dossier's marks alone, so that they can be kept up by adding and taking away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from motcua.core.errors import mark as _
from motcua.core.measures import Counts, Family, Measure, RowColumn, Scope
from motcua.core.workcalendar import WorkCalendar, national_calendar
from motcua.dossiers.models import Dossier, DossierQuerySet, Event, Pause, PauseKind, Redating
from motcua.dossiers.queries.figures import bounds
from motcua.dossiers.queries.marked import CONDITIONS, marked
from motcua.dossiers.rules import CLOSED, DossierStatus
from motcua.dossiers.rules.clock import Timeliness
from motcua.dossiers.rules.marks import Course, NewDate, Wait, marks_of
from motcua.files.models import Attachment
from motcua.procedures.rules.parts import Channel

DOSSIERS = _("hồ sơ")
INDEX = "Quyết định 766/QĐ-TTg"
D61 = "Nghị định 61/2018/NĐ-CP"

MEASURES = (
    Measure("dossiers.received", _("Hồ sơ tiếp nhận"), DOSSIERS, _("Tiếp nhận trong kỳ."), D61),
    Measure(
        "dossiers.received.desk",
        _("Hồ sơ nộp trực tiếp"),
        DOSSIERS,
        _("Tiếp nhận trong kỳ, nộp tại Bộ phận Một cửa."),
    ),
    Measure(
        "dossiers.received.online",
        _("Hồ sơ nộp trực tuyến"),
        DOSSIERS,
        _("Tiếp nhận trong kỳ, nộp trực tuyến."),
        f"{INDEX}, 3.3",
    ),
    Measure(
        "dossiers.received.post",
        _("Hồ sơ nộp qua bưu chính"),
        DOSSIERS,
        _("Tiếp nhận trong kỳ, nộp qua bưu chính công ích."),
    ),
    Measure(
        "dossiers.carried",
        _("Hồ sơ kỳ trước chuyển sang"),
        DOSSIERS,
        _("Tiếp nhận trước kỳ, đầu kỳ chưa có kết quả."),
    ),
    Measure(
        "dossiers.settled",
        _("Hồ sơ đã giải quyết"),
        DOSSIERS,
        _("Có kết quả trong kỳ (không phải ngày trả), hoặc đã rút, đã dừng sau khi tiếp nhận."),
        f"{INDEX}, 2.1",
    ),
    Measure(
        "dossiers.settled.early",
        _("Hồ sơ giải quyết trước hạn"),
        DOSSIERS,
        _("Giải quyết trong kỳ, vào một ngày trước ngày hẹn; yêu cầu bổ sung không quá một lần."),
        f"{INDEX}, 2.1",
    ),
    Measure(
        "dossiers.settled.punctual",
        _("Hồ sơ giải quyết trước và đúng hạn"),
        DOSSIERS,
        _("Giải quyết trong kỳ, không sau giờ hẹn; yêu cầu bổ sung không quá một lần."),
        f"{INDEX}, 2.1",
    ),
    Measure(
        "dossiers.settled.late",
        _("Hồ sơ giải quyết quá hạn"),
        DOSSIERS,
        _("Giải quyết trong kỳ sau giờ hẹn, hoặc đã yêu cầu bổ sung quá một lần."),
        f"{INDEX}, 2.1",
    ),
    Measure(
        "dossiers.settled.minutes",
        _("Thời gian giải quyết"),
        _("phút làm việc"),
        _("Giờ làm việc từ tiếp nhận đến kết quả, trừ thời gian chờ bổ sung, chờ nghĩa vụ."),
        f"{INDEX}, 2.2",
    ),
    Measure(
        "dossiers.open",
        _("Hồ sơ đang giải quyết"),
        DOSSIERS,
        _("Cuối kỳ chưa có kết quả."),
    ),
    Measure(
        "dossiers.open.late",
        _("Hồ sơ đang quá hạn"),
        DOSSIERS,
        _("Cuối kỳ chưa có kết quả và đã qua giờ hẹn; hồ sơ đang tạm dừng không tính."),
    ),
    Measure(
        "dossiers.index",
        _("Hồ sơ xét tiến độ"),
        DOSSIERS,
        _("Giải quyết trong kỳ hoặc cuối kỳ chưa có kết quả."),
        f"{INDEX}, 2.1",
    ),
    Measure(
        "dossiers.index.punctual",
        _("Hồ sơ đạt tiến độ"),
        DOSSIERS,
        _(
            "Xét đến lúc có kết quả; đang chờ bổ sung lần đầu thì xét đến lúc yêu cầu; "
            "chưa xong thì xét đến cuối kỳ. Yêu cầu bổ sung quá một lần là trễ."
        ),
        f"{INDEX}, 2.1",
    ),
    Measure(
        "dossiers.supplement.once",
        _("Hồ sơ có yêu cầu bổ sung lần đầu"),
        DOSSIERS,
        _("Lần yêu cầu bổ sung thứ nhất nằm trong kỳ."),
        f"{D61}, Điều 17",
    ),
    Measure(
        "dossiers.supplement.again",
        _("Hồ sơ bị yêu cầu bổ sung lần hai"),
        DOSSIERS,
        _("Lần yêu cầu bổ sung thứ hai nằm trong kỳ."),
        f"{INDEX}, 2.1",
    ),
    Measure(
        "dossiers.results",
        _("Hồ sơ có kết quả"),
        DOSSIERS,
        _("Có kết quả trong kỳ; hồ sơ rút, dừng không tính."),
        f"{INDEX}, 4.1",
    ),
    Measure(
        "dossiers.results.electronic",
        _("Hồ sơ có kết quả điện tử"),
        DOSSIERS,
        _("Có kết quả trong kỳ và có tệp kết quả lưu cùng hồ sơ."),
        f"{INDEX}, 4.1",
    ),
    Measure(
        "dossiers.results.digitised",
        _("Hồ sơ được số hóa"),
        DOSSIERS,
        _("Có kết quả trong kỳ; có ít nhất một tệp thành phần và tệp kết quả."),
        f"{INDEX}, 4.2",
    ),
)
COLUMNS = (
    RowColumn(_("Mã hồ sơ"), "code"),
    RowColumn(_("Nội dung"), "summary"),
    RowColumn(_("Tiếp nhận"), "received_at"),
    RowColumn(_("Hẹn trả"), "then_due"),
    RowColumn(_("Kết thúc"), "then_ended"),
)
SUMS = frozenset({"dossiers.settled.minutes"})
_CLOCK_STOPS = (PauseKind.SUPPLEMENT, PauseKind.PAYMENT)


@dataclass(frozen=True, slots=True)
class Span:
    """A scope in moments: its first, the first after its events, the first after its cut-off."""

    first: datetime
    at: datetime
    seen: datetime

    @classmethod
    def of(cls, scope: Scope) -> Span:
        """Days of the installation's time zone; a day that runs ends now."""
        first, at = bounds(scope.since, scope.end)
        seen = bounds(scope.on, scope.on)[1]
        if scope.now is not None:
            at, seen = min(at, scope.now), min(seen, scope.now)
        return cls(first, at, seen)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of a dossier: from when until when it was there."""

    added: datetime
    withdrawn: datetime | None

    def known(self, seen: datetime) -> bool:
        """Whether it was there just before a moment."""
        return self.added < seen and (self.withdrawn is None or self.withdrawn >= seen)


@dataclass(frozen=True, slots=True)
class Known:
    """A dossier with all that its marks follow from."""

    agency: int
    channel: str
    entered: datetime
    course: Course
    papers: tuple[Kept, ...] = ()
    results: tuple[Kept, ...] = ()


def read_courses(scopes: Sequence[Scope]) -> Iterator[Known]:
    """The dossiers that any of the scopes can count, with their dates; five queries."""
    first = min(Span.of(scope).first for scope in scopes)
    agencies = {agency for scope in scopes for agency in scope.agencies}
    zone = timezone.get_current_timezone()

    def local(moment: datetime | None) -> datetime | None:
        return moment.astimezone(zone) if moment is not None else None

    dossiers = Dossier.objects.filter(agency__in=agencies, received_at__isnull=False).filter(
        Q(settled_at__isnull=True) | Q(settled_at__gte=first)
    )
    keys = dossiers.values("pk")
    waits: dict[int, list[Wait]] = defaultdict(list)
    pauses = Pause.objects.filter(dossier__in=keys, kind__in=_CLOCK_STOPS)
    for key, kind, asked, ended, before in pauses.order_by("asked_at", "pk").values_list(
        "dossier", "kind", "asked_at", "ended_at", "due_before"
    ):
        waits[key].append(Wait(asked, ended, local(before), kind == PauseKind.SUPPLEMENT))
    redated: dict[int, list[NewDate]] = defaultdict(list)
    apologies = Redating.objects.filter(dossier__in=keys).order_by("at", "pk")
    for key, at, before in apologies.values_list("dossier", "at", "due_before"):
        redated[key].append(NewDate(at, before.astimezone(zone)))
    without = sorted(CLOSED - {DossierStatus.RETURNED})  # ends without a result
    closings = Event.objects.filter(dossier__in=keys, status__in=without)
    closings = closings.filter(dossier__status__in=without).order_by("-id")  # not opened again
    closed = dict(closings.values_list("dossier", "at"))  # the first one stays
    files: dict[tuple[int, str], list[Kept]] = defaultdict(list)
    kept = Attachment.objects.filter(object_type=Dossier._meta.label_lower, object_id__in=keys)
    for key, kind, added, gone in kept.values_list("object_id", "kind", "added_at", "withdrawn_at"):
        files[key, kind].append(Kept(added, gone))
    fields = ("pk", "agency", "channel", "entered_at", "received_at", "due_at", "settled_at")
    for key, agency, channel, entered, received, due, settled in dossiers.values_list(*fields):
        assert received is not None  # of the filter above
        course = Course(
            received,
            local(due),
            local(settled),
            local(closed.get(key)),
            tuple(waits.get(key, ())),
            tuple(redated.get(key, ())),
        )
        papers, results = (tuple(files.get((key, kind), ())) for kind in ("paper", "result"))
        yield Known(agency, channel, entered, course, papers, results)


def codes_of(known: Known, span: Span) -> Iterator[str]:
    """The measures that count a dossier in a span, :data:`SUMS` included."""
    course, first, at = known.course, span.first, span.at
    if course.received >= at or known.entered >= span.seen:
        return
    end = course.ended(at)
    if end is not None and end < first:
        return
    yield "dossiers.index"
    if course.received >= first:
        yield "dossiers.received"
        yield f"dossiers.received.{Channel(known.channel)}"
    else:
        yield "dossiers.carried"
    for asked, code in zip(course.asked(at), ("once", "again"), strict=False):
        if asked >= first:
            yield f"dossiers.supplement.{code}"
    marks = marks_of(course, at)
    if marks.punctual:
        yield "dossiers.index.punctual"
    yield from _OF_STANDING[marks.stands]
    if end is not None and course.settled is not None:
        yield from ("dossiers.results", "dossiers.settled.minutes")
        if any(file.known(span.seen) for file in known.results):
            yield "dossiers.results.electronic"
            if any(file.known(span.seen) for file in known.papers):
                yield "dossiers.results.digitised"


_OF_STANDING = {
    Timeliness.RUNNING: ("dossiers.open",),
    Timeliness.OVERDUE: ("dossiers.open", "dossiers.open.late"),
    Timeliness.LATE: ("dossiers.settled", "dossiers.settled.late"),
    Timeliness.ON_TIME: ("dossiers.settled", "dossiers.settled.punctual"),
    Timeliness.EARLY: (
        "dossiers.settled",
        "dossiers.settled.punctual",
        "dossiers.settled.early",
    ),
}


def worked(course: Course, calendar: WorkCalendar) -> int:
    """Working minutes from receipt to result without those that the clock stood."""
    assert course.settled is not None  # only what has a result is asked for
    ended = course.settled
    whole = calendar.between(course.received, ended)
    waited = sum(calendar.between(w.asked, w.ended or ended) for w in course.waits)
    return max(whole - waited, 0)


def count(scopes: Sequence[Scope]) -> Counts:
    """Every measure in every scope; five queries for any number of them."""
    calendar = national_calendar()
    totals = {measure.code: [0] * len(scopes) for measure in MEASURES}
    spans = [(place, scope.agencies, Span.of(scope)) for place, scope in enumerate(scopes)]
    for known in read_courses(scopes):
        minutes: int | None = None
        for place, agencies, span in spans:
            if known.agency not in agencies:
                continue
            for code in codes_of(known, span):
                if code in SUMS:
                    minutes = worked(known.course, calendar) if minutes is None else minutes
                totals[code][place] += (minutes or 0) if code in SUMS else 1
    return totals


def rows(code: str, scope: Scope) -> DossierQuerySet:
    """The dossiers that a number counts, in the order of receipt."""
    span = Span.of(scope)
    found = marked(Dossier.objects.filter(agency__in=scope.agencies), span.at, span.seen)
    return found.filter(CONDITIONS[code](span.first, span.at)).order_by("received_at", "pk")


FAMILY = Family(
    name="dossiers",
    sees="dossiers.view",
    measures=MEASURES,
    count=count,
    rows=rows,
    columns=COLUMNS,
    address=lambda row: reverse("dossiers:dossier", args=[row.pk]),
    sums=SUMS,
)
