"""Places beside each other: rank, spread, and what stands out and should be looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from motcua.core.errors import mark as _
from motcua.core.workflow import Status
from motcua.indicators.rules.definitions import Better, PackInvalid

#: A spread is drawn in about so many steps.
STEPS = 10
_WIDTHS = tuple(Decimal(w) for w in ("0.1", "0.2", "0.5", "1", "2", "5", "10", "20", "50", "100"))


def ranks(amounts: Sequence[Decimal | None], better: Better) -> list[int | None]:
    """The place of each, the best first; equal values share the better place (1, 2, 2, 4). None
    where there is no value; of what has no good direction the greatest is first."""
    known = sorted((a for a in amounts if a is not None), reverse=better is not Better.DOWN)
    first: dict[Decimal, int] = {}
    for place, amount in enumerate(known, 1):
        first.setdefault(amount, place)
    return [None if amount is None else first[amount] for amount in amounts]


def quantile(amounts: Iterable[Decimal], share: Decimal) -> Decimal | None:
    """The value below which ``share`` (0 to 1) of them lie, between two neighbours in proportion;
    None of nothing. ``share`` a half is the median."""
    known = sorted(amounts)
    if not known:
        return None
    place = share * (len(known) - 1)
    below = int(place)
    above = min(below + 1, len(known) - 1)
    return known[below] + (known[above] - known[below]) * (place - below)


@dataclass(frozen=True, slots=True)
class Step:
    """So many values from ``low`` up to, not including, ``high``; the last step includes it."""

    low: Decimal
    high: Decimal
    count: int


def spread(amounts: Iterable[Decimal | None]) -> list[Step]:
    """The values in steps of one round width, empty ones between included."""
    known = [amount for amount in amounts if amount is not None]
    if not known:
        return []
    wide = max(known) - min(known)
    width = next((w for w in _WIDTHS if w * STEPS >= wide), None) or (wide / STEPS).quantize(
        Decimal(1)
    )
    top = max(known)

    def step(amount: Decimal) -> int:
        return int((amount / width).to_integral_value(ROUND_FLOOR))

    last = step(top)
    if top == last * width and last > step(min(known)):  # 100 belongs to "95 to 100"
        last -= 1
    counts = Counter(min(step(amount), last) for amount in known)
    return [Step(n * width, (n + 1) * width, counts[n]) for n in range(min(counts), last + 1)]


class Oddity(Status):
    """What stands out. It proves nothing: it names whom to ask, and opens to the rows."""

    SUDDEN = "sudden", _("Đột ngột đạt trọn")
    SHARE = "share", _("Cao khác thường")


@dataclass(frozen=True, slots=True)
class Watch:
    """Which share of which whole is watched: it stands out at ``times`` the median share of all
    places, and not below ``least`` per cent and ``count`` records. ``words`` say why to ask."""

    code: str
    top: str
    bottom: str
    words: str
    least: Decimal
    times: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class Sudden:
    """A share that was below ``before`` per cent and is 100 % of at least ``count`` records."""

    before: Decimal
    count: int
    words: str


@dataclass(frozen=True, slots=True)
class Watches:
    """What is watched from a day on."""

    valid_from: date
    sudden: Sudden
    shares: tuple[Watch, ...]


def is_sudden(rule: Sudden, now: tuple[int, int], before: tuple[int, int]) -> bool:
    """Whether all of a period's records reached what fewer did in the periods before; each pair is
    how many of how many."""
    (top, whole), (top_before, whole_before) = now, before
    if whole < rule.count or top < whole or whole_before < rule.count:
        return False
    return 100 * top_before < rule.before * whole_before


def stand_out(rule: Watch, pairs: Mapping[int, tuple[int, int]]) -> dict[int, Decimal]:
    """Place → its share in per cent, of those that stand out among all; ``pairs`` are how many of
    how many. With fewer than three places nothing stands out among others."""
    shares = {
        place: Decimal(100 * top) / whole for place, (top, whole) in pairs.items() if whole > 0
    }
    usual = quantile(shares.values(), Decimal("0.5"))
    if usual is None or len(shares) < 3:
        return {}
    bound = max(rule.least, rule.times * usual)
    return {
        place: share
        for place, share in shares.items()
        if share >= bound and pairs[place][0] >= rule.count
    }


def read_watches(rows: Iterable[Mapping[str, Any]]) -> tuple[Watches, ...]:
    """The pack's watches, the oldest first. Raises :class:`PackInvalid`."""
    try:
        found = [
            Watches(
                row["valid_from"],
                Sudden(
                    Decimal(str(row["sudden"]["before"])),
                    int(row["sudden"]["count"]),
                    row["sudden"]["words"],
                ),
                tuple(_watch(share) for share in row["shares"]),
            )
            for row in rows
        ]
    except (KeyError, TypeError, ArithmeticError) as error:
        raise PackInvalid(code="watches", fault=str(error)) from error
    return tuple(sorted(found, key=lambda one: one.valid_from))


def _watch(row: Mapping[str, Any]) -> Watch:
    return Watch(
        code=row["code"],
        top=row["top"],
        bottom=row["bottom"],
        words=row["words"],
        least=Decimal(str(row["least"])),
        times=Decimal(str(row["times"])),
        count=int(row["count"]),
    )


def watches_on(all_of: Sequence[Watches], on: date) -> Watches:
    """What is watched on a day; before the first, the first."""
    begun = [one for one in all_of if one.valid_from <= on]
    return begun[-1] if begun else all_of[0]
