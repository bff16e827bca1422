"""Write the dossiers of an agency in bulk: rows, numbers, entries in the chain."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction

from motcua.audit.models import Head
from motcua.audit.rules import GENESIS, text_hash
from motcua.core.text import fold
from motcua.dossiers.models import Applicant, Counter, Dossier
from motcua.dossiers.packs import rule_sets
from motcua.dossiers.rules import rule_set_on
from motcua.dossiers.rules.codes import dossier_code
from motcua.dossiers.simulate.marks import LATER, Slot, Slots, check_plain
from motcua.dossiers.simulate.mould import ENTRIES, PARTS, SLIPS, Chained, Mould
from motcua.dossiers.simulate.visitors import Visitor
from motcua.org.models import Agency, Post


class Store:
    """Dossiers of one agency that are not written yet. Passages are chained in the order of time,
    up to a moment before which no new dossier begins; nobody else may write in the while of one
    writing."""

    def __init__(self, agency: Agency, post_codes: Sequence[str]) -> None:
        self.agency = agency
        self.dossiers: list[tuple[Mould, Slots]] = []
        self.ahead: list[tuple[float, int, Chained, Slots]] = []
        self.order = count()
        (applicants, _rows), (dossiers, _rows) = PARTS[:2]
        self.keys = count(dossiers.last_key() + 1)
        self.applicant_keys = count(applicants.last_key() + 1)
        self.results = 0
        posts = dict(Post.objects.filter(agency=agency).values_list("code", "pk"))
        self.constant = (
            agency.pk,
            check_plain(agency.code),
            check_plain(agency.name),
            check_plain(agency.place),
            *(posts.get(code) for code in post_codes),
        )
        rows = Counter.objects.filter(agency=agency).values_list("series", "period", "last")
        self.numbers = {(series, period): last for series, period, last in rows}

    def number(self, series: str, period: str) -> int:
        """The next number of a series."""
        self.numbers[series, period] = self.numbers.get((series, period), 0) + 1
        return self.numbers[series, period]

    def add(self, mould: Mould, visitor: Visitor) -> int:
        """A visitor's dossier, told as the mould has it; in the order of receipt. Its key."""
        key, code = next(self.keys), self._code(mould)
        self.results += mould.results
        slots = (
            *((None,) * LATER),
            key,
            next(self.applicant_keys),
            self.results,
            code,
            fold(code or ""),
            *visitor,
            *self.constant,
        )
        self.dossiers.append((mould, slots))
        for passage in mould.passages:
            self.ahead.append((passage.when, next(self.order), passage, slots))
        return key

    def _code(self, mould: Mould) -> str | None:
        if mould.day is None or mould.period is None:
            return None
        return dossier_code(
            rule_set_on(rule_sets(), mould.day).code_pattern,
            agency=self.agency.identifier or self.agency.code,
            day=mould.day,
            n=self.number("dossier", mould.period),
        )

    def has_passages(self, before: datetime) -> bool:
        """Whether anything is to be chained that happened before a moment."""
        end = before.timestamp()
        return any(when < end for when, *_told in self.ahead)

    @transaction.atomic
    def write(self, before: datetime | None = None) -> None:
        """Write the dossiers, and chain the passages before a moment, or all."""
        for n, (table, _rows) in enumerate(PARTS):
            table.put(form.fill(slots) for mould, slots in self.dossiers for form in mould.forms[n])
        self.dossiers = []
        self.ahead.sort()
        end = bisect_left(self.ahead, (before.timestamp(),)) if before else len(self.ahead)
        due, self.ahead = self.ahead[:end], self.ahead[end:]
        head = Head.objects.filter(pk=self.agency.code).first() or Head(hash=GENESIS)
        self.seq, self.hash = head.seq, head.hash
        slips: list[list[Any]] = []
        ENTRIES.put(self._entries(due, slips))
        SLIPS.put(slips)
        self._write_ends()

    def _entries(
        self, due: list[tuple[float, int, Chained, Slots]], slips: list[list[Any]]
    ) -> Iterator[list[Any]]:
        """The rows of the chain; the slips that are given with them are added to ``slips``."""
        for _when, _order, passage, slots in due:
            self.seq += 1
            number = self.number(*passage.series) if passage.series else None
            known = [self.seq, self.hash, None, number, *slots[LATER:]]
            self.hash = known[Slot.HASH] = text_hash(passage.text.fill(known))
            if passage.slip is not None:
                slips.append(passage.slip.fill(known))
            yield passage.entry.fill(known)

    def _write_ends(self) -> None:
        """The ends of the chain and of each series."""
        Head.objects.bulk_create(
            [Head(chain=self.agency.code, seq=self.seq, hash=self.hash)],
            update_conflicts=True,
            update_fields=["seq", "hash"],
            unique_fields=["chain"],
        )
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
