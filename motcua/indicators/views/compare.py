"""The communes below an agency beside each other: tiles, ranking, spread, what stands out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.core.text import sort_key
from motcua.indicators import packs
from motcua.indicators.queries.compare import (
    INDEX,
    Comparison,
    Odd,
    Place,
    communes_below,
    compare,
)
from motcua.indicators.rules import Better, Definition, Standing
from motcua.indicators.rules.compare import Step, spread
from motcua.indicators.views.common import Asked, AskForm, asked_by, form_of, may_open, rows_url
from motcua.indicators.views.lists import TONES, goal_of
from motcua.org.permissions import visible_agencies
from motcua.org.views.common import who
from motcua.ui import charts
from motcua.ui.formats import vn_number
from motcua.ui.listing.export import workbook
from motcua.ui.templatetags.ui_tags import Tone, with_unit

#: Keys of the ranking's columns → by what it is ordered.
ORDERS: dict[str, Callable[[Place], Any]] = {
    "rank": lambda place: (place.rank is None, place.rank or 0, sort_key(place.agency.name)),
    "name": lambda place: sort_key(place.agency.name),
    "change": lambda place: (place.change is None, place.change or 0, sort_key(place.agency.name)),
}
DEFAULT = "on_time"


@dataclass(frozen=True, slots=True)
class Chosen:
    """By what places are compared: an indicator's definition of the day, or the index (None)."""

    code: str
    name: str
    unit: str
    definition: Definition | None

    @property
    def goal(self) -> str:
        """What is to be reached, in signs; "" without."""
        return "" if self.definition is None else goal_of(self.definition)


@dataclass(frozen=True, slots=True)
class Tile:
    """A place as the page shows it."""

    place: Place
    name: str
    url: str
    amount: str
    change: str
    tone: Tone
    word: str
    parts: str


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands out, with the way to its rows ("" where one may not)."""

    odd: Odd
    name: str
    kind: str
    share: str
    url: str


class CompareForm(AskForm):
    """Choose by what, below which agency, when."""

    indicator = forms.ChoiceField(label=_("So theo"))


@login_required
def comparison(request: HttpRequest) -> HttpResponseBase:
    """Communes by an indicator or the index; ``export=xlsx`` gives the ranking as a workbook."""
    question = asked_by(request)
    chosen = chosen_by(request.GET.get("indicator") or DEFAULT, question)
    found = compared(request, chosen, question)
    order = request.GET.get("sort", "rank")
    ordered = sorted(found.places, key=ORDERS.get(order.lstrip("-"), ORDERS["rank"]))
    tiles = [_tile(place, chosen, question) for place in found.places]
    by_place = {tile.place.agency.pk: tile for tile in tiles}
    rows = [by_place[place.agency.pk] for place in ordered]
    if order.startswith("-"):
        rows.reverse()
    if request.GET.get("export") == "xlsx":
        return _exported(rows, chosen, question)
    context = {
        "question": question,
        "chosen": chosen,
        "form": _form(request, question, chosen),
        "tiles": tiles,
        "rows": rows,
        "order": order,
        "sorts": _sorts(question, chosen, order),
        "counts": _standings(tiles),
        "median": found.median,
        "signs": list(_signs(request, found, question)),
        "figure": _figure(found, chosen, question),
        "export": f"?{question.query(indicator=chosen.code, sort=order, export='xlsx')}",
    }
    return render(request, "indicators/compare.html", context)


def chosen_by(code: str, question: Asked) -> Chosen:
    """What an address compares by; 404 for what there is not."""
    if code == INDEX:
        return Chosen(INDEX, gettext("Bộ chỉ số 766, quy về 100 điểm"), gettext("điểm"), None)
    indicator = packs.indicators().get(code)
    if indicator is None:
        raise Http404
    definition = indicator.on(question.scope.end)
    return Chosen(code, definition.name, definition.unit, definition)


def compared(request: HttpRequest, chosen: Chosen, question: Asked) -> Comparison:
    """The places that the person may see below the agency of the question."""
    person, _now, today = who(request)
    seen = visible_agencies(person, "indicators.view", today)
    agencies = communes_below(question.agency, seen, today)
    indicator = None if chosen.definition is None else packs.indicators()[chosen.code]
    return compare(indicator, agencies, question.period, question.on, question.scope.now)


def _tile(place: Place, chosen: Chosen, question: Asked) -> Tile:
    value, asked = place.value, {"agency": place.agency.code}
    page = (
        reverse("indicators:index")
        if chosen.definition is None
        else reverse("indicators:indicator", args=[chosen.code])
    )
    shown = with_unit(vn_number(value.amount), chosen.unit)
    known = value.standing is not Standing.OPEN
    ratio = value.top is not None and value.bottom is not None
    return Tile(
        place,
        place.agency.short_name or place.agency.place or place.agency.name,
        f"{page}?{question.query(**asked)}",
        gettext(value.why) if value.amount is None else shown,
        "" if not place.change else f"{place.change:+.2f}".replace(".", ","),
        TONES[value.standing],
        gettext(value.standing.label) if known and value.amount is not None else "",
        f"{vn_number(value.top)}/{vn_number(value.bottom)}" if ratio else "",
    )


def _standings(tiles: list[Tile]) -> list[tuple[str, Tone, int]]:
    """How many places stand how, the good ones first."""
    found = [(gettext(one.label), TONES[one]) for one in (*Standing,) if one is not Standing.OPEN]
    counts = [(word, tone, sum(tile.word == word for tile in tiles)) for word, tone in found]
    return [one for one in counts if one[2]]


def _signs(request: HttpRequest, found: Comparison, question: Asked) -> Iterator[Sign]:
    person, _now, today = who(request)
    for odd in found.odd:
        agency = odd.place.agency
        may = may_open(person, odd.measure, agency, today)
        yield Sign(
            odd,
            agency.name,
            gettext(odd.kind.label),
            f"{vn_number(round(Decimal(100 * odd.top) / odd.bottom, 1))}%",
            rows_url(odd.measure, agency, odd.scope) if may else "",
        )


def _figure(found: Comparison, chosen: Chosen, question: Asked) -> charts.Figure | None:
    steps = spread(place.value.amount for place in found.places)
    if len(found.places) < 3 or not steps:
        return None
    title = gettext("Số xã theo giá trị, mỗi cột %(width)s, %(period)s") % {
        "width": with_unit(vn_number(steps[0].high - steps[0].low), chosen.unit),
        "period": question.period.phrase,
    }
    marks = [
        charts.Bar(vn_number(step.low), step.count, _tone(step, chosen.definition))
        for step in steps
    ]
    return charts.bars(title, marks)


def _tone(step: Step, definition: Definition | None) -> str:
    """A step that lies wholly short of the goal: soon, or late beyond the warning."""
    if definition is None or definition.goal is None or definition.better is Better.NEITHER:
        return ""
    up = definition.better is Better.UP

    def short_of(bound: Decimal) -> bool:
        return step.high <= bound if up else step.low > bound

    if not short_of(definition.goal):
        return ""
    return "soon" if definition.warn is not None and not short_of(definition.warn) else "late"


def _sorts(question: Asked, chosen: Chosen, order: str) -> dict[str, str]:
    """The address of each column's order; the one that holds turns around."""
    return {
        key: "?"
        + urlencode({"indicator": chosen.code, "sort": f"-{key}" if order == key else key})
        + "&"
        + question.query()
        for key in ORDERS
    }


