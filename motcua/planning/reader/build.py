"""From the tree of paragraphs to the parts of a plan."""

from __future__ import annotations

import re
from dataclasses import replace

from motcua.planning.reader.closing import take_closing
from motcua.planning.reader.duties import read_responsibilities
from motcua.planning.reader.labels import (
    Assignment,
    assignment_of,
    label_of,
    labelled,
    pointer_at_end,
    spoken,
)
from motcua.planning.reader.markers import Style
from motcua.planning.reader.meaning import Section, field_of
from motcua.planning.reader.outline import Node, heading_text, is_heading
from motcua.planning.reader.paragraphs import Block
from motcua.planning.reader.parts import (
    NOT_A_DUTY,
    Context,
    Parts,
    add_funding,
    blocks_of,
    merged,
)
from motcua.planning.reader.result import (
    Field,
    Heading,
    NotUnderstood,
    Target,
    Task,
)
from motcua.planning.reader.targets import parse_targets
from motcua.planning.reader.words import is_upper, plain, words


def build(root: Node, context: Context | None = None) -> Parts:
    """Walk the tree and put every paragraph into its part."""
    parts = Parts()
    take_closing(root, parts)
    _visit_children(root, context or Context(), parts)
    return parts


_KEEPS_SECTION = {
    Section.TARGETS,
    Section.PURPOSES,
    Section.REQUIREMENTS,
    Section.AIMS,
    Section.FUNDING,
    Section.ASIDE,
    Section.GROUNDS,
    Section.ANNEX,
}


def _visit_children(node: Node, context: Context, parts: Parts) -> None:
    if context.section is Section.RESPONSIBILITIES:
        read_responsibilities(node, parts)
        return
    for index, child in enumerate(node.children):
        if child.block is None:
            continue
        inside = context.section is Section.TASKS and context.field is not None
        if is_heading(child, node.children, inside_field=inside):
            opened = _open(child, context, parts)
            parts.headings.append(Heading(child.text, child.block.span))
            _visit_children(child, opened, parts)
        elif _is_lead_in(child, node, index, context):
            parts.headings.append(Heading(child.text, child.block.span))
            _visit_children(child, context, parts)
        else:
            _place(child, context, parts)


def _open(node: Node, context: Context, parts: Parts) -> Context:
    """The context of what stands under a heading."""
    section, name = _section_of(node, context)
    return Context(
        section,
        name,
        heading_text(node),
        _label(node, context, parts),
        context.depth + 1,
        prefixes=node.marker is not None
        and (node.marker.style is Style.ARTICLE or node.marker.style.rank >= 2),
    )


def _section_of(node: Node, context: Context) -> tuple[Section | None, Field | None]:
    """The part of the plan and the field of reform that a heading opens.

    The field of an outer heading holds for the inner ones; a heading that says nothing known
    opens tasks of no field; inside an account of the past everything belongs to it.
    """
    meaning = node.meaning
    section, name = context.section, context.field
    if meaning is not None and meaning.section is not Section.TASKS:
        if section is Section.ASIDE:
            return section, name
        return meaning.section, name if meaning.section is Section.TARGETS else None
    if section not in _KEEPS_SECTION:
        said = meaning.field if meaning else Field.OTHER
        return Section.TASKS, name or said
    tasks_in_targets = section is Section.TARGETS and meaning is not None and meaning.field is None
    if tasks_in_targets and "tieu" not in plain(node.text):
        return Section.TASKS, name
    return section, name


def _label(node: Node, context: Context, parts: Parts) -> str:
    """The number by which the tasks under a heading are counted ("2.2")."""
    marker = node.marker
    if marker is None or not marker.label:
        parts.counts[f"{context.label}#"] += 1
        own = str(parts.counts[f"{context.label}#"])
        return f"{context.label}.{own}" if context.label else own
    carries = marker.style is Style.DECIMAL or marker.style.rank == 3
    if carries and context.prefixes and context.label:
        return f"{context.label}.{marker.label}"
    return marker.label


def _is_lead_in(node: Node, parent: Node, index: int, context: Context) -> bool:
    """A sentence that only announces the entries after it."""
    if context.section in {None, Section.FUNDING}:
        return False
    if node.marker is None and _POINTS_TO_A_TABLE.search(plain(node.text)):
        return len(words(node.text)) <= 40
    follower = parent.children[index + 1] if index + 1 < len(parent.children) else None
    announces = follower is not None and (follower.table or follower.marker) is not None
    return announces and node.marker is None and node.text.rstrip().endswith(":")


