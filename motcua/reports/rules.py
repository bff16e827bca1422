"""The life of a periodic report, and the sentences that are drafted from the records.

The sentences are Vietnamese by law and are not translated. They are facts of a day: what was done,
what runs, what is late and why, how the targets stand. What no record tells is "chưa có dữ liệu".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from motcua.core.errors import mark as _
from motcua.core.periods import Period, PeriodKind
from motcua.core.text import date_short, number, percent
from motcua.core.workflow import Status, Step, Workflow
from motcua.planning.rules import Reading, TaskStatus, read_target

if TYPE_CHECKING:
    from motcua.planning.queries.as_of import TaskState
    from motcua.reports.outline import SectionSpec

UNKNOWN: Final = "chưa có dữ liệu"


class ReportStatus(Status):
    """A periodic report."""

    DRAFT = "draft", _("Đang soạn")
    SUBMITTED = "submitted", _("Chờ duyệt")
    APPROVED = "approved", _("Đã duyệt")


R = ReportStatus

REPORT_STEPS: Final = Workflow(
    Step("draft_report", set(), R.DRAFT, needs="reports.draft", label=_("Lập báo cáo")),
    Step("save_section", {R.DRAFT}, None, needs="reports.draft", label=_("Lưu mục")),
    Step("redraft", {R.DRAFT}, None, needs="reports.draft", label=_("Lấy lại số liệu")),
    Step("submit_report", {R.DRAFT}, R.SUBMITTED, needs="reports.draft", label=_("Trình duyệt")),
    Step("return_report", {R.SUBMITTED}, R.DRAFT, needs="reports.approve", label=_("Trả lại")),
    Step(
        "approve_report", {R.SUBMITTED}, R.APPROVED, needs="reports.approve", label=_("Phê duyệt")
    ),
)

#: The kinds of periods on which a commune reports.
REPORTED: Final = frozenset(
    {PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.NINE_MONTHS, PeriodKind.YEAR}
)

#: Targets of these fields belong to no heading of their own: the general review tells them.
COMMON_FIELDS: Final = frozenset({"", "other", "steering"})


@dataclass(frozen=True, slots=True)
class PlanFact:
    """The plan in force: how it is named in a sentence."""

    number: str
    issued_on: date | None
    year: int


@dataclass(frozen=True, slots=True)
class TargetFact:
    """A target with the value that stood on the cut-off date; ``value`` None is unknown."""

    pk: int
    code: str
    field: str
    subject: str
    comparison: str
    goal: Decimal | None
    upper: Decimal | None
    unit: str
    value: Decimal | None
    on: date | None
    before: Decimal | None = None  # at the end of the period before

    @property
    def reading(self) -> Reading:
        """How the value stands against its goal."""
        return read_target(self.comparison or None, self.goal, self.upper, self.value)


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """A steering document of superiors."""

    pk: int
    number: str
    issued_on: date
    issuer: str
    summary: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a report is drafted from: the records at the end of ``on``.

    ``since`` is the first day of the period's figures; ``until`` the last day of the next period's.
    """

    agency: str
    period: Period
    since: date
    on: date
    until: date
    plan: PlanFact | None
    tasks: Sequence[TaskState]
    targets: Sequence[TargetFact]
    documents: Sequence[DocumentFact]

    def of_field(self, field: str) -> list[TaskState]:
        """The plan's tasks of one field; stopped ones are not counted."""
        return [task for task in self.planned if task.field == field]

    @property
    def planned(self) -> list[TaskState]:
        """Tasks of the plan that are to be done."""
        return [t for t in self.tasks if not t.steering and t.status != TaskStatus.CANCELLED]

    @property
    def steered(self) -> list[TaskState]:
        """Tasks given by steering documents."""
        return [t for t in self.tasks if t.steering and t.status != TaskStatus.CANCELLED]

    def late(self, tasks: Iterable[TaskState]) -> list[TaskState]:
        """Those past their deadline and not handed in."""
        return [task for task in tasks if task.late_on(self.on)]

    def running(self, tasks: Iterable[TaskState]) -> list[TaskState]:
        """Those that are being worked on, in time."""
        busy = {TaskStatus.IN_PROGRESS, TaskStatus.SUBMITTED}
        return [t for t in tasks if t.status in busy and not t.late_on(self.on)]

    def done_in_period(self, tasks: Iterable[TaskState]) -> list[TaskState]:
        """Those handed in within the days that the report covers."""
        return [t for t in tasks if t.done_on is not None and self.since <= t.done_on <= self.on]

    def due_next(self, tasks: Iterable[TaskState]) -> list[TaskState]:
        """Open ones whose deadline falls in the next period."""
        return [
            t
            for t in tasks
            if t.is_open and t.due_on is not None and self.on < t.due_on <= self.until
        ]


def done(tasks: Iterable[TaskState]) -> list[TaskState]:
    """Those that are done."""
    return [task for task in tasks if task.status == TaskStatus.DONE]


def following(period: Period) -> Period:
    """The period whose work a report announces: after nine months comes the fourth quarter."""
    if period.kind is PeriodKind.NINE_MONTHS:
        return Period(PeriodKind.QUARTER, period.year, 4)
    return period.next()


