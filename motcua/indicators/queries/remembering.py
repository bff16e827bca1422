"""Forecasts that were made before stand until a record of their agencies changes.

Every change of an agency's records lengthens its chain, so that the ends of the chains are a mark
of what was read (``motcua.audit``). The mark is read before the records.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime
from typing import Final

from motcua.audit.models import Head
from motcua.core.measures import Scope
from motcua.core.periods import Period
from motcua.indicators.queries.forecast import Outcome, outcome_of
from motcua.indicators.rules import Indicator
from motcua.indicators.rules.forecast import Goal
from motcua.org.models import Agency

#: So many are kept by each process; those not asked for the longest are forgotten.
MOST: Final = 64
#: Time alone makes dossiers late: so many minutes a forecast stands at most.
MINUTES: Final = 10
_kept: OrderedDict[Hashable, Outcome] = OrderedDict()


def remembered_outcome(
    indicator: Indicator, period: Period, scope: Scope, goal: Goal | None = None
) -> Outcome:
    """As ``outcome_of``, or the same again; one query where it is known."""
    key = _key(indicator, period, scope, goal)
    found = _kept.pop(key, None) or outcome_of(indicator, period, scope, goal=goal)
    _kept[key] = found
    while len(_kept) > MOST:
        _kept.popitem(last=False)
    return found


def known_outcome(
    indicator: Indicator, period: Period, scope: Scope, goal: Goal | None = None
) -> Outcome | None:
    """The same where it is known; one query."""
    return _kept.get(_key(indicator, period, scope, goal))


def _key(indicator: Indicator, period: Period, scope: Scope, goal: Goal | None) -> Hashable:
    definition, mark = indicator.on(scope.end), _mark(scope.agencies)
    return mark, definition, period, scope.agencies, scope.on, _about(scope.now), goal


def _mark(agencies: tuple[int, ...]) -> tuple[tuple[str, str], ...]:
    chains = Agency.objects.filter(pk__in=agencies).values("code")
    heads = Head.objects.filter(chain__in=chains).order_by("chain")
    return tuple(heads.values_list("chain", "hash"))


def _about(now: datetime | None) -> datetime | None:
    return now and now.replace(minute=now.minute // MINUTES * MINUTES, second=0, microsecond=0)


def forget_all() -> None:
    """Forget what was made before (a test that begins)."""
    _kept.clear()
