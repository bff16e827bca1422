"""From paragraphs to a tree: which paragraph stands under which heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from motcua.planning.reader.document import Table
from motcua.planning.reader.labels import label_of, spoken
from motcua.planning.reader.markers import Marker, Style
from motcua.planning.reader.meaning import Meaning, Section, meaning_of
from motcua.planning.reader.paragraphs import Block
from motcua.planning.reader.words import is_upper, plain, starts_upper, words


@dataclass(slots=True)
class Node:
    """A paragraph or a table with what stands under it; the root has neither."""

    block: Block | None = None
    table: Table | None = None
    meaning: Meaning | None = None
    unmarked_heading: bool = False
    children: list[Node] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The paragraph's text; empty for the root and for tables."""
        return self.block.text if self.block else ""

    @property
    def marker(self) -> Marker | None:
        """The paragraph's marker."""
        return self.block.marker if self.block else None

    @property
    def is_bullet(self) -> bool:
        """Whether the paragraph begins with a bullet."""
        return self.marker is not None and self.marker.style.is_bullet

    @property
    def end(self) -> int:
        """The end of the text under this node."""
        if self.children:
            return self.children[-1].end
        return self.block.end if self.block else self.table.end if self.table else 0

    def walk(self) -> Iterator[Node]:
        """This node and everything under it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


_RUN_IN = re.compile(r"^(?P<head>[^.:;]{3,110}?)(?:\s*:|\.)\s+(?=\S)")
_MAX_ITEM_HEADING = 22


def outline(parts: Iterable[Block | Table]) -> Node:
    """The tree of a text's paragraphs and tables."""
    root = Node()
    stack: list[Node] = [root]
    for part in parts:
        if isinstance(part, Table):
            _heading_above(stack).children.append(Node(table=part))
            continue
        for block in _run_in(part):
            node = Node(block=block, meaning=meaning_of(block.text))
            _place(node, stack)
    return root


def _run_in(block: Block) -> Iterator[Block]:
    """A heading and the text that goes on in its line ("1. Mục đích: Nhằm …") are parted."""
    found = _RUN_IN.match(block.text)
    may_head = block.marker is None or not block.marker.style.is_bullet
    if found and may_head and len(words(found["head"])) <= 16 and not _is_value(block):
        meaning = meaning_of(found["head"])
        says_all = meaning is not None and _covers(found["head"], meaning)
        colon = ":" in found[0]
        if says_all and (colon or starts_upper(block.text[found.end() :])):
            yield from block.split(found.end(), found.end())
            return
    yield block


def _is_value(block: Block) -> bool:
    """ "Kinh phí: …" under a task; with a section's number it is a heading."""
    numbered = block.marker is not None and block.marker.style.rank <= 2
    return not numbered and label_of(block.text) is not None


def _covers(text: str, meaning: Meaning) -> bool:
    """Whether a text is hardly more than the heading's own words."""
    return is_upper(text) or len(words(text)) <= (9 if meaning.field else 8)


def _place(node: Node, stack: list[Node]) -> None:
    """Put a node under the right one of the open nodes."""
    marker = node.marker
    if marker is None:
        node.unmarked_heading = _is_unmarked_heading(node)
        if _belongs_to_the_task_above(node):
            _last_entry(stack).children.append(node)
        elif node.unmarked_heading:
            _pop_for_unmarked(node, stack)
            stack[-1].children.append(node)
            stack.append(node)
        else:
            _heading_above(stack).children.append(node)
        return
    if _says_more_about(stack[-1], node):
        stack[-1].children.append(node)
        return
    depth = _sibling_depth(node, marker, stack)
    if depth is not None:
        del stack[depth:]
    else:
        _pop_deeper(marker, stack)
    stack[-1].children.append(node)
    stack.append(node)


def _belongs_to_the_task_above(node: Node) -> bool:
    """A line of its own that only says who, when or what for: labelled, or in brackets."""
    in_brackets = node.text.startswith("(") and node.text.rstrip(".;").endswith(")")
    said = spoken(node.text)
    return label_of(node.text) is not None or (in_brackets and bool(said.lead or said.due))


def _says_more_about(above: Node, node: Node) -> bool:
    """ "- Thời gian: …" in the same list as "- Rà soát …" above it."""
    same_list = (
        node.is_bullet
        and node.marker is not None
        and above.marker is not None
        and above.marker.style is node.marker.style
    )
    return same_list and label_of(node.text) is not None and label_of(above.text) is None


def _last_entry(stack: list[Node]) -> Node:
    """The entry that was read last: the open one, or a plain paragraph under it."""
    top = stack[-1]
    last = top.children[-1] if top.children else None
    plain_paragraph = last is not None and last.block is not None and last.marker is None
    return last if last and plain_paragraph and not last.unmarked_heading else top


def _is_unmarked_heading(node: Node) -> bool:
    """A line without a number that is a heading all the same: known words, no sentence."""
    text = node.text
    if node.meaning is None or text[-1] in ".;,":
        return False
    if is_upper(text):
        return True
    return len(words(text)) <= 14 and starts_upper(text) and _covers(text, node.meaning)


