"""Numbers, tasks and targets in the words of officials. Vietnamese by law, not translated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from motcua.core.figures import Figure
from motcua.core.periods import Period
from motcua.core.text import date_short, number, percent
from motcua.planning.rules import Reading, TaskStatus
from motcua.reports.rules.facts import TargetFact

if TYPE_CHECKING:
    from motcua.planning.queries.as_of import TaskState

UNKNOWN: Final = "chưa có dữ liệu"


def counted(n: int, noun: str) -> str:
    """A number with its noun; below 10 with a leading zero, as officials write: "05 nhiệm vụ"."""
    return f"{n:02d} {noun}" if 0 < n < 10 else f"{number(n)} {noun}"


def share(part: int, whole: int) -> str:
    """A part of a whole in per cent, one decimal at most: "68,4%"."""
    exact = Decimal(100 * part) / whole
    return percent(exact.quantize(Decimal("0.1")).normalize() if exact % 1 else exact)


def short(text: str, limit: int = 200) -> str:
    """The first clause of a task's sentence: a list in a report names the work, not its whole text.

    Cut only where a clause ends, never inside one; without end punctuation.
    """
    for mark in ("; ", ". ", ", "):
        cut = text.rfind(mark, 0, limit)
        if len(text) > limit and cut > limit // 3:
            text = text[:cut]
    return text.strip().rstrip(".;,: ")


def _line(task: TaskState, *details: str, product: str = "") -> str:
    """The work, its product, and details in brackets; of a series its period first."""
    inside = [Period.parse(task.period).phrase] if task.period else []
    inside += [detail for detail in details if detail]
    made = f"; sản phẩm: {lower(product)}" if product else ""
    return f"{short(task.text)}{made}" + (f" ({', '.join(inside)})" if inside else "")


def _due(task: TaskState) -> str:
    return f"hạn {date_short(task.due_on)}" if task.due_on else ""


def done_line(task: TaskState) -> str:
    """A finished task: when, how late, what came of it."""
    assert task.done_on is not None
    slow = ""
    if task.due_on is not None and task.done_on > task.due_on:
        slow = f"chậm {counted((task.done_on - task.due_on).days, 'ngày')}"
    when = f"hoàn thành ngày {date_short(task.done_on)}"
    return _line(task, when, slow, product=task.product)


def running_line(task: TaskState) -> str:
    """A task that is being worked on: its deadline."""
    waits = "đã báo hoàn thành, chờ xác nhận" if task.status == TaskStatus.SUBMITTED else ""
    return _line(task, _due(task), waits)


def late_line(task: TaskState, on: date) -> str:
    """A late task: how late, and what its people wrote about it."""
    assert task.due_on is not None
    days = counted((on - task.due_on).days, "ngày")
    cause = task.note.strip().rstrip(".") or "chưa ghi nguyên nhân"
    return f"{_line(task, _due(task), f'quá hạn {days}')}; tình hình: {lower(cause)}"


def next_line(task: TaskState) -> str:
    """A task to come: who leads it, its deadline."""
    return _line(task, f"{task.lead} chủ trì" if task.lead else "", _due(task))


def lower(text: str) -> str:
    """A text inside a sentence: its first letter small, unless it begins with an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def upper(text: str) -> str:
    """A text at the beginning of a sentence."""
    return text[:1].upper() + text[1:]


_GOALS: Final = {
    "ge": "từ {goal} trở lên",
    "gt": "trên {goal}",
    "le": "không quá {goal}",
    "lt": "dưới {goal}",
    "eq": "{goal}",
    "between": "từ {goal} đến {upper}",
    "increase_ge": "tăng từ {goal} trở lên",
    "decrease_ge": "giảm từ {goal} trở lên",
}
_READINGS: Final = {
    Reading.MET: "đạt mục tiêu",
    Reading.AT_RISK: "gần đạt mục tiêu",
    Reading.MISSED: "chưa đạt mục tiêu",
}


def amount(value: Decimal | None, unit: str) -> str:
    """A value with its unit: "97,6%", "3 lần"; "chưa có dữ liệu" without a value."""
    if value is None:
        return UNKNOWN
    return percent(value) if unit == "%" else f"{number(value)} {unit}".strip()


def figure_line(figure: Figure, year_before: str) -> str:
    """A number that another app tells: "Hồ sơ tiếp nhận: 412 hồ sơ (cùng kỳ năm trước: 398)"."""
    unit = figure.unit if figure.unit == "%" else f" {figure.unit}"
    before = f" (cùng kỳ năm trước: {year_before})" if year_before else ""
    return f"{upper(figure.label)}: {figure.value}{unit}{before}"


def target_line(target: TargetFact) -> str:
    """One target with its value, its goal and the day of the value."""
    name = upper(short(target.subject))
    if target.value is None or target.on is None:
        return f"{name}: {UNKNOWN}"
    value = f"{name}: {amount(target.value, target.unit)}"
    if target.goal is None or target.reading is Reading.UNKNOWN:
        return f"{value} (số liệu ngày {date_short(target.on)})"
    goal = _GOALS[target.comparison].format(
        goal=amount(target.goal, target.unit), upper=amount(target.upper, target.unit)
    )
    said = f"{value}, {_READINGS[target.reading]} {goal}{_change(target.value, target)}"
    return f"{said} (số liệu ngày {date_short(target.on)})"


def _change(value: Decimal, target: TargetFact) -> str:
    """How a value moved since the period before; "" where that is not known."""
    if target.before is None:
        return ""
    was = amount(target.before, target.unit)
    if value == target.before:
        return ", bằng kỳ trước"
    moved = number(abs(value - target.before))
    unit = "điểm phần trăm" if target.unit == "%" else target.unit
    way = "tăng" if value > target.before else "giảm"
    return f", {way} {moved} {unit} so với kỳ trước ({was})"


def listed(title: str, lines: Sequence[str]) -> list[str]:
    """A line that announces items, and the items; nothing without items."""
    if not lines:
        return []
    ends = [";"] * (len(lines) - 1) + ["."]
    return [title, *(f"- {line}{end}" for line, end in zip(lines, ends, strict=True))]
