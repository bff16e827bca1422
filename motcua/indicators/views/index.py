"""The index of Decision 766/QĐ-TTg as it stands: components, points, months."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from motcua.core.periods import Period, PeriodKind
from motcua.indicators.queries.divided import BY
from motcua.indicators.queries.index import index_of
from motcua.indicators.queries.values import pieces, scope_of
from motcua.indicators.views.common import asked_by, form_of, shown_amount
from motcua.indicators.views.divided import INDEX, tabs_of
from motcua.ui import charts


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Each component with its value, threshold and points; what is not known is not counted."""
    question = asked_by(request)
    year = Period(PeriodKind.YEAR, question.period.start.year)
    months = pieces(year, PeriodKind.MONTH, question.on)
    scopes = [scope_of(question.agencies, one, question.on, question.scope.now) for one in months]
    found = index_of(question.scope, scopes)
    points = [
        charts.Point(f"T{month.index}", None if one.share is None else float(one.share))
        for month, one in zip(months, found.months, strict=True)
    ]
    known = sum(point.value is not None for point in points) > 1
    title = gettext("Điểm theo tháng, trên 100 điểm của phần đã có dữ liệu")
    context = {
        "question": question,
        "form": form_of(request, question),
        "index": found,
        "groups": [
            (part, [(row, shown_amount(row.reading)) for row in part.rows]) for part in found.groups
        ],
        "divisions": tabs_of(INDEX, BY, question),
        "figure": charts.line(title, points) if known else None,
    }
    return render(request, "indicators/index.html", context)
