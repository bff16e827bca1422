"""Which indicator fits a target's sentence, and why: a proposal that a person confirms.

The words stand in the pack (``packs/indicators/fitting.yaml``); what a sentence must say, what it
must not say, in folded text. The first rule that fits is the best one; the others follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.core.text import fold


@dataclass(frozen=True, slots=True)
class Fit:
    """An indicator for a sentence, with the words of the sentence that speak for it."""

    indicator: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """All of ``says`` (each one way of saying it or another), none of ``not_says``."""

    indicator: str
    says: tuple[tuple[str, ...], ...]
    not_says: tuple[str, ...] = ()

    def fit(self, folded: str) -> Fit | None:
        """What speaks for the indicator; None where something is missing or speaks against it."""
        if any(_has(folded, words) for words in self.not_says):
            return None
        said = [next((one for one in ways if _has(folded, fold(one))), "") for ways in self.says]
        return Fit(self.indicator, tuple(said)) if all(said) else None


def read_rules(rows: Iterable[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """The rules of a pack, in its order."""
    return tuple(
        Rule(
            row["indicator"],
            tuple(tuple(ways) for ways in row["says"]),
            tuple(fold(words) for words in row.get("not_says", ())),
        )
        for row in rows
    )


def proposals(sentence: str, unit: str, rules: Iterable[Rule]) -> list[Fit]:
    """The indicators that fit a target's sentence, the best first; a target without a share or a
    number of its own (``unit`` "") has none."""
    if not unit:
        return []
    folded = " ".join(fold(sentence).split())
    found: dict[str, Fit] = {}
    for rule in rules:
        fit = rule.fit(folded)
        if fit is not None:
            found.setdefault(fit.indicator, fit)
    return list(found.values())


def _has(folded: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", folded) is not None
