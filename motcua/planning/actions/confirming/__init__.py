"""The person makes the reading right: correct, split, merge, add, drop, confirm; then submit."""

from motcua.planning.actions.confirming.common import (
    DueOutside,
    MergeApart,
    NothingToSubmit,
    ReasonMissing,
    SpanOutside,
    SplitOutside,
    TasksWithoutLead,
    TextMissing,
    WarningsOpen,
)
from motcua.planning.actions.confirming.items import (
    EDITABLE,
    add_item,
    confirm_items,
    drop_item,
    edit_item,
    merge_items,
    restore_item,
    split_item,
)
from motcua.planning.actions.confirming.versions import (
    discard_plan,
    edit_version,
    settle_warning,
    settle_warnings,
    submit_plan,
)

__all__ = [
    "EDITABLE",
    "DueOutside",
    "MergeApart",
    "NothingToSubmit",
    "ReasonMissing",
    "SpanOutside",
    "SplitOutside",
    "TasksWithoutLead",
    "TextMissing",
    "WarningsOpen",
    "add_item",
    "confirm_items",
    "discard_plan",
    "drop_item",
    "edit_item",
    "edit_version",
    "merge_items",
    "restore_item",
    "settle_warning",
    "settle_warnings",
    "split_item",
    "submit_plan",
]
