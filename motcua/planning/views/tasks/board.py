"""The same tasks as a board by status, and as a month."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.core.periods import NotAPeriod, Period, PeriodKind
from motcua.core.workcalendar import national_calendar
from motcua.planning.models import Task
from motcua.planning.queries.board import columns_of, days_of, marks_of
from motcua.planning.rules import Urgency, urgency
from motcua.planning.views.common import who
from motcua.planning.views.tasks.common import may_at_home
from motcua.planning.views.tasks.filters import filters_of, kept_filters, shown_tasks, views_of
from motcua.ui.elements import Entry, month
from motcua.ui.formats import vn_date
from motcua.ui.listing import Column, Listing, listing

_TONES = {Urgency.LATE: "late", Urgency.SOON: "soon", Urgency.CLOSED: "done"}
_COLUMNS = (Column("text", _("Nhiệm vụ"), order_by="order_on"),)
_SEARCH = _("Tìm trong nội dung nhiệm vụ")


@login_required
def task_board(request: HttpRequest) -> HttpResponseBase:
    """The first tasks of each status, with the steps that move them on."""
    person, now, on = who(request)
    rows = _narrowed(
        request,
        Task.objects.visible_to(person, on).followed(),
        filters_of(request, person, on, by_status=False),
    )
    context = {
        "columns": [
            (column, rows.url(status=column.status).replace(request.path, _list(), 1))
            for column in columns_of(rows.queryset, person, now)
        ],
        "views": views_of(rows, "task_board"),
        "may_assign": may_at_home(request, "planning.assign"),
    }
    part = {"listing": "planning/tasks/_board.html"}
    return rows.respond("planning/task_board.html", context, part=part)


@login_required
def task_calendar(request: HttpRequest) -> HttpResponseBase:
    """A month of deadlines, with the days that are not worked and those worked instead."""
    person, _now, on = who(request)
    filters = filters_of(request, person, on, by_due=False)
    rows = _narrowed(request, shown_tasks(request, person, on), filters)
    shown = _asked_month(request, on)
    off, worked = marks_of(shown)
    context = {
        "month": month(
            shown.start,
            _entries(rows, shown, on),
            today=on,
            days_off=off,
            days_worked=worked,
            previous_url=rows.url(month=shown.previous().code),
            next_url=rows.url(month=shown.next().code),
            day_url=lambda day: _day_url(rows, day),
        ),
        "views": views_of(rows, "task_calendar"),
        "may_assign": may_at_home(request, "planning.assign"),
    }
    part = {"listing": "planning/tasks/_calendar.html"}
    return rows.respond("planning/task_calendar.html", context, part=part)


def _narrowed(request: HttpRequest, base: Any, filters: Any) -> Listing[Task]:
    return listing(
        request,
        base,
        _COLUMNS,
        filters=filters,
        order="text",
        search=lambda rows, text: rows.matching(text),
        search_label=_SEARCH,
        exportable=False,
    )


def _list() -> str:
    return reverse("planning:tasks")


def _asked_month(request: HttpRequest, on: date) -> Period:
    """The month of the address; this month where it names none, or one without a calendar."""
    calendar = national_calendar()
    try:
        asked = Period.parse(request.GET.get("month", ""))
    except NotAPeriod:
        asked = Period.containing(PeriodKind.DAY, on)
    # Its neighbours are shown as well: the first and last months of the calendar are left out.
    if not calendar.first_year < asked.year < calendar.last_year:
        asked = Period.containing(PeriodKind.DAY, on)
    return Period.containing(PeriodKind.MONTH, asked.start)


def _entries(rows: Listing[Task], shown: Period, on: date) -> dict[date, list[Entry]]:
    found: dict[date, list[Entry]] = {}
    for day, content in days_of(rows.queryset, shown).items():
        found[day] = [
            Entry(
                f"{task.code} {task.text}",
                reverse("planning:task", args=[task.pk]),
                _TONES.get(urgency(task.status, task.due_on, on), ""),
            )
            for task in content.tasks
        ]
        if content.more:
            words = gettext("còn %(n)d việc") % {"n": content.more}
            found[day].append(Entry(words, _day_url(rows, day), "done"))
    return found


def _day_url(rows: Listing[Task], day: date) -> str:
    """The list of what is due on a day, under the same filters."""
    kept = kept_filters(rows)
    days = urlencode({"due_from": vn_date(day), "due_to": vn_date(day)})
    return f"{_list()}?{kept}{'&' if kept else ''}{days}"
