"""Plans: list, import, confirm, approve, amend, compare."""

from motcua.planning.views.plans.importing import import_file
from motcua.planning.views.plans.items import (
    add,
    confirm_many,
    item,
    item_step,
    lead_many,
    warning,
)
from motcua.planning.views.plans.pages import amend, difference, plan, plans, source
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
    "lead_many",
    "plan",
    "plans",
    "source",
    "version",
    "version_step",
    "warning",
]
