"""A new text beside the version that it amends: pairs of sentences, and what comes to an end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.planning.actions.amending import propose
from motcua.planning.actions.importing.reading import sentences_of
from motcua.planning.matching import Likeness, Line, likeness_of, parted
from motcua.planning.models import Plan, PlanItem, PlanVersion
from motcua.planning.rules import ItemKind, ItemState, VersionStatus


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence of the new text and what it goes on from; ``pk`` is 0 before it is stored."""

    pk: int
    kind: str
    code: str
    text: str
    old: PlanItem | None
    likeness: Likeness
    parted_from: PlanItem | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All pairs in the order of the new text; ``ended`` are old sentences without successor."""

    pairs: list[Pair]
    ended: list[PlanItem]
    old: list[PlanItem]

    @property
    def changed(self) -> list[Pair]:
        """Pairs that a person should look at."""
        return [pair for pair in self.pairs if pair.likeness is not Likeness.SAME]

    @property
    def same(self) -> list[Pair]:
        """Sentences that stand as they stood."""
        return [pair for pair in self.pairs if pair.likeness is Likeness.SAME]

    @property
    def choices(self) -> dict[str, list[PlanItem]]:
        """The old items by kind: what a new one may go on from."""
        return {kind: [item for item in self.old if item.kind == kind] for kind in ItemKind}


def preview_of(plan: Plan, reading: Mapping[str, Any]) -> Comparison | None:
    """What a reading would make of the plan in force; None without one. Two queries."""
    current = plan.versions.filter(status=VersionStatus.IN_FORCE).first()
    if current is None:
        return None
    old, new = _items(current), sentences_of(reading)
    pairs = [
        Pair(
            0,
            row.kind,
            row.code,
            row.text,
            None if found.old is None else old[found.old],
            found.likeness,
            None if found.parted_from is None else old[found.parted_from],
        )
        for row, found in zip(new, propose(old, new), strict=True)
    ]
    return _compared(pairs, old)


def comparison_of(version: PlanVersion) -> Comparison | None:
    """A draft beside the version in force, tied by lineage; None without one. Three queries."""
    current = version.plan.versions.filter(status=VersionStatus.IN_FORCE).first()
    if current is None or current.pk == version.pk:
        return None
    old = _items(current)
    lines = [_line(item) for item in old]
    by_lineage = {item.lineage: item for item in old}
    pairs = []
    for item in _items(version):
        known = by_lineage.get(item.lineage)
        if known is not None:
            likeness, source = likeness_of(_line(known), _line(item)), None
        else:
            found = parted(_line(item), lines)
            likeness = found.likeness
            source = None if found.parted_from is None else old[found.parted_from]
        pairs.append(Pair(item.pk, item.kind, item.code, item.text, known, likeness, source))
    return _compared(pairs, old)


def _items(version: PlanVersion) -> list[PlanItem]:
    return list(version.items.select_related("lead_post").order_by("position", "pk"))


def _line(item: PlanItem) -> Line:
    return Line(item.kind, item.text, item.field, item.code)


def _compared(pairs: list[Pair], old: Iterable[PlanItem]) -> Comparison:
    rows = list(old)
    kept = {pair.old.pk for pair in pairs if pair.old}
    ended = [i for i in rows if i.pk not in kept and i.state != ItemState.DROPPED]
    return Comparison(pairs, ended, rows)