# --- words ----------------------------------------------------------------------------------------


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
    made = f"; sản phẩm: {_lower(product)}" if product else ""
    return f"{short(task.text)}{made}" + (f" ({', '.join(inside)})" if inside else "")


def _due(task: TaskState) -> str:
    return f"hạn {date_short(task.due_on)}" if task.due_on else ""


def _done_line(task: TaskState) -> str:
    assert task.done_on is not None
    slow = ""
    if task.due_on is not None and task.done_on > task.due_on:
        slow = f"chậm {counted((task.done_on - task.due_on).days, 'ngày')}"
    when = f"hoàn thành ngày {date_short(task.done_on)}"
    return _line(task, when, slow, product=task.product)


def _running_line(task: TaskState) -> str:
    waits = "đã báo hoàn thành, chờ xác nhận" if task.status == TaskStatus.SUBMITTED else ""
    return _line(task, _due(task), waits)


def _late_line(task: TaskState, on: date) -> str:
    assert task.due_on is not None
    days = counted((on - task.due_on).days, "ngày")
    cause = task.note.strip().rstrip(".") or "chưa ghi nguyên nhân"
    return f"{_line(task, _due(task), f'quá hạn {days}')}; tình hình: {_lower(cause)}"


def _next_line(task: TaskState) -> str:
    return _line(task, f"{task.lead} chủ trì" if task.lead else "", _due(task))


def _lower(text: str) -> str:
    """A text inside a sentence: its first letter small, unless it begins with an abbreviation."""
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text


def _upper(text: str) -> str:
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


def target_line(target: TargetFact) -> str:
    """One target with its value, its goal and the day of the value."""
    name = _upper(short(target.subject))
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


def _listed(title: str, lines: Sequence[str]) -> list[str]:
    """A line that announces items, and the items; nothing without items."""
    if not lines:
        return []
    ends = [";"] * (len(lines) - 1) + ["."]
    return [title, *(f"- {line}{end}" for line, end in zip(lines, ends, strict=True))]


# --- sections -------------------------------------------------------------------------------------


def opening(facts: Facts) -> str:
    """The paragraph before heading I."""
    plan = f"Thực hiện {plan_name(facts.plan)}, " if facts.plan else ""
    who = facts.agency if plan else _upper(facts.agency)
    return (
        f"{plan}{who} báo cáo kết quả công tác cải cách hành chính {facts.period.phrase} (số liệu "
        f"từ ngày {date_short(facts.since)} đến ngày {date_short(facts.on)}) như sau:"
    )


def plan_name(plan: PlanFact) -> str:
    """How the plan is named in a sentence."""
    sign = f" số {plan.number}" if plan.number else ""
    day = f" ngày {date_short(plan.issued_on)}" if plan.issued_on else ""
    return f"Kế hoạch{sign}{day} về cải cách hành chính năm {plan.year}"


def standing(tasks: Sequence[TaskState], facts: Facts, of: str) -> str:
    """How far a set of tasks is, in one sentence; ``of`` says whose they are."""
    ready, late = len(done(tasks)), len(facts.late(tasks))
    day = date_short(facts.on)
    if ready == len(tasks):
        return f"Đến ngày {day}, đã hoàn thành cả {counted(ready, 'nhiệm vụ')} {of}."
    if ready:
        said = f"đã hoàn thành {ready:02d}/{counted(len(tasks), 'nhiệm vụ')} {of}"
        said += f" ({share(ready, len(tasks))})"
    else:
        said = f"chưa hoàn thành nhiệm vụ nào trong {counted(len(tasks), 'nhiệm vụ')} {of}"
    busy = len(facts.running(tasks))
    if busy:
        said += f"; {counted(busy, 'nhiệm vụ')} đang thực hiện trong hạn"
    waiting = len(tasks) - ready - busy - late
    if waiting:
        said += f"; {counted(waiting, 'nhiệm vụ')} chưa có cập nhật tiến độ"
    end = f"; {counted(late, 'nhiệm vụ')} trễ hạn" if late else "; không có nhiệm vụ trễ hạn"
    return f"Đến ngày {day}, {said}{end}."


def steering_text(facts: Facts, spec: SectionSpec) -> list[str]:
    """Heading I: the plan, what superiors asked for, the work of steering itself."""
    lines: list[str] = []
    if facts.plan is None or not facts.planned:
        year = facts.period.year
        lines.append(f"Kế hoạch cải cách hành chính năm {year}: {UNKNOWN}.")
    else:
        lines.append(standing(facts.planned, facts, "của Kế hoạch"))
        recent = len(facts.done_in_period(facts.planned))
        if recent:
            lines.append(f"Riêng trong kỳ đã hoàn thành {counted(recent, 'nhiệm vụ')}.")
    if facts.documents:
        lines += _listed(
            f"Trong kỳ, cấp trên đã ban hành {counted(len(facts.documents), 'văn bản')} chỉ đạo:",
            [f"{d.number} ngày {date_short(d.issued_on)} của {d.issuer}" for d in facts.documents],
        )
    if facts.steered:
        lines.append(standing(facts.steered, facts, "được cấp trên giao"))
    return [*lines, *_work(facts.of_field(spec.field), facts)]


