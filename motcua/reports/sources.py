"""The numbers of a report: those of the plan, its targets and steering documents, and those that
other apps tell (``core.figures``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from motcua.core.figures import Figure, Row
from motcua.core.text import date_short
from motcua.planning.queries.as_of import TaskState
from motcua.planning.rules import FIELDS
from motcua.reports.rules import (
    DocumentFact,
    Facts,
    TargetFact,
    amount,
    done,
    plan_name,
    target_line,
)

TASKS: Final[dict[str, tuple[str, Callable[[Facts], Sequence[TaskState]]]]] = {
    "plan.tasks.total": ("Số nhiệm vụ trong kế hoạch", lambda f: f.planned),
    "plan.tasks.done": ("Số nhiệm vụ đã hoàn thành", lambda f: done(f.planned)),
    "plan.tasks.period": (
        "Số nhiệm vụ hoàn thành trong kỳ",
        lambda f: f.done_in_period(f.planned),
    ),
    "plan.tasks.running": (
        "Số nhiệm vụ đang thực hiện trong hạn",
        lambda f: f.running(f.planned),
    ),
    "plan.tasks.late": ("Số nhiệm vụ trễ hạn", lambda f: f.late(f.planned)),
    "plan.tasks.next": (
        "Nhiệm vụ đến hạn kỳ tới",
        lambda f: f.due_next([*f.planned, *f.steered]),
    ),
}
STEERED: Final[dict[str, tuple[str, Callable[[Facts], Sequence[TaskState]]]]] = {
    "assigned.total": ("Nhiệm vụ được cấp trên giao", lambda f: f.steered),
    "assigned.on_time": (
        "Nhiệm vụ cấp trên giao hoàn thành đúng hạn",
        lambda f: [t for t in done(f.steered) if not _done_late(t)],
    ),
    "assigned.late_done": (
        "Nhiệm vụ cấp trên giao hoàn thành quá hạn",
        lambda f: [t for t in done(f.steered) if _done_late(t)],
    ),
    "assigned.late_open": (
        "Nhiệm vụ cấp trên giao quá hạn chưa hoàn thành",
        lambda f: f.late(f.steered),
    ),
    "assigned.open": (
        "Nhiệm vụ cấp trên giao đang thực hiện trong hạn",
        lambda f: [t for t in f.steered if t.is_open and not t.late_on(f.on)],
    ),
}
#: Keys of the plan's own figures; those of fields and targets are made of their names.
OWN_KEYS: Final = frozenset({"plan.doc", "steering.docs", *TASKS, *STEERED})
_WORDS: Final = {
    "assigned": "Chưa cập nhật tiến độ",
    "in_progress": "Đang thực hiện",
    "submitted": "Chờ xác nhận",
    "done": "Hoàn thành",
    "cancelled": "Đã dừng",
}


def figures_of(facts: Facts) -> list[Figure]:
    """Every number that the plan's records give, with what it counts, then those of other apps."""
    figures: list[Figure] = []
    if facts.plan is not None:
        number = facts.plan.number or plan_name(facts.plan)
        figures.append(Figure("plan.doc", "Kế hoạch cải cách hành chính", "", number))
        figures += [_counted(key, label, of(facts), facts) for key, (label, of) in TASKS.items()]
        figures += _by_field(facts)
    if facts.steered:
        figures += [_counted(key, label, of(facts), facts) for key, (label, of) in STEERED.items()]
    if facts.documents:
        rows = tuple(_document(document) for document in facts.documents)
        label = "Số văn bản chỉ đạo CCHC"
        figures.append(Figure("steering.docs", label, "văn bản", str(len(rows)), rows))
    return [*figures, *map(_target, facts.targets), *facts.elsewhere]


def _by_field(facts: Facts) -> Iterable[Figure]:
    for field, label in FIELDS.items():
        tasks = facts.of_field(field)
        if tasks:
            yield _counted(f"tasks.{field}.total", f"{label}: số nhiệm vụ", tasks, facts)
            yield _counted(f"tasks.{field}.done", f"{label}: đã hoàn thành", done(tasks), facts)
            yield _counted(f"tasks.{field}.late", f"{label}: trễ hạn", facts.late(tasks), facts)


def _counted(key: str, label: str, tasks: Sequence[TaskState], facts: Facts) -> Figure:
    rows = tuple(task_row(task, facts) for task in tasks)
    return Figure(key, label, "nhiệm vụ", str(len(rows)), rows)


def _done_late(task: TaskState) -> bool:
    return task.done_on is not None and task.due_on is not None and task.done_on > task.due_on


def task_row(task: TaskState, facts: Facts) -> Row:
    """A task as the report keeps it."""
    state = "Trễ hạn" if task.late_on(facts.on) else _WORDS[task.status]
    if task.done_on is not None:
        state = f"{state} ngày {date_short(task.done_on)}"
    return {
        "code": task.code,
        "label": task.text,
        "url": f"/tasks/{task.pk}/",
        "lead": task.lead,
        "due": date_short(task.due_on) if task.due_on else "",
        "product": task.product,
        "state": state,
    }


def _document(document: DocumentFact) -> Row:
    return {
        "code": document.number,
        "label": document.summary,
        "url": f"/steering/{document.pk}/",
        "lead": document.issuer,
        "due": "",
        "product": "",
        "state": date_short(document.issued_on),
    }


def _target(target: TargetFact) -> Figure:
    known = target.value is not None
    row = {
        "code": target.code,
        "label": target.subject,
        "url": f"/targets/{target.pk}/",
        "lead": "",
        "due": "",
        "product": "",
        "state": target_line(target),
    }
    value = amount(target.value, target.unit) if known else ""
    key = f"target.{target.field or 'other'}.{target.code}"
    label = target.subject[:1].upper() + target.subject[1:200]
    return Figure(key, label, "", value, (row,))
