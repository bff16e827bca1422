"""The clerk's work list over the samples."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from motcua.ui.gallery.samples import DOING, FINISHED, TASKS, TODAY, TODO, WAITING, Task
from motcua.ui.listing.columns import Column, Empty
from motcua.ui.listing.filters import BooleanFilter, ChoiceFilter, DateRangeFilter
from motcua.ui.listing.page import BulkAction, Listing
from motcua.ui.listing.paging import Page

COLUMNS = (
    Column("title", "Nhiệm vụ", order_by="title", primary=True),
    Column(
        "lead", "Chủ trì", order_by="lead", template="ui/gallery/_person.html", phone_label=False
    ),
    Column(
        "step", "Tình trạng", order_by="step", template="ui/gallery/_step.html", phone_label=False
    ),
    Column("due", "Hạn", order_by="due", template="ui/gallery/_due.html", phone_label=False),
    Column("share", "Tiến độ", template="ui/gallery/_share.html", on_phone=False),
)
FIELDS = [(name, name) for name in sorted({task.field for task in TASKS})]
FILTERS = (
    ChoiceFilter("field", "Lĩnh vực", FIELDS),
    ChoiceFilter("step", "Tình trạng", [(s[0], s[0]) for s in (TODO, DOING, WAITING, FINISHED)]),
    DateRangeFilter("due", "Hạn"),
    BooleanFilter("late", "Chỉ việc trễ hạn"),
)


class SampleListing(Listing[Any]):
    """The real list over values in memory: only what the database would answer is replaced."""

    objects: tuple[Task, ...] = TASKS

    @cached_property
    def count(self) -> int:
        """As a table of 38 rows."""
        return 38 if self.objects else 0

    @cached_property
    def page(self) -> Page[Any]:
        """The first page."""
        more = "sample" if self.objects else ""
        return Page(list(self.objects), 0, more, "")


def work_list(request: HttpRequest, *, full: bool = True, bulk: bool = True) -> SampleListing:
    """The clerk's work list."""
    rows = SampleListing(
        request=request,
        base=None,  # type: ignore[arg-type]  # no database behind the samples
        columns=COLUMNS,
        filters=FILTERS if full else (),
        order_default="due",
        search="text" if full else "",
        page_size=50,
        row_url=lambda task: reverse("ui:gallery-detail") + f"?task={task.pk}",
        row_tone=lambda task: task.tone if task.tone in ("late", "done") else _soon(task),
        bulk=(BulkAction("Gửi nhắc việc", "#", "bell"), BulkAction("Đổi người chủ trì", "#"))
        if bulk
        else (),
        beside=True,
        empty=Empty("Chưa có việc nào được giao", "Việc hiện ở đây khi kế hoạch có hiệu lực."),
        file_name="viec",
        caption="Việc của tôi",
        search_label="Tìm theo tên việc, người chủ trì",
        id="listing",
    )
    rows.params = QueryDict(request.GET.urlencode())
    return rows


def _soon(task: Task) -> str:
    return "soon" if task.due and 0 <= (task.due - TODAY).days <= 5 else ""
