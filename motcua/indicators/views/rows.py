"""The rows behind a number, as they stood at the end of a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from motcua.core.measures import Family, Measure, Part, Scope, family_of, measures
from motcua.core.periods import NotAPeriod
from motcua.indicators.queries.values import agencies_of
from motcua.indicators.views.common import agency_asked, day_asked
from motcua.org.models import Agency, Person
from motcua.org.permissions import check_may
from motcua.org.views.common import who
from motcua.ui.listing import Column, Empty, listing


def measure_of(code: str) -> tuple[Measure, Family]:
    """A measure with who tells it; 404 where nobody does."""
    family = family_of(code)
    if family is None:
        raise Http404
    return measures()[code], family


def scope_asked(person: Person, sent: QueryDict, today: date, now: Any) -> tuple[Agency, Scope]:
    """The scope of an address: ``agency``, ``since``, ``until``, ``on``; ``part`` as
    "procedure:1.000894".

    Raises ``NotAPeriod``, ``NotADate``.
    """
    agency = agency_asked(person, sent.get("agency", ""), today)
    year = date(today.year, 1, 1)
    since, until = day_asked(sent, "since", year), day_asked(sent, "until", today)
    on = min(day_asked(sent, "on", today), today)
    if until < since:
        raise NotAPeriod(text=f"{since} – {until}")
    live = now if on == today else None
    kind, _colon, key = sent.get("part", "").partition(":")
    part = Part(kind, key) if kind else None
    return agency, Scope(agencies_of(agency), since, until, on, live, part)


def checked_part(family: Family, scope: Scope) -> str:
    """The name of a scope's part; 404 where the family does not tell it from others."""
    if scope.part is None:
        return ""
    if not family.tells(scope):
        raise Http404
    return dict(family.parts[scope.part.kind](scope.agencies)).get(scope.part.key, scope.part.key)


@login_required
def rows(request: HttpRequest, code: str) -> HttpResponseBase:
    """The records that a number counts; each leads to its own page. Raises ``NotAllowed``."""
    person, now, today = who(request)
    measure, family = measure_of(code)
    agency, scope = scope_asked(person, request.GET, today, now)
    check_may(person, family.sees, agency, today)
    part = checked_part(family, scope)
    columns = [
        Column(
            f"c{n}",
            gettext(column.label),
            path=column.path,
            order_by=column.path if n == 0 else (),
            primary=n == 0,
            wide=n == 1,
        )
        for n, column in enumerate(family.columns)
    ]
    found = listing(
        request,
        family.rows(code, scope),
        columns,
        order="c0",
        row_url=family.address,
        empty=Empty(gettext("Không có bản ghi nào"), gettext("Trong kỳ này không phát sinh.")),
        file_name=code.replace(".", "-"),
    )
    context = {
        "measure": measure,
        "label": gettext(measure.label),
        "definition": gettext(measure.definition),
        "agency": agency,
        "part": part,
        "scope": scope,
        "live": scope.on == today,
    }
    return found.respond("indicators/rows.html", context)
