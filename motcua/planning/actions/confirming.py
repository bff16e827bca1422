"""The person makes the reading right: correct, split, merge, add, drop, confirm; then submit."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from motcua.audit.actions import record
from motcua.audit.rules import Actor
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.org.models import Person, Post
from motcua.planning.models import PlanItem, PlanVersion, PlanWarning
from motcua.planning.permissions import check_editable, check_lock, check_version_step
from motcua.planning.rules import ItemKind, ItemState, VersionStatus, WarningState


class ReasonMissing(Refused):
    """What is dropped or returned needs a reason."""

    code = "reason_missing"
    message = _("Hãy ghi lý do, để người xem sau hiểu vì sao.")
    status = 422


class TextMissing(Refused):
    """An item without words."""

    code = "text_missing"
    message = _("Nội dung không được để trống.")
    status = 422


class DueOutside(Refused):
    """A deadline before the plan begins or a deadline after its end."""

    code = "due_outside"
    message = _(
        "Hạn %(due)s nằm ngoài thời gian của kế hoạch (%(start)s – %(end)s). Hãy chọn ngày khác."
    )
    status = 422


class SplitOutside(Refused):
    """A split at the very beginning or end leaves nothing on one side."""

    code = "split_outside"
    message = _("Hãy đặt chỗ tách ở giữa câu, để hai phần đều có chữ.")
    status = 422


class MergeApart(Refused):
    """Only two neighbours of one kind become one."""

    code = "merge_apart"
    message = _("Chỉ gộp được hai mục cùng loại đứng liền nhau.")
    status = 422


class NothingToSubmit(Refused):
    """A plan without a single task is not submitted."""

    code = "nothing_to_submit"
    message = _("Kế hoạch chưa có nhiệm vụ nào. Hãy thêm ít nhất một nhiệm vụ rồi trình.")


class TasksWithoutLead(Refused):
    """Every task has one responsible post."""

    code = "tasks_without_lead"
    message = _("Còn %(count)s nhiệm vụ chưa có đơn vị chủ trì: %(codes)s. Hãy chọn rồi trình lại.")


class WarningsOpen(Refused):
    """Each warning is accepted or mended before the plan goes to the chairman."""

    code = "warnings_open"
    message = _("Còn %(count)s lưu ý chưa xem. Hãy chấp nhận hoặc sửa từng lưu ý rồi trình lại.")


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


def _open(
    version: PlanVersion, by: Person, at: datetime, lock: int | None
) -> tuple[PlanVersion, Actor]:
    locked = (
        PlanVersion.objects.select_for_update().select_related("plan__agency").get(pk=version.pk)
    )
    actor = check_editable(locked, by, at)
    check_lock(locked, lock, _last_editor(locked))
    return locked, actor


def _last_editor(version: PlanVersion) -> str:
    return version.made_by.full_name if version.made_by else "—"


def _touch(version: PlanVersion) -> None:
    PlanVersion.objects.filter(pk=version.pk).update(lock=F("lock") + 1)


def _trace(
    version: PlanVersion, action: str, obj: Any, actor: Any, at: datetime, data: Mapping[str, Any]
) -> None:
    label = getattr(obj, "text", "") or version.title
    record(
        chain=version.plan.agency.code,
        action=action,
        obj=obj,
        by=actor,
        at=at,
        data=data,
        label=label,
    )


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
    version, actor = _open(item.version, by, at, lock)
    row = PlanItem.objects.select_for_update().get(pk=item.pk)
    before: dict[str, str] = {}
    for name, value in changes.items():
        if name in EDITABLE[ItemKind(row.kind)] and getattr(row, name) != value:
            before[name] = str(getattr(row, name))
            setattr(row, name, value)
    if not row.text.strip():
        raise TextMissing
    _check_due(row.due_on, version)
    if "lead_post" in before:
        row.lead_reason = ""
    row.state = ItemState.CONFIRMED
    row.save()
    if with_posts is not None:
        row.with_posts.set([post for post in with_posts if post != row.lead_post])
    _touch(version)
    after = {name: str(getattr(row, name)) for name in before}
    _trace(version, "planning.edit_item", row, actor, at, {"before": before, "after": after})
    return row


def _check_due(due: date | None, version: PlanVersion) -> None:
    if due is not None and not version.starts_on <= due <= version.ends_on:
        raise DueOutside(
            due=due.strftime("%d/%m/%Y"),
            start=version.starts_on.strftime("%d/%m/%Y"),
            end=version.ends_on.strftime("%d/%m/%Y"),
        )


@transaction.atomic
def confirm_items(*, items: Iterable[PlanItem], by: Person, at: datetime) -> int:
    """Accept items as they were understood; returns how many were new."""
    rows = list(items)
    if not rows:
        return 0
    version, actor = _open(rows[0].version, by, at, None)
    changed = PlanItem.objects.filter(
        version=version, pk__in=[row.pk for row in rows], state=ItemState.PROPOSED
    ).update(state=ItemState.CONFIRMED)
    if changed:
        _trace(version, "planning.confirm_items", version, actor, at, {"count": changed})
    return changed


@transaction.atomic
def split_item(
    *, item: PlanItem, at_offset: int, by: Person, at: datetime, lock: int | None = None
) -> tuple[PlanItem, PlanItem]:
    """Cut one item in two at a position in its text (letters from its start)."""
    version, actor = _open(item.version, by, at, lock)
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
    _touch(version)
    _trace(version, "planning.split_item", row, actor, at, {"left": left, "right": second.text})
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
    version, actor = _open(first.version, by, at, lock)
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
    _touch(version)
    _trace(version, "planning.merge_items", one, actor, at, {"merged": two.text})
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
    """Add what the reader did not see, or what the text leaves out."""
    locked, actor = _open(version, by, at, None)
    if not text.strip():
        raise TextMissing
    allowed = {k: v for k, v in (values or {}).items() if k in EDITABLE[kind]}
    _check_due(allowed.get("due_on"), locked)
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
    _touch(locked)
    _trace(locked, "planning.add_item", item, actor, at, {"kind": kind, "text": item.text})
    return item


@transaction.atomic
def drop_item(
    *, item: PlanItem, reason: str, by: Person, at: datetime, lock: int | None = None
) -> PlanItem:
    """Leave an item out of the running plan, with a reason; its sentence stays in the text."""
    version, actor = _open(item.version, by, at, lock)
    if not reason.strip():
        raise ReasonMissing
    row = PlanItem.objects.select_for_update().get(pk=item.pk)
    row.state, row.drop_reason = ItemState.DROPPED, reason.strip()[:300]
    row.save(update_fields=["state", "drop_reason"])
    row.children.update(state=ItemState.DROPPED, drop_reason=row.drop_reason)
    _touch(version)
    _trace(version, "planning.drop_item", row, actor, at, {"reason": row.drop_reason})
    return row


@transaction.atomic
def restore_item(*, item: PlanItem, by: Person, at: datetime) -> PlanItem:
    """Take a dropped item back."""
    version, actor = _open(item.version, by, at, None)
    row = PlanItem.objects.select_for_update().get(pk=item.pk)
    row.state, row.drop_reason = ItemState.CONFIRMED, ""
    row.save(update_fields=["state", "drop_reason"])
    _touch(version)
    _trace(version, "planning.restore_item", row, actor, at, {})
    return row


@transaction.atomic
def settle_warning(
    *, warning: PlanWarning, state: WarningState, by: Person, at: datetime, note: str = ""
) -> PlanWarning:
    """Accept a warning, or say that it was mended."""
    version, actor = _open(warning.version, by, at, None)
    row = PlanWarning.objects.select_for_update().get(pk=warning.pk)
    row.state, row.note = state, note.strip()[:300]
    row.save(update_fields=["state", "note"])
    _trace(version, "planning.settle_warning", row, actor, at, {"code": row.code, "state": state})
    return row


@transaction.atomic
def edit_version(
    *, version: PlanVersion, changes: Mapping[str, Any], by: Person, at: datetime, lock: int | None
) -> PlanVersion:
    """Title, number, day of issue, budget line (đồng), first and last day of the plan."""
    locked, actor = _open(version, by, at, lock)
    names = ("title", "number", "issued_on", "budget", "starts_on", "ends_on")
    before = {n: str(getattr(locked, n)) for n in names if n in changes}
    for name in before:
        setattr(locked, name, changes[name])
    if locked.ends_on < locked.starts_on:
        raise DueOutside(due=locked.ends_on, start=locked.starts_on, end=locked.ends_on)
    locked.lock += 1
    locked.save()
    after = {n: str(getattr(locked, n)) for n in before}
    _trace(locked, "planning.edit_version", locked, actor, at, {"before": before, "after": after})
    return locked


@transaction.atomic
def submit_plan(
    *, version: PlanVersion, by: Person, at: datetime, lock: int | None = None
) -> PlanVersion:
    """Send the confirmed draft to the chairman. What is not yet touched counts as confirmed.

    Raises :class:`NothingToSubmit`, :class:`TasksWithoutLead`, :class:`WarningsOpen`.
    """
    locked = (
        PlanVersion.objects.select_for_update().select_related("plan__agency").get(pk=version.pk)
    )
    actor = check_version_step(locked, "submit_plan", by, at)
    check_lock(locked, lock, _last_editor(locked))
    tasks = locked.items.filter(kind=ItemKind.TASK).exclude(state=ItemState.DROPPED)
    if not tasks.exists():
        raise NothingToSubmit
    leaderless = list(tasks.filter(lead_post__isnull=True).values_list("code", flat=True))
    if leaderless:
        shown = ", ".join(leaderless[:5]) + ("…" if len(leaderless) > 5 else "")
        raise TasksWithoutLead(count=len(leaderless), codes=shown)
    if waiting := locked.warnings.filter(state=WarningState.OPEN).count():
        raise WarningsOpen(count=waiting)
    locked.items.filter(state=ItemState.PROPOSED).update(state=ItemState.CONFIRMED)
    locked.status, locked.submitted_at, locked.why = VersionStatus.SUBMITTED, at, ""
    locked.lock += 1
    locked.save()
    _trace(locked, "planning.submit_plan", locked, actor, at, {"tasks": tasks.count()})
    return locked


@transaction.atomic
def discard_plan(*, version: PlanVersion, reason: str, by: Person, at: datetime) -> PlanVersion:
    """Give a draft up, with a reason; its file and text stay."""
    locked = (
        PlanVersion.objects.select_for_update().select_related("plan__agency").get(pk=version.pk)
    )
    actor = check_version_step(locked, "discard_plan", by, at)
    if not reason.strip():
        raise ReasonMissing
    locked.status, locked.why = VersionStatus.DISCARDED, reason.strip()[:500]
    locked.lock += 1
    locked.save()
    _trace(locked, "planning.discard_plan", locked, actor, at, {"reason": locked.why})
    return locked
