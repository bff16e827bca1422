"""When something is due, in the words of a Vietnamese plan: "hằng quý", "trước ngày 30/6/2024".

``parse_due`` understands a phrase; the result says on which days of a given year it falls due, and
from when it runs. Strict reading: "trước ngày 30/6" (before 30 June) is met on 29 June at the
latest, "chậm nhất ngày 30/6", "đến ngày 30/6" and a bare "30/6" on the day itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from motcua.core.periods import ROMAN, Period, PeriodKind, month_day
from motcua.core.text import fold, squeeze


class DueKind(StrEnum):
    """What sort of time a phrase names."""

    DATE = "date"  # one day of one year
    PERIOD = "period"  # the end of one or several named periods
    RECURRING = "recurring"  # the end of every period of some kind, or a day in each
    CONTINUOUS = "continuous"  # "thường xuyên": no day
    ON_DEMAND = "on_demand"  # "khi có yêu cầu": no day


@dataclass(frozen=True, slots=True)
class Span:
    """A period that a phrase names; ``year`` is None where the phrase leaves it to the plan."""

    kind: PeriodKind
    index: int = 1
    year: int | None = None

    def period(self, year: int) -> Period:
        """The period in its own year, else in ``year``."""
        return Period(self.kind, self.year or year, self.index)


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a phrase names. ``month`` None: in the last month of each period; a day that the
    month does not have is its last one. ``before``: the day itself is already too late."""

    day: int
    month: int | None = None
    year: int | None = None
    before: bool = False

    def latest(self, year: int, month: int = 12) -> date:
        """The last day that is still in time, in its own year and month, else in those given."""
        last = month_day(self.year or year, self.month or month, self.day)
        return last - timedelta(days=1) if self.before else last


@dataclass(frozen=True, slots=True)
class DuePhrase:
    """What was understood of a phrase.

    ``every`` holds the kinds of a recurring duty; ``spans`` the named periods; ``start`` the first
    period of a range; ``days`` the named days, of a recurring duty one in each period. ``before``:
    the named period itself is already too late. ``year`` is that of a recurring duty.
    """

    text: str
    kind: DueKind
    every: tuple[PeriodKind, ...] = ()
    spans: tuple[Span, ...] = ()
    start: Span | None = None
    days: tuple[Day, ...] = ()
    year: int | None = None
    before: bool = False

    def dates(self, year: int) -> tuple[date, ...]:
        """The last days on which it is still in time, in order; none when no day is named.

        ``year`` is the plan's year; a year that the phrase names itself wins.
        """
        return tuple(sorted(set(self._dates(year))))

    def _dates(self, year: int) -> Iterator[date]:
        year = self.year or year
        for kind in self.every:
            for period in periods_of(kind, year):
                if self.days:
                    yield from (day.latest(year, period.end.month) for day in self.days)
                else:
                    yield period.end
        if not self.every:
            yield from (day.latest(year) for day in self.days)
        for span in self.spans:
            period = span.period(year)
            yield period.start - timedelta(days=1) if self.before else period.end

    def begins(self, year: int) -> date:
        """From when the work runs: the start of the first period named, else of the year."""
        first = self.start or (self.spans[0] if self.spans and not self.before else None)
        if first is not None and self.kind is not DueKind.RECURRING:
            return first.period(year).start
        return date(min([self.year or year, *(day.year or year for day in self.days)]), 1, 1)


def periods_of(kind: PeriodKind, year: int) -> list[Period]:
    """All periods of one kind that end in a year, in order."""
    first = Period.containing(kind, date(year, 1, 1))
    found = [first] if first.end.year == year else []
    following = first.next()
    while following.end.year == year:
        found.append(following)
        following = following.next()
    return found


# --- reading --------------------------------------------------------------------------------------

_UNITS = {
    "tuan": PeriodKind.WEEK,
    "thang": PeriodKind.MONTH,
    "quy": PeriodKind.QUARTER,
    "3 thang": PeriodKind.QUARTER,
    "6 thang": PeriodKind.HALF,
    "nua nam": PeriodKind.HALF,
    "nam": PeriodKind.YEAR,
}
_TIMES_A_YEAR = {
    1: PeriodKind.YEAR,
    2: PeriodKind.HALF,
    4: PeriodKind.QUARTER,
    12: PeriodKind.MONTH,
}

_UNIT = r"(?:0?[36] thang|nua nam|tuan|thang|quy|nam)\b"
_EVERY = r"(?:dinh ky(?: hang)?|hang|moi|tung)"


def _year_named(group: str) -> str:
    return rf"(?:\s?(?:/|-|nam|cua nam)\s?(?P<{group}>20\d\d)\b)?"


