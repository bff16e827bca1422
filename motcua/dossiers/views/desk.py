"""The desk's dashboard: what is open, how much time it has left, with whom it lies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext

from motcua.dossiers.models import STAGE_READY
from motcua.dossiers.queries.desk import COLUMNS, LEFTS, desk_of
from motcua.org.models import Agency, Person
from motcua.org.permissions import check_may, visible_agencies
from motcua.org.queries import home_agency
from motcua.org.views.common import who
from motcua.ui import charts

_TONES = {"late": "late", "today": "soon", "1": "soon"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A number and the way to its rows ("" where there are none)."""

    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Line:
    """A post with its numbers."""

    name: str
    cells: list[Cell]


def _agency(person: Person, seen: list[int], code: str, on: date) -> Agency:
    """The agency of a code among those seen, else 404; without one one's own, else the first."""
    rows = Agency.objects.filter(pk__in=seen).order_by("name", "pk")
    if code:
        return get_object_or_404(rows, code=code)
    own = home_agency(person, on)
    if own is not None and (own.pk in seen or not seen):
        return own
    first = rows.first()
    if first is None:
        raise Http404
    return first


@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """One agency's desk at this moment: of ``?agency=CODE``, else of one's own. Each number leads
    to the list with just its filter. Raises ``NotAllowed``."""
    person, now, today = who(request)
    seen = visible_agencies(person, "dossiers.view", today)
    agency = _agency(person, seen, request.GET.get("agency", ""), today)
    check_may(person, "dossiers.view", agency, today)
    told = desk_of(agency, now)

    def cell(label: str, count: int, **asked: object) -> Cell:
        query = urlencode({"agency": agency.pk, **asked})
        return Cell(gettext(label), count, f"{reverse('dossiers:dossiers')}?{query}" * bool(count))

    def cells(counts: dict[str, int], **asked: object) -> list[Cell]:
        found = []
        for key, (label, ask) in COLUMNS.items():
            name, _, value = ask.partition("=")
            found.append(cell(label, counts[key], **{name: value}, **asked))
        return found

    bars = [
        charts.Bar(gettext(label), told.lefts[key], _TONES.get(key, ""), one.url)
        for key, label in LEFTS.items()
        if (one := cell(label, told.lefts[key], left=key)).count or key in ("late", "today")
    ]
    nobody = gettext("Chưa giao")
    context = {
        "agency": agency,
        "agencies": Agency.objects.filter(pk__in=seen).order_by("name") if len(seen) > 1 else [],
        "cells": cells(dict(told.counts)),
        "ready": cell(gettext("Chờ trả kết quả"), told.ready, stage=STAGE_READY),
        "figure": charts.rows(gettext("Hồ sơ đang mở, theo thời gian còn lại"), bars),
        "columns": [gettext(label) for label, _ask in COLUMNS.values()],
        "lines": [
            Line(one.name or nobody, cells(dict(one.counts), post=one.post or "none"))
            for one in told.posts
        ],
        "now": now,
    }
    return render(request, "dossiers/desk.html", context)
