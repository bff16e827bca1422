"""What the reader returns, typed; its JSON is in ``docs/reference/plan.schema.json``.

Spans are ``(start, end)`` positions in the normalised text, the end excluded.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from typing import Any

Span = tuple[int, int]


class Field(StrEnum):
    """The seven fields of administrative reform (Resolution 76/NQ-CP, 2021), and the rest."""

    INSTITUTIONS = "institutions"
    PROCEDURES = "procedures"
    ORGANISATION = "organisation"
    CIVIL_SERVICE = "civil_service"
    PUBLIC_FINANCE = "public_finance"
    DIGITAL_GOVERNMENT = "digital_government"
    STEERING = "steering"
    OTHER = "other"


class Comparison(StrEnum):
    """How a measured value is held against the goal."""

    EQ = "eq"
    GE = "ge"
    GT = "gt"
    LE = "le"
    LT = "lt"
    BETWEEN = "between"
    DECREASE_GE = "decrease_ge"
    INCREASE_GE = "increase_ge"


@dataclass(frozen=True, slots=True)
class Source:
    """The file that was read; ``chars`` counts the normalised text."""

    name: str
    media: str
    sha256: str
    chars: int
    pages: int | None


@dataclass(frozen=True, slots=True)
class Period:
    """The days that the plan is for, both included."""

    start: dt.date
    end: dt.date


@dataclass(frozen=True, slots=True)
class Item:
    """One paragraph or list entry, joined over line and page breaks, without its bullet."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Target:
    """One goal: what is measured, how it is compared, with which value.

    ``comparison`` is None for a goal in words only; ``upper`` is the end of a range;
    ``scope`` limits what is counted ("đủ điều kiện", "trên địa bàn xã").
    """

    text: str
    subject: str
    comparison: Comparison | None
    value: float | int | None
    upper: float | int | None
    unit: str | None
    scope: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Task:
    """One task of the plan's text; who, when, what for and how much stand as written."""

    code: str
    field: Field
    heading: str
    text: str
    targets: tuple[Target, ...]
    lead: str | None
    with_: str | None
    due: str | None
    product: str | None
    cost: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Responsibility:
    """What one post has to do; ``text`` is a sentence that only introduces the duties."""

    post: str
    text: str | None
    duties: tuple[Item, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One row of a task table, merged cells resolved."""

    no: str | None
    task: str
    product: str | None
    lead: str | None
    with_: str | None
    due: str | None
    cost: str | None
    field: Field
    span: Span


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who receives the plan, and why: "b/c", "t/h", "p/h", "lưu" or None."""

    name: str
    mode: str | None


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs (Decree 30/2020/ND-CP, art. 13)."""

    authority: str | None
    position: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A legal document or a standard that the text names by its number."""

    number: str
    kind: str | None
    issuer: str | None
    date: dt.date | None
    span: Span


@dataclass(frozen=True, slots=True)
class Warning:
    """What a careful colleague would point out before the plan is signed."""

    code: str
    message: str
    span: Span


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Text that belongs to no item, kept with the reason."""

    text: str
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that orders the text: section headings, letterhead, table heads, lead-ins."""

    text: str
    span: Span


_INTERNAL = {"internal": True}


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan as it was understood, every part tied to its place in ``text``."""

    source: Source
    kind: str | None
    title: str | None
    year: int | None
    issuer: str | None
    period: Period | None
    preamble: tuple[Item, ...]
    closing: tuple[Item, ...]
    purposes: tuple[Item, ...]
    requirements: tuple[Item, ...]
    targets: tuple[Target, ...]
    tasks: tuple[Task, ...]
    responsibilities: tuple[Responsibility, ...]
    funding: Item | None
    annex: tuple[AnnexRow, ...]
    recipients: tuple[Recipient, ...]
    signatory: Signatory | None
    references: tuple[Reference, ...]
    warnings: tuple[Warning, ...]
    not_understood: tuple[NotUnderstood, ...]
    text: str = field(metadata=_INTERNAL)
    headings: tuple[Heading, ...] = field(metadata=_INTERNAL)

    def as_dict(self) -> dict[str, Any]:
        """The reading as JSON values, keys in the order of the published schema."""
        return {entry.name: _json(getattr(self, entry.name)) for entry in _published(self)}


def _published(value: Any) -> list[Any]:
    return [entry for entry in fields(value) if not entry.metadata.get("internal")]


def _json(value: Any) -> Any:
    if is_dataclass(value):
        return {
            entry.name.rstrip("_"): _json(getattr(value, entry.name)) for entry in _published(value)
        }
    if isinstance(value, tuple):
        return [_json(part) for part in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value
