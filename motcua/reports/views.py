"""Periodic reports: the list, a new one, its page, its sections, its numbers, its file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from motcua.core.errors import Refused, Stale
from motcua.core.text import date_short
from motcua.org.permissions import check_may, visible_agencies
from motcua.org.views.common import own_agency, who
from motcua.reports import actions
from motcua.reports.documents import Form, build
from motcua.reports.documents import render as render_document
from motcua.reports.forms import NewReportForm, SectionForm
from motcua.reports.models import Report, ReportSection
from motcua.reports.queries import due_periods, sections_of
from motcua.reports.rules import ReportStatus, Urgency
from motcua.ui.listing import ChoiceFilter, Column, Empty, listing
from motcua.ui.respond import redirect_after

COLUMNS = (
    Column("title", _("Báo cáo"), order_by="title", primary=True),
    Column("agency", _("Cơ quan"), path="agency__name", order_by="agency__name"),
    Column(
        "cut_off",
        _("Chốt số liệu"),
        order_by="cut_off",
        align="end",
        render=lambda report: date_short(report.cut_off),
    ),
    Column(
        "status",
        _("Trạng thái"),
        order_by="status",
        render=lambda report: gettext(ReportStatus(report.status).label),
    ),
    Column("number", _("Số, ký hiệu"), order_by="number"),
)
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def _report(request: HttpRequest, pk: int) -> Report:
    person, _now, today = who(request)
    rows = Report.objects.visible_to(person, today)
    return get_object_or_404(
        rows.select_related("agency", "drafted_by", "approved_by", "corrects"), pk=pk
    )


def _said(refusal: Refused) -> str:
    return refusal.sentence(gettext(refusal.message))


@login_required
def reports(request: HttpRequest) -> HttpResponseBase:
    """All reports that the person may see, the latest first."""
    person, _now, today = who(request)
    rows = listing(
        request,
        Report.objects.visible_to(person, today).select_related("agency"),
        COLUMNS,
        filters=(ChoiceFilter("status", _("Trạng thái"), ReportStatus.choices()),),
        order="-cut_off",
        row_url=lambda report: reverse("reports:report", args=[report.pk]),
        empty=Empty(
            _("Chưa có báo cáo nào"),
            _("Báo cáo được soạn sẵn từ kế hoạch, nhiệm vụ và chỉ tiêu theo ngày chốt số liệu."),
        ),
        file_name="bao-cao",
    )
    may_draft = bool(visible_agencies(person, "reports.draft", today))
    return rows.respond("reports/reports.html", {"may_draft": may_draft})


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """Draft the report on a period; the latest one due is proposed."""
    person, now, today = who(request)
    agency = own_agency(person, today)
    check_may(person, "reports.draft", agency, today)
    form = NewReportForm(request.POST or None, periods=due_periods(agency, today))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft_report(agency=agency, by=person, at=now, **form.cleaned_data)
        except Refused as refusal:
            form.add_refusal(_said(refusal), "period")
        else:
            return redirect_after(request, reverse("reports:report", args=[made.pk]))
    status = 422 if form.errors else 200
    return render(request, "reports/new.html", {"form": form, "agency": agency}, status=status)


@login_required
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The report with its numbers, and what the person may do with it now."""
    person, now, _today = who(request)
    found = _report(request, pk)
    context: dict[str, Any] = {
        "report": found,
        "status": ReportStatus(found.status),
        "parts": sections_of(found),
        "steps": actions.allowed_steps(found, person, now),
        "correction": found.corrections.first(),
        "urgencies": Urgency.choices(),
    }
    return render(request, "reports/report.html", context)


@login_required
def section(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Edit one section, its draft and its numbers beside it."""
    person, now, _today = who(request)
    found = _report(request, pk)
    shown = next((part for part in sections_of(found) if part.section.code == code), None)
    if shown is None:
        raise Http404
    part = shown.section
    form = SectionForm(_typed(request, part), initial={"text": part.text, "lock": part.lock})
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_section(section=part, by=person, at=now, **form.cleaned_data)
        except Refused as refusal:
            form, status = _refused(form, part, refusal), refusal.status
        else:
            return redirect_after(request, f"{reverse('reports:report', args=[pk])}#muc-{code}")
    context = {"report": found, "part": shown, "form": form, "stale": status == Stale.status}
    return render(request, "reports/section.html", context, status=status)


def _typed(request: HttpRequest, part: ReportSection) -> QueryDict | None:
    """What was sent; "again" puts the draft in the place of the typed text."""
    data = request.POST.copy()
    if "again" in data:
        data["text"] = part.drafted
    return data or None


def _refused(form: SectionForm, part: ReportSection, refusal: Refused) -> SectionForm:
    """The form with what was typed and the sentence; saving again is based on the new state."""
    again = SectionForm({"text": form.cleaned_data["text"], "lock": part.lock})
    again.add_refusal(_said(refusal), "text")
    return again


@login_required
@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take one step on the report: take figures again, mark as urgent, submit, return, approve."""
    person, now, _today = who(request)
    found = _report(request, pk)
    more = {
        "redraft": {},
        "submit_report": {},
        "return_report": {"reason": request.POST.get("reason", "")},
        "approve_report": {"number": request.POST.get("number", "")},
        "set_urgency": {"urgency": request.POST.get("urgency", "")},
    }
    wrong = more.get("set_urgency", {}).get("urgency") not in {str(u) for u in Urgency}
    if name not in more or (name == "set_urgency" and wrong):
        raise Http404
    try:
        getattr(actions, name)(report=found, by=person, at=now, **more[name])
    except Refused as refusal:
        messages.error(request, _said(refusal))
    return redirect_after(request, reverse("reports:report", args=[pk]))


@login_required
@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the correction of an approved report."""
    person, now, _today = who(request)
    found = _report(request, pk)
    reason = request.POST.get("reason", "")
    try:
        made = actions.correct_report(report=found, reason=reason, by=person, at=now)
    except actions.CorrectionOpen as refusal:
        messages.error(request, _said(refusal))
        made = found.corrections.get()
    except Refused as refusal:
        messages.error(request, _said(refusal))
        made = found
    return redirect_after(request, reverse("reports:report", args=[made.pk]))


@login_required
def figure(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """A number and the records behind it, as they stood when the figures were taken."""
    found = _report(request, pk)
    shown = get_object_or_404(found.figures, key=key)
    return render(request, "reports/figure.html", {"report": found, "figure": shown})


@login_required
def download(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The official document as PDF or DOCX."""
    found = _report(request, pk)
    if form not in MEDIA:
        raise Http404
    return answer_file(found, "pdf" if form == "pdf" else "docx")


def answer_file(found: Report, form: Form) -> HttpResponse:
    """The document as a download that no cache keeps."""
    response = HttpResponse(render_document(build(found), form), content_type=MEDIA[form])
    name = f"bao-cao-cchc-{found.period}.{form}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
