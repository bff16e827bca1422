"""Is every chain whole?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from motcua.audit.models import Entry, Head
from motcua.audit.rules import GENESIS, Break, Row, first_break


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
