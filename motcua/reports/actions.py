"""The steps of a periodic report: draft, edit, take the figures again, submit, approve, return."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.audit.actions import record
from motcua.audit.rules import Actor
from motcua.core.errors import Refused, Stale
from motcua.core.errors import mark as _
from motcua.core.periods import Period, national_cutoffs
from motcua.core.text import date_short
from motcua.org.models import Agency, Person
from motcua.org.permissions import check_may, may
from motcua.planning.permissions import day_of
from motcua.reports.models import Report, ReportFigure, ReportSection
from motcua.reports.outline import Outline, outline_named, outline_on
from motcua.reports.queries import facts_of
from motcua.reports.rules import (
    REPORT_STEPS,
    REPORTED,
    Facts,
    ReportStatus,
    Urgency,
    opening,
    section_text,
)
from motcua.reports.sources import figures_of


class ReportExists(Refused):
    """One report per agency and period."""

    code = "report_exists"
    message = _("Đã có báo cáo %(period)s. Hãy mở báo cáo đó để soạn tiếp.")


class NotReported(Refused):
    """Weeks and days have no report."""

    code = "not_reported"
    message = _("Không có báo cáo định kỳ cho %(period)s. Hãy chọn quý, 6 tháng, 9 tháng hoặc năm.")
    status = 422


class CutOffAhead(Refused):
    """The figures of a period are taken when its last day has come."""

    code = "cut_off_ahead"
    message = _("Số liệu %(period)s chốt ngày %(day)s. Hãy lập báo cáo từ ngày đó.")


class ReturnReasonMissing(Refused):
    """Who sends a report back says what is to be mended."""

    code = "reason_missing"
    message = _("Hãy ghi lý do trả lại để người soạn biết cần sửa gì.")
    status = 422


class NumberTaken(Refused):
    """A number is given once a year (Decree 30/2020, art. 15)."""

    code = "number_taken"
    message = _("Số %(number)s đã dùng cho báo cáo “%(title)s” năm %(year)s. Hãy ghi số khác.")


class CorrectionOpen(Refused):
    """One correction of a report at a time."""

    code = "correction_open"
    message = _("Đang có bản đính chính của báo cáo này. Hãy mở bản đó để soạn tiếp.")


class CorrectionReasonMissing(Refused):
    """Who corrects a signed report says why."""

    code = "correction_reason_missing"
    message = _("Hãy ghi lý do đính chính; lý do được giữ cùng báo cáo.")
    status = 422


class NothingSaid(Refused):
    """A section of a report is not left empty."""

    code = "section_empty"
    message = _("Mục %(code)s chưa có nội dung. Hãy viết hoặc lấy lại bản thảo.")
    status = 422


@transaction.atomic
def draft_report(*, agency: Agency, period: str, by: Person, at: datetime) -> Report:
    """Draft the report on a period from the records as they stood on its cut-off date.

    Raises :class:`ReportExists`, :class:`NotReported`, :class:`CutOffAhead`, ``NotAPeriod``.
    """
    span = Period.parse(period)
    actor = check_may(by, REPORT_STEPS["draft_report"].needs, agency, day_of(at))
    Agency.objects.select_for_update().get(pk=agency.pk)
    if span.kind not in REPORTED:
        raise NotReported(period=span.phrase)
    if Report.objects.filter(agency=agency, period=span.code).exists():
        raise ReportExists(period=span.phrase)
    since, cut_off = national_cutoffs().window(span)
    if cut_off > day_of(at):
        raise CutOffAhead(period=span.phrase, day=date_short(cut_off))
    outline = outline_on(cut_off)
    report = Report.objects.create(
        agency=agency,
        period=span.code,
        outline=outline.id,
        since=since,
        cut_off=cut_off,
        title=title_of(span),
        drafted_by=by,
        drafted_at=at,
    )
    _take(report, outline, keep=frozenset())
    _trace(report, "draft_report", actor, at, cut_off=cut_off.isoformat())
    return report


def title_of(period: Period) -> str:
    """What the report is about, as it stands under "BÁO CÁO"."""
    return f"Kết quả công tác cải cách hành chính {period.phrase}"


def _take(report: Report, outline: Outline, *, keep: frozenset[str]) -> None:
    """Figures and drafted texts from the records; the texts of sections in ``keep`` stay."""
    facts = facts_of(report.agency, report.span, report.cut_off)
    report.opening = opening(facts)
    report.save(update_fields=["opening"])
    known = _store_figures(report, facts, outline)
    have = {section.code: section for section in report.sections.select_for_update()}
    for position, spec in enumerate(outline.sections):
        section = have.get(spec.code) or ReportSection(report=report, code=spec.code)
        section.title, section.position = spec.title, position
        section.drafted = section_text(facts, spec, known)
        if spec.code not in keep:
            section.text, section.edited_by = section.drafted, None
        section.lock += 1
        section.save()


def _store_figures(report: Report, facts: Facts, outline: Outline) -> frozenset[str]:
    """The figures that records give, and their keys; asked ones without records stay empty."""
    found = figures_of(facts)
    known = frozenset(figure.key for figure in found)
    asked = {spec.key: spec for section in outline.sections for spec in section.figures}
    report.figures.all().delete()
    ReportFigure.objects.bulk_create(
        [
            ReportFigure(
                report=report,
                key=figure.key,
                label=figure.label,
                unit=figure.unit,
                value=figure.value,
                rows=list(figure.rows),
                last_year=facts.year_before(figure),
            )
            for figure in found
        ]
        + [
            ReportFigure(
                report=report,
                key=spec.key,
                label=spec.label,
                unit=spec.unit,
                last_year=facts.last_year.get(spec.key, ""),
            )
            for spec in asked.values()
            if spec.key not in known
        ]
    )
    return known


@transaction.atomic
def save_section(
    *, section: ReportSection, text: str, by: Person, at: datetime, lock: int | None = None
) -> ReportSection:
    """Keep a section's text. Raises ``Stale`` when another saved it in between."""
    report = _locked(section.report)
    actor = _check(report, "save_section", by, at)
    locked = (
        ReportSection.objects.select_related("edited_by")
        .select_for_update(of=("self",))
        .get(pk=section.pk)
    )
    if lock is not None and lock != locked.lock:
        raise Stale(who=locked.edited_by.full_name if locked.edited_by else "—")
    words = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if locked.drafted and not words:
        raise NothingSaid(code=locked.code)
    locked.text, locked.edited_by, locked.lock = words, by, locked.lock + 1
    locked.save()
    _save(report)
    _trace(report, "save_section", actor, at, section=locked.code, text=words[:500])
    return locked


