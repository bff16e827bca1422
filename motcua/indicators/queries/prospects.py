"""What the records say about the end of a target's year: what is at risk, and what saves it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext

from motcua.core.measures import family_of
from motcua.core.periods import Period, PeriodKind
from motcua.indicators import packs
from motcua.indicators.queries.forecast import Outcome, unforeseen
from motcua.indicators.queries.remembering import known_outcome, remembered_outcome
from motcua.indicators.queries.targets import readings_of
from motcua.indicators.queries.values import agencies_of, scope_of
from motcua.indicators.rules import Better
from motcua.indicators.rules.forecast import Fate, Goal
from motcua.indicators.rules.forecast.ends import RISKY
from motcua.indicators.words import sentence_of
from motcua.org.models import Person
from motcua.org.permissions import may
from motcua.planning.live import Prospect
from motcua.planning.models import Target

#: So many of the records on which a target hangs are named; its page has all.
NAMED: Final = 5

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


def prospects_of(
    person: Person, targets: Sequence[Target], on: date, now: datetime, wait: bool
) -> dict[int, Prospect | None]:
    """What will be of targets that read an indicator which can be foreseen, by key; None where it
    is not known yet and nobody waits."""
    chosen = readings_of(targets)
    ask = remembered_outcome if wait else known_outcome
    found: dict[int, Prospect | None] = {}
    for target in targets:
        goal = goal_of_target(target)
        if target.pk not in chosen or goal is None:
            continue
        indicator = packs.indicators()[chosen[target.pk].indicator]
        year = Period(PeriodKind.YEAR, target.plan.year)
        scope = scope_of(agencies_of(target.agency), year, on, now)
        if unforeseen(indicator, year, scope) is None:
            outcome = ask(indicator, year, scope, goal)
            code = indicator.code
            found[target.pk] = _prospect(person, target, code, outcome, on) if outcome else None
    return found


def _prospect(person: Person, target: Target, code: str, outcome: Outcome, on: date) -> Prospect:
    family = family_of(outcome.reading.definition.top)
    opens = family is not None and may(person, family.sees, target.agency, on)
    lost = outcome.forecast.fate is Fate.LOST  # nothing saves it
    saves = outcome.deciding if opens and not lost else []
    asked = f"agency={target.agency.code}&period={target.plan.year}&target={target.pk}"
    fate = outcome.forecast.fate
    return Prospect(
        sentence=sentence_of(outcome),
        word=gettext(fate.label),
        url=f"{reverse('indicators:forecast', args=[code])}?{asked}",
        risky=fate in RISKY,
        saves=tuple((one.label, one.url) for one in saves[:NAMED]),
        more=max(len(saves) - NAMED, 0),
    )
