"""What an indicator will be at the end of its period, from the records as they stood at a cut-off.

All numbers of the past come from one question to the measures; what was entered or changed after
the cut-off is not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Final

from django.utils import timezone

from motcua.core.errors import mark as _
from motcua.core.forecasts import Judged, Outlook, Pending, outlook_of
from motcua.core.measures import Scope, count, family_of
from motcua.core.periods import Period, PeriodKind, month_day
from motcua.core.workcalendar import OutsideCalendar, national_calendar
from motcua.core.workflow import Status
from motcua.indicators.queries.values import Reading, pieces
from motcua.indicators.rules import Better, Definition, Formula, Indicator, evaluate
from motcua.indicators.rules.forecast import (
    Forecast,
    Goal,
    Lefts,
    Past,
    Rest,
    Stretch,
    WhatIf,
    ahead_of,
    forecast_count,
    forecast_share,
    supposed,
)
from motcua.indicators.rules.forecast.ends import THIN
from motcua.indicators.rules.forecast.pace import pace_of, rate_of, season_of

#: The pace is read from the month that runs and so many before it.
MONTHS: Final = 6
#: The season of a year ago is compared with so many months before it.
BEFORE: Final = 3
Days = tuple[date, date]


class Unforeseen(Status):
    """Why there is no forecast."""

    OVER = "over", _("Kỳ này đã kết thúc.")
    AHEAD = "ahead", _("Kỳ này chưa bắt đầu.")
    TYPED = "typed", _("Số liệu nhập tay không có bản ghi để dự báo.")
    MEAN = "mean", _("Số bình quân không dự báo.")
    STOCK = "stock", _("Số liệu này là số có vào một ngày, không theo nhịp hằng tuần.")
    CHANGED = "changed", _("Định nghĩa đổi trong kỳ; hai phần không cộng với nhau.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """A forecast with what it was made of. ``if_so`` is the same after what was supposed.
    ``course`` is the value from the period's first day to the end of each piece so far."""

    reading: Reading
    forecast: Forecast
    goal: Goal | None
    records: tuple[Pending, ...]
    course: tuple[tuple[date, Reading], ...]
    judged: bool  # by open records too: what is bad is late
    if_so: Forecast | None = None

    @property
    def deciding(self) -> list[Pending]:
        """The open records that can still be saved, in the order of their promises."""
        wanted = set(self.forecast.deciders)
        return [one for one in self.records if one.key in wanted]

    @property
    def late(self) -> list[Pending]:
        """The open records that are late by now."""
        return [one for one in self.records if one.left is not None and one.left < 0]


def goal_of(definition: Definition) -> Goal | None:
    """The goal of an indicator's own definition; None without one."""
    if definition.goal is None or definition.better is Better.NEITHER:
        return None
    return Goal(definition.goal, definition.better)


def unforeseen(indicator: Indicator, period: Period, scope: Scope) -> Unforeseen | None:
    """Why the end of a period is not forecast; None where it is. No query."""
    definition = indicator.on(scope.end)
    if scope.on < period.start:
        return Unforeseen.AHEAD
    if not _days_left(scope, period.end):
        return Unforeseen.OVER
    if any(family_of(code) is None for code in definition.measures):
        return Unforeseen.TYPED
    if definition.formula is Formula.MEAN:
        return Unforeseen.MEAN
    if outlook_of(definition.measures) is None:
        return Unforeseen.STOCK
    if len(list(indicator.spans(period.start, period.end))) > 1:
        return Unforeseen.CHANGED
    return None


def outcome_of(
    indicator: Indicator,
    period: Period,
    scope: Scope,
    *,
    goal: Goal | None = None,
    what: WhatIf | None = None,
) -> Outcome:
    """The forecast of a period for which :func:`unforeseen` is None; of the definition's own goal
    unless another is given. The number of queries does not depend on how many records there are."""
    return _Reader(indicator.on(scope.end), period, scope, goal).outcome(what)


