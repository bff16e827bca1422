"""The sentences of a report, drafted from the facts of a day.

What was done, what runs, what is late and why, how the targets stand. What no record tells is
"chưa có dữ liệu".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from motcua.core.text import date_short
from motcua.planning.rules import Reading
from motcua.reports.rules.facts import Facts, PlanFact, done, following
from motcua.reports.rules.words import (
    UNKNOWN,
    counted,
    done_line,
    figure_line,
    late_line,
    listed,
    lower,
    next_line,
    running_line,
    share,
    target_line,
    upper,
)

if TYPE_CHECKING:
    from motcua.planning.queries.as_of import TaskState
    from motcua.reports.outline import SectionSpec

#: Targets of these fields belong to no heading of their own: the general review tells them.
COMMON_FIELDS: Final = frozenset({"", "other", "steering"})


def opening(facts: Facts) -> str:
    """The paragraph before heading I."""
    plan = f"Thực hiện {plan_name(facts.plan)}, " if facts.plan else ""
    who = facts.agency if plan else upper(facts.agency)
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
        lines.append(year_before(facts))
    if facts.documents:
        lines += listed(
            f"Trong kỳ, cấp trên đã ban hành {counted(len(facts.documents), 'văn bản')} chỉ đạo:",
            [f"{d.number} ngày {date_short(d.issued_on)} của {d.issuer}" for d in facts.documents],
        )
    if facts.steered:
        lines.append(standing(facts.steered, facts, "được cấp trên giao"))
    return [*lines, *_work(facts.of_field(spec.field), facts)]


NO_YEAR_BEFORE: Final = "chưa có số liệu năm trước"


def year_before(facts: Facts) -> str:
    """How far the plan of the year before was at the same time, in one sentence."""
    total, ready = (facts.last_year.get(f"plan.tasks.{name}", "") for name in ("total", "done"))
    if not (total.isdigit() and ready.isdigit() and int(total)):
        return f"So với cùng kỳ: {NO_YEAR_BEFORE}."
    part = share(int(ready), int(total))
    return (
        f"Cùng kỳ năm {facts.period.year - 1} đã hoàn thành {int(ready):02d}/"
        f"{counted(int(total), 'nhiệm vụ')} của Kế hoạch năm đó ({part})."
    )


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
    return lines + listed("Kết quả thực hiện chỉ tiêu:", targets)


def _work(tasks: Sequence[TaskState], facts: Facts) -> list[str]:
    ready, late = facts.done_in_period(tasks), facts.late(tasks)
    lines = listed("Nhiệm vụ hoàn thành trong kỳ:", [done_line(task) for task in ready])
    lines += listed("Nhiệm vụ đang thực hiện:", [running_line(t) for t in facts.running(tasks)])
    return lines + listed("Nhiệm vụ trễ hạn:", [late_line(task, facts.on) for task in late])


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
    lines += listed("Tình hình của các nhiệm vụ trễ hạn:", causes)
    common = [target_line(t) for t in facts.targets if t.field in COMMON_FIELDS]
    return lines + listed("Kết quả thực hiện các chỉ tiêu chung của Kế hoạch:", common)


def next_text(facts: Facts, spec: SectionSpec) -> list[str]:  # noqa: ARG001 # likewise
    """Heading IV: what is due next, what is late already."""
    open_tasks = [*facts.planned, *facts.steered]
    coming, late = facts.due_next(open_tasks), facts.late(open_tasks)
    lines: list[str] = []
    if late:
        lines.append(f"Tập trung hoàn thành {counted(len(late), 'nhiệm vụ')} trễ hạn nêu trên.")
    period = following(facts.period).phrase
    told = listed(
        f"Trong {period} phải hoàn thành {counted(len(coming), 'nhiệm vụ')} đến hạn:",
        [next_line(task) for task in coming],
    )
    if told or late:
        return lines + told
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
    told = {figure.key: figure for figure in facts.elsewhere}
    asked = [told[f.key] for f in spec.figures if f.key in told]
    lines += listed("Số liệu trong kỳ:", [figure_line(f, facts.year_before(f)) for f in asked])
    unknown = [lower(f.label) for f in spec.figures if f.key not in known]
    if unknown:
        lines.append(f"{upper(UNKNOWN)} về: {'; '.join(unknown)}.")
    return "\n".join(lines)
