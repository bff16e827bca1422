"""Periods that officials report on, and the words in which a plan says when something is due.

A period has two faces: its calendar days, and the days that its *report* covers, which end before
the calendar does so that the figures can travel upwards in time. The cut-off days are the law of
a date and of a place (Decree 09/2019/ND-CP, art. 12, and the province's own rule): they are data,
see ``CutOffs``.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import ClassVar

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.packs import pack_rows
from motcua.core.text import YEARS, date_short

ROMAN = ("I", "II", "III", "IV")


class PeriodKind(StrEnum):
    """How long a period is. ``NINE_MONTHS`` always starts on 1 January."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"


_MONTHS_OF = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.YEAR: 12,
}


class NotAPeriod(Refused):
    """A code that names no period."""

    code = "not_a_period"
    message = _("“%(text)s” không phải là kỳ báo cáo; hãy ghi như 2024-Q1, 2024-H1, 2024-M9, 2024.")
    status: ClassVar[int] = 422


_CODES: dict[PeriodKind, tuple[re.Pattern[str], str]] = {  # how a code is read, and written
    PeriodKind.YEAR: (re.compile(r"(?P<year>[0-9]{4})"), "{year:04d}"),
    PeriodKind.NINE_MONTHS: (re.compile(r"(?P<year>[0-9]{4})-M9"), "{year:04d}-M9"),
    PeriodKind.HALF: (re.compile(r"(?P<year>[0-9]{4})-H(?P<index>[12])"), "{year:04d}-H{index}"),
    PeriodKind.QUARTER: (
        re.compile(r"(?P<year>[0-9]{4})-Q(?P<index>[1-4])"),
        "{year:04d}-Q{index}",
    ),
    PeriodKind.MONTH: (
        re.compile(r"(?P<year>[0-9]{4})-(?P<index>[0-9]{2})"),
        "{year:04d}-{index:02d}",
    ),
    PeriodKind.WEEK: (
        re.compile(r"(?P<year>[0-9]{4})-W(?P<index>[0-9]{2})"),
        "{year:04d}-W{index:02d}",
    ),
}