def _numbered(word: str, index: str) -> re.Pattern[str]:
    """ "quý I", "quý I, II và IV/2024", "từ quý II đến quý III/2024", "quý II-III năm 2024"."""
    following = rf"(?:\s?(?:,|;|va|&)\s?(?:{word} )?{index}\b)*"
    return re.compile(
        rf"\b{word} ?(?P<list>{index}\b{following})"
        rf"(?:{_year_named('year')}\s?(?:-|den|toi)\s?(?:het )?(?:{word} )?(?P<to>{index})\b)?"
        rf"{_year_named('final')}"
    )


#: "(trước) ngày 15 hằng tháng", "ngày 15 tháng cuối (của) quý", "31/12 hằng năm"
_DAY_OF_EVERY = re.compile(
    rf"(?:ngay\s?)?\b(?P<day>\d{{1,2}})(?:\s?[/.]\s?(?P<month>\d{{1,2}}))?"
    rf"(?: (?:thang )?{_EVERY} (?P<unit>{_UNIT})"
    rf"| (?:cua )?thang cuoi (?:cua )?(?:moi |hang )?(?P<last>quy)\b)"
)
_EVERY_UNIT = re.compile(rf"\b{_EVERY} (?P<unit>{_UNIT})")
_MORE_UNITS = re.compile(rf"\s?(?:,|;|va|hoac)\s?(?P<unit>{_UNIT})(?! (?:dau|cuoi|20|\d))")
_TIMES = re.compile(
    r"\b(?P<times>\d{1,2}) lan\s?(?:/|moi|trong|mot)\s?(?P<unit>tuan|thang|quy|nam)\b"
)
_UNIT_PER = re.compile(rf"\b(?P<unit>{_UNIT})\s?/\s?(?:0?1 |mot )?lan\b")

_DATE = re.compile(
    r"(?<!thang )\b(?P<day>\d{1,2})(?:\s?[/.\-]\s?| thang )(?P<month>\d{1,2})\b"
    r"(?:(?:\s?[/.\-]\s?| nam )(?P<year>20\d\d)\b)?"
)
_BEFORE = re.compile(r"\btruoc\b")

_QUARTER_INDEX = r"(?:iv|i{1,3}|[1-4])"
_MONTH_INDEX = r"(?:1[0-2]|0?[1-9])"
_QUARTERS = _numbered("quy", _QUARTER_INDEX)
_MONTHS = _numbered("(?:thang|t)", _MONTH_INDEX)
_BARE_MONTH = re.compile(rf"\b(?P<list>{_MONTH_INDEX})\s?/\s?(?P<final>20\d\d)\b")
_YEARS = re.compile(r"\b(?P<from>20\d\d)\s?(?:-|den)\s?(?:nam )?(?P<to>20\d\d)\b")
_ONE_YEAR = re.compile(r"\b(?:nam )?(?P<year>20\d\d)\b")

_SPANS: tuple[tuple[re.Pattern[str], Span], ...] = (
    (re.compile(r"\b0?6 thang cuoi( nam)?\b"), Span(PeriodKind.HALF, 2)),
    (re.compile(r"\b0?6 thang( dau( nam)?)?\b|\bgiua nam\b"), Span(PeriodKind.HALF, 1)),
    (re.compile(r"\b0?9 thang( dau( nam)?)?\b"), Span(PeriodKind.NINE_MONTHS)),
    (re.compile(r"\b0?3 thang dau( nam)?\b|\bdau nam\b"), Span(PeriodKind.QUARTER, 1)),
    (re.compile(r"\b12 thang\b|(?<!\d )\bnam\b(?! ngay)"), Span(PeriodKind.YEAR)),
)
_CONTINUOUS = re.compile(r"\bthuong xuyen\b|\blien tuc\b|\b(hang|moi) ngay\b|\bsuot nam\b")
_ON_DEMAND = re.compile(
    r"\bdot xuat\b|\bkhi (co|phat sinh|duoc)\b|\btheo (yeu cau|quy dinh|ke hoach|chi dao)\b"
)


class _Reader:
    """The folded phrase, from which each rule takes away what it has understood."""

    def __init__(self, text: str) -> None:
        self.text = squeeze(text)
        folded = fold(self.text).replace("–", "-").replace("—", "-")
        self.rest = " ".join(folded.split())

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.search(self.rest)
        if found is not None:
            self.rest = f"{self.rest[: found.start()]} # {self.rest[found.end() :]}"
        return found

    def year(self) -> int | None:
        """A year that the phrase names, if it is still there to take."""
        found = self.take(_ONE_YEAR)
        return int(found["year"]) if found is not None else None

    def before(self, found: re.Match[str]) -> bool:
        """Does "trước" stand before what was found?"""
        return _BEFORE.search(found.string[: found.start()]) is not None


def parse_due(text: str) -> DuePhrase | None:
    """Understand a due phrase; None when it names no time."""
    for rule in _RULES:
        phrase = rule(_Reader(text))
        if phrase is not None:
            return phrase
    return None


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _unit(words: str) -> PeriodKind:
    return _UNITS[words.removeprefix("0")]


