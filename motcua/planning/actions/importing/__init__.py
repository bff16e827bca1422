"""From a file to a draft version: read in a child process, stored in one transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.org.models import Agency, Person
from motcua.org.permissions import check_may
from motcua.planning.actions.entering import keep_sources
from motcua.planning.actions.importing.reading import (
    Sentence,
    due_of,
    recurrence_of,
    sentences_of,
    split_posts,
    target_values,
    task_rows,
)
from motcua.planning.actions.importing.storing import (
    ReadPlan,
    match_post,
    new_version,
    posts_of,
    store_items,
    store_warnings,
)
from motcua.planning.models import Plan, PlanVersion
from motcua.planning.permissions import day_of
from motcua.planning.reader.years import for_year
from motcua.planning.rules import ItemKind, VersionStatus

__all__ = [
    "PlanYearTaken",
    "ReadPlan",
    "Sentence",
    "YearUnknown",
    "due_of",
    "import_plan",
    "match_post",
    "new_version",
    "posts_of",
    "recurrence_of",
    "sentences_of",
    "split_posts",
    "store_items",
    "store_warnings",
    "target_values",
    "task_rows",
]


class PlanYearTaken(Refused):
    """One plan per agency and year; changes are amendments."""

    code = "plan_year_taken"
    message = _(
        "Đã có kế hoạch năm %(year)s của %(agency)s. Hãy mở kế hoạch đó rồi lập bản sửa đổi, "
        "hoặc bỏ bản dự thảo đang dở trước khi nhập lại."
    )


class YearUnknown(Refused):
    """The text does not say for which year it is."""

    code = "year_unknown"
    message = _("Văn bản không ghi năm của kế hoạch. Hãy chọn năm rồi nhập lại.")
    status = 422


@transaction.atomic
def import_plan(
    *, agency: Agency, read: ReadPlan, by: Person, at: datetime, year: int | None = None
) -> PlanVersion:
    """Store a reading as the draft of a new plan. Raises :class:`PlanYearTaken`, ``NotAllowed``.

    The chosen year wins over the text's. A form sent twice gives the first draft back: the same
    file for the same year is the same plan.
    """
    actor = check_may(by, "planning.import", agency, day_of(at))
    chosen = year or read.reading["year"]
    if chosen is None:
        raise YearUnknown
    Agency.objects.select_for_update().get(pk=agency.pk)
    plan = Plan.objects.filter(agency=agency, year=chosen).first()
    if plan is not None:
        live = plan.versions.exclude(status=VersionStatus.DISCARDED).order_by("-no").first()
        if live is not None:
            same = live.reading.get("source", {}).get("sha256") == read.reading["source"]["sha256"]
            if same and live.status == VersionStatus.DRAFT:
                return live
            raise PlanYearTaken(year=chosen, agency=agency.name)
    reading = for_year(read.reading, chosen)
    if plan is None:
        title = reading["title"] or f"Kế hoạch năm {chosen}"
        plan = Plan.objects.create(agency=agency, year=chosen, title=title[:300])
    version = new_version(plan, read, reading, by, at)
    store_items(version)
    store_warnings(version, reading["warnings"])
    tasks = version.items.filter(kind=ItemKind.TASK).count()
    sha256 = read.reading["source"]["sha256"]
    keep_sources(
        version,
        [read],
        agency=agency,
        action="planning.import_plan",
        by=actor,
        at=at,
        data={"year": chosen, "file": read.name, "sha256": sha256, "tasks": tasks},
        label=version.title,
    )
    return version