@dataclass(frozen=True, slots=True)
class Period:
    """One period of one year. ``index`` counts within the year, from 1 (a day: day of the year).

    Weeks are ISO weeks (Monday to Sunday); ``year`` is then the ISO year.
    """

    kind: PeriodKind
    year: int
    index: int = 1

    def __post_init__(self) -> None:
        try:
            self.start  # noqa: B018 - building the first day proves that the period exists
        except ValueError:
            raise NotAPeriod(text=f"{self.kind} {self.index} {self.year}") from None

    # --- making -----------------------------------------------------------------------------------

    @classmethod
    def parse(cls, code: str) -> Period:
        """The period of a code: "2024", "2024-M9", "2024-H1", "2024-Q1", "2024-03", "2024-W05",
        "2024-03-15". Raises ``NotAPeriod``."""
        for kind, (pattern, _form) in _CODES.items():
            found = pattern.fullmatch(code)
            if found is not None:
                return cls(kind, _year(code, found["year"]), int(found.groupdict().get("index", 1)))
        try:
            day = date.fromisoformat(code)
        except ValueError:
            raise NotAPeriod(text=code) from None
        _year(code, day.year)
        return cls.containing(PeriodKind.DAY, day)

    @classmethod
    def containing(cls, kind: PeriodKind, on: date) -> Period:
        """The period of this kind that holds the day. After September no nine months do:
        ``NotAPeriod``."""
        if kind is PeriodKind.DAY:
            return cls(kind, on.year, on.timetuple().tm_yday)
        if kind is PeriodKind.WEEK:
            year, week, _weekday = on.isocalendar()
            return cls(kind, year, week)
        return cls(kind, on.year, (on.month - 1) // _MONTHS_OF[kind] + 1)

    # --- what it covers ---------------------------------------------------------------------------

    @property
    def code(self) -> str:
        """The code that ``parse`` reads."""
        if self.kind is PeriodKind.DAY:
            return self.start.isoformat()
        return _CODES[self.kind][1].format(year=self.year, index=self.index)

    @property
    def start(self) -> date:
        """The first calendar day."""
        if self.kind is PeriodKind.DAY:
            day = date(self.year, 1, 1) + timedelta(days=self.index - 1)
            if self.index < 1 or day.year != self.year:
                raise ValueError(self.index)
            return day
        if self.kind is PeriodKind.WEEK:
            return date.fromisocalendar(self.year, self.index, 1)
        if self.kind is PeriodKind.NINE_MONTHS and self.index != 1:
            raise ValueError(self.index)
        return date(self.year, (self.index - 1) * _MONTHS_OF[self.kind] + 1, 1)

    @property
    def end(self) -> date:
        """The last calendar day."""
        if self.kind is PeriodKind.DAY:
            return self.start
        if self.kind is PeriodKind.WEEK:
            return self.start + timedelta(days=6)
        return month_day(self.year, self.start.month + _MONTHS_OF[self.kind] - 1, 31)

    def __contains__(self, on: date) -> bool:
        return self.start <= on <= self.end

    def days(self) -> Iterator[date]:
        """Every calendar day, in order."""
        for offset in range((self.end - self.start).days + 1):
            yield self.start + timedelta(days=offset)

    # --- neighbours -------------------------------------------------------------------------------

    def previous(self) -> Period:
        """The period of this kind before this one; for nine months those of the year before."""
        if self.kind is PeriodKind.NINE_MONTHS:
            return Period(self.kind, self.year - 1)
        return Period.containing(self.kind, self.start - timedelta(days=1))

    def next(self) -> Period:
        """The period of this kind after this one; for nine months those of the year after."""
        if self.kind is PeriodKind.NINE_MONTHS:
            return Period(self.kind, self.year + 1)
        return Period.containing(self.kind, self.end + timedelta(days=1))

    def last_year(self) -> Period:
        """The same period of the year before ("cùng kỳ năm trước").

        29 February becomes 28 February; week 53 becomes the last week of the year before.
        """
        if self.kind is PeriodKind.DAY:
            twin = month_day(self.year - 1, self.start.month, self.start.day)
            return Period.containing(self.kind, twin)
        if self.kind is PeriodKind.WEEK:
            last = date(self.year - 1, 12, 28).isocalendar().week
            return Period(self.kind, self.year - 1, min(self.index, last))
        return Period(self.kind, self.year - 1, self.index)

    def year_to_date(self) -> tuple[date, date]:
        """From 1 January of the year to the last day ("lũy kế từ đầu năm")."""
        return date(self.end.year, 1, 1), self.end

    # --- words ------------------------------------------------------------------------------------

    @property
    def phrase(self) -> str:
        """Its name inside a sentence: "quý I năm 2024", "6 tháng đầu năm 2024", "năm 2024"."""
        match self.kind:
            case PeriodKind.DAY:
                return f"ngày {date_short(self.start)}"
            case PeriodKind.WEEK:
                return f"tuần {self.index} năm {self.year}"
            case PeriodKind.MONTH:
                return f"tháng {self.index} năm {self.year}"
            case PeriodKind.QUARTER:
                return f"quý {ROMAN[self.index - 1]} năm {self.year}"
            case PeriodKind.HALF:
                return f"6 tháng {('đầu', 'cuối')[self.index - 1]} năm {self.year}"
            case PeriodKind.NINE_MONTHS:
                return f"9 tháng năm {self.year}"
            case _:
                return f"năm {self.year}"

    @property
    def label(self) -> str:
        """Its name as a heading: ``phrase`` with a capital."""
        return self.phrase[:1].upper() + self.phrase[1:]

    def __str__(self) -> str:
        return self.code


def _year(code: str, year: str | int) -> int:
    """A year that may be asked for: those at the ends of the calendar have no neighbours."""
    if int(year) not in YEARS:
        raise NotAPeriod(text=code)
    return int(year)


def month_day(year: int, month: int, day: int) -> date:
    """A day of a month counted from January of ``year`` (0 is December before, 13 January after);
    a day that the month does not have is its last one."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(day, monthrange(year, month)[1]))


# --- the days that a report covers ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CutOff:
    """Which days a periodic report covers, while the rule is valid.

    ``start_shift`` and ``end_shift`` are months from the period's first and last month: a report
    that runs from the 15th of the month before the period to the 14th of its last month is
    (-1, 15, 0, 14).
    """

    kind: PeriodKind
    valid_from: date
    valid_to: date | None
    start_shift: int
    start_day: int
    end_shift: int
    end_day: int
    source: str

    def window(self, period: Period) -> tuple[date, date]:
        """First and last day of the report's figures."""
        first, last = period.start, period.end
        return (
            month_day(first.year, first.month + self.start_shift, self.start_day),
            month_day(last.year, last.month + self.end_shift, self.end_day),
        )


class CutOffs:
    """The cut-off rules of all kinds and dates. Kinds without a rule report on calendar days."""

    def __init__(self, rules: Iterable[CutOff] = ()) -> None:
        self._rules = tuple(rules)

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> CutOffs:
        """Rules from the rows of ``packs/reports/cutoffs.csv`` (the dataclass's field names)."""
        return cls(
            CutOff(
                kind=PeriodKind(row["kind"]),
                valid_from=date.fromisoformat(row["valid_from"]),
                valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
                start_shift=int(row["start_shift"]),
                start_day=int(row["start_day"]),
                end_shift=int(row["end_shift"]),
                end_day=int(row["end_day"]),
                source=row["source"],
            )
            for row in rows
        )

    def rule(self, period: Period) -> CutOff | None:
        """The rule in force when the period ends; of two, the younger."""
        fitting = [
            rule
            for rule in self._rules
            if rule.kind is period.kind
            and rule.valid_from <= period.end
            and (rule.valid_to is None or period.end <= rule.valid_to)
        ]
        return max(fitting, key=lambda rule: rule.valid_from, default=None)

    def window(self, period: Period) -> tuple[date, date]:
        """First and last day of the figures that the report on this period gives."""
        rule = self.rule(period)
        return rule.window(period) if rule is not None else (period.start, period.end)


@cache
def national_cutoffs() -> CutOffs:
    """The cut-off rules shipped with the product; an installation may bring its own rows."""
    return CutOffs.from_rows(pack_rows("reports/cutoffs.csv"))
