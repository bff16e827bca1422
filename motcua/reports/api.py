"""Reports by API: list, draft, read with sections and figures, edit, steps, rows, file."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from motcua.org.models import Agency
from motcua.org.permissions import visible_agencies
from motcua.org.views.common import who
from motcua.reports import actions
from motcua.reports.models import Report, ReportFigure, ReportSection
from motcua.reports.rules import Urgency
from motcua.reports.views import answer_file
from motcua.ui.machine import check_match, etag, page

router = Router()


class ReportIn(Schema):
    """Whose report on which period (2024-Q1, 2024-H1, 2024-M9, 2024)."""

    agency: str
    period: str


class SectionIn(Schema):
    """The text of a section."""

    text: str


class ReasonIn(Schema):
    """Why a report goes back, or is corrected."""

    reason: str


class UrgencyIn(Schema):
    """How fast the report travels; empty: as usual."""

    urgency: Urgency


class ApprovalIn(Schema):
    """The written number, if it has one already."""

    number: str = ""


def _report(request: HttpRequest, pk: int) -> Report:
    person, _now, today = who(request)
    rows = Report.objects.visible_to(person, today)
    return get_object_or_404(rows.select_related("agency", "approved_by"), pk=pk)


def _row(report: Report) -> dict[str, Any]:
    return {
        "id": report.pk,
        "agency": report.agency.code,
        "period": report.period,
        "title": report.title,
        "since": report.since,
        "cut_off": report.cut_off,
        "status": report.status,
        "number": report.number,
        "approved_at": report.approved_at,
        "no": report.no,
        "corrects_id": report.corrects_id,
        "correction_reason": report.correction_reason,
        "urgency": report.urgency,
        "version": report.lock,
    }


def _section(section: ReportSection) -> dict[str, Any]:
    return {
        "code": section.code,
        "title": section.title,
        "drafted": section.drafted,
        "text": section.text,
        "edited": section.is_edited,
        "version": section.lock,
    }


def _figure(figure: ReportFigure) -> dict[str, Any]:
    """A figure without its rows; ``value`` null is unknown, not zero."""
    return {
        "key": figure.key,
        "label": figure.label,
        "unit": figure.unit,
        "value": figure.value or None,
        "last_year": figure.last_year or None,
    }


def _whole(request: HttpRequest, report: Report) -> dict[str, Any]:
    person, now, _today = who(request)
    return _row(report) | {
        "opening": report.opening,
        "why": report.why,
        "sections": [_section(section) for section in report.sections.order_by("position")],
        "figures": [_figure(figure) for figure in report.figures.order_by("pk")],
        "allowed_steps": actions.allowed_steps(report, person, now),
    }


@router.get("")
def reports(request: HttpRequest, cursor: str | None = None, limit: int = 50) -> dict[str, Any]:
    """Reports of the agencies that the caller may see, the latest cut-off first."""
    person, _now, today = who(request)
    seen = Report.objects.visible_to(person, today).select_related("agency")
    return page(seen, ["-cut_off"], _row, cursor=cursor, limit=limit)


@router.post("", response={201: dict[str, Any]})
def draft(request: HttpRequest, data: ReportIn) -> Status[dict[str, Any]]:
    """Draft the report on a period from the records as they stood on its cut-off date."""
    person, now, today = who(request)
    seen = visible_agencies(person, "reports.view", today)
    agency = get_object_or_404(Agency, code=data.agency, pk__in=seen)
    made = actions.draft_report(agency=agency, period=data.period, by=person, at=now)
    return Status(201, _whole(request, made))


@router.get("/{int:pk}")
def report(request: HttpRequest, response: HttpResponse, pk: int) -> dict[str, Any]:
    """A report with its sections and figures, and what the caller may do now."""
    found = _report(request, pk)
    response.headers["ETag"] = etag("report", found.pk, found.lock)
    return _whole(request, found)


@router.get("/{int:pk}/sections/{code}")
def section(request: HttpRequest, response: HttpResponse, pk: int, code: str) -> dict[str, Any]:
    """One section."""
    found = get_object_or_404(_report(request, pk).sections, code=code)
    response.headers["ETag"] = etag("section", found.pk, found.lock)
    return _section(found)


@router.patch("/{int:pk}/sections/{code}")
def save_section(
    request: HttpRequest, response: HttpResponse, pk: int, code: str, data: SectionIn
) -> dict[str, Any]:
    """Keep a section's text; with If-Match only if nobody saved it in between."""
    person, now, _today = who(request)
    found = get_object_or_404(_report(request, pk).sections, code=code)
    check_match(request, etag("section", found.pk, found.lock), lambda: _section(found))
    saved = actions.save_section(section=found, text=data.text, by=person, at=now, lock=found.lock)
    response.headers["ETag"] = etag("section", saved.pk, saved.lock)
    return _section(saved)


@router.post("/{int:pk}/redraft")
def redraft(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Take the figures again; edited sections stay."""
    person, now, _today = who(request)
    return _whole(request, actions.redraft(report=_report(request, pk), by=person, at=now))


@router.post("/{int:pk}/submit")
def submit(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Send the report to who approves it."""
    person, now, _today = who(request)
    return _whole(request, actions.submit_report(report=_report(request, pk), by=person, at=now))


@router.post("/{int:pk}/return")
def send_back(request: HttpRequest, pk: int, data: ReasonIn) -> dict[str, Any]:
    """Send the report back to its drafter."""
    person, now, _today = who(request)
    found = _report(request, pk)
    returned = actions.return_report(report=found, reason=data.reason, by=person, at=now)
    return _whole(request, returned)


@router.post("/{int:pk}/approve")
def approve(request: HttpRequest, pk: int, data: ApprovalIn) -> dict[str, Any]:
    """Approve: text and figures stay as they are."""
    person, now, _today = who(request)
    found = _report(request, pk)
    approved = actions.approve_report(report=found, number=data.number, by=person, at=now)
    return _whole(request, approved)


@router.post("/{int:pk}/urgency")
def set_urgency(request: HttpRequest, pk: int, data: UrgencyIn) -> dict[str, Any]:
    """Mark the report as urgent, or as ordinary again."""
    person, now, _today = who(request)
    found = _report(request, pk)
    done = actions.set_urgency(report=found, urgency=data.urgency, by=person, at=now)
    return _whole(request, done)


@router.post("/{int:pk}/correct", response={201: dict[str, Any]})
def correct(request: HttpRequest, pk: int, data: ReasonIn) -> Status[dict[str, Any]]:
    """Begin the correction of an approved report; approved, it supersedes that report."""
    person, now, _today = who(request)
    found = _report(request, pk)
    made = actions.correct_report(report=found, reason=data.reason, by=person, at=now)
    return Status(201, _whole(request, made))


@router.get("/{int:pk}/figures/{path:key}")
def figure(request: HttpRequest, pk: int, key: str) -> dict[str, Any]:
    """A figure with the records behind it as they stood."""
    found = get_object_or_404(_report(request, pk).figures, key=key)
    return _figure(found) | {"rows": found.rows}


@router.get("/{int:pk}/file/{form}")
def file(request: HttpRequest, pk: int, form: Literal["pdf", "docx"]) -> HttpResponse:
    """The official document."""
    return answer_file(_report(request, pk), form)
