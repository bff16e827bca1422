"""The parts of a plan while they are collected from the tree of paragraphs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from motcua.core.errors import mark as _
from motcua.planning.reader.meaning import Section
from motcua.planning.reader.outline import Node
from motcua.planning.reader.paragraphs import Block
from motcua.planning.reader.result import (
    Field,
    Heading,
    Item,
    NotUnderstood,
    Responsibility,
    Target,
    Task,
)
from motcua.planning.reader.words import words

NOT_A_DUTY = _("Phần này không phải mục tiêu hay nhiệm vụ của kế hoạch.")
NO_POST = _("Không rõ nhiệm vụ này giao cho ai.")
SECOND_FUNDING = _("Kinh phí đã được nêu ở một mục khác.")


@dataclass(frozen=True, slots=True)
class Context:
    """Where in the plan a paragraph stands."""

    section: Section | None = None
    field: Field | None = None
    heading: str = ""
    label: str = ""
    depth: int = 0
    prefixes: bool = False  # under "Điều 3" or "2.1.", whose number the entries carry on


@dataclass(slots=True)
class Parts:
    """The parts of a plan, filled while the tree is walked."""

    preamble: list[Item] = field(default_factory=list)
    closing: list[Item] = field(default_factory=list)
    purposes: list[Item] = field(default_factory=list)
    requirements: list[Item] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    responsibilities: list[Responsibility] = field(default_factory=list)
    funding: Item | None = None
    headings: list[Heading] = field(default_factory=list)
    not_understood: list[NotUnderstood] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def blocks_of(node: Node) -> list[Block]:
    return [each.block for each in node.walk() if each.block is not None]


def merged(node: Node) -> Item:
    """A paragraph with the entries under it as one item."""
    blocks = blocks_of(node)
    text = " ".join(block.text for block in blocks)
    return Item(text, (blocks[0].start, blocks[-1].end))


def is_sentence(node: Node) -> bool:
    """Whether a numbered paragraph says something itself instead of naming what follows."""
    count = len(words(node.text))
    return count > 16 or (count > 12 and node.text.endswith("."))


def add_funding(item: Item, parts: Parts) -> None:
    """Join the paragraphs about funding; what stands far from the first is set aside."""
    before = parts.funding
    if before is None:
        parts.funding = item
        return
    last_heading = max((heading.span[0] for heading in parts.headings), default=0)
    if last_heading > before.span[1]:
        parts.not_understood.append(NotUnderstood(item.text, item.span, SECOND_FUNDING))
    else:
        parts.funding = Item(f"{before.text} {item.text}", (before.span[0], item.span[1]))
