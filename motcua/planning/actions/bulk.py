"""One step on many tasks: each through its own action, each judged by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from motcua.core.errors import Refused
from motcua.planning.models import Task

#: More are not shown to anyone who could mean them all.
MOST = 200


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the tasks that are done, and those refused with the refusal of each."""

    done: list[Task] = field(default_factory=list)
    refused: list[tuple[Task, Refused]] = field(default_factory=list)


def take_together(tasks: Iterable[Task], take: Callable[[Task], object]) -> Outcome:
    """Call an action for each task; a refusal of one does not hold up the others.

    Sending the same twice makes one thing, because each action takes care of that.
    """
    outcome = Outcome()
    for task in tasks:
        try:
            take(task)
        except Refused as refusal:
            outcome.refused.append((task, refusal))
        else:
            outcome.done.append(task)
    return outcome
