"""What a working day is made of: sessions, office hours by weekday, exceptional days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple, TypeAlias

#: A moment of the day, or a length of time, in minutes.
Minutes: TypeAlias = int


class Session(NamedTuple):
    """One stretch of work, from ``start`` up to ``end``, in minutes after midnight."""

    start: Minutes
    end: Minutes

    @classmethod
    def parse(cls, text: str) -> Session:
        """A session written as "07:00-11:30"."""
        start, end = (_minute_of_day(part) for part in text.split("-"))
        if not 0 <= start < end < 24 * 60:
            raise ValueError(f"a session must end after it starts: {text!r}")
        return cls(start, end)


Sessions: TypeAlias = tuple[Session, ...]


def _minute_of_day(text: str) -> Minutes:
    hours, minutes = text.strip().split(":")
    return int(hours) * 60 + int(minutes)


def parse_sessions(text: str) -> Sessions:
    """Sessions of a day, in order: "07:00-11:30 13:30-17:00"; empty for a day without work."""
    sessions = tuple(Session.parse(part) for part in text.split())
    for earlier, later in pairwise(sessions):
        if later.start < earlier.end:
            raise ValueError(f"sessions must follow each other: {text!r}")
    return sessions


def minutes_of(sessions: Sessions) -> Minutes:
    """How long the sessions are together."""
    return sum(session.end - session.start for session in sessions)


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The sessions of each weekday, Monday first, from a day on until younger hours begin.

    Hours differ by locality and season; the two sessions of eight hours below are the usual ones
    and only a default.
    """

    valid_from: date
    week: tuple[Sessions, Sessions, Sessions, Sessions, Sessions, Sessions, Sessions]

    @classmethod
    def usual(
        cls,
        valid_from: date = date.min,
        *,
        day: str = "07:00-11:30 13:30-17:00",
        saturday: str = "",
    ) -> OfficeHours:
        """The same hours from Monday to Friday, and those of Saturday where there are any."""
        sessions, last = parse_sessions(day), parse_sessions(saturday)
        return cls(valid_from, (sessions, sessions, sessions, sessions, sessions, last, ()))

    @property
    def full_day(self) -> Sessions:
        """The longest day of the week: what a made-up day is worked by."""
        return max(self.week, key=minutes_of)


class DayKind(StrEnum):
    """Why a day is not like its weekday."""

    PUBLIC = "public"  # public holiday, or its day in lieu (Labour Code, arts. 111.3 and 112)
    SWAP_OFF = "swap_off"  # off, made up for on another day
    SWAP_WORK = "swap_work"  # worked to make up for a day off
    HALF = "half"  # only a part of the day is worked
    CLOSED = "closed"  # the office is shut for another reason (storm, election …)
    WORK = "work"  # an ordinary day after all: takes back a day that a table gave


@dataclass(frozen=True, slots=True)
class ExceptionalDay:
    """One day that is not like its weekday. ``hours`` says what is worked on a half day."""

    day: date
    kind: DayKind
    name: str = ""
    hours: Sessions | None = None

    @classmethod
    def from_row(cls, row: Mapping[str, str]) -> ExceptionalDay:
        """From a row of ``packs/calendar/vn.csv``: date, kind, name and, if given, hours."""
        hours = row.get("hours") or ""
        return cls(
            date.fromisoformat(row["date"]),
            DayKind(row["kind"]),
            row["name"],
            parse_sessions(hours) if hours else None,
        )

    def sessions(self, weekday: Sessions, hours: OfficeHours) -> Sessions:
        """What is worked on this day, given what its weekday would bring.

        A half day without hours of its own is the weekday's morning.
        """
        match self.kind:
            case DayKind.WORK:
                return weekday
            case DayKind.SWAP_WORK:
                return self.hours if self.hours is not None else hours.full_day
            case DayKind.HALF:
                return self.hours if self.hours is not None else weekday[:1]
            case _:
                return ()
