"""What is told of a period's end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from motcua.core.errors import mark as _
from motcua.core.workflow import Status

#: Below so many records within half a year the data are thin: an interval, no day, no chance.
THIN: Final = 50
#: The interval holds the end in so many of a hundred cases.
SURE: Final = 80
LOW, HIGH = 0.10, 0.90
#: "Whatever comes" is a quarter more than expected, and three deviations of the months.
MORE: Final = Decimal("1.25")
DEVIATIONS: Final = 3


class Fate(Status):
    """How a goal will stand when the period ends."""

    SAFE = "safe", _("Chắc chắn đạt")
    KEEPS = "keeps", _("Dự báo đạt")
    BREAKS = "breaks", _("Có nguy cơ vỡ")
    MISSES = "misses", _("Dự báo không đạt")
    LOST = "lost", _("Không còn đạt được")
    THIN = "thin", _("Dữ liệu còn mỏng")
    OPEN = "open", _("Theo dõi")


#: What somebody should look at.
RISKY: Final = frozenset({Fate.BREAKS, Fate.MISSES, Fate.LOST})
#: Whatever comes: no chance is told beside it.
CERTAIN: Final = frozenset({Fate.SAFE, Fate.LOST})


@dataclass(frozen=True, slots=True)
class Stage:
    """The value expected at the end of a day, and the interval around it."""

    on: date
    value: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Forecast:
    """The end of a period. ``whole`` are counted then (of a count: the value itself), ``bad`` of
    them against the goal; ``affordable`` more may become bad (None: no goal), ``certain`` open ones
    will whatever is done. ``breaks_on`` is the day on which the goal is passed at this pace (None:
    it is not, or it is by now); ``chance`` in per cent that the goal is reached; ``deciders`` are
    open records that can still be saved, by their day."""

    fate: Fate
    end: Stage
    course: tuple[Stage, ...]
    whole: int
    bad: Decimal
    affordable: int | None
    certain: int
    breaks_on: date | None
    chance: int | None
    deciders: tuple[int, ...]


def percent(chance: float) -> int:
    """A chance in whole per cent; never 0 or 100, because a forecast does not know."""
    return min(max(round(chance * 100), 1), 99)
