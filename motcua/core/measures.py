"""What can be counted, and by whom: the measures that indicators are built from.

An app that keeps countable records registers a :class:`Family` of measures in its
``AppConfig.ready``. A family counts all of its measures for many scopes in a fixed number of
queries, and opens each number to the rows that it counts. A measure whose records no app keeps yet
has no family: its value is unknown (None), never 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, TypeAlias

#: Measure → its value in each scope asked for; None where it is not known.
Counts: TypeAlias = Mapping[str, Sequence[int | None]]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an agency's records: of one procedure, field, post; ``kind`` says of which sort,
    ``key`` which."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose records, of which days, as known when; ``part``: of which part alone.

    ``since`` and ``until`` are the first and last day of the period. ``on`` is the cut-off: what
    was entered after the end of that day does not count, and a period that had not ended by then
    ends there; a day that runs ends ``now``.
    """

    agencies: tuple[int, ...]
    since: date
    until: date
    on: date
    now: datetime | None = None
    part: Part | None = None

    @property
    def end(self) -> date:
        """The last day whose events count."""
        return min(self.until, self.on)


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is counted. ``definition`` says in words what counts, ``source`` by which
    law; ``unit`` is what one of it is."""

    code: str
    label: str
    unit: str
    definition: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column of a measure's rows: header and path of the value."""

    label: str
    path: str


@dataclass(frozen=True, slots=True)
class Family:
    """The measures of one kind of record, told together.

    ``rows(code, scope)`` is a QuerySet of the rows that a number counts, in a stable order;
    ``address(row)`` is the page of one. Who may see them holds the permission ``sees`` at the
    agency. ``count`` agrees with the number of rows, unless the measure is one of ``sums``, which
    adds something up over its rows. ``parts``: sort of part → the parts of some agencies that have
    any record, as key and name; a sort that is not there cannot be told apart.
    """

    name: str
    sees: str
    measures: tuple[Measure, ...]
    count: Callable[[Sequence[Scope]], Counts]
    rows: Callable[[str, Scope], Any]
    columns: tuple[RowColumn, ...]
    address: Callable[[Any], str]
    sums: frozenset[str] = frozenset()
    parts: Mapping[str, Callable[[Sequence[int]], Sequence[tuple[str, str]]]] = field(
        default_factory=dict
    )

    def tells(self, scope: Scope) -> bool:
        """Whether it can tell the records of the scope's part from others."""
        return scope.part is None or scope.part.kind in self.parts


_FAMILIES: dict[str, Family] = {}
_UNKEPT: dict[str, Measure] = {}
#: Measures of one scope are asked for many at a time; more scopes are refused.
MOST_SCOPES: Final = 400


def register(family: Family) -> None:
    """Add a family. Raises ``ValueError`` where a measure of it is told already."""
    told = {m.code for other in _FAMILIES.values() for m in other.measures} | set(_UNKEPT)
    if doubled := sorted(told & {m.code for m in family.measures}):
        raise ValueError(f"{family.name} tells what is told already: {doubled}")
    _FAMILIES[family.name] = family


def declare(measures: Iterable[Measure]) -> None:
    """Name measures whose records no app keeps. One that an app tells by now is left to it."""
    told = {m.code for family in _FAMILIES.values() for m in family.measures}
    _UNKEPT.update({m.code: m for m in measures if m.code not in told})


def forget(name: str) -> None:
    """Take a family away (a test that ends)."""
    _FAMILIES.pop(name, None)


def measures() -> dict[str, Measure]:
    """All measures by code, those without records included."""
    kept = {m.code: m for name in sorted(_FAMILIES) for m in _FAMILIES[name].measures}
    return kept | _UNKEPT


def family_of(code: str) -> Family | None:
    """Who tells a measure; None: nobody keeps its records."""
    return next((f for f in _FAMILIES.values() if any(m.code == code for m in f.measures)), None)


def parts_of(code: str, kind: str, agencies: Sequence[int]) -> Sequence[tuple[str, str]] | None:
    """The parts of a sort (key and name) by which a measure can be told at some agencies; None: it
    cannot be."""
    family = family_of(code)
    known = family.parts.get(kind) if family is not None else None
    return None if known is None else known(agencies)


def count(codes: Iterable[str], scopes: Sequence[Scope]) -> dict[str, list[int | None]]:
    """The measures in each scope. A family is asked once, for any number of measures and scopes; of
    a part that it cannot tell apart the value is unknown.

    Raises ``KeyError`` for a code that nobody declared, ``ValueError`` for too many scopes.
    """
    if len(scopes) > MOST_SCOPES:
        raise ValueError(len(scopes))
    wanted, known = list(codes), measures()
    found: dict[str, list[int | None]] = {known[code].code: [None] * len(scopes) for code in wanted}
    for family in _FAMILIES.values():
        own = [m.code for m in family.measures if m.code in found]
        places = [n for n, scope in enumerate(scopes) if family.tells(scope)]
        if own and places:
            told = family.count([scopes[n] for n in places])
            for code in own:
                for n, number in zip(places, told[code], strict=True):
                    found[code][n] = number
    return found
