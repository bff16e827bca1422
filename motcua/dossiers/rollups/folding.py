"""Keep cells current: fold what changed into them, or make all of them anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from motcua.db.alone import alone
from motcua.db.beside import over
from motcua.db.moment import one_moment
from motcua.dossiers.models import Cell, Dossier, Folding, Unfolded
from motcua.dossiers.rollups.making import basis, cells_of, prepare
from motcua.dossiers.rollups.plain import Group, Key
from motcua.dossiers.rules import cells
from motcua.dossiers.rules.cells import COUNTERS
from motcua.org.models import Agency

#: Whoever makes cells or folds holds this.
LOCK = "fold"


def stands() -> bool:
    """Whether the cells were made by the present rules and calendar."""
    return Folding.objects.filter(basis=basis()).exists()


def is_due() -> bool:
    """Whether anything waits to be folded, or all is to be made."""
    return Unfolded.objects.exists() or not stands()


def fold(*, at: datetime) -> int:
    """Bring the cells up to the records: what changed since, agency by agency, or all of them where
    rules or calendar are others. Returns how many agencies were told anew; 0 also while somebody
    else folds.

    The rows of an agency are read as of one moment without stopping writers; then its cells are
    replaced in one short transaction, with the marks that were read. A change in between leaves its
    own mark. Twice does what once does.
    """
    with alone(LOCK) as got:
        if not got:
            return 0
        if not stands():
            return _make_all(at)
        agencies = sorted(set(Unfolded.objects.values_list("agency", flat=True)))
        for agency in agencies:
            _fold_agency(agency)
        return len(agencies)


def _make_all(at: datetime) -> int:
    agencies = agencies_with_dossiers()
    for agency in agencies:
        make_agency(agency)
    _note_basis(at)
    return len(agencies)


def agencies_with_dossiers() -> list[int]:
    """Whoever has a dossier, or a cell."""
    every = Agency.objects.order_by("pk").values_list("pk", flat=True)
    return [
        agency
        for agency in every
        if Dossier.objects.filter(agency=agency).exists()
        or Cell.objects.filter(agency=agency).exists()
    ]


def rebuild(
    agencies: Sequence[int] | None, *, at: datetime, workers: int, tell: Callable[[int, int], None]
) -> int:
    """Make the cells of some agencies, or of all (None), from the records; ``tell`` hears how many
    are done of how many. Waits for whoever folds; returns how many cells were made."""
    with alone(LOCK, wait=True):
        chosen = agencies_with_dossiers() if agencies is None else list(agencies)
        made = 0
        for done, number in enumerate(over(chosen, make_agency, workers), 1):
            made += number
            tell(done, len(chosen))
        if agencies is None:
            _note_basis(at)
        return made


def make_agency(agency: int) -> int:
    """Make all cells of an agency; returns how many."""
    prepare()
    with one_moment():
        marks = list(Unfolded.objects.filter(agency=agency).values_list("pk", flat=True))
        group = Group(agency)
        made = cells_of(group)
    _replace(group, made, marks)
    return len(made)


def _fold_agency(agency: int) -> None:
    prepare()
    with one_moment():
        marks = list(Unfolded.objects.filter(agency=agency).values_list("pk", "procedure", "month"))
        procedures = frozenset(procedure for _pk, procedure, _month in marks)
        group = Group(agency, procedures, min(month for _pk, _procedure, month in marks))
        made = cells_of(group)
    _replace(group, made, [pk for pk, _procedure, _month in marks])


@transaction.atomic
def _replace(group: Group, made: dict[Key, cells.Cell], marks: Sequence[int]) -> None:
    stored = Cell.objects.filter(agency=group.agency)
    if group.procedures is not None:
        stored = stored.filter(procedure__in=group.procedures)
    if group.since is not None:
        stored = stored.filter(month__gte=group.since)
    stored.delete()
    Cell.objects.bulk_create(
        [
            Cell(
                agency_id=group.agency,
                procedure_id=procedure,
                month=month,
                latest=cell.latest,
                odd=sorted(cell.odd) or None,
                **dict(zip(COUNTERS, cell.counters, strict=True)),
            )
            for (procedure, month), cell in made.items()
        ],
        batch_size=1000,
    )
    Unfolded.objects.filter(pk__among=list(marks)).delete()


@transaction.atomic
def _note_basis(at: datetime) -> None:
    Folding.objects.all().delete()
    Folding.objects.create(basis=basis(), at=at)