def field_text(facts: Facts, spec: SectionSpec) -> list[str]:
    """A field of heading II: its tasks, its targets."""
    tasks = facts.of_field(spec.field)
    lines: list[str] = []
    if tasks:
        lines.append(standing(tasks, facts, "của lĩnh vực"))
    elif facts.plan is not None:
        lines.append("Kế hoạch không có nhiệm vụ riêng của lĩnh vực này.")
    else:
        lines.append(f"Nhiệm vụ của lĩnh vực: {UNKNOWN}.")
    lines += _work(tasks, facts)
    targets = [target_line(t) for t in facts.targets if t.field == spec.field]
    return lines + _listed("Kết quả thực hiện chỉ tiêu:", targets)


def _work(tasks: Sequence[TaskState], facts: Facts) -> list[str]:
    ready, late = facts.done_in_period(tasks), facts.late(tasks)
    lines = _listed("Nhiệm vụ hoàn thành trong kỳ:", [_done_line(task) for task in ready])
    lines += _listed("Nhiệm vụ đang thực hiện:", [_running_line(t) for t in facts.running(tasks)])
    return lines + _listed("Nhiệm vụ trễ hạn:", [_late_line(task, facts.on) for task in late])


def review_text(facts: Facts, spec: SectionSpec) -> list[str]:  # noqa: ARG001 # one signature for all sections
    """Heading III: strengths, limits, causes, as far as records tell."""
    if not facts.tasks:
        return [f"Tình hình thực hiện nhiệm vụ: {UNKNOWN}."]
    ready, late = done(facts.planned), facts.late([*facts.planned, *facts.steered])
    lines: list[str] = []
    if ready:
        in_time = [
            t for t in ready if t.due_on is None or t.done_on is None or t.done_on <= t.due_on
        ]
        lines.append(
            f"Ưu điểm: trong {counted(len(ready), 'nhiệm vụ')} của Kế hoạch đã hoàn thành có "
            f"{counted(len(in_time), 'nhiệm vụ')} đúng hạn ({share(len(in_time), len(ready))})."
        )
    missed = [t for t in facts.targets if t.reading in {Reading.MISSED, Reading.AT_RISK}]
    if late:
        lines.append(f"Hạn chế: còn {counted(len(late), 'nhiệm vụ')} trễ hạn.")
    else:
        lines.append("Không có nhiệm vụ trễ hạn.")
    if missed:
        lines.append(f"Còn {counted(len(missed), 'chỉ tiêu')} chưa đạt mục tiêu của năm.")
    causes = list(dict.fromkeys(t.note.strip().rstrip(".") for t in late if t.note.strip()))
    if late and not causes:
        lines.append(f"Nguyên nhân: {UNKNOWN}.")
    lines += _listed("Tình hình của các nhiệm vụ trễ hạn:", causes)
    common = [target_line(t) for t in facts.targets if t.field in COMMON_FIELDS]
    return lines + _listed("Kết quả thực hiện các chỉ tiêu chung của Kế hoạch:", common)


def next_text(facts: Facts, spec: SectionSpec) -> list[str]:  # noqa: ARG001 # likewise
    """Heading IV: what is due next, what is late already."""
    open_tasks = [*facts.planned, *facts.steered]
    coming, late = facts.due_next(open_tasks), facts.late(open_tasks)
    lines: list[str] = []
    if late:
        lines.append(f"Tập trung hoàn thành {counted(len(late), 'nhiệm vụ')} trễ hạn nêu trên.")
    period = following(facts.period).phrase
    listed = _listed(
        f"Trong {period} phải hoàn thành {counted(len(coming), 'nhiệm vụ')} đến hạn:",
        [_next_line(task) for task in coming],
    )
    if listed or late:
        return lines + listed
    return [f"Nhiệm vụ đến hạn trong {period}: {UNKNOWN}."]


def proposals_text(facts: Facts, spec: SectionSpec) -> list[str]:  # noqa: ARG001 # likewise
    """Heading V: proposals are nobody's record; the drafter writes them."""
    return [f"Kiến nghị, đề xuất trong kỳ: {UNKNOWN}."]


_TEXTS: Final[dict[str, Callable[[Facts, SectionSpec], list[str]]]] = {
    "I": steering_text,
    "III": review_text,
    "IV": next_text,
    "V": proposals_text,
}


def section_text(facts: Facts, spec: SectionSpec, known: frozenset[str]) -> str:
    """The drafted text of a section: paragraphs, and items that begin with "- ".

    ``known`` are the keys of the figures that records give; the others are named as unknown.
    A heading without a field and without words of its own stays empty.
    """
    write = _TEXTS.get(spec.code, field_text if spec.field else None)
    lines = write(facts, spec) if write else []
    unknown = [_lower(f.label) for f in spec.figures if f.key not in known]
    if unknown:
        lines.append(f"{_upper(UNKNOWN)} về: {'; '.join(unknown)}.")
    return "\n".join(lines)