@transaction.atomic
def redraft(*, report: Report, by: Person, at: datetime) -> Report:
    """Take figures and drafts from the records again; what people wrote stays."""
    locked = _locked(report)
    actor = _check(locked, "redraft", by, at)
    edited = frozenset(s.code for s in locked.sections.all() if s.is_edited)
    _take(locked, outline_named(locked.outline), keep=edited)
    locked.drafted_by, locked.drafted_at = by, at
    _save(locked)
    _trace(locked, "redraft", actor, at, kept=sorted(edited))
    return locked


@transaction.atomic
def submit_report(*, report: Report, by: Person, at: datetime) -> Report:
    """Send the report to who approves it."""
    return _step(report, "submit_report", by, at)


@transaction.atomic
def return_report(*, report: Report, reason: str, by: Person, at: datetime) -> Report:
    """Send the report back to its drafter. Raises :class:`ReturnReasonMissing`."""
    if not reason.strip():
        raise ReturnReasonMissing
    return _step(report, "return_report", by, at, why=reason.strip()[:500])


@transaction.atomic
def approve_report(*, report: Report, by: Person, at: datetime, number: str = "") -> Report:
    """Approve the report: its text and its figures stay as they are, whatever happens later.

    ``number`` is the written number ("05/BC-UBND"); without it room is left on the page. A
    correction supersedes the report that it corrects. Raises :class:`NumberTaken`.
    """
    Agency.objects.select_for_update().get(pk=report.agency_id)
    written, year = "".join(number.split())[:60], day_of(at).year
    same = Report.objects.filter(agency=report.agency, number=written, number_year=year)
    if written and (taken := same.first()):
        raise NumberTaken(number=written, title=taken.title, year=year)
    if report.corrects:
        _supersede(report.corrects, by, at)
    return _step(
        report,
        "approve_report",
        by,
        at,
        number=written,
        number_year=year if written else None,
        approved_by=by,
        approved_at=at,
    )


