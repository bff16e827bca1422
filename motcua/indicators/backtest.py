"""How far forecasts lay from what came on simulated years, as ``bench/backtest.py`` found it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Tried:
    """Mean absolute errors in percentage points, of the forecast and of two guesses: that the value
    of the day stays, and that last year's comes again; how many of a hundred ends lay within the
    interval; on how many forecasts that stands."""

    forecasts: int
    error: Decimal
    stays: Decimal
    again: Decimal
    within: int
    communes: int
    yearly: int

    @property
    def better(self) -> bool:
        """Whether the forecast beat both guesses."""
        return self.error < min(self.stays, self.again)


def tried(code: str) -> Tried | None:
    """The figures of an indicator; None where it was not tried."""
    told = _figures()
    found = told["indicators"].get(code, {}).get("all")
    if found is None:
        return None
    error, stays, again = (Decimal(str(found[name])) for name in ("error", "stays", "again"))
    return Tried(
        forecasts=found["forecasts"],
        error=error,
        stays=stays,
        again=again,
        within=found["within"],
        communes=len(told["ways"]) * len(told["seeds"]),
        yearly=told["yearly"],
    )


@cache
def _figures() -> Any:
    path = files("motcua").joinpath("packs", "indicators", "backtest.json")
    return json.loads(path.read_text(encoding="utf-8"))
