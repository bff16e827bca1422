"""Cells of plain dossiers by one statement of SQL: those with a result whose clock never stood and
whose promise never moved, nine of ten.

It is the third statement of the rule of ``rules.counting`` and ``queries.marked``; one property
test over generated histories holds them together. The others are told by the rules themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull
from django.utils import timezone

from motcua.core.workcalendar import WorkCalendar
from motcua.dossiers.models import Dossier, DossierQuerySet, Pause, Redating
from motcua.dossiers.queries.courses import CLOCK_STOPS
from motcua.dossiers.rollups.ahead import as_kept
from motcua.dossiers.rules.cells import Cell, Months, next_month

Key = tuple[int, date]


@dataclass(frozen=True, slots=True)
class Group:
    """Some procedures of an agency (None: all), from a month on (None: all that there are)."""

    agency: int
    procedures: Collection[int] | None = None
    since: date | None = None

    def tells(self, month: date) -> bool:
        """Whether a month is asked for."""
        return self.since is None or month >= self.since


def ended_in(group: Group, months: Months) -> DossierQuerySet:
    """The dossiers of a group with a result, that no step leads back from."""
    found = Dossier.objects.filter(
        agency=group.agency, received_at__isnull=False, settled_at__isnull=False
    ).exclude(stage="open")
    if group.procedures is not None:
        found = found.filter(procedure__in=group.procedures)
    if group.since is not None:
        found = found.filter(settled_at__gte=months.first(group.since))
    return found


def not_plain(calendar: WorkCalendar, months: Months) -> Q:
    """What makes a dossier with a result one for the rules themselves."""
    first, after = _edges(calendar, months)
    of = {"dossier": OuterRef("pk")}
    return (
        _any(Pause.objects.filter(**of, kind__in=CLOCK_STOPS))
        | _any(Redating.objects.filter(**of))
        | Q(settled_at__lt=F("received_at"))
        | Q(received_at__lt=first)
        | Q(settled_at__gte=after)
    )


def _any(rows: QuerySet[Any]) -> Q:
    """Whether there is a row, looked up for each dossier: PostgreSQL would read the whole table for
    an ``EXISTS``, once for each agency."""
    return Q(IsNull(Subquery(rows.order_by().values("pk")[:1]), False))


def _edges(calendar: WorkCalendar, months: Months) -> tuple[datetime, datetime]:
    """The first moment of the calendar and the first after it."""
    return (
        months.first(date(calendar.first_year, 1, 1)),
        months.after(date(calendar.last_year, 12, 1)),
    )


def plain_cells(group: Group, months: Months, calendar: WorkCalendar) -> Iterator[tuple[Key, Cell]]:
    """Procedure and month → cell, of the plain dossiers of a group; a key may come twice."""
    lay_out(calendar, months)
    dialect: _Dialect = _SQLite() if connection.vendor == "sqlite" else _PostgreSQL()
    sql, params = _statement(dialect, group, months, calendar)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and connection.in_atomic_block:
            cursor.execute("SET LOCAL jit = off")  # compiling takes as long as running
        cursor.execute(sql, params)
        for procedure, month, *counters, latest in cursor.fetchall():
            key = (procedure, _day(month))
            if group.tells(key[1]):
                yield key, Cell([int(number) for number in counters], _moment(latest))


def _day(found: Any) -> date:
    return date.fromisoformat(found) if isinstance(found, str) else found


def _moment(found: Any) -> datetime | None:
    if isinstance(found, str):
        return datetime.fromisoformat(found).replace(tzinfo=UTC)
    return found  # type: ignore[no-any-return] # None, or what the driver made


# --- working time laid out ------------------------------------------------------------------------

SESSIONS: Final = 3  # of a day, at most
_DAYS = "CREATE TEMPORARY TABLE rollup_days (day {0} PRIMARY KEY, base int, {1})"
_MONTHS = "CREATE TEMPORARY TABLE rollup_months (month {0} PRIMARY KEY, after {1})"


def lay_out(calendar: WorkCalendar, months: Months) -> None:
    """Tables of this connection, unless it has them: each day with the working minutes before it
    and its sessions, each month with its end. A transaction that only reads cannot make them."""
    with connection.cursor() as cursor:
        if _is_laid_out(cursor):
            return
        sessions = ", ".join(f"o{n} int, c{n} int" for n in range(SESSIONS))
        lite = connection.vendor == "sqlite"
        cursor.execute(_DAYS.format("text" if lite else "date", sessions))
        cursor.execute(_MONTHS.format(*(("text", "text") if lite else ("date", "timestamptz"))))
        places = ", ".join(["%s"] * (2 + 2 * SESSIONS))
        cursor.executemany(f"INSERT INTO rollup_days VALUES ({places})", list(_days(calendar)))  # noqa: S608 # places
        cursor.executemany(
            "INSERT INTO rollup_months VALUES (%s, %s)", list(_ends(calendar, months))
        )
        if not lite:
            cursor.execute("ANALYZE rollup_days")
            cursor.execute("ANALYZE rollup_months")


def _is_laid_out(cursor: Any) -> bool:
    if connection.vendor == "sqlite":
        cursor.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'rollup_months'")
        return cursor.fetchone() is not None
    cursor.execute("SELECT to_regclass('pg_temp.rollup_months') IS NOT NULL")
    return bool(cursor.fetchone()[0])


def _days(calendar: WorkCalendar) -> Iterator[list[Any]]:
    base = 0
    day = date(calendar.first_year, 1, 1)
    while day.year <= calendar.last_year:
        sessions = calendar.sessions(day)
        assert len(sessions) <= SESSIONS
        ends = [moment for opens, closes in sessions for moment in (opens, closes)]
        yield [day.isoformat(), base, *ends, *([0] * (2 * SESSIONS - len(ends)))]
        base += sum(closes - opens for opens, closes in sessions)
        day = date.fromordinal(day.toordinal() + 1)


def _ends(calendar: WorkCalendar, months: Months) -> Iterator[tuple[str, Any]]:
    month = date(calendar.first_year, 1, 1)
    while month.year <= calendar.last_year:
        yield month.isoformat(), as_kept(months.after(month))
        month = next_month(month)


# --- the statement --------------------------------------------------------------------------------


class _Dialect:
    """What the engines write differently."""

    found = ""  # of the files of a dossier, as the next two are taken from it
    flags = ""  # 2 a result, 1 a paper
    seen = ""  # their last moment
    files = ""  # what is joined for them

    def local(self, column: str) -> str:
        """A moment by the clock of the installation."""
        raise NotImplementedError

    def day(self, local: str) -> str:
        """The day of a local moment."""
        raise NotImplementedError

    def month(self, local: str) -> str:
        """The first day of its month."""
        raise NotImplementedError

    def minute(self, local: str) -> str:
        """Its minute of the day."""
        raise NotImplementedError

    def most(self, *values: str) -> str:
        """The greatest of some values."""
        raise NotImplementedError

    def least(self, *values: str) -> str:
        """The least of some values."""
        raise NotImplementedError

    def worked(self, days: str, local: str) -> str:
        """Working minutes from the calendar's beginning up to a local moment."""
        minute = self.minute(local)
        within = (
            self.least(self.most(f"{minute} - {days}.o{n}", "0"), f"{days}.c{n} - {days}.o{n}")
            for n in range(SESSIONS)
        )
        return f"{days}.base + {' + '.join(within)}"


