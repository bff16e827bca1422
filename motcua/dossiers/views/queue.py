"""The queue: the clerk's page, and the screen in the hall."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from motcua.core.errors import Refused
from motcua.dossiers.actions.queue import call_next, step_number, take_number
from motcua.dossiers.models import Ticket
from motcua.dossiers.rules.queue import TICKET_STEPS
from motcua.dossiers.views.common import said
from motcua.dossiers.views.intake import desk_agency
from motcua.dossiers.views.kiosk import kiosk_address
from motcua.org.models import Agency
from motcua.org.views.common import who
from motcua.ui.respond import redirect_after, respond

#: Desks that a hall may have.
DESKS = range(1, 10)


def _desk(request: HttpRequest) -> int:
    """The desk at which the clerk sits, kept in the session."""
    asked = request.POST.get("desk", "")
    if asked.isdigit() and int(asked) in DESKS:
        request.session["desk"] = int(asked)
    return int(request.session.get("desk", 1))


@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """Who waits, who is at which desk; a post takes a number or calls the next."""
    person, now, _on = who(request)
    agency, desk, refusal = desk_agency(request), _desk(request), ""
    if request.method == "POST":
        try:
            if request.POST.get("do") == "take":
                ticket = take_number(agency=agency, by=person, at=now)
                request.session["ticket"] = ticket.pk
            elif request.POST.get("do") == "call":
                call_next(agency=agency, desk=desk, by=person, at=now)
        except Refused as refused:
            refusal = said(refused)
        else:
            return redirect_after(request, reverse("dossiers:queue"))
    return _page(request, agency, desk, refusal)


def _page(request: HttpRequest, agency: Agency, desk: int, refusal: str = "") -> HttpResponse:
    _person, now, on = who(request)
    tickets = Ticket.objects.of_day(agency, on)
    waiting = list(tickets.waiting()[:100])
    called = list(tickets.at_desks().select_related("called_by"))
    given = request.session.get("ticket")
    context = {
        "agency": agency,
        "desk": desk,
        "desks": DESKS,
        "refusal": refusal,
        "kiosk": kiosk_address(agency),
        "waiting": waiting,
        "called": called,
        "mine": next((one for one in called if one.desk == desk), None),
        "given": next((one for one in waiting if one.pk == given), None),
        "minutes": int((now - waiting[0].taken_at).total_seconds() // 60) if waiting else 0,
        "missed": list(tickets.filter(status="missed").order_by("-number")[:20]),
    }
    status = 409 if refusal else 200
    return respond(request, "dossiers/queue.html", "dossiers/_queue.html", context, status)


@login_required
@require_POST
def number(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Call a number again, note it as served or missed."""
    person, now, _on = who(request)
    agency = desk_agency(request)
    if step not in {one.name for one in TICKET_STEPS if one.sources}:
        raise Http404
    found = get_object_or_404(Ticket, pk=pk, agency=agency)
    desk = _desk(request)
    try:
        step_number(ticket=found, step=step, desk=desk, by=person, at=now)
    except Refused as refused:
        return _page(request, agency, desk, said(refused))
    return redirect_after(request, reverse("dossiers:queue"))


@require_safe
def hall(request: HttpRequest, code: str) -> HttpResponse:
    """The screen in the hall, for everybody: numbers and desks, no names."""
    agency = get_object_or_404(Agency, code=code)
    tickets = Ticket.objects.of_day(agency, request.today)  # type: ignore[attr-defined] # set by PersonMiddleware
    context = {
        "agency": agency,
        "called": list(tickets.at_desks()[:6]),
        "waiting": tickets.waiting().count(),
    }
    return respond(request, "dossiers/hall.html", "dossiers/_hall.html", context)
