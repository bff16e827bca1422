"""Public: the root of each day, so that whoever keeps a copy can show that the past was changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.audit.models import DayRoot

#: So many days of all chains stand on the page; the file has all.
SHOWN = 60


@require_safe
def roots(request: HttpRequest) -> HttpResponse:
    """The latest roots, and how to check a receipt with them."""
    rows = DayRoot.objects.order_by("-day", "chain")[:SHOWN]
    return render(request, "audit/roots.html", {"roots": rows})


@require_safe
def roots_file(request: HttpRequest) -> HttpResponse:  # Django's signature
    """All roots as a file that ``tools/verify_receipt.py`` reads."""
    rows = DayRoot.objects.order_by("day", "chain").values("chain", "day", "root")
    return JsonResponse({"format": "motcua-roots/1", "roots": list(rows)})
