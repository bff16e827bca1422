"""One step on many things: each through its own action, each judged by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from motcua.core.errors import Refused

T = TypeVar("T")

#: More are not shown to anyone who could mean them all.
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What came of it: the things that are done, and those refused with the refusal of each."""

    done: list[T] = field(default_factory=list)
    refused: list[tuple[T, Refused]] = field(default_factory=list)


def take_together(things: Iterable[T], take: Callable[[T], object]) -> Outcome[T]:
    """Call an action for each thing; a refusal of one does not hold up the others.

    Sending the same twice makes one thing, because each action takes care of that.
    """
    outcome: Outcome[T] = Outcome()
    for thing in things:
        try:
            take(thing)
        except Refused as refusal:
            outcome.refused.append((thing, refusal))
        else:
            outcome.done.append(thing)
    return outcome