_POINTS_TO_A_TABLE = re.compile(
    r"(?:chi tiet|cu the|phan cong|danh muc|noi dung)[^.;]{0,60}(?:tai|theo|trong|o)"
    r"(?: cac)? (?:phu luc|bang|bieu)[^.;]{0,40}[.:)]*$"
)


def _place(node: Node, context: Context, parts: Parts) -> None:
    match context.section:
        case None if is_upper(node.text) and len(words(node.text)) <= 12:
            parts.headings.append(Heading(node.text, merged(node).span))
        case None | Section.GROUNDS:
            parts.preamble.append(merged(node))
        case Section.PURPOSES | Section.AIMS:
            parts.purposes.append(merged(node))
        case Section.REQUIREMENTS:
            parts.requirements.append(merged(node))
        case Section.TARGETS:
            for block in blocks_of(node):
                parts.targets.extend(_targets(block, qualitative=True))
        case Section.TASKS:
            _task(node, context, parts)
        case Section.FUNDING:
            add_funding(merged(node), parts)
        case Section.CLOSING:
            parts.closing.append(merged(node))
        case _:
            item = merged(node)
            parts.not_understood.append(NotUnderstood(item.text, item.span, NOT_A_DUTY))


def _targets(block: Block, *, qualitative: bool) -> list[Target]:
    """The targets of a paragraph, their spans moved into the normalised text."""
    found = parse_targets(block.text, qualitative=qualitative)
    moved = [replace(target, span=block.span_of(*target.span)) for target in found]
    if qualitative and moved:
        first, last = moved[0], moved[-1]
        moved[0] = replace(first, span=(block.start, first.span[1]))
        moved[-1] = replace(moved[-1], span=(moved[-1].span[0], max(last.span[1], block.end)))
    return moved


def _task(node: Node, context: Context, parts: Parts) -> None:
    """A task, or several when entries of their own stand under it."""
    if node.block is None:
        return
    apart = [child for child in node.children if _is_task_of_its_own(child, node)]
    own = [child for child in node.children if child not in apart]
    blocks = [node.block, *(block for child in own for block in blocks_of(child))]
    blocks[-1] = _without_pointer(blocks[-1])
    told = [block for block in blocks if block is blocks[0] or not _only_assigns(block)]
    text = " ".join(block.text for block in told)
    said = Assignment()
    for block in blocks[1:]:
        said = said.or_else(labelled(block.text))
        if block not in told:
            said = said.or_else(spoken(block.text))
    said = said.or_else(assignment_of(text))
    parts.tasks.append(
        Task(
            code=_code(context, parts),
            field=context.field or field_of(text),
            heading=context.heading,
            text=text,
            targets=tuple(
                target for block in told for target in _targets(block, qualitative=False)
            ),
            lead=said.lead,
            with_=said.with_,
            due=said.due,
            product=said.product,
            cost=said.cost,
            span=(node.block.start, max(block.end for block in blocks)),
        )
    )
    for child in apart:
        _task(child, context, parts)


def _without_pointer(block: Block) -> Block:
    """A paragraph without a last sentence that only says where leads and deadlines stand.

    Its stretch of the text stays whole: the sentence is seen, but it is no part of the task.
    """
    start = pointer_at_end(block.text)
    if start is None:
        return block
    kept, _pointer = block.split(start, start)
    return replace(kept, end=block.end)


def _only_assigns(block: Block) -> bool:
    """Whether a paragraph under a task says nothing but who, when, what for, how much."""
    return label_of(block.text) is not None or (block.marker is None and block.text[:1] == "(")


def _is_task_of_its_own(child: Node, node: Node) -> bool:
    """Entries under a numbered task are tasks; entries under a bullet are its details."""
    return (
        child.marker is not None
        and not node.is_bullet
        and node.marker is not None
        and not node.text.endswith(":")
        and label_of(child.text) is None
    )


def _code(context: Context, parts: Parts) -> str:
    """The heading's number and the order under it."""
    parts.counts[context.label] += 1
    order = parts.counts[context.label]
    code = f"{context.label}.{order}" if context.label else str(order)
    taken = {task.code for task in parts.tasks}
    while code in taken:
        parts.counts[context.label] += 1
        code = f"{context.label}.{parts.counts[context.label]}".lstrip(".")
    return code
