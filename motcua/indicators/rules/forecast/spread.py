"""How far a number of events may lie from what is expected: exact sums, no draws, no seed."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from itertools import accumulate

#: So many standard deviations around the expected number are summed up; beyond lies nothing that
#: a whole per cent would show.
WIDE = 9


class Spread:
    """The chances of 0, 1, 2 … events with a given mean and variance.

    Of ``most`` possible ones: beta-binomial, or binomial where the variance asks for no more; of
    any number (None): negative binomial, or Poisson. What falls outside the sum is left out.
    """

    def __init__(self, mean: Decimal, variance: Decimal, most: int | None) -> None:
        m, v = float(mean), float(variance)
        deviation = math.sqrt(v) if v > 0 else 0.0
        self._first = max(0, math.floor(m - WIDE * deviation) - 2)
        last = math.ceil(m + WIDE * deviation) + 12
        last = last if most is None else min(last, most)
        if m <= 0 or last <= self._first or (most is not None and m >= most):
            fixed = round(m) if most is None else min(round(m), most)
            self._first, self._below = fixed, [1.0]
            return
        chance = _bounded(m, v, most) if most is not None else _open(m, v)
        logs = [chance(n) for n in range(self._first, last + 1)]
        top = max(logs)
        sums = list(accumulate(math.exp(one - top) for one in logs))
        self._below = [one / sums[-1] for one in sums]

    def at_most(self, n: int) -> float:
        """The chance of ``n`` or fewer."""
        place = n - self._first
        if place < 0:
            return 0.0
        return self._below[min(place, len(self._below) - 1)]

    def quantile(self, share: float) -> int:
        """The least number that is not exceeded with at least this chance."""
        found = next((n for n, below in enumerate(self._below) if below >= share), None)
        return self._first + (len(self._below) - 1 if found is None else found)


def _bounded(mean: float, variance: float, most: int) -> Callable[[int], float]:
    """Logarithms of the chances of a (beta-)binomial."""
    p = mean / most
    plain = most * p * (1 - p)
    rho = (variance / plain - 1) / (most - 1) if most > 1 and plain > 0 else 0.0

    def choose(n: int) -> float:
        return math.lgamma(most + 1) - math.lgamma(n + 1) - math.lgamma(most - n + 1)

    if rho < 1e-7:
        return lambda n: choose(n) + n * math.log(p) + (most - n) * math.log1p(-p)
    a, b = p * (1 / min(rho, 0.99) - 1), (1 - p) * (1 / min(rho, 0.99) - 1)
    return lambda n: choose(n) + _beta(n + a, most - n + b) - _beta(a, b)


def _beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def _open(mean: float, variance: float) -> Callable[[int], float]:
    """Logarithms of the chances of a negative binomial, or of Poisson."""
    if variance <= mean * (1 + 1e-7):
        return lambda n: n * math.log(mean) - mean - math.lgamma(n + 1)
    size = mean * mean / (variance - mean)
    p = size / (size + mean)
    return lambda n: (
        math.lgamma(n + size)
        - math.lgamma(size)
        - math.lgamma(n + 1)
        + size * math.log(p)
        + n * math.log1p(-p)
    )
