"""From the tree of paragraphs to the parts of a plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from motcua.core.errors import mark as _
from motcua.planning.reader.actors import actor_of, name_of, post_and_rest
from motcua.planning.reader.labels import Assignment, assignment_of, label_of, labelled, spoken
from motcua.planning.reader.markers import Style
from motcua.planning.reader.meaning import Section, field_of
from motcua.planning.reader.outline import Node, heading_text, is_heading
from motcua.planning.reader.paragraphs import Block
from motcua.planning.reader.result import (
    Field,
    Heading,
    Item,
    NotUnderstood,
    Responsibility,
    Span,
    Target,
    Task,
)
from motcua.planning.reader.targets import parse_targets
from motcua.planning.reader.words import is_upper, plain, words

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
    sections: list[Section] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def build(root: Node, context: Context | None = None) -> Parts:
    """Walk the tree and put every paragraph into its part."""
    parts = Parts()
    _take_closing(root, parts)
    _visit_children(root, context or Context(), parts)
    return parts


# --- headings --------------------------------------------------------------------------------

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
        _responsibilities(node, parts)
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
    """What stands under a heading belongs to …"""
    meaning = node.meaning
    section, name = context.section, context.field
    if meaning is not None and meaning.section is not Section.TASKS:
        if section is not Section.ASIDE or context.depth == 0:
            section, name = (
                meaning.section,
                None if meaning.section is not Section.TARGETS else name,
            )
    elif section not in _KEEPS_SECTION:
        section = Section.TASKS
        if name is None:
            said = meaning.field if meaning else Field.OTHER
            name = said
    elif (
        section is Section.TARGETS
        and meaning
        and meaning.field is None
        and "tieu" not in plain(node.text)
    ):
        section = Section.TASKS
    if section is not None and (context.section is not section or context.depth == 0):
        parts.sections.append(section)
    return Context(
        section,
        name,
        heading_text(node),
        _label(node, context, parts),
        context.depth + 1,
        prefixes=node.marker is not None
        and (node.marker.style is Style.ARTICLE or node.marker.style.rank >= 2),
    )


def _label(node: Node, context: Context, parts: Parts) -> str:
    """The number by which the tasks under a heading are counted ("2.2")."""
    marker = node.marker
    if marker is None or not marker.label:
        parts.counts[f"{context.label}#"] += 1
        own = str(parts.counts[f"{context.label}#"])
        return f"{context.label}.{own}" if context.label else own
    is_deep = marker.style.rank == 3
    label = f"{context.label}.{marker.label}" if is_deep and context.label else marker.label
    if marker.style is Style.DECIMAL and context.prefixes:
        label = f"{context.label}.{marker.label}"
    return label


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


# --- paragraphs ------------------------------------------------------------------------------


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
            for block in _blocks(node):
                parts.targets.extend(_targets(block, qualitative=True))
        case Section.TASKS:
            _task(node, context, parts)
        case Section.FUNDING:
            _funding(merged(node), parts)
        case Section.CLOSING:
            parts.closing.append(merged(node))
        case _:
            item = merged(node)
            parts.not_understood.append(NotUnderstood(item.text, item.span, NOT_A_DUTY))


def _blocks(node: Node) -> list[Block]:
    return [each.block for each in node.walk() if each.block is not None]


def merged(node: Node) -> Item:
    """A paragraph with the entries under it as one item."""
    blocks = _blocks(node)
    text = " ".join(block.text for block in blocks)
    return Item(text, (blocks[0].start, blocks[-1].end))


def _funding(item: Item, parts: Parts) -> None:
    before = parts.funding
    if before is None:
        parts.funding = item
        return
    last_heading = max((heading.span[0] for heading in parts.headings), default=0)
    if last_heading > before.span[1]:
        parts.not_understood.append(NotUnderstood(item.text, item.span, SECOND_FUNDING))
    else:
        parts.funding = Item(f"{before.text} {item.text}", (before.span[0], item.span[1]))


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
    blocks = [node.block, *(block for child in own for block in _blocks(child))]
    told = [block for block in blocks if block is node.block or not _only_assigns(block)]
    text = " ".join(block.text for block in told)
    said = Assignment()
    for block in blocks[1:]:
        said = said.or_else(labelled(block.text))
        if block not in told:
            said = said.or_else(spoken(block.text))
    said = said.or_else(assignment_of(text))
    parts.tasks.append(
        Task(
            code=_code(node, context, parts),
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


def _code(node: Node, context: Context, parts: Parts) -> str:
    """The heading's number and the order under it."""
    parts.counts[context.label] += 1
    order = parts.counts[context.label]
    code = f"{context.label}.{order}" if context.label else str(order)
    taken = {task.code for task in parts.tasks}
    while code in taken:
        parts.counts[context.label] += 1
        code = f"{context.label}.{parts.counts[context.label]}".lstrip(".")
    return code


# --- responsibilities ------------------------------------------------------------------------


@dataclass(slots=True)
class _Post:
    """A post whose duties are being collected."""

    post: str
    start: int
    end: int
    text: str | None = None
    duties: list[Item] = field(default_factory=list)


def _responsibilities(section: Node, parts: Parts) -> None:
    posts: list[_Post] = []
    for node in section.children:
        if node.block is None:
            continue
        _post(node, posts, parts)
    parts.responsibilities.extend(
        Responsibility(post.post, post.text, tuple(post.duties), (post.start, post.end))
        for post in posts
    )


