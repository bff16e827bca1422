"""Slips, the control slip, the register and the day's money as files and figures."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from motcua.dossiers.api.common import router
from motcua.dossiers.documents.control import control_page
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.fees import collected
from motcua.dossiers.queries.figures import figures_of, handed_in
from motcua.dossiers.views.common import dossier_of
from motcua.dossiers.views.slips import answer, page_of_slip
from motcua.org.models import Agency
from motcua.org.permissions import visible_agencies
from motcua.org.views.common import who


@router.get("/dossiers/{int:pk}/slips/{int:slip}")
def slip(
    request: HttpRequest,
    pk: int,
    slip: int,
    form: Literal["pdf", "docx"] = "pdf",
    why: bool = False,
    size: Literal["a4", "a5"] = "a4",
) -> HttpResponse:
    """A slip as it was given out; ``why`` adds the way to the promised moment, ``size`` is that of
    the PDF."""
    dossier = dossier_of(request, pk)
    found = get_object_or_404(dossier.slips.all(), pk=slip)
    found.dossier = dossier
    return answer(page_of_slip(found, why=why), f"{found.kind}-{found.pk}", form, size)


@router.get("/dossiers/{int:pk}/control")
def control(request: HttpRequest, pk: int, form: Literal["pdf", "docx"] = "pdf") -> HttpResponse:
    """The control slip of a dossier as it stands now."""
    _person, now, _today = who(request)
    return answer(control_page(dossier_of(request, pk), now), f"control-{pk}", form)


@router.get("/dossiers/fees/figures")
def fees_figures(request: HttpRequest, agency: str, start: date, end: date) -> dict[str, int]:
    """What an agency (its code) collected and gave back from a day to another, both included, in
    đồng: cash + transfer = total; total − refunded = drawer + account."""
    found = collected(_seen(request, agency), start, end)
    sums = {name: getattr(found, name) for name in ("total", "refunded", "drawer", "account")}
    return sums | {name: getattr(found, name) for name in found.__slots__}


def _seen(request: HttpRequest, code: str) -> Agency:
    """The agency of a code whose desk the caller may see."""
    person, _now, today = who(request)
    seen = visible_agencies(person, "dossiers.view", today)
    return get_object_or_404(Agency, pk__in=seen, code=code)


@router.get("/dossiers/register/figures")
def register_figures(request: HttpRequest, agency: str, start: date, end: date) -> dict[str, Any]:
    """How many dossiers an agency (its code) had from a day to another, both included: carried +
    received = done + open. ``handed_in`` of them are other agencies', handed over to it."""
    _person, now, _today = who(request)
    of = _seen(request, agency)
    handed = handed_in(of, start, end, now)
    figures = figures_of(Dossier.objects.filter(agency=of), start, end, now) + handed
    parts = {name: getattr(figures, name) for name in figures.__slots__}
    return parts | {"done": figures.done, "open": figures.open, "handed_in": handed.whole}
