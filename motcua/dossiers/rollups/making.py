"""Cells made from the dossiers as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from hashlib import sha256

from django.db.models import Q
from django.utils import timezone

from motcua.core.workcalendar import WorkCalendar, national_calendar
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.courses import read_courses
from motcua.dossiers.rollups.plain import Group, Key, ended_in, lay_out, not_plain, plain_cells
from motcua.dossiers.rules.cells import RULES, Cell, Months, counted, is_regular, place_of
from motcua.dossiers.rules.counting import Known

#: So many dossiers are read at a time.
BATCH = 5_000


def months_here() -> Months:
    """The months of the installation's time zone."""
    return Months(timezone.get_current_timezone())


def basis() -> str:
    """What cells follow from beside the dossiers: the rules, the calendar, the time zone."""
    return _basis(timezone.get_current_timezone_name())


@cache
def _basis(zone: str) -> str:
    calendar = national_calendar()
    told = sha256(f"{RULES} {zone} {calendar.first_year}".encode())
    day = date(calendar.first_year, 1, 1)
    while day.year <= calendar.last_year:
        told.update(repr([tuple(one) for one in calendar.sessions(day)]).encode())
        day = date.fromordinal(day.toordinal() + 1)
    return told.hexdigest()


def prepare() -> None:
    """Before cells are made within one moment."""
    lay_out(national_calendar(), months_here())


def cells_of(group: Group) -> dict[Key, Cell]:
    """Procedure and month → what the ended dossiers of a group count as there."""
    months, calendar = months_here(), national_calendar()
    found: dict[Key, Cell] = {}
    for key, cell in plain_cells(group, months, calendar):
        _add(found, key, cell)
    for known in _others(group, months, calendar):
        _add_known(found, group, known, months, calendar)
    return found


def _add(found: dict[Key, Cell], key: Key, cell: Cell) -> None:
    kept = found.setdefault(key, Cell())
    kept.counters = [a + b for a, b in zip(kept.counters, cell.counters, strict=True)]
    kept.odd += cell.odd
    if cell.latest is not None:
        kept.saw(cell.latest)


def _add_known(
    found: dict[Key, Cell], group: Group, known: Known, months: Months, calendar: WorkCalendar
) -> None:
    place = place_of(known, months)
    if not group.tells(place):
        return
    key = (known.procedure, place)
    if not is_regular(known, months, calendar):
        _add(found, key, Cell(odd=[known.key]))
        return
    for month, counters in counted(known, months, calendar):
        if group.tells(month):
            _add(found, (known.procedure, month), Cell(list(counters)))
    found[key].saw(known.latest)


def _others(group: Group, months: Months, calendar: WorkCalendar) -> Iterator[Known]:
    """The ended dossiers that are not plain."""
    moved = ended_in(group, months).filter(not_plain(calendar, months))
    without = Dossier.objects.filter(
        agency=group.agency, stage="closed", received_at__isnull=False, settled_at__isnull=True
    )
    if group.procedures is not None:
        without = without.filter(Q(procedure__in=group.procedures))
    keys = [
        key for rows in (moved, without) for key in rows.order_by().values_list("pk", flat=True)
    ]
    for n in range(0, len(keys), BATCH):
        yield from read_courses(Dossier.objects.filter(pk__among=keys[n : n + BATCH]))
