"""The list of plans, one plan, its amendments and their difference, the source file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.files.models import Attachment
from motcua.files.views import send
from motcua.org.permissions import may, visible_agencies
from motcua.planning.models import Plan
from motcua.planning.queries.plans import changes_between, costs_of, progress_of
from motcua.planning.rules import VersionStatus
from motcua.planning.views.common import plan_of, version_of, who
from motcua.ui.listing import Column, Empty, listing

COLUMNS = (
    Column("title", _("Kế hoạch"), order_by="title", primary=True),
    Column("year", _("Năm"), order_by="year", render=lambda plan: str(plan.year)),
    Column("agency", _("Cơ quan"), path="agency__name", order_by="agency__name"),
    Column("state", _("Trạng thái"), render=lambda plan: _state(plan)),
)


def _state(plan: Plan) -> str:
    versions = sorted(plan.versions.all(), key=lambda v: v.no)
    return ", ".join(
        str(_(VersionStatus(v.status).label))
        for v in versions
        if v.status not in {VersionStatus.SUPERSEDED, VersionStatus.DISCARDED}
    )


@login_required
def plans(request: HttpRequest) -> HttpResponseBase:
    """All plans that the person may see."""
    person, _now, today = who(request)
    rows = listing(
        request,
        Plan.objects.visible_to(person, today)
        .select_related("agency")
        .prefetch_related("versions"),
        COLUMNS,
        order="-year",
        row_url=lambda plan: reverse("planning:plan", args=[plan.pk]),
        empty=Empty(
            _("Chưa có kế hoạch nào"),
            _("Nhập kế hoạch cải cách hành chính của năm từ tệp DOCX, PDF hoặc TXT."),
        ),
        file_name="ke-hoach",
    )
    may_import = bool(visible_agencies(person, "planning.import", today))
    return rows.respond("planning/plans/plans.html", {"may_import": may_import})


@login_required
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """What the plan holds and how far it is; its versions."""
    person, _now, today = who(request)
    found = plan_of(request, pk)
    versions = list(found.versions.select_related("made_by", "approved_by").order_by("-no"))
    current = next((v for v in versions if v.status == VersionStatus.IN_FORCE), None)
    unfinished = any(v.status in {VersionStatus.DRAFT, VersionStatus.SUBMITTED} for v in versions)
    progress = progress_of(found, today)
    context = {
        "plan": found,
        "versions": versions,
        "current": current,
        "progress": progress,
        "total": sum(row.total for row in progress),
        "done": sum(row.done for row in progress),
        "late": sum(row.late for row in progress),
        "costs": costs_of(current) if current else None,
        "may_amend": current is not None
        and not unfinished
        and may(person, "planning.import", found.agency, today),
    }
    return render(request, "planning/plans/plan.html", context)


@login_required
def difference(request: HttpRequest, pk: int, no: int) -> HttpResponse:
    """What a version changes against the one approved before it."""
    found = version_of(request, pk, no)
    approved = found.plan.versions.filter(no__lt=no, approved_at__isnull=False)
    previous = approved.order_by("-no").first()
    if previous is None:
        raise Http404
    context = {
        "version": found,
        "previous": previous,
        "changes": changes_between(previous, found),
    }
    return render(request, "planning/plans/diff.html", context)


@login_required
def source(request: HttpRequest, pk: int, no: int) -> HttpResponse:
    """The file from which a version was read; an amendment has that of its first version."""
    found = version_of(request, pk, no)
    for version in found.plan.versions.filter(no__lte=no).order_by("-no"):
        kept = Attachment.objects.of(version).filter(kind="source").first()
        if kept is not None:
            return send(kept)
    raise Http404