_FILE = (
    "a.object_type = 'dossiers.dossier' AND a.object_id = d.id AND a.kind IN ('paper', 'result')"
)
_FLAGS = (
    "max(CASE WHEN a.kind = 'result' AND a.withdrawn_at IS NULL THEN 2 ELSE 0 END)"
    " + max(CASE WHEN a.kind = 'paper' AND a.withdrawn_at IS NULL THEN 1 ELSE 0 END)"
)


class _SQLite(_Dialect):
    """Moments are text in UTC; their fraction is cut off before it can round up."""

    found = (
        f"(SELECT ({_FLAGS}) || max(max(a.added_at, coalesce(a.withdrawn_at, a.added_at)))"  # noqa: S608 # constants
        f" FROM files_attachment a WHERE {_FILE}) AS found"
    )
    flags = "CAST(coalesce(substr(found, 1, 1), '0') AS int)"
    seen = "substr(found, 2)"

    def local(self, column: str) -> str:
        offset = timezone.now().astimezone(timezone.get_current_timezone()).utcoffset()
        assert offset is not None  # of a moment with a zone
        return f"datetime(substr({column}, 1, 19), '{offset.total_seconds() // 60:+.0f} minutes')"

    def day(self, local: str) -> str:
        return f"substr({local}, 1, 10)"

    def month(self, local: str) -> str:
        return f"substr({local}, 1, 7) || '-01'"

    def minute(self, local: str) -> str:
        return f"(substr({local}, 12, 2) * 60 + substr({local}, 15, 2))"

    def most(self, *values: str) -> str:
        return f"max({', '.join(values)})"

    def least(self, *values: str) -> str:
        return f"min({', '.join(values)})"


