"""From a file to a draft version: read in a child process, stored in one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from motcua.audit.actions import record
from motcua.core.due import DueKind, DuePhrase, parse_due
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.periods import PeriodKind
from motcua.core.text import fold, similar
from motcua.files.actions import attach
from motcua.org.models import Agency, Person, Post
from motcua.org.permissions import check_may
from motcua.planning.models import Plan, PlanItem, PlanVersion, PlanWarning
from motcua.planning.permissions import day_of
from motcua.planning.reader import suggest_lead
from motcua.planning.reader.result import Item, Responsibility
from motcua.planning.rules import ItemKind, VersionStatus, parse_dong


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


@dataclass(frozen=True, slots=True)
class ReadPlan:
    """A reading with its text and the file that it came from."""

    name: str
    content: bytes
    reading: Mapping[str, Any]
    text: str


@transaction.atomic
def import_plan(
    *, agency: Agency, read: ReadPlan, by: Person, at: datetime, year: int | None = None
) -> PlanVersion:
    """Store a reading as the draft of a new plan. Raises :class:`PlanYearTaken`, ``NotAllowed``.

    A form sent twice gives the first draft back: the same file for the same year is the same plan.
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
    title = read.reading["title"] or f"Kế hoạch năm {chosen}"
    if plan is None:
        plan = Plan.objects.create(agency=agency, year=chosen, title=title[:300])
    version = _new_version(plan, read, title, by, at)
    _store_items(version, read.reading, _posts(agency))
    _store_warnings(version, read.reading["warnings"])
    attach(
        chain=agency.code,
        to=version,
        kind="source",
        name=read.name,
        content=read.content,
        by=actor,
        at=at,
    )
    record(
        chain=agency.code,
        action="planning.import_plan",
        obj=version,
        by=actor,
        at=at,
        data={
            "year": chosen,
            "file": read.name,
            "sha256": read.reading["source"]["sha256"],
            "tasks": version.items.filter(kind=ItemKind.TASK).count(),
        },
        label=title,
    )
    return version


def _new_version(plan: Plan, read: ReadPlan, title: str, by: Person, at: datetime) -> PlanVersion:
    period = read.reading.get("period") or {}
    starts = date.fromisoformat(period["start"]) if period else date(plan.year, 1, 1)
    ends = date.fromisoformat(period["end"]) if period else date(plan.year, 12, 31)
    last = plan.versions.order_by("-no").first()
    return PlanVersion.objects.create(
        plan=plan,
        no=(last.no if last else 0) + 1,
        title=title[:300],
        starts_on=starts,
        ends_on=ends,
        source_name=read.name[:150],
        text=read.text,
        reading=dict(read.reading),
        made_by=by,
        made_at=at,
    )


def _posts(agency: Agency) -> list[Post]:
    return list(Post.objects.filter(agency=agency).order_by("order"))


def match_post(name: str | None, posts: Iterable[Post]) -> Post | None:
    """The post that a plan's wording means: equal, else the longest one contained or nearly so."""
    if not name:
        return None
    wanted = _plain(name)
    near: list[tuple[int, Post]] = []
    for post in posts:
        have = _plain(post.name)
        if have == wanted:
            return post
        if have in wanted or wanted in have or similar(have, wanted):
            near.append((len(have), post))
    return max(near, key=lambda found: found[0])[1] if near else None


def _plain(name: str) -> str:
    return " ".join(fold(name).replace("-", " ").replace("–", " ").split())


def split_posts(text: str | None) -> list[str]:
    """The co-operating bodies that a sentence lists."""
    if not text:
        return []
    parts = text.replace(";", ",").replace(" và ", ",").split(",")
    return [part.strip(" .") for part in parts if part.strip(" .")]