def _recurring_day(reader: _Reader) -> DuePhrase | None:
    found = reader.take(_DAY_OF_EVERY)
    if found is None:
        return None
    kind = _unit(found["unit"] or found["last"])
    return DuePhrase(
        reader.text,
        DueKind.RECURRING,
        every=(kind,),
        days=(Day(int(found["day"]), _number(found["month"]), None, reader.before(found)),),
        year=reader.year(),
    )


def _recurring(reader: _Reader) -> DuePhrase | None:
    every: list[PeriodKind] = []
    spans: list[Span] = []
    if found := reader.take(_TIMES):
        unit = _unit(found["unit"])
        yearly = unit is PeriodKind.YEAR
        every.append(_TIMES_A_YEAR.get(int(found["times"]), unit) if yearly else unit)
    elif found := reader.take(_UNIT_PER):
        every.append(_unit(found["unit"]))
    elif found := _EVERY_UNIT.search(reader.rest):
        every.append(_unit(found["unit"]))
        rest = reader.rest[found.end() :]
        while more := _MORE_UNITS.match(rest):  # "hằng tháng, quý, năm"
            every.append(_unit(more["unit"]))
            rest = rest[more.end() :]
        reader.rest = rest
        spans = [span for pattern, span in _SPANS if reader.take(pattern)]
    if not every:
        return None
    return DuePhrase(
        reader.text,
        DueKind.RECURRING,
        every=tuple(every),
        spans=tuple(spans),
        year=reader.year(),
    )


def _dates(reader: _Reader) -> DuePhrase | None:
    days: list[Day] = []
    while found := reader.take(_DATE):
        day, month, year = int(found["day"]), int(found["month"]), _number(found["year"])
        if 1 <= day <= 31 and 1 <= month <= 12:
            days.append(Day(day, month, year, reader.before(found)))
    return DuePhrase(reader.text, DueKind.DATE, days=tuple(days)) if days else None


def _years(reader: _Reader) -> DuePhrase | None:
    found = reader.take(_YEARS)
    if found is None:
        return None
    first, last = (Span(PeriodKind.YEAR, 1, int(found[name])) for name in ("from", "to"))
    return DuePhrase(reader.text, DueKind.PERIOD, spans=(last,), start=first)


def _index(word: str) -> int:
    return ROMAN.index(word.upper()) + 1 if word.upper() in ROMAN else int(word)


def _named(
    pattern: re.Pattern[str], kind: PeriodKind, indexes: re.Pattern[str]
) -> Callable[[_Reader], DuePhrase | None]:
    def rule(reader: _Reader) -> DuePhrase | None:
        spans: list[Span] = []
        start: Span | None = None
        before = False
        while found := reader.take(pattern):
            groups = found.groupdict()
            year = _number(groups["final"])
            named = [
                Span(kind, _index(word), _number(groups.get("year")) or year)
                for word in indexes.findall(found["list"])
            ]
            before = before or reader.before(found)
            if groups.get("to"):
                start = start or named[0]
                named = [Span(kind, _index(groups["to"]), year)]
            spans.extend(named)
        if not spans:
            return None
        # "quý I, quý II năm 2024": the last year named holds for those without one
        year = next((span.year for span in reversed(spans) if span.year), None)
        spans = [Span(span.kind, span.index, span.year or year) for span in spans]
        return DuePhrase(
            reader.text, DueKind.PERIOD, spans=tuple(spans), start=start, before=before
        )

    return rule


def _whole(reader: _Reader) -> DuePhrase | None:
    year = reader.year()
    spans = [Span(span.kind, span.index, year) for pattern, span in _SPANS if reader.take(pattern)]
    if not spans and year:
        spans = [Span(PeriodKind.YEAR, 1, year)]
    return DuePhrase(reader.text, DueKind.PERIOD, spans=tuple(spans)) if spans else None


def _dateless(pattern: re.Pattern[str], kind: DueKind) -> Callable[[_Reader], DuePhrase | None]:
    def rule(reader: _Reader) -> DuePhrase | None:
        return DuePhrase(reader.text, kind) if reader.take(pattern) else None

    return rule


#: Tried in this order: the more a phrase says, the earlier.
_RULES: tuple[Callable[[_Reader], DuePhrase | None], ...] = (
    _recurring_day,
    _recurring,
    _dates,
    _named(_QUARTERS, PeriodKind.QUARTER, re.compile(_QUARTER_INDEX)),
    _named(_MONTHS, PeriodKind.MONTH, re.compile(_MONTH_INDEX)),
    _named(_BARE_MONTH, PeriodKind.MONTH, re.compile(_MONTH_INDEX)),
    _years,
    _dateless(_CONTINUOUS, DueKind.CONTINUOUS),
    _whole,
    _dateless(_ON_DEMAND, DueKind.ON_DEMAND),
)
