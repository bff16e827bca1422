"""Plans: list, import, confirm, approve, amend, compare."""

from motcua.planning.views.plans.amending import amend, keep, matches
from motcua.planning.views.plans.importing import import_file
from motcua.planning.views.plans.items import (
    add,
    confirm_many,
    item,
    item_step,
    lead_many,
    split,
    warning,
    warnings,
)
from motcua.planning.views.plans.pages import difference, plan, plans, source
from motcua.planning.views.plans.versions import head, version, version_step

__all__ = [
    "add",
    "amend",
    "confirm_many",
    "difference",
    "head",
    "import_file",
    "item",
    "item_step",
    "keep",
    "lead_many",
    "matches",
    "plan",
    "plans",
    "source",
    "split",
    "version",
    "version_step",
    "warning",
    "warnings",
]
