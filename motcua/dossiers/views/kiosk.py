"""The screen at the door at which visitors take their number: no log-in, an address that the desk
opened."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.core.errors import Refused
from motcua.dossiers.actions.queue import take_at_kiosk
from motcua.dossiers.documents.qr import qr_page
from motcua.dossiers.models import Ticket
from motcua.dossiers.views.common import said
from motcua.org.models import Agency
from motcua.ui.respond import redirect_after

_SALT: Final = "dossiers.kiosk"
#: How long an address holds that the desk opened, in seconds: a screen is set up once a month.
KIOSK_SECONDS = 31 * 24 * 3600


def kiosk_address(agency: Agency) -> str:
    """The address of an agency's screen, signed now."""
    return reverse("dossiers:kiosk", args=[signing.dumps(agency.code, salt=_SALT)])


def _agency(sealed: str) -> Agency:
    """The agency of an address that this installation signed; else 404."""
    try:
        code = signing.loads(sealed, salt=_SALT, max_age=KIOSK_SECONDS)
    except signing.BadSignature as error:
        raise Http404 from error
    return get_object_or_404(Agency, code=code)


@require_http_methods(["GET", "HEAD", "POST"])
def kiosk(request: HttpRequest, sealed: str) -> HttpResponse:
    """One big button; pressed, it gives the next number."""
    agency, now = _agency(sealed), request.now  # type: ignore[attr-defined] # set by PersonMiddleware
    context = {"agency": agency, "agency_name": agency.name, "refusal": ""}
    if request.method == "POST":
        try:
            ticket = take_at_kiosk(agency=agency, at=now)
        except Refused as refusal:
            context["refusal"] = said(refusal)
            return render(request, "dossiers/kiosk.html", context, status=refusal.status)
        return redirect_after(
            request, reverse("dossiers:kiosk_number", args=[sealed, ticket.number])
        )
    return render(request, "dossiers/kiosk.html", context)


@require_safe
def kiosk_number(request: HttpRequest, sealed: str, number: int) -> HttpResponse:
    """A number of today to print or to take along: its code opens the screen of the hall."""
    agency = _agency(sealed)
    today = Ticket.objects.of_day(agency, request.today)  # type: ignore[attr-defined] # set by PersonMiddleware
    ticket = get_object_or_404(today, number=number)
    hall = settings.PUBLIC_URL + reverse("dossiers:hall", args=[agency.code])
    context = {
        "agency": agency,
        "agency_name": agency.name,
        "ticket": ticket,
        "before": today.waiting().filter(number__lt=ticket.number).count(),
        "qr": qr_page(hall),
        "again": reverse("dossiers:kiosk", args=[sealed]),
    }
    return render(request, "dossiers/kiosk_number.html", context)