class _Reader:
    """One indicator's past in one question, and what follows from it."""

    def __init__(
        self, definition: Definition, period: Period, scope: Scope, goal: Goal | None
    ) -> None:
        self.definition, self.period, self.scope = definition, period, scope
        self.better = definition.better
        if goal is not None and definition.better is Better.NEITHER:
            self.better = goal.better
        wanted = goal or goal_of(definition)
        self.goal = wanted if wanted is not None and wanted.better is self.better else None
        outlook = outlook_of(definition.measures)
        assert outlook is not None  # of ``unforeseen``
        self.outlook: Outlook = outlook
        self.judged: Judged | None = outlook.judged.get((definition.top, definition.bottom))
        self.flows = set(definition.measures) <= outlook.flows
        self.days = _days_left(scope, period.end)
        self._ask()

    def _ask(self) -> None:
        """Everything that is counted, in one question; whole months, because those are kept."""
        end = self.scope.end
        kind = PeriodKind.WEEK if self.period.kind is PeriodKind.MONTH else PeriodKind.MONTH
        parts = pieces(self.period, kind, end)
        self.cuts = [min(one.end, end) for one in parts]
        # what adds up is asked for piece by piece, which costs less
        firsts = [
            one.start if self.flows and n else self.period.start for n, one in enumerate(parts)
        ]
        self.courses = [(first, one.end) for first, one in zip(firsts, parts, strict=True)]
        month = Period.containing(PeriodKind.MONTH, end)
        self.turns = [(month.start, month.end)]
        for _n in range(MONTHS):
            month = month.previous()
            self.turns.append((month.start, month.end))
        ago = Period.containing(PeriodKind.MONTH, end).last_year()
        since = month_day(ago.year, ago.index - BEFORE + 1, 1)
        rest = (ago.end + timedelta(days=1), _year_ago(self.period.end))
        if rest[0] > rest[1]:  # the period ends with this month
            rest = (ago.start, ago.end)
        self.season = (rest, (since, ago.end))
        spans = [*self.courses, *self.turns, *self.season]
        self.place = {days: n for n, days in enumerate(dict.fromkeys(spans), 1)}
        scopes = [replace(self.scope, since=days[0], until=days[1]) for days in self.place]
        codes = {*self.definition.measures}
        if self.judged is not None:
            codes |= {self.judged.ended, self.judged.well, self.judged.arrived}
        self.told = count(sorted(codes), [self.scope, *scopes])

    def outcome(self, what: WhatIf | None) -> Outcome:
        """The forecast, and the supposed one."""
        records: Sequence[Pending] = ()
        supposition = None
        if self.definition.formula is Formula.COUNT:
            forecast = forecast_count(
                self._number(self.definition.top, None),
                self._turns(self.definition.top, ""),
                self.rest,
                self.goal,
                season=self._season(self.definition.top),
                stops=self._stops(),
            )
        else:
            records = self.outlook.pending(self.scope) if self.judged is not None else ()
            forecast, supposition = self._shares(records, what)
        readings = [self._reading(n) for n in range(len(self.cuts) + 1)]
        return Outcome(
            reading=readings[0],
            forecast=forecast,
            goal=self.goal,
            records=tuple(records),
            course=tuple(zip(self.cuts, readings[1:], strict=True)),
            judged=self.judged is not None,
            if_so=supposition,
        )

    def _shares(
        self, records: Sequence[Pending], what: WhatIf | None
    ) -> tuple[Forecast, Forecast | None]:
        past = self._past(len(records))
        judged = self.judged
        open_too = judged is not None and judged.open_too
        minutes = self.outlook.lefts(self.scope) if records else ()
        lefts = Lefts(minutes, rate_of(past.turns, past.so_far).share)
        opens = [ahead_of(one, lefts, self.rest, open_too=open_too) for one in records]
        more = {"better": self.better, "stops": self._stops()}
        forecast = forecast_share(past, opens, self.rest, self.goal, **more)  # type: ignore[arg-type] # named together
        if what is None:
            return forecast, None
        then = supposed(records, opens, what, self.period.end, open_too=open_too)
        return forecast, forecast_share(past, then, self.rest, self.goal, **more)  # type: ignore[arg-type] # as above

    def _past(self, opens: int) -> Past:
        top, bottom, judged = self.definition.top, self.definition.bottom, self.judged
        arrivals: list[Stretch] = []
        pauses = 0
        if judged is not None:
            turns = self._turns(judged.ended, judged.well)
            if judged.open_too:
                arrivals = self._turns(judged.arrived, "")
                a_day = pace_of(arrivals).a_day
                pauses = int(opens / a_day) if a_day else 0  # as long as one is open on average
        else:
            turns = self._turns(bottom, top)
        whole, part = self._number(bottom, None), self._number(top, None)
        return Past(
            whole=whole,
            bad=self._bad(whole, part),
            turns=turns,
            arrivals=arrivals,
            season=self._season(judged.arrived if arrivals and judged else bottom),
            pauses=pauses,
        )

    def _bad(self, whole: int, part: int) -> int:
        """Those of a share that speak against it."""
        return part if self.better is Better.DOWN else whole - part

    def _turns(self, whole: str, good: str) -> list[Stretch]:
        """The months, the latest first; ``good`` "" where nothing is bad."""
        found = []
        for days in self.turns:
            number = self._number(whole, days)
            bad = self._bad(number, self._number(good, days)) if good else 0
            found.append(Stretch(number, bad, self._working(days)))
        return found

    def _season(self, code: str) -> Decimal:
        rest, before = (
            Stretch(self._number(code, days), 0, self._working(days)) for days in self.season
        )
        return season_of(rest, before, least=THIN)

    def _number(self, code: str, days: Days | None) -> int:
        """How many there were in some days; None: in the whole scope."""
        return self.told[code][self.place[days] if days is not None else 0] or 0

    def _working(self, days: Days) -> int:
        """Working days up to the scope's last one."""
        try:
            return national_calendar().working_days(days[0], min(days[1], self.scope.end))
        except OutsideCalendar:
            return 0

    def _reading(self, place: int) -> Reading:
        """Of the whole scope (0), else from the period's first day to the end of a piece."""
        days: Sequence[Days | None] = self.courses[:place] if self.flows else [None]
        if place and not self.flows:
            days = [self.courses[place - 1]]
        counted = [
            sum(self._number(code, one) for one in days or [None])
            for code in self.definition.measures
        ]
        value = evaluate(self.definition, counted[0], counted[1] if len(counted) > 1 else None)
        scope = self.scope
        if place:
            scope = replace(scope, until=self.cuts[place - 1])
        return Reading(self.definition, scope, value)

    @cached_property
    def rest(self) -> Rest:
        """What is left of the period, after the scope's last moment."""
        calendar = national_calendar()
        until = timezone.make_aware(datetime.combine(self.period.end, time(23, 59)))
        now = self.scope.now
        if now is None:
            after = self.scope.end + timedelta(days=1)
            now = timezone.make_aware(datetime.combine(after, time.min))
        return Rest(self.days, max(calendar.between(now, until), 0))

    def _stops(self) -> list[date]:
        """The last working day of each piece that is still to come."""
        week = self.period.kind is PeriodKind.MONTH
        last: dict[tuple[int, ...], date] = {}
        for day in self.days:
            last[day.isocalendar()[:2] if week else (day.year, day.month)] = day
        return list(last.values())


def _days_left(scope: Scope, end: date) -> tuple[date, ...]:
    """The working days after a scope's last one, up to the period's end."""
    calendar = national_calendar()
    span = range((end - scope.end).days)
    found = (scope.end + timedelta(days=n + 1) for n in span)
    try:
        return tuple(day for day in found if calendar.is_working_day(day))
    except OutsideCalendar:
        return ()


def _year_ago(on: date) -> date:
    return month_day(on.year - 1, on.month, on.day)
