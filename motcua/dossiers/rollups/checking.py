"""Cells compared with the records, bit for bit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from motcua.db.beside import over
from motcua.db.moment import one_moment
from motcua.dossiers.models import Cell, Unfolded
from motcua.dossiers.rollups.folding import agencies_with_dossiers, stands
from motcua.dossiers.rollups.making import cells_of, prepare
from motcua.dossiers.rollups.plain import Group, Key
from motcua.dossiers.rules import cells
from motcua.dossiers.rules.cells import COUNTERS


@dataclass(frozen=True, slots=True)
class Difference:
    """A counter of a cell that is not what the records tell. ``counter`` may be "latest" or
    "odd"."""

    agency: int
    procedure: int
    month: date
    counter: str
    stored: int | str
    told: int | str


@dataclass(slots=True)
class Checked:
    """What a comparison found: whether the cells are read at all, how many were compared, in how
    many procedures of agencies changes wait to be folded, what differs."""

    stands: bool
    agencies: int = 0
    cells: int = 0
    waiting: int = 0
    differences: list[Difference] = field(default_factory=list)


def check(agencies: Sequence[int] | None, *, workers: int) -> Checked:
    """Compare the cells of some agencies, or of all (None), with the records. Nothing is written,
    nobody waits."""
    chosen = agencies_with_dossiers() if agencies is None else list(agencies)
    found = Checked(stands(), len(chosen))
    for cells_there, waiting, differ in over(chosen, _compared, workers):
        found.cells += cells_there
        found.waiting += waiting
        found.differences += differ
    found.differences.sort(key=lambda one: (one.agency, one.procedure, one.month))
    return found


def differences(agency: int) -> list[Difference]:
    """Where the cells of an agency differ from those of the records."""
    return _compared(agency)[2]


def _compared(agency: int) -> tuple[int, int, list[Difference]]:
    """The cells of an agency beside cells made anew, as of one moment; what waits to be folded is
    left out, nothing is read from its cells. How many cells, how many procedures wait, what
    differs."""
    prepare()
    with one_moment():
        waiting = set(Unfolded.objects.filter(agency=agency).values_list("procedure", flat=True))
        stored: dict[Key, cells.Cell] = {
            (cell.procedure_id, cell.month): cells.Cell(
                list(cell.counters), cell.latest, cell.odd or []
            )
            for cell in Cell.objects.filter(agency=agency)
        }
        made = cells_of(Group(agency))
    differ = [
        Difference(agency, *key, counter, *values)
        for key in sorted(stored.keys() | made.keys())
        if key[0] not in waiting
        for counter, values in _apart(stored.get(key), made.get(key)).items()
    ]
    return len(stored), len(waiting), differ


def _apart(stored: cells.Cell | None, made: cells.Cell | None) -> dict[str, tuple[int | str, ...]]:
    one, other = (_shown(cell or cells.Cell()) for cell in (stored, made))
    return {name: (one[name], other[name]) for name in one if one[name] != other[name]}


def _shown(cell: cells.Cell) -> dict[str, int | str]:
    counters, latest, odd = cell.value()
    shown: dict[str, int | str] = dict(zip(COUNTERS, counters, strict=True))
    return shown | {"latest": _text(latest), "odd": " ".join(map(str, odd))}


def _text(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone().isoformat()
