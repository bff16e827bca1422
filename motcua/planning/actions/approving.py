"""The chairman puts a version in force; later versions amend it. Live tasks follow the version."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from motcua.audit.actions import record
from motcua.audit.rules import Actor
from motcua.core.text import fold
from motcua.org.models import Person
from motcua.org.queries import holders
from motcua.planning.actions.confirming import ReasonMissing
from motcua.planning.actions.series import make_instances
from motcua.planning.models import Assignee, Plan, PlanItem, PlanVersion, Target, Task
from motcua.planning.permissions import check_lock, check_version_step, day_of
from motcua.planning.rules import ItemKind, ItemState, TaskStatus, VersionStatus


@transaction.atomic
def return_plan(*, version: PlanVersion, reason: str, by: Person, at: datetime) -> PlanVersion:
    """Send a submitted version back to its clerk, with a reason."""
    locked = _locked(version)
    actor = check_version_step(locked, "return_plan", by, at)
    if not reason.strip():
        raise ReasonMissing
    locked.status, locked.why = VersionStatus.DRAFT, reason.strip()[:500]
    locked.lock += 1
    locked.save()
    _record(locked, "planning.return_plan", actor, at, {"reason": locked.why})
    return locked


@transaction.atomic
def approve_plan(
    *, version: PlanVersion, by: Person, at: datetime, lock: int | None = None
) -> PlanVersion:
    """Put a submitted version in force: the one before is superseded, tasks and targets live.

    Tasks keep their progress through an amendment: they are tied to their sentence's lineage.
    """
    locked = _locked(version)
    actor = check_version_step(locked, "approve_plan", by, at)
    check_lock(locked, lock, locked.made_by.full_name if locked.made_by else "—")
    plan = Plan.objects.select_for_update().get(pk=locked.plan_id)
    PlanVersion.objects.filter(plan=plan, status=VersionStatus.IN_FORCE).update(
        status=VersionStatus.SUPERSEDED
    )
    locked.status, locked.approved_by, locked.approved_at = VersionStatus.IN_FORCE, by, at
    locked.lock += 1
    locked.save()
    plan.title = locked.title
    plan.save(update_fields=["title"])
    counts = _bring_to_life(locked, at)
    _record(locked, "planning.approve_plan", actor, at, counts)
    return locked


def _bring_to_life(version: PlanVersion, at: datetime) -> dict[str, int]:
    items = list(
        version.items.exclude(state=ItemState.DROPPED)
        .select_related("lead_post")
        .prefetch_related("with_posts")
        .order_by("position")
    )
    on = day_of(at)
    people = holders(version.plan.agency, on)
    tasks = {task.lineage: task for task in version.plan.tasks.filter(series__isnull=True)}
    targets = {target.lineage: target for target in version.plan.targets.all()}
    counts = {"tasks_new": 0, "tasks_kept": 0, "tasks_ended": 0, "targets": 0}
    for item in items:
        if item.kind == ItemKind.TASK:
            task = tasks.pop(item.lineage, None)
            counts["tasks_kept" if task else "tasks_new"] += 1
            _live_task(version, item, task, people, at)
        elif item.kind == ItemKind.TARGET:
            _live_target(version, item, targets.pop(item.lineage, None))
            counts["targets"] += 1
    for task in tasks.values():
        counts["tasks_ended"] += _end_task(task, version, at)
    for target in targets.values():
        Target.objects.filter(pk=target.pk, ended_on__isnull=True).update(ended_on=on)
    return counts


def _live_task(
    version: PlanVersion,
    item: PlanItem,
    task: Task | None,
    people: Mapping[int, Person],
    at: datetime,
) -> Task:
    lead = item.lead_post
    if task is None:
        task = Task(
            agency=version.plan.agency,
            plan=version.plan,
            lineage=item.lineage,
            starts_on=max(version.starts_on, min(day_of(at), item.due_on or version.ends_on)),
        )
    elif task.due_on != item.due_on and task.extensions.filter(status="granted").exists():
        item.due_on = task.due_on  # a granted extension outlives an amendment of other words
    task.item = item
    task.code, task.field, task.text, task.folded = (
        item.code,
        item.field,
        item.text,
        fold(item.text),
    )
    task.recurrence, task.product, task.cost = item.recurrence, item.product, item.cost
    task.due_on = item.due_on or version.ends_on
    task.starts_on = min(task.starts_on, task.due_on)
    task.first_due_on = task.first_due_on or task.due_on
    task.lead_post = lead
    task.lead_person = people.get(lead.pk) if lead else None
    task.changed_at = at
    task.save()
    set_assignees(task, item, people)
    if task.recurrence:
        make_instances(series=task, version=version, people=people, at=at)
    return task


def set_assignees(task: Task, item: PlanItem, people: Mapping[int, Person]) -> None:
    """The posts of an item and the people who hold them."""
    Assignee.objects.filter(task=task).delete()
    posts = [(item.lead_post, True)] if item.lead_post else []
    posts += [(post, False) for post in item.with_posts.all() if post != item.lead_post]
    Assignee.objects.bulk_create(
        Assignee(task=task, post=post, person=people.get(post.pk), leads=leads)
        for post, leads in posts
    )


def _end_task(task: Task, version: PlanVersion, at: datetime) -> int:
    ended = 0
    for row in [task, *task.instances.all()]:
        if row.status in {TaskStatus.DONE, TaskStatus.CANCELLED}:
            continue
        row.status, row.changed_at = TaskStatus.CANCELLED, at
        row.closed_note = f"Bỏ theo bản sửa đổi số {version.no}"
        row.save(update_fields=["status", "closed_note", "changed_at"])
        ended += 1
    return ended


def _live_target(version: PlanVersion, item: PlanItem, target: Target | None) -> None:
    if target is None:
        target = Target(agency=version.plan.agency, plan=version.plan, lineage=item.lineage)
    target.item = item
    target.code = item.code
    target.field = item.field or (item.parent.field if item.parent else "")
    target.text, target.subject = item.text, item.subject
    target.comparison, target.value, target.upper = item.comparison, item.value, item.upper
    target.unit, target.ended_on = item.unit, None
    target.save()


def _locked(version: PlanVersion) -> PlanVersion:
    rows = PlanVersion.objects.select_for_update().select_related("plan__agency")
    return rows.get(pk=version.pk)


def _record(
    version: PlanVersion, action: str, actor: Actor, at: datetime, data: Mapping[str, object]
) -> None:
    record(
        chain=version.plan.agency.code,
        action=action,
        obj=version,
        by=actor,
        at=at,
        data={"no": version.no, **data},
        label=version.title,
    )
