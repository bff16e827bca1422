"""The draft as a whole: its warnings, its head, submitting it, giving it up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from motcua.org.models import Person
from motcua.planning.actions.confirming.common import (
    DueOutside,
    NothingToSubmit,
    ReasonMissing,
    TasksWithoutLead,
    WarningsOpen,
    last_editor,
    open_draft,
    trace,
)
from motcua.planning.models import PlanVersion, PlanWarning
from motcua.planning.permissions import check_lock, check_version_step
from motcua.planning.rules import ItemKind, ItemState, VersionStatus, WarningState


@transaction.atomic
def settle_warning(
    *, warning: PlanWarning, state: WarningState, by: Person, at: datetime, note: str = ""
) -> PlanWarning:
    """Accept a warning, or say that it was mended."""
    version, actor = open_draft(warning.version, by, at, None)
    row = PlanWarning.objects.select_for_update().get(pk=warning.pk)
    row.state, row.note = state, note.strip()[:300]
    row.save(update_fields=["state", "note"])
    trace(version, "planning.settle_warning", row, actor, at, {"code": row.code, "state": state})
    return row


@transaction.atomic
def settle_warnings(
    *,
    version: PlanVersion,
    state: WarningState,
    by: Person,
    at: datetime,
    code: str = "",
    note: str = "",
) -> int:
    """Accept all open warnings of one kind, or of every kind; returns how many."""
    locked, actor = open_draft(version, by, at, None)
    rows = locked.warnings.filter(state=WarningState.OPEN)
    if code:
        rows = rows.filter(code=code)
    settled = rows.update(state=state, note=note.strip()[:300])
    if settled:
        data = {"code": code, "state": state, "count": settled}
        trace(locked, "planning.settle_warnings", locked, actor, at, data)
    return settled


@transaction.atomic
def edit_version(
    *, version: PlanVersion, changes: Mapping[str, Any], by: Person, at: datetime, lock: int | None
) -> PlanVersion:
    """Title, number, day of issue, budget line (đồng), first and last day of the plan."""
    locked, actor = open_draft(version, by, at, lock)
    names = ("title", "number", "issued_on", "budget", "starts_on", "ends_on")
    before = {n: str(getattr(locked, n)) for n in names if n in changes}
    for name in before:
        setattr(locked, name, changes[name])
    if locked.ends_on < locked.starts_on:
        raise DueOutside(due=locked.ends_on, start=locked.starts_on, end=locked.ends_on)
    locked.lock += 1
    locked.save()
    after = {n: str(getattr(locked, n)) for n in before}
    trace(locked, "planning.edit_version", locked, actor, at, {"before": before, "after": after})
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
    check_lock(locked, lock, last_editor(locked))
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
    trace(locked, "planning.submit_plan", locked, actor, at, {"tasks": tasks.count()})
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
    trace(locked, "planning.discard_plan", locked, actor, at, {"reason": locked.why})
    return locked
