"""A version as the confirm screen shows it; the difference of two; progress of a plan."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from motcua.planning.models import Plan, PlanItem, PlanVersion, PlanWarning, Task
from motcua.planning.rules import (
    FIELDS,
    WARNINGS,
    ItemKind,
    ItemState,
    TaskStatus,
    WarningState,
    overspent,
)


@dataclass(slots=True)
class Part:
    """One heading of the confirm screen with its items."""

    key: str
    label: str
    items: list[PlanItem] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return f"part-{self.key.replace(':', '-')}"

    @property
    def proposed(self) -> int:
        """How many wait for a look."""
        return sum(item.state == ItemState.PROPOSED for item in self.items)

    @property
    def leaderless(self) -> int:
        """How many tasks have no lead yet."""
        return sum(
            item.kind == ItemKind.TASK
            and item.lead_post is None
            and item.state != ItemState.DROPPED
            for item in self.items
        )


def parts_of(version: PlanVersion) -> list[Part]:
    """The items by heading, in the order of the plan; two queries."""
    items = list(
        version.items.select_related("lead_post")
        .prefetch_related("with_posts")
        .order_by("position", "pk")
    )
    inner: dict[int, list[PlanItem]] = defaultdict(list)
    for item in items:
        if item.parent_id:
            inner[item.parent_id].append(item)
    parts = {
        "purpose": Part("purpose", ItemKind.PURPOSE.label),
        "requirement": Part("requirement", ItemKind.REQUIREMENT.label),
        "target": Part("target", ItemKind.TARGET.label),
        **{f"task:{key}": Part(f"task:{key}", label) for key, label in FIELDS.items()},
        "duty": Part("duty", ItemKind.DUTY.label),
    }
    for item in items:
        if item.parent_id:
            continue
        key = part_key(item)
        parts[key].items.append(item)
        parts[key].items += inner[item.pk]
    return [part for part in parts.values() if part.items]


def part_key(item: PlanItem) -> str:
    """Under which heading of the confirm screen an item stands; a target with its task."""
    top = item.parent or item
    return f"task:{top.field or 'other'}" if top.kind == ItemKind.TASK else str(top.kind)


@dataclass(frozen=True, slots=True)
class Missing:
    """What still keeps a draft from being submitted."""

    proposed: int
    leaderless: int
    warnings: int
    total: int

    @property
    def confirmed(self) -> int:
        """Items looked at."""
        return self.total - self.proposed


def missing_of(parts: Iterable[Part], open_warnings: int) -> Missing:
    """Counts over the parts."""
    rows = list(parts)
    return Missing(
        proposed=sum(part.proposed for part in rows),
        leaderless=sum(part.leaderless for part in rows),
        warnings=open_warnings,
        total=sum(len(part.items) for part in rows),
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source: of an item ("known"), of nothing understood ("lost"), or between."""

    start: int
    end: int
    text: str
    state: str


def pieces_of(version: PlanVersion) -> list[Piece]:
    """The source text cut where items and passages that nobody understood begin and end."""
    claimed = version.items.filter(parent__isnull=True).values_list("span_start", "span_end")
    spans = {(a, b, "known") for a, b in claimed if a is not None and b is not None}
    lost = (tuple(row["span"]) for row in version.reading.get("not_understood", []))
    spans |= {(a, b, "lost") for a, b in lost if not any(c < b and a < d for c, d, _s in spans)}
    pieces: list[Piece] = []
    place, text = 0, version.text
    for start, end, state in [*sorted(spans), (len(text), len(text), "")]:
        if start < place:
            continue
        if start > place:
            pieces.append(Piece(place, start, text[place:start], "between"))
        if end > start:
            pieces.append(Piece(start, end, text[start:end], state))
        place = end
    return pieces


def passage_of(version: PlanVersion, asked: str) -> tuple[tuple[int, int], str] | None:
    """A passage "120:340" of the source with its words on one line; None where it is none."""
    start, _colon, end = asked.partition(":")
    if not (start.isdigit() and end.isdigit()):
        return None
    words = " ".join(version.text[int(start) : int(end)].split()).strip(" -–+•")
    return ((int(start), int(end)), words) if words else None


