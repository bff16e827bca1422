"""What differs between two versions, in lines that can be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from motcua.core.workflow import Status
from motcua.procedures.rules.fees import Fee
from motcua.procedures.rules.parts import PART_WORDS, Content, Paper, PostStep, Result


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part that differs: its lines before and after."""

    part: str
    before: tuple[str, ...] = field(default=())
    after: tuple[str, ...] = field(default=())

    @property
    def word(self) -> str:
        """The part as people call it."""
        return PART_WORDS[self.part]


def changes_between(before: Content, after: Content) -> tuple[PartChange, ...]:
    """The parts in which two versions differ, in the order of the page."""
    pairs = ((part, lines_of(before, part), lines_of(after, part)) for part in PART_WORDS)
    return tuple(PartChange(part, was, now) for part, was, now in pairs if was != now)


def lines_of(content: Content, part: str) -> tuple[str, ...]:
    """A part as lines of text, for comparing and for showing."""
    value = getattr(content, part)
    rows: Iterable[Any] = value if isinstance(value, tuple) else (value,)
    return tuple(line for row in rows if (line := _line(row)))


def _line(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "có" if value else "không"
        case Status():
            return value.label
        case Paper():
            sorts = ", ".join(str(said) for said in value.copies)
            more = [part for part in (sorts, value.condition, value.form, value.code) if part]
            return f"{value.name} ({'; '.join(more)})" if more else value.name
        case PostStep():
            return f"{value.name} – {value.post} – {value.share}%"
        case Result():
            return f"{value.name} ({value.code})" if value.code else value.name
        case Fee():
            free = f"; miễn: {', '.join(value.exemptions)}" if value.exemptions else ""
            return f"{value.name}: {value.said}{free}"
        case _:
            return str(value)
