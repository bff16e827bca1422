"""Items of a draft: correct, confirm, split, merge, add, drop, restore."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.org.models import Person, Post
from motcua.planning.actions.confirming.common import (
    MergeApart,
    ReasonMissing,
    SpanOutside,
    SplitOutside,
    TextMissing,
    check_due,
    open_draft,
    touch,
    trace,
)
from motcua.planning.models import PlanItem, PlanVersion
from motcua.planning.rules import ItemKind, ItemState

#: Fields of an item that a person may change, by kind.
EDITABLE = {
    ItemKind.TASK: {
        "text",
        "field",
        "lead_post",
        "due_on",
        "due_text",
        "recurrence",
        "product",
        "cost",
    },
    ItemKind.TARGET: {"text", "subject", "comparison", "value", "upper", "unit", "scope"},
    ItemKind.PURPOSE: {"text"},
    ItemKind.REQUIREMENT: {"text"},
    ItemKind.DUTY: {"text", "lead_post"},
}


@transaction.atomic
def edit_item(
    *,
    item: PlanItem,
    changes: Mapping[str, Any],
    by: Person,
    at: datetime,
    with_posts: Sequence[Post] | None = None,
    lock: int | None = None,
) -> PlanItem:
    """Correct an item and count it as confirmed. ``changes``: fields of :data:`EDITABLE`.

    Raises :class:`TextMissing`, :class:`DueOutside`, ``Stale``, ``StepNotAllowed``.
    """
    version, actor = open_draft(item.version, by, at, lock)
    row = PlanItem.objects.select_for_update().get(pk=item.pk)
    before: dict[str, str] = {}
    for name, value in changes.items():
        if name in EDITABLE[ItemKind(row.kind)] and getattr(row, name) != value:
            before[name] = str(getattr(row, name))
            setattr(row, name, value)
    if not row.text.strip():
        raise TextMissing
    check_due(row.due_on, version)
    if "lead_post" in before:
        row.lead_reason = ""
    row.state = ItemState.CONFIRMED
    row.save()
    if with_posts is not None:
        row.with_posts.set([post for post in with_posts if post != row.lead_post])
    touch(version)
    after = {name: str(getattr(row, name)) for name in before}
    trace(version, "planning.edit_item", row, actor, at, {"before": before, "after": after})
    return row


@transaction.atomic
def confirm_items(*, items: Iterable[PlanItem], by: Person, at: datetime) -> int:
    """Accept items as they were understood; returns how many were new."""
    rows = list(items)
    if not rows:
        return 0
    version, actor = open_draft(rows[0].version, by, at, None)
    changed = PlanItem.objects.filter(
        version=version, pk__in=[row.pk for row in rows], state=ItemState.PROPOSED
    ).update(state=ItemState.CONFIRMED)
    if changed:
        trace(version, "planning.confirm_items", version, actor, at, {"count": changed})
    return changed


@transaction.atomic
def split_item(
    *, item: PlanItem, at_offset: int, by: Person, at: datetime, lock: int | None = None
) -> tuple[PlanItem, PlanItem]:
    """Cut one item in two at a position in its text (letters from its start)."""
    version, actor = open_draft(item.version, by, at, lock)
    row = PlanItem.objects.select_for_update().get(pk=item.pk)
    left, right = row.text[:at_offset].strip(), row.text[at_offset:].strip(" ;.,")
    if not left or not right:
        raise SplitOutside
    second = PlanItem.objects.create(
        version=version,
        parent=row.parent,
        lineage=uuid.uuid4(),
        kind=row.kind,
        state=ItemState.CONFIRMED,
        position=row.position + 1,
        code=_free_code(version, row.code),
        field=row.field,
        heading=row.heading,
        text=right[:1].upper() + right[1:],
        span_start=row.span_start,
        span_end=row.span_end,
        lead_post=row.lead_post,
    )
    second.with_posts.set(row.with_posts.all())
    row.text, row.state = left, ItemState.CONFIRMED
    row.save(update_fields=["text", "state"])
    touch(version)
    trace(version, "planning.split_item", row, actor, at, {"left": left, "right": second.text})
    return row, second


def _free_code(version: PlanVersion, code: str) -> str:
    if not code:
        return ""
    taken = set(PlanItem.objects.filter(version=version).values_list("code", flat=True))
    letters = (f"{code}{letter}" for letter in "bcdefghiklmnopqrstuvxy")
    return next((free for free in letters if free not in taken), code)


@transaction.atomic
def merge_items(
    *, first: PlanItem, second: PlanItem, by: Person, at: datetime, lock: int | None = None
) -> PlanItem:
    """Make one item of two neighbours of one kind; the second is dropped with that reason."""
    version, actor = open_draft(first.version, by, at, lock)
    rows = PlanItem.objects.select_for_update().filter(pk__in=[first.pk, second.pk])
    by_pk = {row.pk: row for row in rows}
    one, two = by_pk[first.pk], by_pk[second.pk]
    between = PlanItem.objects.filter(
        version=version,
        kind=one.kind,
        position__gt=min(one.position, two.position),
        position__lt=max(one.position, two.position),
    ).exclude(state=ItemState.DROPPED)
    if one.version_id != two.version_id or one.kind != two.kind or one == two or between.exists():
        raise MergeApart
    if two.position < one.position:
        one, two = two, one
    joint = "" if one.text.rstrip().endswith((".", ";", ":")) else ";"
    one.text = f"{one.text.rstrip()}{joint} {two.text}"
    one.state = ItemState.CONFIRMED
    spans = [s for s in (one.span_start, two.span_start) if s is not None]
    ends = [s for s in (one.span_end, two.span_end) if s is not None]
    one.span_start, one.span_end = min(spans, default=None), max(ends, default=None)
    one.save()
    two.children.update(parent=one)
    two.state, two.drop_reason = ItemState.DROPPED, f"Gộp vào {one.code or 'mục trước'}"
    two.save(update_fields=["state", "drop_reason"])
    touch(version)
    trace(version, "planning.merge_items", one, actor, at, {"merged": two.text})
    return one


@transaction.atomic
def add_item(
    *,
    version: PlanVersion,
    kind: ItemKind,
    text: str,
    by: Person,
    at: datetime,
    values: Mapping[str, Any] | None = None,
    parent: PlanItem | None = None,
    span: tuple[int, int] | None = None,
) -> PlanItem:
    """Add what the reader did not see, or what the text leaves out.

    ``span`` is the passage that says it. Raises :class:`TextMissing`, :class:`SpanOutside`.
    """
    locked, actor = open_draft(version, by, at, None)
    if not text.strip():
        raise TextMissing
    if span and not 0 <= span[0] < span[1] <= len(locked.text):
        raise SpanOutside
    allowed = {k: v for k, v in (values or {}).items() if k in EDITABLE[kind]}
    check_due(allowed.get("due_on"), locked)
    last = locked.items.order_by("-position").first()
    codes = {ItemKind.TASK: "BS", ItemKind.TARGET: "CT.BS"}
    count = locked.items.filter(code__startswith=codes.get(kind, "-")).count() + 1
    item = PlanItem.objects.create(
        version=locked,
        kind=kind,
        parent=parent,
        state=ItemState.CONFIRMED,
        position=(last.position if last else 0) + 10,
        code=f"{codes[kind]}{count}" if kind in codes else "",
        span_start=span[0] if span else None,
        span_end=span[1] if span else None,
        **{"field": "other" if kind == ItemKind.TASK else "", **allowed, "text": text.strip()},
    )
    touch(locked)
    trace(locked, "planning.add_item", item, actor, at, {"kind": kind, "text": item.text})
    return item


@transaction.atomic
def drop_item(
    *, item: PlanItem, reason: str, by: Person, at: datetime, lock: int | None = None
) -> PlanItem:
    """Leave an item out of the running plan, with a reason; its sentence stays in the text."""
    version, actor = open_draft(item.version, by, at, lock)
    if not reason.strip():
        raise ReasonMissing
    row = PlanItem.objects.select_for_update().get(pk=item.pk)
    row.state, row.drop_reason = ItemState.DROPPED, reason.strip()[:300]
    row.save(update_fields=["state", "drop_reason"])
    row.children.update(state=ItemState.DROPPED, drop_reason=row.drop_reason)
    touch(version)
    trace(version, "planning.drop_item", row, actor, at, {"reason": row.drop_reason})
    return row


@transaction.atomic
def restore_item(*, item: PlanItem, by: Person, at: datetime) -> PlanItem:
    """Take a dropped item back."""
    version, actor = open_draft(item.version, by, at, None)
    row = PlanItem.objects.select_for_update().get(pk=item.pk)
    row.state, row.drop_reason = ItemState.CONFIRMED, ""
    row.save(update_fields=["state", "drop_reason"])
    touch(version)
    trace(version, "planning.restore_item", row, actor, at, {})
    return row
