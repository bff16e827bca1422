"""The tree over a day's entries: its root, and what some of its hashes prove (RFC 6962, 2.1).

Leaf = SHA-256(0x00 ‖ the entry's 32 bytes), node = SHA-256(0x01 ‖ left ‖ right), split at the
largest power of two below the count. Hashes are written as 64 hexadecimal digits.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").hexdigest()


def merkle_root(hashes: Sequence[str]) -> str:
    """The root over entry hashes in their order; of none, the hash of the empty string."""
    return _root(_leaves(hashes)).hex() if hashes else EMPTY


def inclusion_path(hashes: Sequence[str], index: int) -> list[str]:
    """The hashes that lead from entry ``index`` (from 0) to the root, the nearest first."""
    if not 0 <= index < len(hashes):
        raise IndexError(index)
    return [node.hex() for node in _path(_leaves(hashes), index)]


def root_of_path(entry: str, index: int, count: int, path: Sequence[str]) -> str | None:
    """The root to which a path leads from an entry; None when the path has the wrong length."""
    if not 0 <= index < count:
        return None
    node, place, last = _leaf(entry), index, count - 1
    for step in path:
        if last == 0:
            return None
        other = bytes.fromhex(step)
        if place % 2 or place == last:
            node = _node(other, node)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            node = _node(node, other)
        place, last = place // 2, last // 2
    return node.hex() if last == 0 else None


def consistency_path(hashes: Sequence[str], earlier: int) -> list[str]:
    """The hashes that prove the tree of the first ``earlier`` entries to be the beginning of this
    one: nothing was changed or put in between."""
    if not 0 < earlier <= len(hashes):
        raise IndexError(earlier)
    return [node.hex() for node in _consistency(_leaves(hashes), earlier, whole=True)]


def is_consistent(
    *, earlier: int, earlier_root: str, count: int, root: str, path: Sequence[str]
) -> bool:
    """Whether a path proves that the tree of ``count`` begins with the tree of ``earlier``."""
    if not 0 < earlier <= count:
        return False
    if earlier == count:
        return earlier_root == root and not path
    steps = [bytes.fromhex(step) for step in path]
    place, last = earlier - 1, count - 1
    while place % 2:
        place, last = place // 2, last // 2
    if place:
        if not steps:
            return False
        old = new = steps.pop(0)
    else:
        old = new = bytes.fromhex(earlier_root)
    for step in steps:
        if last == 0:
            return False
        if place % 2 or place == last:
            old, new = _node(step, old), _node(step, new)
            while place % 2 == 0 and place:
                place, last = place // 2, last // 2
        else:
            new = _node(new, step)
        place, last = place // 2, last // 2
    return last == 0 and old.hex() == earlier_root and new.hex() == root


def _leaf(entry: str) -> bytes:
    return hashlib.sha256(b"\x00" + bytes.fromhex(entry)).digest()


def _leaves(hashes: Sequence[str]) -> list[bytes]:
    return [_leaf(entry) for entry in hashes]


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(count: int) -> int:
    return 1 << ((count - 1).bit_length() - 1)


def _root(leaves: Sequence[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    split = _split(len(leaves))
    return _node(_root(leaves[:split]), _root(leaves[split:]))


def _path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*_path(leaves[:split], index), _root(leaves[split:])]
    return [*_path(leaves[split:], index - split), _root(leaves[:split])]


def _consistency(leaves: Sequence[bytes], earlier: int, *, whole: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if whole else [_root(leaves)]
    split = _split(len(leaves))
    if earlier <= split:
        return [*_consistency(leaves[:split], earlier, whole=whole), _root(leaves[split:])]
    return [*_consistency(leaves[split:], earlier - split, whole=False), _root(leaves[:split])]