def _form(request: HttpRequest, question: Asked, chosen: Chosen) -> CompareForm:
    base = form_of(request, question)
    form = CompareForm(initial={**base.initial, "indicator": chosen.code})
    form.fields["agency"].choices = base.fields["agency"].choices  # type: ignore[attr-defined] # of a ChoiceField
    groups = packs.groups()
    known = packs.indicators().values()
    choices: list[Any] = [(INDEX, gettext("Bộ chỉ số 766, quy về 100 điểm"))]
    for key, label in groups.items():
        own = [(one.code, one.on(question.scope.end).name) for one in known if one.group == key]
        choices.append((gettext(label), own))
    form.fields["indicator"].choices = choices  # type: ignore[attr-defined] # of a ChoiceField
    form.order_fields(["indicator", "agency", "period", "on"])
    return form


def _exported(rows: list[Tile], chosen: Chosen, question: Asked) -> HttpResponseBase:
    header = [
        gettext("Hạng"),
        gettext("Mã"),
        gettext("Xã"),
        f"{chosen.name} ({chosen.unit})",
        gettext("Tử số"),
        gettext("Mẫu số"),
        gettext("So với kỳ trước"),
        gettext("Đánh giá"),
    ]
    lines = [
        [
            tile.place.rank,
            tile.place.agency.code,
            tile.place.agency.name,
            tile.place.value.amount if tile.place.value.amount is not None else tile.amount,
            tile.place.value.top,
            tile.place.value.bottom,
            tile.place.change,
            tile.word,
        ]
        for tile in rows
    ]
    return workbook(header, lines, f"{chosen.code}-{question.period.code}.xlsx")
