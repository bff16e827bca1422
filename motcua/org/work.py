"""Kinds of work in "Việc của tôi": each app tells what waits for a person; one list orders it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from motcua.org.models import Person
from motcua.ui.elements import TimeLeft

_NEVER = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One piece of work: what it is, where it is done, how its deadline stands."""

    kind: str
    title: str
    url: str
    left: TimeLeft
    due: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something of an app that is late, or will soon be ("soon"), in what a person answers for:
    how many, and where."""

    label: str
    count: int
    url: str
    tone: str = "late"


Source = Callable[[Person, datetime], Iterable[WorkRow]]
_sources: list[Source] = []
AlarmSource = Callable[[Person, datetime], Iterable[Alarm]]
_alarms: list[AlarmSource] = []


def tell_work(source: Source) -> None:
    """Register an app's work; called once, in its ``AppConfig.ready``."""
    _sources.append(source)


def other_work(person: Person, now: datetime) -> list[WorkRow]:
    """The work of all registered apps, what will be late first, first."""
    rows = [row for source in _sources for row in source(person, now)]
    return sorted(rows, key=lambda row: row.due or _NEVER)


def tell_alarms(source: AlarmSource) -> None:
    """Register an app's alarms; called once, in its ``AppConfig.ready``."""
    _alarms.append(source)


def alarms_of(person: Person, now: datetime) -> list[Alarm]:
    """What is late in all registered apps."""
    return [alarm for source in _alarms for alarm in source(person, now)]
