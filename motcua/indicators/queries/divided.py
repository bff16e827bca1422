"""An indicator told apart: by procedure, by field; the index as well; the steps of each post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from motcua.core.measures import MOST_SCOPES, Part, Scope, count, family_of, parts_of
from motcua.core.text import sort_key
from motcua.indicators.queries.index import index_of
from motcua.indicators.queries.values import Reading, read
from motcua.indicators.rules import Definition
from motcua.indicators.rules.index import Score

#: By what an indicator may be told apart.
BY: Final = ("procedure", "field")
#: What is told of each post, in the order of the page.
OF_POSTS: Final = ("ended", "punctual", "late", "open", "open.late")


@dataclass(frozen=True, slots=True)
class Division:
    """One part with its value."""

    part: Part
    name: str
    reading: Reading


def ways_of(definition: Definition) -> list[str]:
    """By what all measures of a definition can be told apart."""
    families = [family_of(code) for code in definition.measures]
    return [kind for kind in BY if all(one is not None and kind in one.parts for one in families)]


def divided(definition: Definition, scope: Scope, kind: str) -> list[Division] | None:
    """The parts of a sort in which anything arose, by name; None: it cannot be told by them. The
    number of queries does not depend on how many parts there are, up to ``MOST_SCOPES``."""
    if kind not in ways_of(definition):
        return None
    named = parts_of(definition.measures[0], kind, scope.agencies) or ()
    parts = [(Part(kind, key), name) for key, name in named]
    readings = [
        reading
        for some in _some(parts)
        for reading in read([(definition, replace(scope, part=part)) for part, _name in some])
    ]
    found = [
        Division(part, name, reading)
        for (part, name), reading in zip(parts, readings, strict=True)
        if reading.value.top or reading.value.bottom
    ]
    return sorted(found, key=lambda one: (sort_key(one.name), one.part.key))


def index_divided(scope: Scope, kind: str) -> list[tuple[Part, str, Score]]:
    """The index of each part of a sort in which a dossier was to be settled, by name."""
    named = parts_of("dossiers.index", kind, scope.agencies) or ()
    parts = [(Part(kind, key), name) for key, name in named]
    found = [
        (part, name, score)
        for some in _some(parts)
        for (part, name), score in zip(
            some,
            index_of(scope, [replace(scope, part=part) for part, _name in some]).months,
            strict=True,
        )
        if score.scored
    ]
    return sorted(found, key=lambda one: (sort_key(one[1]), one[0].key))


def _some(parts: Sequence[tuple[Part, str]]) -> list[Sequence[tuple[Part, str]]]:
    """As many as are asked for at a time."""
    size = MOST_SCOPES - 1  # the whole comes with them
    return [parts[n : n + size] for n in range(0, len(parts), size)]


def posts_told(scope: Scope) -> list[tuple[Part, str, dict[str, int | None]]]:
    """What each post of an agency did of its steps, those that had any, in the agency's order."""
    named = parts_of("steps.ended", "post", scope.agencies) or ()
    parts = [(Part("post", key), name) for key, name in named]
    codes = [f"steps.{name}" for name in OF_POSTS]
    told = count(codes, [replace(scope, part=part) for part, _name in parts])
    found = [
        (part, name, {code: told[code][n] for code in codes})
        for n, (part, name) in enumerate(parts)
    ]
    return [one for one in found if any(one[2].values())]
