"""Values of indicators for periods, each with the definition that held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from motcua.core.measures import Scope, count
from motcua.core.periods import Period, PeriodKind
from motcua.indicators.rules import Definition, Indicator, Standing, Value, evaluate, stand
from motcua.org.models import Agency


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of one version of an indicator in the days of ``scope``."""

    definition: Definition
    scope: Scope
    value: Value

    @property
    def standing(self) -> Standing:
        """How it stands against its goal."""
        return stand(self.definition, self.value)


def agencies_of(agency: Agency) -> tuple[int, ...]:
    """The agency and those that were merged into it: their history adds up in it."""
    found, ahead = [agency.pk], [agency.pk]
    while ahead:
        rows = Agency.objects.filter(successor__in=ahead).exclude(pk__in=found)
        ahead = list(rows.order_by("pk").values_list("pk", flat=True))
        found += ahead
    return tuple(found)


def read(wanted: Sequence[tuple[Definition, Scope]]) -> list[Reading]:
    """Each definition in its scope. The number of queries does not depend on how many."""
    scopes = list(dict.fromkeys(scope for _definition, scope in wanted))
    place = {scope: n for n, scope in enumerate(scopes)}
    codes = {code for definition, _scope in wanted for code in definition.measures}
    told = count(sorted(codes), scopes)
    return [
        Reading(definition, scope, _value(definition, told, place[scope]))
        for definition, scope in wanted
    ]


def _value(definition: Definition, told: dict[str, list[int | None]], place: int) -> Value:
    top, *bottom = (told[code][place] for code in definition.measures)
    return evaluate(definition, top, bottom[0] if bottom else None)


def parts(indicator: Indicator, scope: Scope) -> list[tuple[Definition, Scope]]:
    """A scope cut where the definition changes; one part where it does not."""
    cut = indicator.spans(scope.since, max(scope.since, scope.end))
    found = [(definition, since, until) for definition, since, until in cut]
    if len(found) == 1:
        return [(found[0][0], scope)]
    return [
        (definition, replace(scope, since=since, until=until)) for definition, since, until in found
    ]


def values_of(
    wanted: Iterable[Indicator], scope: Scope, months: Sequence[Scope] = ()
) -> dict[str, tuple[list[Reading], list[Reading]]]:
    """Indicator → its parts in the scope, and its value in each of the months.

    The last part is the value that stands: what an older definition counted stays beside it.
    """
    chosen = list(wanted)
    asked = [(one.code, part) for one in chosen for part in parts(one, scope)]
    series = [(one.code, (one.on(month.end), month)) for one in chosen for month in months]
    told = read([part for _code, part in [*asked, *series]])
    found: dict[str, tuple[list[Reading], list[Reading]]] = {one.code: ([], []) for one in chosen}
    for n, ((code, _part), reading) in enumerate(zip([*asked, *series], told, strict=True)):
        found[code][n >= len(asked)].append(reading)
    return found


def scope_of(
    agencies: tuple[int, ...], period: Period, on: date, now: datetime | None = None
) -> Scope:
    """A period of these agencies as it stood at the end of a day; today as it stands now."""
    return Scope(agencies, period.start, period.end, on, now)


def pieces(whole: Period, kind: PeriodKind, on: date) -> list[Period]:
    """The periods of a kind that began within another one up to a day."""
    found, piece = [], Period.containing(kind, whole.start)
    if piece.start < whole.start:  # a week that began before
        piece = piece.next()
    while piece.start <= min(whole.end, on):
        found.append(piece)
        piece = piece.next()
    return found