def _post(node: Node, posts: list[_Post], parts: Parts) -> None:
    """One entry of the section: a post with duties under it, or both in one paragraph."""
    block = node.block
    if block is None:
        return
    if node.children and node.meaning is not None and node.meaning.section is Section.FUNDING:
        parts.headings.append(Heading(node.text, block.span))
        for child in node.children:
            _funding(merged(child), parts)
        return
    if _holds_posts(node):
        parts.headings.append(Heading(node.text, block.span))
        for child in node.children:
            _post(child, posts, parts)
        return
    parted = post_and_rest(node.text)
    sentence = _is_sentence(node)
    if parted and parted[1] < len(node.text):
        duty = block.split(parted[1], parted[1])[1]
        posts.append(_Post(parted[0], block.start, block.end))
        _first_duty(posts[-1], duty, has_children=bool(node.children))
    elif (
        node.children
        and not sentence
        and (node.marker or node.unmarked_heading or actor_of(node.text))
    ):
        posts.append(_Post(name_of(node.text), block.start, block.end))
    elif actor := actor_of(node.text):
        posts.append(_Post(actor, block.start, block.end))
        _first_duty(posts[-1], block, has_children=bool(node.children))
    elif _is_announcement(node.text) and not node.children:
        parts.headings.append(Heading(node.text, block.span))
        return
    elif posts and node.marker is None:
        _duty(node, posts[-1])
        return
    else:
        item = merged(node)
        parts.not_understood.append(NotUnderstood(item.text, item.span, NO_POST))
        return
    for child in node.children:
        _duty(child, posts[-1])


def _holds_posts(node: Node) -> bool:
    """A heading over several posts ("2. Các công chức chuyên môn" over 2.1, 2.2, …)."""
    numbered = [child for child in node.children if child.marker and not child.is_bullet]
    named = [child for child in numbered if child.children and actor_of(child.text)]
    if actor_of(node.text) is None and any(actor_of(child.text) for child in node.children):
        return node.meaning is not None
    return len(named) >= 2 or (
        node.meaning is not None
        and node.meaning.section is Section.RESPONSIBILITIES
        and any(actor_of(child.text) for child in node.children)
    )


def _is_sentence(node: Node) -> bool:
    count = len(words(node.text))
    return count > 16 or (count > 12 and node.text.endswith("."))


def _is_announcement(text: str) -> bool:
    return text.rstrip().endswith(":")


def _first_duty(post: _Post, block: Block, *, has_children: bool) -> None:
    """The sentence after a post's name: an introduction when entries follow it."""
    if has_children and _is_announcement(block.text):
        post.text = block.text
    else:
        post.duties.append(block.item)


def _duty(node: Node, post: _Post) -> None:
    if node.block is None:
        return
    announces = node.marker is None and _is_announcement(node.text)
    if announces and not post.duties and post.text is None and not node.children:
        post.text = node.text
    elif announces and not post.duties and node.children:
        post.text = node.text
        for child in node.children:
            _duty(child, post)
    else:
        post.duties.append(merged(node))
    post.end = max(post.end, node.end)


# --- closing ---------------------------------------------------------------------------------

_CLOSES = re.compile(
    r"^(?:tren day la|trong qua trinh|can cu (?:vao )?(?:noi dung )?ke hoach nay|ke hoach nay (?:co hieu luc|thay the|duoc)|"
    r"(?:ubnd|uy ban nhan dan) [\w\s]{1,40}? (?:yeu cau|de nghi)|yeu cau (?:cac|can bo|cong chuc|thu truong|truong)|"
    r"quyet dinh nay|(?:chanh van phong|van phong)[^.]{0,200}chiu trach nhiem thi hanh|nhan duoc ke hoach|"
    r"de nghi (?:cac|thu truong)[^:]{0,120}(?:nghiem tuc|bao cao|phan anh))"
)


def _take_closing(root: Node, parts: Parts) -> None:
    """Take the last paragraphs out of the last section when they close the whole plan."""
    taken: list[Node] = []
    for parent, node in _from_the_end(root):
        if node.block is None or node.children:
            break
        if _closes(node, parent):
            taken.append(node)
            parent.children.remove(node)
        elif node.marker is None and not node.unmarked_heading and _earlier_closes(node, parent):
            taken.append(node)
            parent.children.remove(node)
        else:
            break
    parts.closing.extend(node.block.item for node in reversed(taken) if node.block)


def _from_the_end(root: Node) -> Iterator[tuple[Node, Node]]:
    """The last paragraph and its parent, again and again while they are taken away."""
    while root.children:
        parent, node = root, root.children[-1]
        while node.children:
            parent, node = node, node.children[-1]
        if parent is root and node.meaning is not None:
            return
        yield parent, node


def _closes(node: Node, parent: Node) -> bool:
    if _CLOSES.match(plain(node.text)):
        return True
    if node.marker is not None or parent.block is None:
        return False
    after_list = len(parent.children) > 1 and parent.children[-2].marker is not None
    after_sentence = (
        len(parent.children) == 1 and _is_sentence(parent) and parent.marker is not None
    )
    return (after_list or after_sentence) and actor_of(node.text) is None


def _earlier_closes(node: Node, parent: Node) -> bool:
    """Whether a paragraph just above, in the same run, already closes the plan."""
    for other in reversed(parent.children[:-1]):
        if other.marker is not None:
            return False
        if _CLOSES.match(plain(other.text)):
            return True
    return False


def uncovered(text: str, spans: Sequence[Span]) -> list[Span]:
    """The stretches of non-blank text that no span covers, a line at most each."""
    found: list[Span] = []
    position = 0
    for start, end in [*sorted(spans), (len(text), len(text))]:
        if start > position:
            found.extend(_lines_of(text, position, start))
        position = max(position, end)
    return found


def _lines_of(text: str, start: int, end: int) -> Iterator[Span]:
    for line in re.finditer(r"[^\n]+", text[start:end]):
        inner = line[0].strip()
        if inner:
            begin = start + line.start() + line[0].index(inner)
            yield begin, begin + len(inner)
