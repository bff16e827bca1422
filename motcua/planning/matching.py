"""Which sentence of an amended plan is which sentence of the plan before: by likeness of words.

Pure Python. A match is a proposal; a person corrects it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from motcua.core.errors import mark as _
from motcua.core.text import fold
from motcua.core.workflow import Status


class Likeness(Status):
    """How a sentence of the new text stands to the old text."""

    SAME = "same", _("Giữ nguyên")
    MOVED = "moved", _("Chuyển mục")
    REWORDED = "reworded", _("Sửa câu chữ")
    SPLIT = "split", _("Tách ra")
    NEW = "new", _("Mới")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with what tells its place: the kind, the field of reform, the number."""

    kind: str
    text: str
    field: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """What a new sentence is: ``old`` is the place of its forerunner, None for a new one.

    ``parted_from`` is the place of the old sentence whose words it has, where another new
    sentence is that one already.
    """

    old: int | None
    likeness: Likeness
    parted_from: int | None = None


#: Less of the words in common, in their order, and two sentences are not the same work.
ALIKE: Final = 0.6
#: So much of a sentence inside another, and it was parted from it.
INSIDE: Final = 0.8
#: What the same field and the same number weigh between two sentences that are equally alike.
_SAME_FIELD, _SAME_CODE = 0.02, 0.01


def match(old: Sequence[Line], new: Sequence[Line]) -> list[Match]:
    """The forerunner of each new sentence; no old sentence has two successors.

    Pairs are taken from the most alike down; among equals the earlier sentence comes first, so
    the same texts always give the same answer.
    """
    before, after = [_words(line) for line in old], [_words(line) for line in new]
    pairs = sorted(
        (-score, j, i)
        for i, line in enumerate(new)
        for j, known in enumerate(old)
        if line.kind == known.kind
        for score in [_score(known, line, before[j], after[i])]
        if score
    )
    forerunners: dict[int, int] = {}
    taken: set[int] = set()
    for _score_down, j, i in pairs:
        if i not in forerunners and j not in taken:
            forerunners[i] = j
            taken.add(j)
    return [
        Match(forerunners[i], likeness_of(old[forerunners[i]], line))
        if i in forerunners
        else parted(line, old)
        for i, line in enumerate(new)
    ]


def likeness_of(known: Line, line: Line) -> Likeness:
    """How a sentence stands to its forerunner."""
    if _words(known) != _words(line):
        return Likeness.REWORDED
    return Likeness.SAME if known.field == line.field else Likeness.MOVED


def parted(line: Line, old: Sequence[Line]) -> Match:
    """What a sentence without forerunner is: parted from a longer old one, or new."""
    words = _words(line)
    own = Counter(words)
    shares = [
        (sum((own & Counter(known)).values()) / max(1, len(words)), -j)
        for j, known in enumerate(map(_words, old))
        if old[j].kind == line.kind and len(known) > len(words)
    ]
    share, place = max(shares, default=(0.0, 0))
    if share >= INSIDE:
        return Match(None, Likeness.SPLIT, parted_from=-place)
    return Match(None, Likeness.NEW)


def _words(line: Line) -> list[str]:
    return fold(line.text).replace("-", " ").translate(_NO_MARKS).split()


_NO_MARKS = str.maketrans("", "", '.,;:()“”"–')


def _score(known: Line, line: Line, a: list[str], b: list[str]) -> float:
    """How alike two sentences are, 0 when not enough; their places count for a little."""
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0
    ratio = matcher.ratio()
    if ratio < ALIKE:
        return 0
    near = _SAME_FIELD * (known.field == line.field) + _SAME_CODE * (known.code == line.code)
    return ratio + near