def _supersede(report: Report, by: Person, at: datetime) -> None:
    """The corrected report stays readable and frozen, its number stays its own."""
    _step(report, "supersede_report", by, at)


@transaction.atomic
def correct_report(*, report: Report, reason: str, by: Person, at: datetime) -> Report:
    """Begin the correction of an approved report: a draft with the same text and figures.

    Wrong content is replaced by a document of the same form (Decree 30/2020, art. 18). Raises
    :class:`CorrectionReasonMissing`, :class:`CorrectionOpen`.
    """
    locked = _locked(report)
    actor = _check(locked, "correct_report", by, at)
    if not reason.strip():
        raise CorrectionReasonMissing
    if locked.corrections.exists():
        raise CorrectionOpen
    made = Report.objects.create(
        agency=locked.agency,
        period=locked.period,
        outline=locked.outline,
        since=locked.since,
        cut_off=locked.cut_off,
        title=locked.title,
        opening=locked.opening,
        urgency=locked.urgency,
        no=locked.no + 1,
        corrects=locked,
        correction_reason=reason.strip()[:500],
        drafted_by=by,
        drafted_at=at,
    )
    sections, figures = list(locked.sections.all()), list(locked.figures.all())
    for section in sections:
        section.pk, section.report = None, made
    for figure in figures:
        figure.pk, figure.report = None, made
    ReportSection.objects.bulk_create(sections)
    ReportFigure.objects.bulk_create(figures)
    _trace(made, "correct_report", actor, at, corrects=locked.number, why=made.correction_reason)
    return made


@transaction.atomic
def set_urgency(*, report: Report, urgency: Urgency, by: Person, at: datetime) -> Report:
    """Mark the report as urgent, or as ordinary again."""
    return _step(report, "set_urgency", by, at, urgency=urgency)


def _step(report: Report, step: str, by: Person, at: datetime, **changes: object) -> Report:
    locked = _locked(report)
    actor = _check(locked, step, by, at)
    locked.status = REPORT_STEPS.check(step, ReportStatus(locked.status))
    for name, value in changes.items():
        setattr(locked, name, value)
    _save(locked)
    said = {name: changes[name] for name in ("number", "why", "urgency") if changes.get(name)}
    _trace(locked, step, actor, at, status=str(locked.status), **said)
    return locked


def _locked(report: Report) -> Report:
    rows = Report.objects.select_for_update(of=("self",)).select_related("agency")
    return rows.get(pk=report.pk)


def _check(report: Report, step: str, by: Person, at: datetime) -> Actor:
    REPORT_STEPS.check(step, ReportStatus(report.status))
    return check_may(by, REPORT_STEPS[step].needs, report.agency, day_of(at))


def _save(report: Report) -> None:
    report.lock += 1
    report.save()


def _trace(report: Report, action: str, actor: Actor, at: datetime, **data: object) -> None:
    record(
        chain=report.agency.code,
        action=f"reports.{action}",
        obj=report,
        by=actor,
        at=at,
        data={"period": report.period, **data},
        label=report.title,
    )


def allowed_steps(report: Report, by: Person | None, at: datetime) -> list[str]:
    """Names of the steps that this person may take now: the page's buttons, the API's list."""
    if by is None:
        return []
    return [
        step.name
        for step in REPORT_STEPS.allowed(ReportStatus(report.status))
        if step.name != "supersede_report" and may(by, step.needs, report.agency, day_of(at))
    ]