class _PostgreSQL(_Dialect):
    """Moments have a zone."""

    found = "coalesce(f.flags, 0) AS flags, f.seen"
    flags, seen = "flags", "seen"
    files = (
        f"LEFT JOIN LATERAL (SELECT {_FLAGS} AS flags,"  # noqa: S608 # constants
        " max(greatest(a.added_at, a.withdrawn_at)) AS seen"
        f" FROM files_attachment a WHERE {_FILE}) f ON true"
    )

    def local(self, column: str) -> str:
        return f"({column} AT TIME ZONE '{timezone.get_current_timezone_name()}')"

    def day(self, local: str) -> str:
        return f"({local})::date"

    def month(self, local: str) -> str:
        return f"date_trunc('month', {local})::date"

    def minute(self, local: str) -> str:
        return f"(extract(hour FROM {local})::int * 60 + extract(minute FROM {local})::int)"

    def most(self, *values: str) -> str:
        return f"greatest({', '.join(values)})"

    def least(self, *values: str) -> str:
        return f"least({', '.join(values)})"


def _statement(
    dialect: _Dialect, group: Group, months: Months, calendar: WorkCalendar
) -> tuple[str, list[Any]]:
    first, after = _edges(calendar, months)
    stops = ", ".join(f"'{kind}'" for kind in CLOCK_STOPS)
    since = first if group.since is None else max(first, months.first(group.since))
    where, params = "", [group.agency, as_kept(since), as_kept(after), as_kept(first)]
    if group.procedures is not None:
        where = f"AND d.procedure_id IN ({', '.join(['%s'] * len(group.procedures))})"
        params += sorted(group.procedures)
    worked = f"({dialect.worked('b', 'x.ended')}) - ({dialect.worked('a', 'x.begun')})"
    channels = ", ".join(
        f"count(*) FILTER (WHERE channel = '{one}' AND {{0}})" for one in ("desk", "online", "post")
    )
    is_late = "due_at IS NOT NULL AND settled_at > due_at"
    is_early = f"due_at IS NOT NULL AND {dialect.day('ended')} < {dialect.day('promised')}"
    sql = f"""
    WITH x AS MATERIALIZED (
        SELECT d.procedure_id, d.channel, d.settled_at, d.due_at, d.entered_at,
            {dialect.local("d.received_at")} AS begun, {dialect.local("d.settled_at")} AS ended,
            {dialect.local("d.due_at")} AS promised,
            {dialect.found}
        FROM dossiers_dossier d {dialect.files}
        WHERE d.agency_id = %s AND d.settled_at >= %s AND d.settled_at < %s
            AND d.received_at >= %s AND d.received_at <= d.settled_at AND d.stage <> 'open' {where}
            AND (SELECT 1 FROM dossiers_pause p
                WHERE p.dossier_id = d.id AND p.kind IN ({stops}) LIMIT 1) IS NULL
            AND (SELECT 1 FROM dossiers_redating r WHERE r.dossier_id = d.id LIMIT 1) IS NULL
    ), y AS MATERIALIZED (
        SELECT x.*, {dialect.month("begun")} AS came, {dialect.month("ended")} AS went,
            {worked} AS worked
        FROM x JOIN rollup_days a ON a.day = {dialect.day("begun")}
            JOIN rollup_days b ON b.day = {dialect.day("ended")}
    )
    SELECT procedure_id, went, {channels.format("came = went")},
        count(*) FILTER (WHERE came < went),
        count(*) FILTER (WHERE {is_early} AND NOT ({is_late})),
        count(*) FILTER (WHERE NOT ({is_early}) AND NOT ({is_late})),
        count(*) FILTER (WHERE {is_late}),
        0, 0, 0, 0, 0, count(*), count(*) FILTER (WHERE {dialect.flags} >= 2),
        count(*) FILTER (WHERE {dialect.flags} = 3), sum(worked),
        max({dialect.most("settled_at", "entered_at", f"coalesce({dialect.seen}, settled_at)")})
    FROM y GROUP BY procedure_id, went
    UNION ALL
    SELECT procedure_id, m.month, {channels.format("came = m.month")},
        count(*) FILTER (WHERE came < m.month), 0, 0, 0, count(*),
        count(*) FILTER (WHERE due_at < m.after),
        count(*) FILTER (WHERE due_at IS NULL OR due_at >= m.after),
        0, 0, 0, 0, 0, 0, NULL
    FROM y JOIN rollup_months m ON m.month >= came AND m.month < went
    WHERE came < went GROUP BY procedure_id, m.month
    """  # noqa: S608 # names of the schema and constants
    return sql, params
