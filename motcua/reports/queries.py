"""The facts of a period, read from the records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from motcua.core.figures import figures_from_sources
from motcua.core.periods import Period, national_cutoffs
from motcua.org.models import Agency, Placement, valid_on
from motcua.org.queries import holder
from motcua.planning.live import live_values
from motcua.planning.models import PlanVersion, SteeringDocument, Target
from motcua.planning.queries.as_of import tasks_as_of
from motcua.reports.models import Report, ReportFigure, ReportSection
from motcua.reports.outline import SectionSpec, outline_named
from motcua.reports.rules import (
    DocumentFact,
    Facts,
    PlanFact,
    ReportStatus,
    TargetFact,
    following,
    yearless,
)
from motcua.reports.sources import figures_of


def facts_of(agency: Agency, period: Period, on: date) -> Facts:
    """The records of an agency at the end of ``on``, for the report on a period.

    The number of queries does not depend on how many records there are.
    """
    since, _end = national_cutoffs().window(period)
    _since, until = national_cutoffs().window(following(period))
    return Facts(
        agency=full_name(agency),
        period=period,
        since=since,
        on=on,
        until=until,
        plan=_plan(agency, period.year, on),
        tasks=tasks_as_of(agency, on, period.year),
        targets=_targets(agency, period.year, on, since - timedelta(days=1)),
        documents=_documents(agency, since, on),
        elsewhere=figures_from_sources(agency.pk, since, on),
        last_year=_last_year(agency, period),
    )


def _last_year(agency: Agency, period: Period) -> dict[str, str]:
    """The figures of the same period a year before, by :func:`yearless` key.

    Those of the approved report; without one those of the records, where there was a plan.
    """
    before = Period(period.kind, period.year - 1, period.index)
    reported = ReportFigure.objects.filter(
        report__agency=agency, report__period=before.code, report__status=ReportStatus.APPROVED
    ).exclude(value="")
    found = {yearless(row.key, row.label): row.value for row in reported}
    cut_off = national_cutoffs().window(before)[1]
    if found or _plan(agency, before.year, cut_off) is None:
        return found
    facts = facts_of(agency, before, cut_off)
    return {yearless(f.key, f.label): f.value for f in figures_of(facts) if f.value}


def full_name(agency: Agency) -> str:
    """The agency inside a sentence: "UBND xã Hoằng Đông" → "Ủy ban nhân dân xã Hoằng Đông"."""
    return agency.name.replace("UBND", "Ủy ban nhân dân", 1)


def _plan(agency: Agency, year: int, on: date) -> PlanFact | None:
    versions = PlanVersion.objects.filter(
        plan__agency=agency, plan__year=year, approved_at__date__lte=on
    )
    newest = versions.order_by("-no").first()
    if newest is None:
        return None
    # An amendment without a number of its own goes by the number of the plan that it amends.
    first = versions.exclude(number="").order_by("-no").first() or newest
    return PlanFact(number=first.number, issued_on=first.issued_on, year=year)


def _targets(agency: Agency, year: int, on: date, earlier: date) -> list[TargetFact]:
    targets = Target.objects.filter(agency=agency, plan__year=year)
    before = {row.pk: row.__dict__["latest"] for row in targets.with_latest(earlier)}
    rows = list(
        targets.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
        .with_latest(on)
        .select_related("agency", "plan")
        .order_by("item__position", "pk")
    )
    live = {key: told for key, told in live_values(rows, on).items() if told.kept}
    if earlier.year == year:
        told = live_values(rows, earlier)
        before |= {key: told[key].value for key in live}
    return [
        TargetFact(
            pk=row.pk,
            code=row.code,
            field=row.field,
            subject=row.subject or row.text,
            comparison=row.comparison,
            goal=row.value,
            upper=row.upper,
            unit=row.unit,
            # What is read from the records goes before what was typed (with_latest).
            value=live[row.pk].value if row.pk in live else row.__dict__["latest"],
            on=live[row.pk].on if row.pk in live else row.__dict__["latest_on"],
            before=before[row.pk],
        )
        for row in rows
    ]


def _documents(agency: Agency, since: date, on: date) -> list[DocumentFact]:
    rows = SteeringDocument.objects.filter(agency=agency, issued_on__gte=since, issued_on__lte=on)
    return [
        DocumentFact(row.pk, row.number, row.issued_on, row.issuer, row.summary)
        for row in rows.order_by("issued_on", "pk")
    ]


def due_periods(agency: Agency, today: date) -> list[Period]:
    """Periods whose cut-off came within the last year and that have no report; latest first."""
    have = set(Report.objects.filter(agency=agency).values_list("period", flat=True))
    endings = ("-Q3", "-M9", "-Q2", "-H1", "-Q1", "-Q4", "")
    spans = [
        Period.parse(f"{year:04d}{ending}")
        for year in (today.year, today.year - 1)
        for ending in endings
    ]
    cut_offs = {span: national_cutoffs().window(span)[1] for span in spans if span.code not in have}
    oldest = today - timedelta(days=365)
    found = [span for span, day in cut_offs.items() if oldest < day <= today]
    return sorted(found, key=lambda span: cut_offs[span], reverse=True)


@dataclass(frozen=True, slots=True)
class Shown:
    """A section with the numbers that stand beside it."""

    section: ReportSection
    figures: list[ReportFigure]


def sections_of(report: Report) -> list[Shown]:
    """The sections in order, each with its figures; two queries."""
    figures = list(report.figures.order_by("pk"))
    specs = {spec.code: spec for spec in outline_named(report.outline).sections}
    sections = report.sections.select_related("edited_by").order_by("position")
    return [
        Shown(section, [f for f in figures if _belongs(f.key, specs[section.code])])
        for section in sections
    ]


#: Beginnings of the keys of figures that stand beside a section without being asked for by name.
_BESIDE = {
    "I": ("plan.tasks.", "assigned.", "tasks.steering."),
    "III": ("target.other.", "target.steering."),
}


def _belongs(key: str, spec: SectionSpec) -> bool:
    """Whether a figure stands beside a section: asked for by the outline, or of its field."""
    if key in {figure.key for figure in spec.figures}:
        return True
    of_field = (f"tasks.{spec.field}.", f"target.{spec.field}.") if spec.field else ()
    return key != "plan.tasks.next" and key.startswith(_BESIDE.get(spec.code, of_field))


def signatory(agency: Agency, on: date) -> str:
    """The name under the report: who holds the chairman's post on a day, "" when it is vacant."""
    post = agency.posts.filter(code="chairman").first()
    person = holder(post, on)
    return person.full_name if person else ""


def parent_of(agency: Agency, on: date) -> Agency | None:
    """The agency above this one on a day: to it the report goes."""
    rows = Placement.objects.filter(valid_on(on), agency=agency).select_related("parent")
    placement = rows.first()
    return placement.parent if placement else None
