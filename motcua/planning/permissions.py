"""May this person take this step on this thing? ``check_x`` raises with a sentence."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from motcua.audit.rules import Actor
from motcua.core.errors import Refused, Stale
from motcua.core.errors import mark as _
from motcua.org.models import Agency, Person
from motcua.org.permissions import check_may, may
from motcua.planning.models import Extension, PlanVersion, Task
from motcua.planning.rules import (
    EXTENSION_STEPS,
    TASK_STEPS,
    VERSION_STEPS,
    ExtensionStatus,
    TaskStatus,
    VersionStatus,
)


class NotYours(Refused):
    """Only who leads or helps with a task reports on it."""

    code = "not_yours"
    message = _(
        "Nhiệm vụ này do %(who)s phụ trách. Chỉ người phụ trách hoặc phối hợp cập nhật được."
    )
    status = 403


def day_of(at: datetime) -> date:
    """The day of a moment in the installation's time zone."""
    return timezone.localtime(at).date()


def check_lock(record: Any, lock: int | None, who: str) -> None:
    """Raise :class:`Stale` where the form was opened on an older state than the one stored."""
    if lock is not None and record.lock != lock:
        raise Stale(who=who)


def check_version_step(version: PlanVersion, step: str, by: Person, at: datetime) -> Actor:
    """The step is in the table for this status, and the person has its permission."""
    VERSION_STEPS.check(step, VersionStatus(version.status))
    return check_may(by, VERSION_STEPS[step].needs, version.plan.agency, day_of(at))


def check_editable(version: PlanVersion, by: Person, at: datetime) -> Actor:
    """A draft can be edited by who may confirm plans."""
    VERSION_STEPS.check("submit_plan", VersionStatus(version.status))
    return check_may(by, "planning.confirm", version.plan.agency, day_of(at))


def check_task_step(task: Task, step: str, by: Person, at: datetime) -> Actor:
    """As above; who reports on a task leads it, helps with it, or may assign."""
    TASK_STEPS.check(step, TaskStatus(task.status))
    return _check_own(task, TASK_STEPS[step].needs, by, at)


def _check_own(task: Task, permission: str, by: Person, at: datetime) -> Actor:
    actor = check_may(by, permission, task.agency, day_of(at))
    if permission == "planning.progress" and not may(
        by, "planning.assign", task.agency, day_of(at)
    ):
        mine = actor.on_behalf_of or any(row.person_id == by.pk for row in task.assignees.all())
        if not mine:
            lead = task.lead_person or task.lead_post
            raise NotYours(who=str(lead or "—"))
    return actor


def check_ask_extension(task: Task, by: Person, at: datetime) -> Actor:
    """More time is asked for an open task by its people."""
    TASK_STEPS.check("cancel_task", TaskStatus(task.status))
    return _check_own(task, EXTENSION_STEPS["ask_extension"].needs, by, at)


def check_extension_step(extension: Extension, step: str, by: Person, at: datetime) -> Actor:
    """Who may decide on more time."""
    EXTENSION_STEPS.check(step, ExtensionStatus(extension.status))
    return check_may(by, EXTENSION_STEPS[step].needs, extension.task.agency, day_of(at))


def allowed_task_steps(task: Task, by: Person | None, at: datetime) -> list[str]:
    """Names of the steps that this person may take now: the page's buttons, the API's list."""
    if by is None:
        return []
    return [
        step.name
        for step in TASK_STEPS.allowed(TaskStatus(task.status))
        # Asked first, because a refusal looks up who might, and a board asks for many tasks.
        if may(by, step.needs, task.agency, day_of(at))
        and _can(check_task_step, task, step.name, by, at)
    ]


def allowed_version_steps(version: PlanVersion, by: Person | None, at: datetime) -> list[str]:
    """Names of the steps on a version that this person may take now."""
    if by is None:
        return []
    return [
        step.name
        for step in VERSION_STEPS.allowed(VersionStatus(version.status))
        if step.name != "supersede_plan" and _can(check_version_step, version, step.name, by, at)
    ]


def _can(check: Any, *args: Any) -> bool:
    try:
        check(*args)
    except Refused:
        return False
    return True


def can_ask_extension(task: Task, by: Person | None, at: datetime) -> bool:
    """Whether the page shows the button."""
    return by is not None and _can(check_ask_extension, task, by, at)


def can_decide_extension(extension: Extension, by: Person | None, at: datetime) -> bool:
    """Whether the page shows the two buttons."""
    return by is not None and _can(check_extension_step, extension, "grant_extension", by, at)


def check_view(agency: Agency, by: Person, at: datetime) -> Actor:
    """May see the plans of an agency."""
    return check_may(by, "planning.view", agency, day_of(at))
