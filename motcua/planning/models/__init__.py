"""Plans with their dated versions, tasks, targets, steering documents."""

from motcua.planning.models.plans import Plan, PlanItem, PlanVersion, PlanWarning
from motcua.planning.models.targets import Target, TargetValue
from motcua.planning.models.tasks import (
    Assignee,
    Extension,
    LastVisit,
    ProgressNote,
    SteeringDocument,
    Task,
)

__all__ = [
    "Assignee",
    "Extension",
    "LastVisit",
    "Plan",
    "PlanItem",
    "PlanVersion",
    "PlanWarning",
    "ProgressNote",
    "SteeringDocument",
    "Target",
    "TargetValue",
    "Task",
]
