"""The list of tasks: filters, search, order, export."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.org.models import Agency, Person, Post
from motcua.org.permissions import visible_agencies
from motcua.planning.models import Task
from motcua.planning.rules import FIELDS, TaskStatus, Urgency, urgency
from motcua.planning.views.common import who
from motcua.planning.views.tasks.common import may_at_home
from motcua.ui.listing import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    DateRangeFilter,
    Empty,
    Filter,
    listing,
)

COLUMNS = (
    Column("code", _("Mã"), order_by="code", on_phone=False),
    Column(
        "text",
        _("Nhiệm vụ"),
        template="planning/tasks/_text_cell.html",
        primary=True,
        wide=True,
    ),
    Column(
        "lead",
        _("Chủ trì"),
        path="lead_person__full_name",
        template="planning/tasks/_lead_cell.html",
        phone_label=False,
    ),
    Column(
        "due",
        _("Hạn"),
        path="due_on",
        order_by="order_on",
        template="planning/tasks/_due_cell.html",
        phone_label=False,
    ),
    Column(
        "status",
        _("Trạng thái"),
        template="planning/tasks/_status_cell.html",
        export_value=lambda status: gettext(TaskStatus(status).label),
        phone_label=False,
    ),
)
#: The value of the status filter that leaves closed tasks in.
ALL = "all"
_TONES = {Urgency.LATE: "late", Urgency.SOON: "soon", Urgency.CLOSED: "done"}


def _filters(person: Person, on: date) -> list[Filter]:
    agencies = visible_agencies(person, "planning.view", on)
    narrow: Filter
    if len(agencies) > 1:
        rows = Agency.objects.filter(pk__in=agencies).order_by("name")
        narrow = ChoiceFilter("agency", _("Cơ quan"), lambda: list(rows.values_list("pk", "name")))
    else:
        posts = Post.objects.filter(agency__in=agencies).order_by("order")
        narrow = ChoiceFilter(
            "lead_post", _("Chủ trì"), lambda: list(posts.values_list("pk", "name"))
        )
    return [
        ChoiceFilter("field", _("Lĩnh vực"), [(k, gettext(v)) for k, v in FIELDS.items()]),
        ChoiceFilter(
            "status",
            _("Trạng thái"),
            [(one.value, gettext(one.label)) for one in TaskStatus] + [(ALL, gettext("Tất cả"))],
            lookup=lambda rows, status: rows if status == ALL else rows.filter(status=status),
            all_label=_("Chưa xong"),
        ),
        narrow,
        DateRangeFilter("due", _("Hạn"), path="due_on"),
        BooleanFilter("late", _("Chỉ việc trễ hạn"), when=lambda rows: rows.late(on)),
    ]


@login_required
def tasks(request: HttpRequest) -> HttpResponseBase:
    """Tasks that the person may see, open ones unless asked; a series by its instances."""
    person, _now, on = who(request)
    base: Any = Task.objects.visible_to(person, on).followed()
    if not request.GET.get("status"):
        base = base.open()
    rows = listing(
        request,
        base.select_related("lead_person", "lead_post"),
        COLUMNS,
        filters=_filters(person, on),
        order="due",
        search=("folded",),
        search_label=_("Tìm trong nội dung nhiệm vụ"),
        row_url=lambda task: reverse("planning:task", args=[task.pk]),
        row_tone=lambda task: _TONES.get(urgency(task.status, task.due_on, on), ""),
        empty=Empty(_("Chưa có nhiệm vụ nào"), _("Nhiệm vụ có khi kế hoạch được duyệt.")),
        file_name="nhiem-vu",
    )
    return rows.respond(
        "planning/tasks.html", {"may_assign": may_at_home(request, "planning.assign")}
    )
