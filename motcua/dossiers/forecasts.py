"""What open dossiers tell about a period's end: when they are due, how close to it others ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from motcua.core.forecasts import Judged, Outlook, Pending
from motcua.core.measures import Scope
from motcua.core.workcalendar import OutsideCalendar, national_calendar
from motcua.dossiers.measures import MEASURES, Span, rows
from motcua.dossiers.models import Dossier

#: What is there on a day, not what happens in a period.
STOCKS: Final = frozenset(
    {"dossiers.carried", "dossiers.open", "dossiers.open.late"}
    | {"dossiers.index", "dossiers.index.punctual"}
)
FLOWS: Final = frozenset(measure.code for measure in MEASURES) - STOCKS
_ENDED: Final = ("dossiers.settled", "dossiers.settled.punctual", "dossiers.received")
JUDGED: Final = {
    ("dossiers.settled.punctual", "dossiers.settled"): Judged(*_ENDED),
    ("dossiers.index.punctual", "dossiers.index"): Judged(*_ENDED, open_too=True),
}
#: How the last ones ended is read from so many.
LATEST: Final = 2_000


def pending(scope: Scope) -> list[Pending]:
    """The open dossiers of a scope as they stood at its end, by their promise; one query."""
    at = Span.of(scope).at
    left_at = _left_at(at)
    found: Any = rows("dossiers.open", scope)
    found = found.order_by("then_due", "pk")
    columns = ("pk", "code", "summary", "step_name", "then_due", "then_paused", "second_asked")
    return [
        Pending(
            key=pk,
            due=due and timezone.localtime(due),
            left=None if due is None else left_at(due),
            paused=paused,
            lost=again is not None,
            label=f"{code} {summary}",
            note=step if scope.now is not None else "",  # it is told of this moment alone
            url=reverse("dossiers:dossier", args=[pk]),
        )
        for pk, code, summary, step, due, paused, again in found.values_list(*columns)
    ]


def lefts(scope: Scope) -> list[int]:
    """Working minutes between result and promise of the last :data:`LATEST` dossiers that had a
    result at the end of a scope and were known by its cut-off; one query."""
    span = Span.of(scope)
    ended = Dossier.objects.filter(
        agency__in=scope.agencies,
        received_at__isnull=False,
        settled_at__lt=span.at,
        entered_at__lt=span.seen,
        due_at__isnull=False,
    )
    dates = ended.order_by("-settled_at", "-pk").values_list("settled_at", "due_at")[:LATEST]
    return list(_minutes(dates.iterator()))


def _minutes(dates: Iterator[tuple[datetime | None, datetime | None]]) -> Iterator[int]:
    for settled, due in dates:
        assert settled is not None  # of the filter
        assert due is not None  # likewise
        yield _left_at(settled)(due)


def _left_at(at: datetime) -> Callable[[datetime], int]:
    """The working minutes from a moment to another; where the calendar does not reach so far, the
    days of the year as they come."""
    calendar = national_calendar()

    def left(due: datetime) -> int:
        try:
            told = calendar.left(at, due)
        except OutsideCalendar:
            return int((due - at).total_seconds() // 60)
        return min(told.minutes, -1) if told.late else told.minutes

    return left


OUTLOOK = Outlook("dossiers", FLOWS, JUDGED, pending, lefts)
