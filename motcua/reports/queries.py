"""The facts of a period, read from the records."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from motcua.core.periods import Period, national_cutoffs
from motcua.org.models import Agency, Placement, valid_on
from motcua.org.queries import holder
from motcua.planning.models import PlanVersion, SteeringDocument, Target
from motcua.planning.queries.as_of import tasks_as_of
from motcua.reports.models import Report
from motcua.reports.rules import DocumentFact, Facts, PlanFact, TargetFact, following


def facts_of(agency: Agency, period: Period, on: date) -> Facts:
    """The records of an agency at the end of ``on``, for the report on a period; six queries."""
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
        targets=_targets(agency, period.year, on),
        documents=_documents(agency, since, on),
    )


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


def _targets(agency: Agency, year: int, on: date) -> list[TargetFact]:
    rows = (
        Target.objects.filter(agency=agency, plan__year=year)
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
        .with_latest(on)
        .order_by("item__position", "pk")
    )
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
            value=row.__dict__["latest"],  # annotated by with_latest
            on=row.__dict__["latest_on"],
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
    """Periods of this year and the last quarter of the year before that can be reported on now:
    past their cut-off, without a report yet; the latest first."""
    have = set(Report.objects.filter(agency=agency).values_list("period", flat=True))
    codes = [
        code
        for year in (today.year, today.year - 1)
        for code in (
            f"{year:04d}",
            f"{year:04d}-Q4",
            f"{year:04d}-M9",
            f"{year:04d}-Q3",
            f"{year:04d}-H1",
            f"{year:04d}-Q2",
            f"{year:04d}-Q1",
        )
    ]
    found = [Period.parse(code) for code in codes if code not in have]
    oldest = today - timedelta(days=366)
    return [p for p in found if oldest < national_cutoffs().window(p)[1] <= today]


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
