"""The last paragraphs of a plan, which close the whole of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from motcua.planning.reader.actors import actor_of
from motcua.planning.reader.outline import Node
from motcua.planning.reader.parts import Parts, is_sentence
from motcua.planning.reader.words import plain

_CLOSES = re.compile(
    r"^(?:tren day la|trong qua trinh|can cu (?:vao )?(?:noi dung )?ke hoach nay|"
    r"ke hoach nay (?:co hieu luc|thay the|duoc)|"
    r"(?:ubnd|uy ban nhan dan) [\w\s]{1,40}? (?:yeu cau|de nghi)|"
    r"yeu cau (?:cac|can bo|cong chuc|thu truong|truong)|quyet dinh nay|"
    r"(?:chanh van phong|van phong)[^.]{0,200}chiu trach nhiem thi hanh|nhan duoc ke hoach|"
    r"de nghi (?:cac|thu truong)[^:]{0,120}(?:nghiem tuc|bao cao|phan anh))"
)


def take_closing(root: Node, parts: Parts) -> None:
    """Take the last paragraphs out of the last section when they close the whole plan."""
    taken: list[Node] = []
    for parent, node in _from_the_end(root):
        if node.block is None or node.children:
            break
        if _closes(node, parent) or (
            node.marker is None and not node.unmarked_heading and _earlier_closes(parent)
        ):
            taken.append(node)
            parent.children.pop()
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
    after_sentence = len(parent.children) == 1 and is_sentence(parent) and parent.marker is not None
    return (after_list or after_sentence) and actor_of(node.text) is None


def _earlier_closes(parent: Node) -> bool:
    """Whether a paragraph just above, in the same run, already closes the plan."""
    for other in reversed(parent.children[:-1]):
        if other.marker is not None:
            return False
        if _CLOSES.match(plain(other.text)):
            return True
    return False
