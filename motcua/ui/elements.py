"""Values that components show: time left, word differences, a month of days. Pure, no database."""

from __future__ import annotations

import calendar
import difflib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.ui.text import Text

State = Literal["in_time", "soon", "late", "done", "done_late", "none"]


@dataclass(frozen=True)
class TimeLeft:
    """How a deadline stands: state, words ("còn 3 ngày"), the day, where it is explained."""

    state: State
    phrase: str
    due: date | None = None
    why_url: str = ""


def days_left(
    due: date | None, today: date, *, done: date | None = None, soon: int = 5
) -> TimeLeft:
    """How a deadline counted in calendar days stands.

    ``done`` is the day it was finished; ``soon`` is the number of days before the deadline from
    which it is due soon.
    """
    if due is None:
        return TimeLeft("none", _("không có hạn"))
    if done is not None:
        late = (done - due).days
        if late <= 0:
            return TimeLeft("done", _("xong đúng hạn"), due)
        words = ngettext("xong, trễ %(n)d ngày", "xong, trễ %(n)d ngày", late) % {"n": late}
        return TimeLeft("done_late", words, due)
    days = (due - today).days
    if days < 0:
        words = ngettext("trễ %(n)d ngày", "trễ %(n)d ngày", -days) % {"n": -days}
        return TimeLeft("late", words, due)
    if days == 0:
        return TimeLeft("soon", _("hạn hôm nay"), due)
    words = ngettext("còn %(n)d ngày", "còn %(n)d ngày", days) % {"n": days}
    return TimeLeft("soon" if days <= soon else "in_time", words, due)


@dataclass(frozen=True)
class Change:
    """A stretch of text: kept, inserted or deleted."""

    kind: Literal["same", "inserted", "deleted"]
    text: str


_WORDS = re.compile(r"\s+|[^\s]+")


def word_diff(before: str, after: str) -> list[Change]:
    """What changed between two texts, word by word."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    changes: list[Change] = []
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            changes.append(Change("same", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            changes.append(Change("deleted", "".join(old[i1:i2])))
        if j2 > j1:
            changes.append(Change("inserted", "".join(new[j1:j2])))
    return changes


@dataclass(frozen=True)
class Entry:
    """One thing on a day of the calendar."""

    label: Text
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Day:
    """One cell of the calendar; ``note`` names the holiday, or why a day off is worked."""

    date: date
    in_month: bool
    is_today: bool
    is_off: bool
    note: str
    entries: Sequence[Entry] = ()
    url: str = ""


@dataclass(frozen=True)
class Month:
    """A month in weeks from Monday, with the addresses of its neighbours."""

    first: date
    weeks: Sequence[Sequence[Day]]
    previous_url: str = ""
    next_url: str = ""


def month(
    first: date,
    entries: Mapping[date, Sequence[Entry]],
    *,
    today: date,
    days_off: Mapping[date, str] | None = None,
    days_worked: Mapping[date, str] | None = None,
    previous_url: str = "",
    next_url: str = "",
    day_url: Callable[[date], str] | None = None,
) -> Month:
    """The month of ``first`` with its entries, each day opening to ``day_url``.

    ``days_off``: day → name of the holiday; ``days_worked``: days of a weekend that are worked.
    """
    first = first.replace(day=1)
    off, worked = days_off or {}, days_worked or {}
    weeks = [
        [
            Day(
                day,
                in_month=day.month == first.month,
                is_today=day == today,
                is_off=day in off or (day.weekday() >= 5 and day not in worked),
                note=off.get(day) or worked.get(day, ""),
                entries=entries.get(day, ()),
                url=day_url(day) if day_url and day in entries else "",
            )
            for day in week
        ]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    return Month(first, weeks, previous_url, next_url)


@dataclass(frozen=True)
class Tab:
    """One view of a page; ``count`` is shown behind the label where it is not None."""

    label: Text
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Crumb:
    """One step of the way to a page; the last has no address."""

    label: Text
    url: str = ""


@dataclass(frozen=True)
class Event:
    """One line of a history: when, who, what; ``note`` is the reason or the typed words."""

    at: object
    text: Text
    who: str = ""
    note: str = ""
    tone: str = ""
    url: str = ""


@dataclass(frozen=True)
class Term:
    """One line of a definition list; ``value`` may be safe HTML."""

    label: Text
    value: object
    note: Text = ""


@dataclass(frozen=True)
class FileItem:
    """A file that can be opened: name, address, size in bytes, by whom and when."""

    name: str
    url: str
    size: int | None = None
    by: str = ""
    at: object = None
    remove_url: str = ""


@dataclass(frozen=True)
class NavItem:
    """One line of the navigation column; ``count`` is work that waits there."""

    label: Text
    url: str
    icon: str = ""
    count: int = 0
    current: bool = False


@dataclass(frozen=True)
class NavGroup:
    """A group of the navigation column; the first group needs no label."""

    label: Text = ""
    items: Sequence[NavItem] = field(default_factory=tuple)


def file_size(size: int | None) -> str:
    """ "340 KB", "1,2 MB"; "" where unknown. A kilobyte is 1024 bytes."""
    if size is None:
        return ""
    if size < 1024 * 1024:
        return f"{max(round(size / 1024), 1)} KB"
    return f"{size / 1024 / 1024:.1f} MB".replace(".", ",")
