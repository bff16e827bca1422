"""How many more may go wrong until a period ends: whole numbers, exact."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from motcua.indicators.rules.definitions import Better


@dataclass(frozen=True, slots=True)
class Goal:
    """What a value must reach: at least ``value`` where more is better, at most where less is;
    with ``strict`` beyond it. Of a share in per cent, of a count in its own unit."""

    value: Decimal
    better: Better
    strict: bool = False

    @property
    def limit(self) -> Decimal:
        """Of a share: so many of a hundred may be bad."""
        return 100 - self.value if self.better is Better.UP else self.value


def most_bad(whole: int, goal: Goal) -> int:
    """The most of ``whole`` that may be bad for a share to reach its goal; -1: not even none."""
    return _most(goal.limit * whole / 100, strict=goal.strict)


def most_counted(goal: Goal) -> int:
    """The highest count that does not pass its goal; -1: not even none."""
    return _most(goal.value, strict=goal.strict)


def _most(exact: Decimal, *, strict: bool) -> int:
    least = int(exact.to_integral_value(ROUND_FLOOR))
    return least - 1 if strict and least == exact else least


def affordable(most: int, *, bad: int, certain: int, could: int) -> int:
    """How many more may become bad, of ``could`` that still can; below 0: so many too many.

    ``most`` may be bad when the period ends, ``bad`` are, ``certain`` will be whatever is done.
    """
    return min(most - bad - certain, could)


def is_safe(most: int, *, bad: int, certain: int, could: int) -> bool:
    """Even if all that still can becomes bad."""
    return bad + certain + could <= most


def is_lost(most: int, *, bad: int, certain: int) -> bool:
    """Even if nothing more becomes bad."""
    return bad + certain > most
