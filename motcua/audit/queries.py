"""Is every chain whole, and what proves that an entry stands in it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models

from motcua.audit.merkle import inclusion_path
from motcua.audit.models import DayRoot, Entry, Head
from motcua.audit.rules import GENESIS, Break, Row, first_break, moment


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk over all chains found."""

    chains: int
    entries: int
    breaks: list[Break]


def verify(chain: str | None = None) -> Verdict:
    """Walk one chain or all; the first broken row of each is named."""
    heads = Head.objects.order_by("chain")
    if chain is not None:
        heads = heads.filter(chain=chain)
    orphans = (
        set(Entry.objects.values_list("chain", flat=True).distinct()) if chain is None else set()
    )
    breaks: list[Break] = []
    counted = 0
    seen: set[str] = set()
    for head in heads:
        seen.add(head.chain)
        walked = _Walk(head.chain)
        found = first_break(walked.rows())
        counted += walked.count
        if found is None and (walked.count != head.seq or walked.last != head.hash):
            found = Break(head.chain, walked.count + 1, "missing")
        if found is not None:
            breaks.append(found)
    breaks.extend(Break(name, 1, "headless") for name in sorted(orphans - seen))
    return Verdict(chains=len(seen), entries=counted, breaks=breaks)


class _Walk:
    def __init__(self, chain: str) -> None:
        self.chain, self.count, self.last = chain, 0, GENESIS

    def rows(self) -> Iterator[Row]:
        for entry in Entry.objects.of_chain(self.chain).iterator(chunk_size=2000):
            self.count += 1
            self.last = entry.hash
            yield entry.as_row()


def proof_of(obj: models.Model) -> dict[str, Any]:
    """What shows another program that a record's entries stand in the published days' roots.

    Entries of a day that is not closed yet have no path. Format: ``docs/reference/chain.md``.
    """
    entries = list(Entry.objects.about(obj).order_by("seq"))
    roots = _roots_of(entries)
    return {
        "format": "motcua-proof/1",
        "entries": [_proven(entry, _root_of(entry, roots)) for entry in entries],
    }


def _roots_of(entries: list[Entry]) -> list[DayRoot]:
    if not entries:
        return []
    numbers = [entry.seq for entry in entries]
    return list(
        DayRoot.objects.filter(
            chain__in={entry.chain for entry in entries},
            last_seq__gte=min(numbers),
            first_seq__lte=max(numbers),
        )
    )


def _root_of(entry: Entry, roots: list[DayRoot]) -> DayRoot | None:
    return next(
        (
            root
            for root in roots
            if root.chain == entry.chain and root.first_seq <= entry.seq <= root.last_seq
        ),
        None,
    )


def _proven(entry: Entry, root: DayRoot | None) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "chain": entry.chain,
        "seq": entry.seq,
        "at": moment(entry.at),
        "actor": [entry.actor_kind, entry.actor_id, entry.actor_name, entry.on_behalf_of],
        "action": entry.action,
        "object": [entry.object_type, entry.object_id],
        "data": entry.data,
        "previous": entry.previous,
        "hash": entry.hash,
    }
    if root is None:
        return shown
    within = Entry.objects.of_chain(entry.chain).filter(
        seq__gte=root.first_seq, seq__lte=root.last_seq
    )
    hashes = list(within.values_list("hash", flat=True))
    index = entry.seq - root.first_seq
    return shown | {
        "day": root.day.isoformat(),
        "root": root.root,
        "index": index,
        "count": len(hashes),
        "path": inclusion_path(hashes, index),
    }
