"""A version as the confirm screen shows it; the difference of two; progress of a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from motcua.planning.models import Plan, PlanItem, PlanVersion, Task
from motcua.planning.rules import FIELDS, ItemKind, ItemState, TaskStatus, overspent


@dataclass(slots=True)
class Part:
    """One heading of the confirm screen with its items."""

    key: str
    label: str
    items: list[PlanItem] = field(default_factory=list)

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
        key = f"task:{item.field or 'other'}" if item.kind == ItemKind.TASK else item.kind
        parts[key].items.append(item)
        parts[key].items += inner[item.pk]
    return [part for part in parts.values() if part.items]


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


def pieces_of(version: PlanVersion) -> list[tuple[int, int, str, bool]]:
    """The source text cut where items begin and end: start, end, text, understood."""
    spans = sorted(
        {
            (start, end)
            for start, end in version.items.filter(parent__isnull=True).values_list(
                "span_start", "span_end"
            )
            if start is not None and end is not None
        }
    )
    lost = [tuple(row["span"]) for row in version.reading.get("not_understood", [])]
    pieces: list[tuple[int, int, str, bool]] = []
    place, text = 0, version.text
    for start, end in spans:
        if start < place:
            continue
        if start > place:
            pieces.append((place, start, text[place:start], not _touches(place, start, lost)))
        pieces.append((start, end, text[start:end], True))
        place = end
    if place < len(text):
        pieces.append((place, len(text), text[place:], not _touches(place, len(text), lost)))
    return pieces


def _touches(start: int, end: int, spans: Iterable[tuple[int, ...]]) -> bool:
    return any(a < end and start < b for a, b in spans)


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
