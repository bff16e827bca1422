"""Numbers of records, and who can tell them: the sources that reports are drafted from.

An app that keeps countable records registers a :class:`Source` in its ``AppConfig.ready``. The
keys are those of the outline (``packs/reports/outline.yaml``); which source answers which key is
listed in ``docs/reference/report-sources.md``. A key that no source answers is unknown: it is
shown as "chưa có dữ liệu", never as 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

#: A record behind a number as it stood: plain words and the address of the record. Its keys are
#: code, label, url, lead, due, product, state.
Row: TypeAlias = dict[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit and the records that it counts; ``value`` as officials write it."""

    key: str
    label: str
    unit: str
    value: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Who tells some figures. ``read`` takes the agency's primary key, the first and last day.

    It answers as the records stood at the end of the last day, and leaves out what it cannot tell.
    """

    name: str
    keys: frozenset[str]
    read: Callable[[int, date, date], Iterable[Figure]]


_SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    """Add a source. Raises ``ValueError`` where another one tells one of its keys already."""
    for other in _SOURCES.values():
        if shared := other.keys & source.keys:
            raise ValueError(f"{source.name} and {other.name} both tell {sorted(shared)}")
    _SOURCES[source.name] = source


def sources() -> list[Source]:
    """All sources by name."""
    return [_SOURCES[name] for name in sorted(_SOURCES)]


def forget(name: str) -> None:
    """Take a source away (an app that is switched off, a test that ends)."""
    _SOURCES.pop(name, None)


def figures_from_sources(agency: int, since: date, on: date) -> list[Figure]:
    """What all registered sources tell of an agency for a stretch of days."""
    return [figure for source in sources() for figure in source.read(agency, since, on)]
