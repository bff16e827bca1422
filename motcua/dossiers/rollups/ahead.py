"""Open dossiers by the ten thousand: those whose clock never stood and whose promise never moved
are counted by looking moments up in sorted lists, for any number of periods.

The others are told by the rules, as ``rules.counting`` tells all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Exists, F, OuterRef, Q, TextField
from django.db.models.functions import Cast

from motcua.dossiers.models import STAGE_OPEN, Dossier, DossierQuerySet, Pause, Redating
from motcua.dossiers.queries.courses import CLOCK_STOPS
from motcua.dossiers.rules.counting import Span
from motcua.procedures.rules.parts import Channel

CHANNELS = tuple(str(one) for one in Channel)


@dataclass(slots=True)
class Lists:
    """Moments of some open dossiers, sorted: receipts by channel, promises."""

    received: dict[str, list[Any]] = field(default_factory=lambda: {one: [] for one in CHANNELS})
    due: list[Any] = field(default_factory=list)

    def sort(self) -> None:
        """Once all are there."""
        for moments in (*self.received.values(), self.due):
            moments.sort()

    def told(self, span: Span) -> dict[str, int]:
        """What they count as in a span."""
        first, at = as_kept(min(span.first, span.at)), as_kept(span.at)
        before = sum(bisect_left(moments, first) for moments in self.received.values())
        until = {name: bisect_left(moments, at) for name, moments in self.received.items()}
        found = {
            f"dossiers.received.{name}": number - bisect_left(self.received[name], first)
            for name, number in until.items()
        }
        whole, late = sum(until.values()), bisect_left(self.due, at)
        return found | {
            "dossiers.received": whole - before,
            "dossiers.carried": before,
            "dossiers.open": whole,
            "dossiers.open.late": late,
            "dossiers.index": whole,
            "dossiers.index.punctual": whole - late,
        }


def open_at(agencies: Collection[int]) -> DossierQuerySet:
    """The open dossiers of agencies that were received."""
    return Dossier.objects.filter(
        agency__in=agencies, stage=STAGE_OPEN, received_at__isnull=False
    ).order_by()


def _not_plain(seen: datetime) -> Q:
    """What makes one for the rules: it waited, got a new date, has a result already, contradicts
    itself, or was entered after a cut-off."""
    of = {"dossier": OuterRef("pk")}
    return (
        Q(Exists(Pause.objects.filter(**of, kind__in=CLOCK_STOPS)))
        | Q(Exists(Redating.objects.filter(**of)))
        | Q(settled_at__isnull=False)
        | Q(due_at__lt=F("received_at"))
        | Q(entered_at__gte=seen)
    )


def others_at(agencies: Collection[int], seen: datetime) -> list[int]:
    """The keys of open dossiers that are for the rules."""
    return list(open_at(agencies).filter(_not_plain(seen)).values_list("pk", flat=True))


def lists_at(
    agencies: Collection[int], seen: datetime, *, by_procedure: bool
) -> dict[int, dict[int, Lists]]:
    """Agency → procedure (0: all, unless ``by_procedure``) → its plain open dossiers."""
    rows = open_at(agencies).exclude(_not_plain(seen))
    found: dict[int, dict[int, Lists]] = defaultdict(lambda: defaultdict(Lists))
    for agency, procedure, channel, received, due in _raw(rows):
        lists = found[agency][procedure if by_procedure else 0]
        lists.received[channel].append(received)
        if due is not None:
            lists.due.append(due)
    for by in found.values():
        for lists in by.values():
            lists.sort()
    return found


def _raw(rows: DossierQuerySet) -> Iterable[tuple[int, int, str, Any, Any]]:
    """Rows as the driver gives them: on SQLite moments stay text, which sorts as they do and is
    read in a tenth of the time."""
    received: Any = F("received_at")
    due: Any = F("due_at")
    if connection.vendor == "sqlite":
        received, due = Cast(received, TextField()), Cast(due, TextField())
    columns = rows.values_list("agency", "procedure", "channel", received, due)
    sql, params = columns.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while found := cursor.fetchmany(5_000):
            yield from found


def as_kept(moment: datetime) -> Any:
    """A moment as the engine keeps it."""
    return DateTimeField().get_db_prep_value(moment, connection)
