"""Communes beside each other by API: values, ranks, what stands out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Router

from motcua.indicators.api import Form, answer, plain, question_of
from motcua.indicators.views.compare import DEFAULT, chosen_by, compared
from motcua.ui.machine import Day

router = Router()


@router.get("/comparison")
def comparison(
    request: HttpRequest,
    agency: str = "",
    indicator: str = DEFAULT,
    period: str = "",
    on: Day | None = None,
    form: Form = "json",
) -> Any:
    """The communes below ``agency`` that one may see, the best first, by an indicator or by
    ``index-766`` (points of a hundred); ``standing_out`` names what is unusual among them and the
    measure to ask for the rows of. CSV has the values alone."""
    question = question_of(request, agency, period, on)
    chosen = chosen_by(indicator, question)
    found = compared(request, chosen, question)
    rows = [
        {
            "rank": place.rank,
            "agency": place.agency.code,
            "name": place.agency.name,
            "value": plain(place.value.amount),
            "why": gettext(place.value.why) if place.value.why else "",
            "numerator": place.value.top,
            "denominator": place.value.bottom,
            "change": plain(place.change),
            "standing": str(place.value.standing),
        }
        for place in found.places
    ]
    if form == "csv":
        return answer(rows, form, f"{chosen.code}-{question.period.code}")
    return {
        "indicator": chosen.code,
        "name": chosen.name,
        "unit": chosen.unit,
        "period": question.period.code,
        "on": question.on,
        "median": plain(found.median),
        "results": rows,
        "standing_out": [
            {
                "agency": odd.place.agency.code,
                "kind": str(odd.kind),
                "words": odd.words,
                "numerator": odd.top,
                "denominator": odd.bottom,
                "measure": odd.measure,
                "since": odd.scope.since,
                "until": odd.scope.until,
            }
            for odd in found.odd
        ],
    }
