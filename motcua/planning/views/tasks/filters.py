"""What the list, the board and the calendar of tasks are narrowed by; the way between them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.core.periods import Period, PeriodKind
from motcua.org.models import Agency, Person, Post
from motcua.org.permissions import visible_agencies
from motcua.planning.models import SteeringDocument, Task
from motcua.planning.rules import FIELDS, TaskStatus
from motcua.ui.elements import Tab
from motcua.ui.forms.widgets import FlatSelect
from motcua.ui.listing import BooleanFilter, ChoiceFilter, DateRangeFilter, Filter, Listing
from motcua.ui.listing.filters import Chip, Cleaned

#: The value of the status filter that leaves closed tasks in.
ALL = "all"
#: Steering documents offered in the filter, the newest first.
STEERING_CHOICES = 100
_KINDS = (PeriodKind.YEAR, PeriodKind.HALF, PeriodKind.QUARTER, PeriodKind.MONTH)
VIEWS = (("tasks", _("Danh sách")), ("task_board", _("Bảng")), ("task_calendar", _("Lịch")))


@dataclass(frozen=True)
class PeriodFilter:
    """Tasks due in a year, half, quarter or month; ``years`` are offered, the first one first."""

    years: tuple[int, ...]
    key: str = "period"

    def fields(self) -> dict[str, forms.Field]:
        """A select with one group for each year."""
        choices: list[Any] = [("", gettext("Tất cả"))]
        for year in self.years:
            periods = [one for kind in _KINDS for one in _periods(kind, year)]
            choices.append((str(year), [(one.code, one.label) for one in periods]))
        label = _("Kỳ đến hạn")
        return {
            self.key: forms.ChoiceField(
                label=label, required=False, choices=choices, widget=FlatSelect
            )
        }

    def apply(self, queryset: QuerySet[Any], cleaned: Cleaned) -> QuerySet[Any]:
        """Rows due in the chosen period."""
        code = cleaned.get(self.key)
        if not code:
            return queryset
        period = Period.parse(code)
        return queryset.filter(order_on__gte=period.start, order_on__lte=period.end)

    def chips(self, cleaned: Cleaned) -> Iterable[Chip]:
        """ "Quý II năm 2024"."""
        if code := cleaned.get(self.key):
            yield Chip(Period.parse(code).label, (self.key,))


def _periods(kind: PeriodKind, year: int) -> Iterable[Period]:
    period = Period(kind, year)
    while period.year == year:
        yield period
        period = period.next()


def filters_of(
    request: HttpRequest, person: Person, on: date, *, by_status: bool = True, by_due: bool = True
) -> list[Filter]:
    """The filters; the board stands by status and the calendar by day, and leave theirs out."""
    found = [_field_filter(), *_people_filters(request, person, on), _steering_filter(person, on)]
    if by_status:
        found.insert(1, _status_filter())
    if by_due:
        found.append(PeriodFilter((on.year, on.year - 1, on.year + 1)))
        found.append(DateRangeFilter("due", _("Hạn"), path="order_on"))
    late = BooleanFilter("late", _("Chỉ việc trễ hạn"), when=lambda rows: rows.late(on))
    return [*found, late]


def _field_filter() -> Filter:
    fields = [(key, gettext(label)) for key, label in FIELDS.items()]
    return ChoiceFilter("field", _("Lĩnh vực"), fields)


def _status_filter() -> Filter:
    statuses = [(one.value, gettext(one.label)) for one in TaskStatus]
    return ChoiceFilter(
        "status",
        _("Trạng thái"),
        [*statuses, (ALL, gettext("Tất cả"))],
        lookup=lambda rows, status: rows if status == ALL else rows.filter(status=status),
        all_label=_("Chưa xong"),
    )


def _people_filters(request: HttpRequest, person: Person, on: date) -> list[Filter]:
    """By agency for who sees several; within one agency by post and by person.

    A person named by the address is known among several agencies too.
    """
    seen = visible_agencies(person, "planning.view", on)
    people = Person.objects.filter(appointments__post__agency__in=seen).distinct()
    found: list[Filter] = []
    if len(seen) > 1:
        rows = Agency.objects.filter(pk__in=seen).order_by("name")
        found.append(
            ChoiceFilter("agency", _("Cơ quan"), lambda: list(rows.values_list("pk", "name")))
        )
        seen = [pk for pk in seen if str(pk) == request.GET.get("agency")]
    if len(seen) == 1:
        posts = Post.objects.filter(agency__in=seen).order_by("order")
        found.append(
            ChoiceFilter("lead_post", _("Chủ trì"), lambda: list(posts.values_list("pk", "name")))
        )
        people = people.filter(appointments__post__agency__in=seen)
    else:
        named = request.GET.get("person", "")
        people = people.filter(pk=named) if named.isdigit() else people.none()
    if len(seen) == 1 or request.GET.get("person"):
        found.append(_person_filter(people))
    return found


def _person_filter(people: QuerySet[Person]) -> Filter:
    return ChoiceFilter(
        "person",
        _("Người làm"),
        lambda: list(people.order_by("sort_name").values_list("pk", "full_name")),
        lookup=lambda rows, pk: rows.of_person(int(pk)),
    )


def _steering_filter(person: Person, on: date) -> Filter:
    seen = visible_agencies(person, "planning.view", on)
    rows = SteeringDocument.objects.filter(agency__in=seen).order_by("-issued_on", "-pk")
    return ChoiceFilter(
        "steering",
        _("Văn bản chỉ đạo"),
        lambda: list(rows.values_list("pk", "number")[:STEERING_CHOICES]),
    )


def shown_tasks(request: HttpRequest, person: Person, on: date) -> Any:
    """Tasks that a list begins with: those one may see, open ones unless a status is asked for."""
    rows = Task.objects.visible_to(person, on).followed()
    return rows if request.GET.get("status") else rows.open()


def kept_filters(rows: Listing[Task]) -> str:
    """What the address narrows to, for another view: no order, no month, nothing empty."""
    empty = {name: None for name, value in rows.params.items() if not value}
    return rows.url(**{"order": None, "month": None, **empty}).partition("?")[2]


def views_of(rows: Listing[Task], current: str) -> list[Tab]:
    """The ways to look at the same tasks; filters go along."""
    kept = kept_filters(rows)
    return [
        Tab(label, f"{reverse(f'planning:{name}')}{'?' if kept else ''}{kept}", name == current)
        for name, label in VIEWS
    ]