def cuts_of(text: str) -> list[tuple[int, str]]:
    """The words of an item with where each begins: it may be split before any but the first."""
    return [(found.start(), found[0]) for found in re.finditer(r"\S+", text)]


@dataclass(frozen=True, slots=True)
class WarningGroup:
    """The warnings of one kind."""

    code: str
    label: str
    rows: list[PlanWarning]

    @property
    def waiting(self) -> int:
        """How many nobody looked at."""
        return sum(row.state == WarningState.OPEN for row in self.rows)


def warnings_of(version: PlanVersion) -> list[WarningGroup]:
    """The warnings by kind, the heaviest kind first; one query."""
    groups = {code: WarningGroup(code, label, []) for code, label in WARNINGS.items()}
    for row in version.warnings.order_by("pk"):
        groups.setdefault(row.code, WarningGroup(row.code, row.code, [])).rows.append(row)
    return [group for group in groups.values() if group.rows]


@dataclass(frozen=True, slots=True)
class Change:
    """One item in two versions; ``before`` or ``after`` is None where it is not there."""

    kind: str
    code: str
    before: PlanItem | None
    after: PlanItem | None
    fields: list[tuple[str, str, str]]


def changes_between(old: PlanVersion, new: PlanVersion) -> list[Change]:
    """What an amendment adds, drops and rewords, tied by lineage."""

    def live(version: PlanVersion) -> dict[Any, PlanItem]:
        rows = version.items.exclude(state=ItemState.DROPPED).select_related("lead_post")
        return {item.lineage: item for item in rows.order_by("position")}

    before, after = live(old), live(new)
    found: list[Change] = []
    for lineage, item in after.items():
        known = before.get(lineage)
        if known is None:
            found.append(Change("added", item.code, None, item, []))
            continue
        fields = [
            (name, str(getattr(known, name) or "—"), str(getattr(item, name) or "—"))
            for name in ("lead_post", "due_on", "recurrence", "product", "cost", "value", "field")
            if getattr(known, name) != getattr(item, name)
        ]
        if fields or known.text != item.text:
            found.append(Change("changed", item.code, known, item, fields))
    found += [
        Change("dropped", item.code, item, None, [])
        for lineage, item in before.items()
        if lineage not in after
    ]
    return found


@dataclass(frozen=True, slots=True)
class FieldProgress:
    """How far the tasks of one field are."""

    key: str
    label: str
    total: int
    done: int
    late: int

    @property
    def percent(self) -> int:
        """Share done, in whole percent."""
        return 100 * self.done // self.total if self.total else 0


def progress_of(plan: Plan, on: date) -> list[FieldProgress]:
    """Tasks by field: all, done, late; one query."""
    late = Q(status__in=[TaskStatus.ASSIGNED, TaskStatus.IN_PROGRESS], due_on__lt=on)
    rows = (
        Task.objects.filter(plan=plan)
        .exclude(status=TaskStatus.CANCELLED)
        .followed()
        .values("field")
        .annotate(
            total=Count("pk"),
            done=Count("pk", filter=Q(status=TaskStatus.DONE)),
            late=Count("pk", filter=late),
        )
    )
    by_field = {row["field"]: row for row in rows}
    return [
        FieldProgress(key, label, row["total"], row["done"], row["late"])
        for key, label in FIELDS.items()
        if (row := by_field.get(key))
    ]


@dataclass(frozen=True, slots=True)
class Costs:
    """The tasks' costs against the budget line, in đồng."""

    spent: int
    budget: int | None
    over: int


def costs_of(version: PlanVersion) -> Costs:
    """Costs of the version's tasks add up against its budget."""
    rows = version.items.filter(kind=ItemKind.TASK).exclude(state=ItemState.DROPPED)
    total = rows.aggregate(total=Sum("cost"))["total"] or 0
    return Costs(total, version.budget, overspent([total], version.budget))
