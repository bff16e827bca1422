"""What records that are still open tell about the end of a period: the base of forecasts.

An app whose measures can be forecast registers an :class:`Outlook` in its ``AppConfig.ready``. What
has none is not forecast: a stock (how many there are on a day) does not follow from a pace.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.core.measures import Scope


@dataclass(frozen=True, slots=True)
class Pending:
    """An open record as it stood at the end of a scope. ``left`` is the working minutes until
    ``due`` (below 0: since it; None: nothing was promised). ``paused``: its clock stands. ``lost``:
    it counts as late whatever is done. ``label``, ``note`` and ``url`` are for who may see it."""

    key: int
    due: datetime | None
    left: int | None
    paused: bool
    lost: bool
    label: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A share over records that end. ``ended`` and ``well`` are the measures of those that ended in
    a period, all and in time; ``arrived`` of those that came. With ``open_too`` the share judges
    what is open as well, at the end of the period."""

    ended: str
    well: str
    arrived: str
    open_too: bool = False


@dataclass(frozen=True, slots=True)
class Outlook:
    """What one kind of record tells. ``flows`` are the measures whose months add up to the year.
    ``judged``: numerator and denominator of a share that the open records decide. ``pending`` gives
    the open ones of a scope, ``lefts`` how many working minutes before their promise (below 0:
    after it) the last ones ended that were known at its end."""

    name: str
    flows: frozenset[str]
    judged: Mapping[tuple[str, str], Judged]
    pending: Callable[[Scope], Sequence[Pending]]
    lefts: Callable[[Scope], Sequence[int]]


_OUTLOOKS: dict[str, Outlook] = {}


def register(outlook: Outlook) -> None:
    """Add an outlook. Raises ``ValueError`` where another one tells one of its measures."""
    for other in _OUTLOOKS.values():
        if shared := other.flows & outlook.flows:
            raise ValueError(f"{outlook.name} and {other.name} both tell {sorted(shared)}")
    _OUTLOOKS[outlook.name] = outlook


def forget(name: str) -> None:
    """Take an outlook away (a test that ends)."""
    _OUTLOOKS.pop(name, None)


def outlook_of(measures: Sequence[str]) -> Outlook | None:
    """Who can forecast what is made of these measures; None: nobody."""
    for outlook in _OUTLOOKS.values():
        if set(measures) <= outlook.flows or tuple(measures) in outlook.judged:
            return outlook
    return None
