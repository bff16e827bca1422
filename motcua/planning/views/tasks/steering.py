"""Steering documents of superiors, and the tasks given from them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.core.errors import Refused
from motcua.files.models import Attachment
from motcua.files.views import send
from motcua.org.permissions import check_may, may, visible_agencies
from motcua.planning import actions
from motcua.planning.forms.tasks import SteeringForm, uploads_of
from motcua.planning.models import SteeringDocument
from motcua.planning.queries.changes import files_of
from motcua.planning.rules import SteeringKind
from motcua.planning.views.common import said, who
from motcua.planning.views.tasks.common import agency_for, may_at_home, sent_of
from motcua.ui.listing import Column, Empty, listing
from motcua.ui.respond import redirect_after

COLUMNS = (
    Column("summary", _("Trích yếu"), primary=True, wide=True),
    Column("number", _("Số, ký hiệu"), order_by="number"),
    Column(
        "kind",
        _("Loại"),
        render=lambda row: gettext(SteeringKind(row.kind).label),
        export_value=lambda kind: gettext(SteeringKind(kind).label),
    ),
    Column("issuer", _("Cơ quan ban hành"), order_by="issuer"),
    Column("issued_on", _("Ngày"), order_by="issued_on"),
    Column("done", _("Nhiệm vụ đã xong"), path="", render=lambda row: f"{row.done}/{row.total}"),
)


@login_required
def steering(request: HttpRequest) -> HttpResponseBase:
    """All documents that the person may see, newest first, with how far their tasks are."""
    person, _now, on = who(request)
    base = SteeringDocument.objects.filter(
        agency__in=visible_agencies(person, "planning.view", on)
    ).annotate(total=Count("tasks"), done=Count("tasks", filter=Q(tasks__status="done")))
    rows = listing(
        request,
        base,
        COLUMNS,
        order="-issued_on",
        row_url=lambda row: reverse("planning:steering_document", args=[row.pk]),
        empty=Empty(
            _("Chưa có văn bản chỉ đạo nào"),
            _("Nhập kết luận, thông báo, công điện của cấp trên để giao và theo dõi nhiệm vụ."),
        ),
        file_name="van-ban-chi-dao",
    )
    return rows.respond(
        "planning/steering.html", {"may_enter": may_at_home(request, "planning.steering")}
    )


@login_required
def new_steering(request: HttpRequest) -> HttpResponse:
    """Enter a document."""
    person, now, on = who(request)
    agency = agency_for(request)
    if agency is None:
        raise PermissionDenied
    check_may(person, "planning.steering", agency, on)
    form = SteeringForm(*sent_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.enter_steering(agency=agency, by=person, at=now, **_values(form))
        except Refused as refusal:
            form.add_refusal(said(refusal))
        else:
            return redirect_after(request, reverse("planning:steering_document", args=[made.pk]))
    status = 422 if form.errors else 200
    return render(request, "planning/new_steering.html", {"form": form}, status=status)


def _values(form: SteeringForm) -> dict[str, Any]:
    """What the action takes."""
    typed = form.cleaned_data
    return {
        "kind": SteeringKind(typed["kind"]),
        "summary": typed["abstract"],
        "files": uploads_of(form),
        **{name: typed[name] for name in ("number", "issued_on", "issuer")},
    }


def _document(request: HttpRequest, pk: int) -> SteeringDocument:
    """A document that the person may see, else 404."""
    person, _now, on = who(request)
    rows = SteeringDocument.objects.filter(agency__in=visible_agencies(person, "planning.view", on))
    return get_object_or_404(rows.select_related("agency"), pk=pk)


@login_required
def steering_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """The file of a document that the person may see."""
    return send(get_object_or_404(Attachment.objects.of(_document(request, pk)), pk=file))


@login_required
def steering_document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document with its tasks."""
    person, _now, on = who(request)
    found = _document(request, pk)
    context = {
        "document": found,
        "kind": gettext(SteeringKind(found.kind).label),
        "tasks": found.tasks.select_related("lead_person", "lead_post").work_order(),
        "files": files_of(found, "planning:steering_file", pk),
        "may_assign": may(person, "planning.assign", found.agency, on),
    }
    return render(request, "planning/steering_document.html", context)
