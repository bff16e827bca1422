"""The responsibilities section: which post has which duties."""

from __future__ import annotations

from dataclasses import dataclass, field

from motcua.planning.reader.actors import actor_of, name_of, post_and_rest
from motcua.planning.reader.meaning import Section
from motcua.planning.reader.outline import Node
from motcua.planning.reader.paragraphs import Block
from motcua.planning.reader.parts import NO_POST, Parts, add_funding, is_sentence, merged
from motcua.planning.reader.result import Heading, Item, NotUnderstood, Responsibility


@dataclass(slots=True)
class _Post:
    """A post whose duties are being collected."""

    post: str
    start: int
    end: int
    text: str | None = None
    duties: list[Item] = field(default_factory=list)


def read_responsibilities(section: Node, parts: Parts) -> None:
    """Collect the posts of a section with their duties, in order."""
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
            add_funding(merged(child), parts)
        return
    if _holds_posts(node):
        parts.headings.append(Heading(node.text, block.span))
        for child in node.children:
            _post(child, posts, parts)
        return
    parted = post_and_rest(node.text)
    sentence = is_sentence(node)
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
        if child.marker is None and post_and_rest(child.text):
            _post(child, posts, parts)  # a post whose line only looked like a heading's text
        else:
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
    if announces and not node.children:
        post.text = f"{post.text} {node.text}" if post.text else node.text
    else:
        post.duties.append(merged(node))
    post.end = max(post.end, node.end)
