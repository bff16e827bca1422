"""Public: the root of each day, so that whoever keeps a copy can show that the past was changed."""

from __future__ import annotations

import hashlib
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.audit.models import DayRoot
from motcua.audit.words import chain_names

#: The program that checks a proof; it stands beside the package, for people who have no more of it.
PROGRAM: Final = settings.BASE_DIR / "tools" / "verify_receipt.py"
#: So many days of all chains stand on the page; the file has all.
SHOWN = 60


@require_safe
def roots(request: HttpRequest) -> HttpResponse:
    """The latest roots, and how to check a receipt with them."""
    rows = list(DayRoot.objects.order_by("-day", "chain")[:SHOWN])
    names = chain_names({row.chain for row in rows})
    context = {
        "roots": [(row, names.get(row.chain, row.chain)) for row in rows],
        "program": PROGRAM.name,
        "digest": hashlib.sha256(PROGRAM.read_bytes()).hexdigest(),
    }
    return render(request, "audit/roots.html", context)


@require_safe
def roots_file(request: HttpRequest) -> HttpResponse:  # Django's signature
    """All roots as a file that ``tools/verify_receipt.py`` reads."""
    rows = DayRoot.objects.order_by("day", "chain").values("chain", "day", "root")
    return JsonResponse({"format": "motcua-roots/1", "roots": list(rows)})


@require_safe
def program(request: HttpRequest) -> HttpResponse:
    """The program that checks a proof, as it stands in the source."""
    answer = HttpResponse(PROGRAM.read_bytes(), content_type="text/x-python; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{PROGRAM.name}"'
    return answer
