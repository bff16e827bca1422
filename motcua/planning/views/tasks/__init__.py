"""Working with tasks: my work, today, the list, one task; targets; steering documents."""

from motcua.planning.views.tasks.board import task_board, task_calendar
from motcua.planning.views.tasks.lists import tasks
from motcua.planning.views.tasks.pages import new_task, task, task_file
from motcua.planning.views.tasks.steering import (
    new_steering,
    steering,
    steering_document,
    steering_file,
)
from motcua.planning.views.tasks.steps import decide_extension, task_step
from motcua.planning.views.tasks.targets import target, targets, value_file
from motcua.planning.views.tasks.together import tasks_together
from motcua.planning.views.tasks.work import foreseen, messages, my_work, today

__all__ = [
    "decide_extension",
    "foreseen",
    "messages",
    "my_work",
    "new_steering",
    "new_task",
    "steering",
    "steering_document",
    "steering_file",
    "target",
    "targets",
    "task",
    "task_board",
    "task_calendar",
    "task_file",
    "task_step",
    "tasks",
    "tasks_together",
    "today",
    "value_file",
]
