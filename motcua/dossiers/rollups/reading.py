"""Measures told from cells and from the dossiers that are not in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, Max, OuterRef, Q, Sum

from motcua.core.measures import Scope
from motcua.core.workcalendar import national_calendar
from motcua.db.moment import one_moment
from motcua.dossiers.models import STAGE_OPEN, Cell, Dossier, Folding, Unfolded
from motcua.dossiers.queries.courses import Span, counted_in, read_courses
from motcua.dossiers.queries.parts import procedures_of_parts
from motcua.dossiers.rollups.ahead import lists_at, others_at
from motcua.dossiers.rollups.making import basis
from motcua.dossiers.rules.cells import COUNTERS, TOLD, next_month, told
from motcua.dossiers.rules.counting import MINUTES, Known, codes_of, worked

Pair = tuple[int, int]  # agency and procedure


@dataclass(slots=True)
class Asked:
    """A scope with what it follows from: ``months`` (first and last) where cells tell it, else
    all rows; ``among`` are the procedures of its part (None: all)."""

    place: int
    scope: Scope
    span: Span
    months: tuple[date, date] | None
    among: frozenset[int] | None

    def has(self, procedure: int) -> bool:
        """Whether a procedure belongs to its part."""
        return self.among is None or procedure in self.among


def count(scopes: Sequence[Scope]) -> dict[str, list[int]]:
    """Every measure in every scope, exact to the last change; the number of queries does not depend
    on how many scopes there are.

    A scope of whole months (or up to its cut-off) that knows all that the agency keeps is told from
    cells, and from the rows of open dossiers, of odd ones and of those that changed since the cells
    were made. Days, weeks, and cut-offs before the agency's latest row are told from the rows
    alone.
    """
    totals = {code: [0] * len(scopes) for code in TOLD}
    with one_moment() as holds:
        asked = _asked(scopes, cells=holds)
        apart = _Apart.of(asked)
        _add_cells(totals, asked, apart)
        _add_open(totals, asked)
        _add_rows(totals, asked, apart)
    return totals


def _asked(scopes: Sequence[Scope], *, cells: bool) -> list[Asked]:
    """``cells``: whether all is read as of one moment; if not, a dossier might stand in a cell by
    now and among the rows a statement before, and rows alone are told."""
    stands = cells and Folding.objects.filter(basis=basis()).exists()
    named = procedures_of_parts(scope.part for scope in scopes if scope.part is not None)
    return [
        Asked(
            place,
            scope,
            Span.of(scope),
            whole_months(scope) if stands else None,
            None if scope.part is None else named[scope.part],
        )
        for place, scope in enumerate(scopes)
    ]


def whole_months(scope: Scope) -> tuple[date, date] | None:
    """The first days of the first and last month of a scope that begins with a month, and ends with
    one or at its cut-off; None: of another."""
    if scope.since.day != 1 or scope.until < scope.since or scope.end < scope.since:
        return None
    if scope.until < scope.on and (scope.until + timedelta(days=1)).day != 1:
        return None
    return scope.since, scope.end.replace(day=1)


# --- what cells do not tell -----------------------------------------------------------------------


@dataclass(slots=True)
class _Apart:
    """Agencies and procedures whose ended dossiers are told from rows, and odd dossiers."""

    changed: set[Pair]  # since their cells were made
    late: set[Pair]  # with a row after the cut-off
    odd: frozenset[int]

    @classmethod
    def of(cls, asked: Sequence[Asked]) -> _Apart:
        """Found out in three queries; scopes with an older cut-off that some row comes after are
        left to the rows."""
        agencies = _agencies(asked)
        if not agencies:
            return cls(set(), set(), frozenset())
        changed = Unfolded.objects.filter(agency__in=agencies).values_list("agency", "procedure")
        seen = [one.span.seen for one in asked if one.months]
        after: dict[Pair, datetime] = {}
        latest = Cell.objects.filter(agency__in=agencies, latest__gte=min(seen))
        for agency, procedure, moment in (
            latest.values_list("agency", "procedure").annotate(last=Max("latest")).order_by()
        ):
            after[agency, procedure] = moment
        late = {pair for pair, moment in after.items() if moment >= max(seen)}
        for one in asked:
            behind = one.months and one.span.seen < max(seen)
            if behind and _any_after(after, one):
                one.months = None
        same = Unfolded.objects.filter(agency=OuterRef("agency"), procedure=OuterRef("procedure"))
        odd = Cell.objects.filter(~Exists(same), agency__in=agencies, odd__isnull=False)
        keys = frozenset(key for found in odd.values_list("odd", flat=True) for key in found or ())
        return cls(set(changed), late, keys)

    @property
    def pairs(self) -> set[Pair]:
        """All of them."""
        return self.changed | self.late


def _any_after(after: Mapping[Pair, datetime], one: Asked) -> bool:
    return any(
        agency in one.scope.agencies and moment >= one.span.seen
        for (agency, _procedure), moment in after.items()
    )


def _agencies(asked: Iterable[Asked]) -> set[int]:
    return {agency for one in asked if one.months for agency in one.scope.agencies}


# --- cells ----------------------------------------------------------------------------------------


def _add_cells(totals: dict[str, list[int]], asked: Sequence[Asked], apart: _Apart) -> None:
    """What cells tell; one query, summed by the database unless procedures are told apart."""
    wanted = [one for one in asked if one.months]
    if not wanted:
        return
    by_agency = _cells(wanted, apart)
    for one in wanted:
        assert one.months is not None
        cells = (
            (month, counters)
            for agency in one.scope.agencies
            for procedure, month, counters in by_agency.get(agency, ())
            if one.among is None or one.has(procedure)
        )
        for code, number in told(cells, *one.months).items():
            totals[code][one.place] += number


def _cells(
    wanted: Sequence[Asked], apart: _Apart
) -> dict[int, list[tuple[int, date, tuple[int, ...]]]]:
    first = min(one.months[0] for one in wanted if one.months)
    last = max(one.months[1] for one in wanted if one.months)
    rows = Cell.objects.filter(
        agency__in=_agencies(wanted), month__gte=first, month__lt=next_month(last)
    )
    same = Unfolded.objects.filter(agency=OuterRef("agency"), procedure=OuterRef("procedure"))
    rows = rows.filter(~Exists(same)).order_by()
    found: dict[int, list[tuple[int, date, tuple[int, ...]]]] = defaultdict(list)
    if apart.late or any(one.among is not None for one in wanted):
        for agency, procedure, month, *counters in rows.values_list(
            "agency", "procedure", "month", *COUNTERS
        ):
            if (agency, procedure) not in apart.late:
                found[agency].append((procedure, month, tuple(counters)))
        return found
    sums = [Sum(name) for name in COUNTERS]
    summed = rows.values_list("agency", "month").annotate(*sums)
    for agency, month, *counters in summed:
        found[agency].append((0, month, tuple(counters)))
    return found


def _add_open(totals: dict[str, list[int]], asked: Sequence[Asked]) -> None:
    """The open dossiers whose clock never stood; one query."""
    wanted = [one for one in asked if one.months]
    if not wanted:
        return
    by_procedure = any(one.among is not None for one in wanted)
    seen = min(one.span.seen for one in wanted)
    lists = lists_at(_agencies(wanted), seen, by_procedure=by_procedure)
    for one in wanted:
        for agency in one.scope.agencies:
            for procedure, found in lists.get(agency, {}).items():
                if one.among is None or one.has(procedure):
                    for code, number in found.told(one.span).items():
                        totals[code][one.place] += number


# --- rows -----------------------------------------------------------------------------------------


def _add_rows(totals: dict[str, list[int]], asked: Sequence[Asked], apart: _Apart) -> None:
    calendar, pairs = national_calendar(), apart.pairs
    places: dict[int, list[Asked]] = defaultdict(list)
    for one in asked:
        for agency in one.scope.agencies:
            places[agency].append(one)
    others = _others(asked)
    alone = apart.odd | others
    for known in _known(asked, apart, alone):
        live = known.key in alone or (
            not known.is_open and (known.agency, known.procedure) in pairs
        )
        minutes: int | None = None
        for one in places[known.agency]:
            if (one.months and not live) or not one.has(known.procedure):
                continue
            for code in codes_of(known, one.span):
                if code == MINUTES:
                    minutes = worked(known.course, calendar) if minutes is None else minutes
                totals[code][one.place] += (minutes or 0) if code == MINUTES else 1


def _others(asked: Sequence[Asked]) -> frozenset[int]:
    """The keys of open dossiers that the rules tell; one query."""
    agencies = _agencies(asked)
    if not agencies:
        return frozenset()
    return frozenset(others_at(agencies, min(one.span.seen for one in asked if one.months)))


def _known(asked: Sequence[Asked], apart: _Apart, alone: frozenset[int]) -> Iterator[Known]:
    """The dossiers that cells do not tell, each once."""
    agencies, pairs = _agencies(asked), apart.pairs
    by_rows = [one.scope for one in asked if not one.months]
    sets = []
    if by_rows:
        sets.append(counted_in(by_rows))
    if agencies:
        received = Dossier.objects.filter(received_at__isnull=False)
        if alone:
            sets.append(received.filter(pk__among=sorted(alone)))
        if pairs:
            first = min(one.span.first for one in asked if one.months)
            ended = received.exclude(stage=STAGE_OPEN).filter(
                agency__in={agency for agency, _procedure in pairs},
                procedure__in={procedure for _agency, procedure in pairs},
            )
            sets.append(ended.filter(Q(settled_at__isnull=True) | Q(settled_at__gte=first)))
    seen: set[int] = set()
    for rows in sets:
        for known in read_courses(rows):
            if len(sets) == 1:
                yield known
            elif known.key not in seen:
                seen.add(known.key)
                yield known