def _pop_for_unmarked(node: Node, stack: list[Node]) -> None:
    """A part of the plan opens at the top; a field of reform opens under its part."""
    opens_part = node.meaning is not None and node.meaning.field is None
    while len(stack) > 1:
        top = stack[-1]
        if top.marker is not None and top.marker.style is Style.PART:
            return
        is_part = top.meaning is not None and top.meaning.field is None
        if not opens_part and is_part and not top.is_bullet:
            return
        inside_aims = is_part and top.meaning and top.meaning.section is Section.AIMS
        if opens_part and inside_aims and node.meaning and _is_aim(node.meaning):
            return
        stack.pop()


def _is_aim(meaning: Meaning) -> bool:
    return meaning.section in {Section.PURPOSES, Section.REQUIREMENTS}


def _sibling_depth(node: Node, marker: Marker, stack: list[Node]) -> int | None:
    """Where an open node stands that this one follows in the count.

    When the count fits two open lists, a heading that is known goes on with the outer one if
    that is a list of known headings.
    """
    same = [
        depth
        for depth, node in enumerate(stack)
        if node.marker is not None and node.marker.style is marker.style
    ]
    if not same:
        return None
    if marker.style.is_bullet:
        return same[-1]
    fits = [depth for depth in same if _follows(stack[depth].marker, marker)]
    known = [depth for depth in fits if node.meaning and stack[depth].meaning]
    if fits:
        return known[-1] if known else fits[-1]
    top = stack[-1].marker
    restarts = marker.count == 1 and top is not None and not top.style.is_bullet
    if restarts and top is not None and top.style is not marker.style:
        return len(stack)  # a list of its own inside the last entry
    return same[-1]


def _follows(above: Marker | None, marker: Marker) -> bool:
    if above is None:
        return False
    same_branch = above.label.rpartition(".")[0] == marker.label.rpartition(".")[0]
    return marker.count == above.count + 1 and same_branch


def _pop_deeper(marker: Marker, stack: list[Node]) -> None:
    """Close the nodes under which a marker of this style cannot stand."""
    while len(stack) > 1:
        top = stack[-1]
        if top.marker is None:
            if not top.unmarked_heading or not _closes_unmarked(marker, top):
                return
        elif top.marker.style.is_bullet and not marker.style.is_bullet:
            if top.text.endswith(":") and marker.style.rank >= 2 and not top.children:
                return
        elif top.marker.style.rank <= marker.style.rank:
            return
        stack.pop()


def _closes_unmarked(marker: Marker, top: Node) -> bool:
    """Roman numbers and articles stand beside a heading without number, not under it."""
    return (
        marker.style.rank <= 1
        and top.meaning is not None
        and top.meaning.section not in {Section.ANNEX}
    )


def _heading_above(stack: list[Node]) -> Node:
    """The open node that a paragraph without marker belongs to."""
    for node in reversed(stack):
        if not node.is_bullet:
            return node
    return stack[0]


def is_heading(node: Node, siblings: list[Node], *, inside_field: bool) -> bool:
    """Whether a node orders what stands under it rather than saying something itself."""
    if node.block is None or not node.text:
        return False
    if node.unmarked_heading:
        return True
    if node.marker is None:
        return False
    content = [child for child in node.children if not label_of(child.text)]
    count = len(words(node.text))
    if node.is_bullet:
        known = node.meaning is not None and (
            node.text.endswith(":") or is_upper(node.text) or node.marker.style is Style.STAR
        )
        return known and bool(content) and count <= 16
    if node.marker.style in {Style.PART, Style.ARTICLE, Style.ROMAN} and not content:
        return node.meaning is not None and _covers(node.text, node.meaning)
    if not content:
        return node.meaning is not None and _names_only(node, inside_field)
    if node.meaning is not None and count <= 20:
        return True
    if inside_field and (
        _GIVES_DETAILS.search(plain(node.text)) or not _are_headings(node, siblings)
    ):
        return False
    return is_upper(node.text) or node.text.endswith(":") or count <= _MAX_ITEM_HEADING


_GIVES_DETAILS = re.compile(r"\b(?:gom|bao gom|nhu|la)\s*:$")


def _are_headings(node: Node, siblings: list[Node]) -> bool:
    """Whether entries like this one mostly have entries under them: then they are headings.

    One entry with details among plain entries is a task with details.
    """
    if node.marker is None:
        return False
    style = node.marker.style
    alike = [other for other in siblings if other.marker and other.marker.style is style]
    return 2 * sum(bool(other.children) for other in alike) > len(alike) or len(alike) == 1


def _names_only(node: Node, inside_field: bool) -> bool:
    """A heading with nothing under it: only when it is nothing but a known heading."""
    if is_upper(node.text):
        return True
    known = node.meaning is not None and _covers(node.text, node.meaning)
    return known and not inside_field and len(words(node.text)) <= 7 and node.text[-1] not in ".;"


_AFTER = re.compile(r"\s*[:.]\s*$")


def heading_text(node: Node) -> str:
    """The heading's words without the sign at their end."""
    return _AFTER.sub("", node.text)
