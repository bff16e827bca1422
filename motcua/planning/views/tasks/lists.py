"""The list of tasks: filters, search, order, steps on many, export."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.planning.queries.work import costs_shown
from motcua.planning.rules import FIELDS, TaskStatus, Urgency, urgency
from motcua.planning.views.common import who
from motcua.planning.views.tasks.common import may_at_home
from motcua.planning.views.tasks.filters import filters_of, shown_tasks, views_of
from motcua.planning.views.tasks.together import buttons_for
from motcua.ui.listing import Column, Empty, listing

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
        "field",
        _("Lĩnh vực"),
        export_value=lambda field: gettext(FIELDS.get(field, field)),
        in_file_only=True,
    ),
    Column(
        "lead",
        _("Chủ trì"),
        path="lead_person__full_name",
        template="planning/tasks/_lead_cell.html",
        phone_label=False,
    ),
    Column("post", _("Vị trí chủ trì"), path="lead_post__name", in_file_only=True),
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
    Column("percent", _("Tiến độ (%)"), in_file_only=True),
    Column("product", _("Sản phẩm"), in_file_only=True),
    Column("cost", _("Kinh phí (đồng)"), in_file_only=True),
    Column("steering", _("Văn bản chỉ đạo"), path="steering__number", in_file_only=True),
)
_TONES = {Urgency.LATE: "late", Urgency.SOON: "soon", Urgency.CLOSED: "done"}


@login_required
def tasks(request: HttpRequest) -> HttpResponseBase:
    """Tasks that the person may see, open ones unless asked; a series by its instances."""
    person, _now, on = who(request)
    rows = listing(
        request,
        shown_tasks(request, person, on).select_related("lead_person", "lead_post"),
        COLUMNS,
        filters=filters_of(request, person, on),
        order="due",
        search=lambda rows, text: rows.matching(text),
        search_label=_("Tìm trong nội dung nhiệm vụ"),
        row_url=lambda task: reverse("planning:task", args=[task.pk]),
        row_tone=lambda task: _TONES.get(urgency(task.status, task.due_on, on), ""),
        bulk=buttons_for(person, on),
        beside=True,
        empty=Empty(_("Chưa có nhiệm vụ nào"), _("Nhiệm vụ có khi kế hoạch được duyệt.")),
        file_name="nhiem-vu",
    )
    context = {
        "may_assign": may_at_home(request, "planning.assign"),
        "views": views_of(rows, "tasks"),
        "costs": costs_shown(person, on, rows.cleaned.get("agency")),
    }
    part = {"listing": "planning/tasks/_list.html"}
    return rows.respond("planning/tasks.html", context, part=part)
