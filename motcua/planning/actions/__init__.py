"""What a person, or a job, can do with plans, tasks and targets: the only writers here."""

from motcua.planning.actions.amending import (
    NothingToAmend,
    amend_from_file,
    amend_plan,
    keep_item,
    match_item,
)
from motcua.planning.actions.approving import approve_plan, return_plan
from motcua.planning.actions.assigning import assign_task, reassign_task
from motcua.planning.actions.confirming import (
    add_item,
    confirm_items,
    discard_plan,
    drop_item,
    edit_item,
    edit_version,
    merge_items,
    restore_item,
    settle_warning,
    settle_warnings,
    split_item,
    submit_plan,
)
from motcua.planning.actions.extensions import ask_extension, decide_extension
from motcua.planning.actions.importing import ReadPlan, import_plan
from motcua.planning.actions.reminders import remind_task, send_digests
from motcua.planning.actions.steering import enter_steering
from motcua.planning.actions.targets import record_value
from motcua.planning.actions.tasks import (
    Upload,
    accept_task,
    cancel_task,
    comment_task,
    reopen_task,
    report_progress,
    return_task,
    submit_task,
    take_on_task,
)

__all__ = [
    "NothingToAmend",
    "ReadPlan",
    "Upload",
    "accept_task",
    "add_item",
    "amend_from_file",
    "amend_plan",
    "approve_plan",
    "ask_extension",
    "assign_task",
    "cancel_task",
    "comment_task",
    "confirm_items",
    "decide_extension",
    "discard_plan",
    "drop_item",
    "edit_item",
    "edit_version",
    "enter_steering",
    "import_plan",
    "keep_item",
    "match_item",
    "merge_items",
    "reassign_task",
    "record_value",
    "remind_task",
    "reopen_task",
    "report_progress",
    "restore_item",
    "return_plan",
    "return_task",
    "send_digests",
    "settle_warning",
    "settle_warnings",
    "split_item",
    "submit_plan",
    "submit_task",
    "take_on_task",
]
