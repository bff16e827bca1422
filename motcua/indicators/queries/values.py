"""Values of indicators for periods, each with the definition that held."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone

from motcua.core.measures import Scope, count, family_of
from motcua.core.periods import Period, PeriodKind
from motcua.indicators.models import TypedCount
from motcua.indicators.rules import Definition, Indicator, Standing, Value, evaluate, stand
from motcua.org.models import Agency


@dataclass(frozen=True, slots=True)
class Reading:
    """The value of one version of an indicator in the days of ``scope``."""

    definition: Definition
    scope: Scope
    value: Value
    typed: tuple[TypedCount, ...] = ()  # what was typed, where no app keeps records

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
    typed = _typed({code for code in codes if family_of(code) is None}, scopes)
    return [
        _reading(
            definition, scope, [told[code][place[scope]] for code in definition.measures], typed
        )
        for definition, scope in wanted
    ]


def _reading(
    definition: Definition,
    scope: Scope,
    counts: list[int | None],
    typed: dict[tuple[str, Scope], list[TypedCount]],
) -> Reading:
    proofs: list[TypedCount] = []
    for n, code in enumerate(definition.measures):
        found = typed.get((code, scope), [])
        if found:
            counts[n] = sum(one.count for one in found)
            proofs += found
    value = evaluate(definition, counts[0], counts[1] if definition.bottom else None)
    return Reading(definition, scope, value, tuple(proofs))


def _typed(codes: set[str], scopes: Sequence[Scope]) -> dict[tuple[str, Scope], list[TypedCount]]:
    """What was typed for just these days, as it stood at each scope's cut-off; one query."""
    if not codes or not scopes:
        return {}
    agencies = {agency for scope in scopes for agency in scope.agencies}
    rows = TypedCount.objects.filter(agency__in=agencies, measure__in=codes).select_related("by")
    by_days: dict[tuple[int, str, date, date], list[TypedCount]] = {}
    for row in rows.order_by("at", "pk"):
        by_days.setdefault((row.agency_id, row.measure, row.since, row.until), []).append(row)
    found: dict[tuple[str, Scope], list[TypedCount]] = {}
    for scope in scopes if by_days else ():
        if scope.part is not None:  # what is typed is of the whole agency
            continue
        for code in codes:
            for agency in scope.agencies:
                typed = by_days.get((agency, code, scope.since, scope.until), [])
                known = [row for row in typed if timezone.localdate(row.at) <= scope.on]
                if known:
                    found.setdefault((code, scope), []).append(known[-1])
    return found


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
