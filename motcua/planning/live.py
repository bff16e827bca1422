"""Values of targets that are read from the records: who can read them registers here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

from motcua.org.models import Person
from motcua.planning.models import Target


@dataclass(frozen=True, slots=True)
class LiveValue:
    """What the records say of a target at the end of a day. ``value`` None: nothing arose, or
    (``kept`` false) nobody keeps the records, so that what was typed stands; ``why`` says which.
    ``label`` names what is counted, ``url`` opens it; ``course`` is the value of each month so far,
    under its short name."""

    on: date
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    label: str
    url: str
    why: str = ""
    kept: bool = True
    course: tuple[tuple[str, Decimal | None], ...] = ()


#: Targets and a day → the values of those that are read from the records, by key.
Source: TypeAlias = Callable[[Sequence[Target], date], Mapping[int, LiveValue]]
_sources: list[Source] = []


def tell_values(source: Source) -> None:
    """Register who reads values; called once, in its ``AppConfig.ready``."""
    _sources.append(source)


def live_values(targets: Sequence[Target], on: date) -> dict[int, LiveValue]:
    """The live values of these targets, by key."""
    found: dict[int, LiveValue] = {}
    for source in _sources if targets else ():
        found.update(source(targets, on))
    return found


@dataclass(frozen=True, slots=True)
class Prospect:
    """What the records say about the end of a target's year: a sentence, the page that tells more,
    and whether somebody should look. ``saves`` are open records on which it hangs (label and
    address), for who may see them; ``more`` of them are left out."""

    sentence: str
    word: str
    url: str
    risky: bool
    saves: tuple[tuple[str, str], ...] = ()
    more: int = 0


#: A person, targets, day, moment, and whether to wait → what will be of those that can be
#: foreseen, by key; None where that is not known yet and nobody waits.
ProspectSource: TypeAlias = Callable[
    [Person, Sequence[Target], date, datetime, bool], Mapping[int, Prospect | None]
]
_prospects: list[ProspectSource] = []


def tell_prospects(source: ProspectSource) -> None:
    """Register who foresees targets; called once, in its ``AppConfig.ready``."""
    _prospects.append(source)


def prospects_of(
    person: Person, targets: Sequence[Target], on: date, now: datetime, *, wait: bool = True
) -> dict[int, Prospect | None]:
    """What is foreseen of these targets, by key. Each costs a reading of its agency's records
    where it is not known yet: ask for few, or do not ``wait`` for it and find None."""
    found: dict[int, Prospect | None] = {}
    for source in _prospects if targets else ():
        found.update(source(person, targets, on, now, wait))
    return found