def _store_items(version: PlanVersion, reading: Mapping[str, Any], posts: list[Post]) -> None:
    position = 0

    def item(kind: ItemKind, row: Mapping[str, Any], **values: Any) -> PlanItem:
        nonlocal position
        position += 10
        span = row.get("span") or [None, None]
        return PlanItem.objects.create(
            version=version,
            kind=kind,
            position=position,
            text=row["text"],
            span_start=span[0],
            span_end=span[1],
            lineage=uuid.uuid4(),
            **values,
        )

    for row in reading["purposes"]:
        item(ItemKind.PURPOSE, row)
    for row in reading["requirements"]:
        item(ItemKind.REQUIREMENT, row)
    for number, row in enumerate(reading["targets"], 1):
        item(ItemKind.TARGET, row, code=f"CT{number}", **target_values(row))
    responsibilities = _responsibilities(reading)
    for row in task_rows(reading):
        lead, reason = match_post(row.get("lead"), posts), ""
        if lead is None and (
            guess := suggest_lead(row["text"], responsibilities, field=row["field"])
        ):
            lead, reason = match_post(guess[0], posts), guess[1]
        phrase = parse_due(row["due"]) if row.get("due") else None
        task = item(
            ItemKind.TASK,
            row,
            code=row["code"],
            field=row["field"],
            heading=(row.get("heading") or "")[:300],
            lead_post=lead,
            lead_reason=reason[:300] if lead else "",
            due_text=(row.get("due") or "")[:120],
            due_on=due_of(phrase, version),
            recurrence=recurrence_of(phrase),
            product=(row.get("product") or "")[:300],
            cost=parse_dong(row["cost"]) if row.get("cost") else None,
        )
        helpers = {match_post(name, posts) for name in split_posts(row.get("with"))}
        task.with_posts.set([post for post in helpers if post and post != lead])
        for number, target in enumerate(row.get("targets") or [], 1):
            item(
                ItemKind.TARGET,
                target,
                parent=task,
                code=f"{row['code']}.CT{number}",
                field=row["field"],
                **target_values(target),
            )
    for responsibility in reading["responsibilities"]:
        post = match_post(responsibility["post"], posts)
        for row in responsibility["duties"]:
            item(ItemKind.DUTY, row, heading=responsibility["post"][:300], lead_post=post)


def _responsibilities(reading: Mapping[str, Any]) -> list[Responsibility]:
    return [
        Responsibility(
            row["post"],
            row.get("text"),
            tuple(Item(duty["text"], tuple(duty["span"])) for duty in row["duties"]),
            tuple(row["span"]),
        )
        for row in reading["responsibilities"]
    ]


def task_rows(reading: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The plan's tasks, completed from the annex; annex rows without a sentence come after."""
    rows = [dict(row) for row in reading["tasks"]]
    folded = [fold(row["text"]) for row in rows]
    for number, extra in enumerate(reading["annex"], 1):
        words = fold(extra["task"])
        found = next(
            (
                row
                for row, text in zip(rows, folded, strict=True)
                if words == text or words in text or (len(text) > 20 and text in words)
            ),
            None,
        )
        if found is None:
            rows.append(
                {
                    **extra,
                    "text": extra["task"],
                    "code": f"PL.{extra.get('no') or number}"[:20],
                    "targets": [],
                }
            )
            folded.append(words)
            continue
        for key in ("lead", "with", "due", "product", "cost"):
            found[key] = found.get(key) or extra.get(key)
    _number_codes(rows)
    return rows


def _number_codes(rows: list[dict[str, Any]]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        code = row["code"][:16]
        seen[code] = seen.get(code, 0) + 1
        row["code"] = code if seen[code] == 1 else f"{code}-{seen[code]}"


def target_values(row: Mapping[str, Any]) -> dict[str, Any]:
    """A target's columns from its reading."""

    def exact(value: float | int | None) -> Decimal | None:
        return None if value is None else Decimal(str(value))

    return {
        "subject": (row.get("subject") or "")[:500],
        "scope": (row.get("scope") or "")[:300],
        "comparison": row.get("comparison") or "",
        "value": exact(row.get("value")),
        "upper": exact(row.get("upper")),
        "unit": (row.get("unit") or "")[:40],
    }


def due_of(phrase: DuePhrase | None, version: PlanVersion) -> date | None:
    """The last day that a phrase allows, where it names one inside the plan's time."""
    if phrase is None or phrase.kind is DueKind.RECURRING:
        return None
    dates = phrase.dates(version.starts_on.year)
    return dates[-1] if dates and dates[-1] >= version.starts_on else None


_RECURRENCES = {PeriodKind.MONTH: "month", PeriodKind.QUARTER: "quarter", PeriodKind.HALF: "half"}


def recurrence_of(phrase: DuePhrase | None) -> str:
    """month, quarter, half, or "" for work done once."""
    if phrase is None or phrase.kind is not DueKind.RECURRING or not phrase.every:
        return ""
    return _RECURRENCES.get(phrase.every[0], "")


def _store_warnings(version: PlanVersion, warnings: Iterable[Mapping[str, Any]]) -> None:
    PlanWarning.objects.bulk_create(
        PlanWarning(
            version=version,
            code=row["code"],
            message=row["message"][:500],
            span_start=(row.get("span") or [None])[0],
            span_end=(row.get("span") or [None, None])[1],
        )
        for row in warnings
    )
