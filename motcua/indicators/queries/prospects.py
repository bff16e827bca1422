"""What the records say about the end of a target's year: what is at risk, and what saves it."""

from __future__ import annotations

from motcua.indicators.rules import Better
from motcua.indicators.rules.forecast import Goal
from motcua.planning.models import Target

#: How a target compares → which way is good, and whether its number itself is too little.
_WAYS = {
    "ge": (Better.UP, False),
    "increase_ge": (Better.UP, False),
    "eq": (Better.UP, False),
    "gt": (Better.UP, True),
    "le": (Better.DOWN, False),
    "lt": (Better.DOWN, True),
}


def goal_of_target(target: Target) -> Goal | None:
    """A target's own goal; None where it has no number, or one that is no limit."""
    if target.value is None or target.comparison not in _WAYS:
        return None
    better, strict = _WAYS[target.comparison]
    return Goal(target.value, better, strict)
