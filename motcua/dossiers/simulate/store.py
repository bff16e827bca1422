"""Write many lives at once: their rows, the numbers of their slips, their entries in the chain."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import count
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max

from motcua.audit.models import Entry, Head
from motcua.audit.rules import GENESIS, entry_hash
from motcua.dossiers.models import (
    Applicant,
    Charge,
    Counter,
    Dossier,
    DossierPaper,
    DossierStep,
    Event,
    Pause,
    Redating,
    Slip,
)
from motcua.dossiers.simulate.life import Life, Passage, actor
from motcua.org.models import Agency

_PARTS: tuple[tuple[type[models.Model], Callable[[Life], Iterable[Any]]], ...] = (
    (Applicant, lambda life: (life.applicant,)),
    (Dossier, lambda life: (life.dossier,)),
    (DossierPaper, lambda life: life.papers),
    (Charge, lambda life: life.charges),
    (DossierStep, lambda life: life.steps),
    (Pause, lambda life: life.pauses),
    (Redating, lambda life: life.apologies),
    (Event, lambda life: life.events),
)


class Store:
    """What has been told and not yet written. Passages are chained in the order of time, up to a
    moment before which no new life begins; nobody else may write to the agency meanwhile."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        self.lives: list[Life] = []
        self.ahead: list[tuple[datetime, int, Passage]] = []  # a heap
        self.order = count()
        self.dossier_keys, self.applicant_keys = _keys(Dossier), _keys(Applicant)
        head = Head.objects.filter(pk=agency.code).first() or Head(hash=GENESIS)
        self.seq, self.hash = head.seq, head.hash
        rows = Counter.objects.filter(agency=agency).values_list("series", "period", "last")
        self.numbers = {(series, period): last for series, period, last in rows}

    def keys(self) -> tuple[int, int]:
        """The next keys of a dossier and of an applicant."""
        return next(self.dossier_keys), next(self.applicant_keys)

    def number(self, series: str, period: str) -> int:
        """The next number of a series."""
        self.numbers[series, period] = self.numbers.get((series, period), 0) + 1
        return self.numbers[series, period]

    def add(self, life: Life) -> None:
        """Take a finished tale."""
        self.lives.append(life)
        for passage in life.passages:
            heapq.heappush(self.ahead, (passage.at, next(self.order), passage))

    @transaction.atomic
    def write(self, before: datetime | None = None) -> None:
        """Write the lives, and chain the passages before a moment, or all."""
        for model, parts in _PARTS:
            _insert(model, [row for life in self.lives for row in parts(life)])
        self.lives = []
        entries, slips = [], []
        while self.ahead and (before is None or self.ahead[0][0] < before):
            passage = heapq.heappop(self.ahead)[2]
            entries.append(self._chained(passage))
            if passage.slip is not None:
                slip = passage.slip
                slip.number = self.number(str(slip.kind), str(slip.year))
                slips.append(slip)
        _insert(Entry, entries)
        _insert(Slip, slips)
        head = Head(chain=self.agency.code, seq=self.seq, hash=self.hash)
        Head.objects.bulk_create(
            [head], update_conflicts=True, update_fields=["seq", "hash"], unique_fields=["chain"]
        )
        self._write_numbers()

    def _write_numbers(self) -> None:
        Counter.objects.bulk_create(
            [
                Counter(agency=self.agency, series=series, period=period, last=last)
                for (series, period), last in self.numbers.items()
            ],
            update_conflicts=True,
            update_fields=["last"],
            unique_fields=["agency", "series", "period"],
        )
        with connection.cursor() as cursor:  # the keys given here are behind the databases'
            for statement in connection.ops.sequence_reset_sql(no_style(), [Dossier, Applicant]):
                cursor.execute(statement)

    def _chained(self, passage: Passage) -> Entry:
        by = actor(passage.by)
        what = {
            "chain": self.agency.code,
            "seq": self.seq + 1,
            "at": passage.at,
            "action": f"dossiers.{passage.step}",
            "object_type": Dossier._meta.label_lower,
            "object_id": str(passage.life.dossier.pk),
            "data": passage.data,
            "previous": self.hash,
        }
        self.seq, self.hash = self.seq + 1, entry_hash(actor=by, **what)  # type: ignore[arg-type] # values by name
        return Entry(
            actor_kind=by.kind,
            actor_id=by.id,
            actor_name=by.name,
            label=passage.label[:300],
            hash=self.hash,
            **what,
        )


def _keys(model: type[models.Model]) -> Iterator[int]:
    last = model._default_manager.aggregate(last=Max("pk"))["last"]
    return count((last or 0) + 1)


def _insert(model: type[models.Model], rows: list[Any]) -> None:
    """Rows straight to the driver: the ORM's own way takes thrice the time of all the rest."""
    if not rows:
        return
    keyed = rows[0].pk is not None
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.generated and (keyed or not field.primary_key)
    ]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 # names of the schema
    makers = [(field.attname, _maker(field)) for field in fields]
    with connection.cursor() as cursor:
        cursor.executemany(
            statement, [[make(getattr(row, name)) for name, make in makers] for row in rows]
        )


def _maker(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """How a field's value goes to the driver."""
    if type(field) is models.CharField and not field.null:
        return str  # a word of an enumeration as well
    if isinstance(field, models.IntegerField | models.ForeignKey):
        return lambda value: value
    return lambda value: field.get_db_prep_save(value, connection)
