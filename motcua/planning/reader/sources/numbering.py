"""Automatic numbering of a DOCX: from ``numbering.xml`` to the label that Word shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its first number, its kind of digits, its pattern ("%1.%2.")."""

    start: int
    kind: str
    pattern: str


@dataclass(slots=True)
class Numbering:
    """Counts the lists of one document, in reading order."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)  # numId → the list that it counts in
    counters: dict[str, list[int | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Any) -> Numbering:
        """The numbering of a python-docx document; empty when it has none."""
        part = next(
            (
                rel.target_part
                for rel in document.part.rels.values()
                if rel.reltype.endswith("/numbering") and not rel.is_external
            ),
            None,
        )
        if part is None:
            return cls()
        root = part.element
        abstract = {
            node.get(f"{_W}abstractNumId"): _levels(node)
            for node in root.iterchildren(f"{_W}abstractNum")
        }
        found = cls()
        for node in root.iterchildren(f"{_W}num"):
            number = node.get(f"{_W}numId")
            base = _value(node.find(f"{_W}abstractNumId"))
            levels = dict(abstract.get(base, {}))
            restarts = False
            for override in node.iterchildren(f"{_W}lvlOverride"):
                restarts = _override(override, levels) or restarts
            found.levels[number] = levels
            found.lists[number] = f"num {number}" if restarts else f"abstract {base}"
        return found

    def label(self, number: str, depth: int) -> str:
        """The label of the next paragraph of list ``number`` at ``depth`` (0 is outermost)."""
        level = self.levels.get(number, {}).get(depth)
        if level is None or level.kind == "none":
            return ""
        if level.kind == "bullet":
            return level.pattern if level.pattern in {"-", "+", "*"} else "•"
        counts = self.counters.setdefault(self.lists[number], [None] * 9)
        counts[depth] = level.start if counts[depth] is None else (counts[depth] or 0) + 1
        counts[depth + 1 :] = [None] * (8 - depth)
        return re.sub(r"%(\d)", lambda found: self._part(number, counts, found), level.pattern)

    def _part(self, number: str, counts: list[int | None], found: re.Match[str]) -> str:
        depth = int(found[1]) - 1
        level = self.levels[number].get(depth, Level(1, "decimal", ""))
        count = counts[depth]
        return digits(level.start if count is None else count, level.kind)


def digits(count: int, kind: str) -> str:
    """A count in the digits of a list: 4 is "4", "IV", "iv", "D" or "d"."""
    if kind in {"upperRoman", "lowerRoman"}:
        text, rest = "", count
        for value, letters in _ROMAN:
            text += letters * (rest // value)
            rest %= value
        return text.upper() if kind == "upperRoman" else text
    if kind in {"upperLetter", "lowerLetter"}:
        letter = chr(ord("a") + (count - 1) % 26) * (1 + (count - 1) // 26)
        return letter.upper() if kind == "upperLetter" else letter
    return f"{count:02}" if kind == "decimalZero" else str(count)


def numbering_of(paragraph: Any) -> tuple[str, int] | None:
    """The list and the depth of a paragraph, its own or by its style; None when unnumbered."""
    found = _num_pr(paragraph._p.pPr)
    style = paragraph.style
    while found is None and style is not None:
        found = _num_pr(style.element.pPr)
        style = style.base_style
    if found is None or found[0] in {None, "0"}:
        return None
    return found[0], found[1]


def _num_pr(properties: Any) -> tuple[Any, int] | None:
    node = properties.find(f"{_W}numPr") if properties is not None else None
    if node is None:
        return None
    depth = _value(node.find(f"{_W}ilvl")) or "0"
    return _value(node.find(f"{_W}numId")), min(int(depth), 8)


def _value(node: Any) -> Any:
    return node.get(f"{_W}val") if node is not None else None


def _levels(abstract: Any) -> dict[int, Level]:
    return {int(node.get(f"{_W}ilvl")): _level(node) for node in abstract.iterchildren(f"{_W}lvl")}


def _level(node: Any) -> Level:
    start = _value(node.find(f"{_W}start")) or "1"
    kind = _value(node.find(f"{_W}numFmt")) or "decimal"
    return Level(int(start), kind, _value(node.find(f"{_W}lvlText")) or "")


def _override(node: Any, levels: dict[int, Level]) -> bool:
    """Apply a list's own first number or level; whether the list counts for itself."""
    depth = int(node.get(f"{_W}ilvl"))
    own = node.find(f"{_W}lvl")
    if own is not None:
        levels[depth] = _level(own)
    start = _value(node.find(f"{_W}startOverride"))
    if start is not None and depth in levels:
        levels[depth] = Level(int(start), levels[depth].kind, levels[depth].pattern)
    return start is not None
