"""The tree of agencies, its posts and people; the administrator's steps on them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.errors import Refused
from motcua.org import actions
from motcua.org.forms import EndServiceForm, PersonForm
from motcua.org.models import Agency, Person
from motcua.org.permissions import check_may, may, visible_agencies
from motcua.org.queries import tree
from motcua.org.views.common import own_agency, who
from motcua.ui.respond import redirect_after, sent_by


@login_required
def organisation(request: HttpRequest) -> HttpResponse:
    """Agencies that the person may see, with posts and their holders today."""
    person, _now, today = who(request)
    agencies = visible_agencies(person, "org.view", today)
    manages = visible_agencies(person, "org.manage", today)
    context = {"branches": tree(agencies, today), "may_manage": bool(manages)}
    return render(request, "org/organisation.html", context)


def _visible_person(request: HttpRequest, pk: int) -> tuple[Person, Agency]:
    person, _now, today = who(request)
    agencies = visible_agencies(person, "org.view", today)
    seen = Person.objects.filter(appointments__post__agency__in=agencies)
    granted = Person.objects.filter(grants__agency__in=agencies)
    shown = get_object_or_404((seen | granted).distinct(), pk=pk)
    first = shown.appointments.select_related("post__agency").order_by("post__external").first()
    return shown, first.post.agency if first else own_agency(person, today)


@login_required
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """A person: posts, roles, delegations."""
    viewer, _now, today = who(request)
    shown, agency = _visible_person(request, pk)
    context = {
        "shown": shown,
        "appointments": shown.appointments.select_related("post__agency").order_by("-valid_from"),
        "grants": shown.grants.select_related("role", "agency").order_by("-valid_from"),
        "received": shown.delegations_received.select_related("giver").order_by("-valid_from")[:10],
        "may_manage": may(viewer, "org.manage", agency, today),
        "end_form": EndServiceForm(initial={"on": today}),
    }
    return render(request, "org/person.html", context)


@login_required
def new_person(request: HttpRequest) -> HttpResponse:
    """Enter a colleague; they get a one-time link to set their password."""
    viewer, now, today = who(request)
    agency = own_agency(viewer, today)
    actor = check_may(viewer, "org.manage", agency, today)
    form = PersonForm(sent_by(request), agency=agency, initial={"since": today})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.enter_colleague(agency=agency, by=actor, at=now, **form.cleaned_data)
        except Refused as refusal:
            form.add_refusal(_(refusal.message) % refusal.params, "username")
        else:
            return _show_link(request, made)
    status = 422 if form.errors else 200
    return render(request, "org/new_person.html", {"form": form}, status=status)


def _show_link(request: HttpRequest, made: Person) -> HttpResponse:
    assert made.account is not None
    secret = actions.make_one_time_link(account=made.account, at=request.now)  # type: ignore[attr-defined] # set by PersonMiddleware
    url = request.build_absolute_uri(reverse("org:first_password", args=[secret]))
    return render(request, "org/link.html", {"shown": made, "url": url})


@login_required
@require_POST
def new_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A new one-time link for who lost their password."""
    viewer, _now, today = who(request)
    shown, agency = _visible_person(request, pk)
    check_may(viewer, "org.manage", agency, today)
    return _show_link(request, shown)


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """A person leaves."""
    viewer, now, today = who(request)
    shown, agency = _visible_person(request, pk)
    actor = check_may(viewer, "org.manage", agency, today)
    form = EndServiceForm(request.POST)
    if form.is_valid():
        actions.end_service(
            person=shown, agency=agency, on=form.cleaned_data["on"], by=actor, at=now
        )
        messages.success(request, _("Đã ghi nhận %s thôi công tác.") % shown.full_name)
    else:
        messages.error(request, _("Hãy ghi ngày thôi công tác, ví dụ 30/9/2024."))
    return redirect_after(request, reverse("org:person", args=[pk]))
