"""A desk at this moment: what is open, how much time it has left, with whom it lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Count, Q
from django.utils import timezone

from motcua.core.errors import mark as _
from motcua.core.workcalendar import OutsideCalendar, national_calendar
from motcua.dossiers.models import STAGE_OPEN, STAGE_READY, Dossier
from motcua.dossiers.queries.figures import bounds
from motcua.dossiers.rules import PAUSED, RUNNING, DossierStatus
from motcua.dossiers.rules.status import BEFORE
from motcua.org.models import Agency

#: How much time is left, as the list of dossiers filters it: code → word, in the order of time.
LEFTS: Final[Mapping[str, str]] = {
    "late": _("Quá hạn"),
    "today": _("Hôm nay"),
    "1": _("1 ngày làm việc"),
    "3": _("2–3 ngày"),
    "5": _("4–5 ngày"),
    "10": _("6–10 ngày"),
    "more": _("Trên 10 ngày"),
    "none": _("Không có hạn"),
    "paused": _("Tạm dừng"),
    "answer": _("Chờ tiếp nhận"),
}
#: The same across those.
ACROSS: Final[Mapping[str, str]] = {
    "running": _("Đang tính giờ"),
    "week": _("Đến hạn trong tuần"),
}
#: Working days at which a stretch ends, by the code of the stretch.
_STRETCHES: Final = {"1": 1, "3": 3, "5": 5, "10": 10}
_RUNS: Final = Q(status__in=sorted(RUNNING))


def left_conditions(now: datetime) -> dict[str, Q]:
    """Each of :data:`LEFTS` and :data:`ACROSS` at a moment. Every open dossier is in one and only
    one of the former; what is due today is late once its moment is past."""
    today = timezone.localtime(now).date()
    ends = {"today": bounds(today, today)[1]}
    ends |= {code: bounds(today, _after(today, days))[1] for code, days in _STRETCHES.items()}
    found = {"late": _RUNS & Q(due_at__lt=now)}
    first = now
    for code, end in ends.items():
        found[code] = _RUNS & Q(due_at__gte=first, due_at__lt=end)
        first = max(first, end)
    return found | {
        "more": _RUNS & Q(due_at__gte=first),
        "none": _RUNS & Q(due_at__isnull=True),
        "paused": Q(status__in=sorted(PAUSED)),
        "answer": Q(status__in=sorted(BEFORE)),
        "running": _RUNS,
        "week": _RUNS & Q(due_at__gte=now, due_at__lt=end_of_week(now)),
    }


def end_of_week(now: datetime) -> datetime:
    """The first moment after Sunday."""
    today = timezone.localtime(now).date()
    return bounds(today, today + timedelta(days=6 - today.weekday()))[1]


def _after(day: date, days: int) -> date:
    """So many working days later."""
    calendar = national_calendar()
    try:
        for _n in range(days):
            day = calendar.next_working_day(day + timedelta(days=1))
    except OutsideCalendar:
        return day + timedelta(days=days)
    return day


#: What is counted for each post, and how the list of dossiers finds it.
COLUMNS: Final[Mapping[str, tuple[str, str]]] = {
    "running": (_("Đang tính giờ"), "left=running"),
    "late": (_("Quá hạn"), "left=late"),
    "today": (_("Hôm nay"), "left=today"),
    "week": (_("Trong tuần"), "left=week"),
    "waiting": (_("Chờ bổ sung"), "status=waiting"),
    "owing": (_("Chờ nghĩa vụ tài chính"), "status=owing"),
}


@dataclass(frozen=True, slots=True)
class Lying:
    """What lies with one post (None: with nobody): a number for each of :data:`COLUMNS`."""

    post: int | None
    name: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Desk:
    """An agency's open dossiers: by time left, by post; how many results wait to be fetched."""

    lefts: Mapping[str, int]
    counts: Mapping[str, int]
    ready: int
    posts: list[Lying]


def desk_of(agency: Agency, now: datetime) -> Desk:
    """One query for any number of dossiers and posts."""
    told = left_conditions(now) | {
        "waiting": Q(status=DossierStatus.WAITING),
        "owing": Q(status=DossierStatus.OWING),
        "ready": Q(stage=STAGE_READY),
    }
    rows = Dossier.objects.filter(agency=agency, stage__in=[STAGE_OPEN, STAGE_READY])
    names = {code: f"n_{code}" for code in told}
    counted = {names[code]: Count("pk", filter=condition) for code, condition in told.items()}
    found: Any = rows.values("post", "post__name")
    by_post = list(found.annotate(**counted).order_by("post__name", "post"))
    sums = {code: sum(row[name] for row in by_post) for code, name in names.items()}
    posts = [
        Lying(row["post"], row["post__name"] or "", {code: row[names[code]] for code in COLUMNS})
        for row in by_post
        if any(row[names[code]] for code in COLUMNS)
    ]
    return Desk(
        lefts={code: sums[code] for code in LEFTS},
        counts={code: sums[code] for code in COLUMNS},
        ready=sums["ready"],
        posts=posts,
    )
