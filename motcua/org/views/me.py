"""One's own account: posts, roles, delegation, sessions, API keys; the first password."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.errors import Refused
from motcua.org import actions
from motcua.org.forms import DelegationForm, FirstPasswordForm, TokenForm
from motcua.org.models import AccessToken, Delegation, Person
from motcua.org.views.common import own_agency, who
from motcua.ui.respond import redirect_after, sent_by


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """What I am here, who acts for me, which keys exist."""
    person, now, today = who(request)
    context = {
        "me": person,
        "appointments": person.appointments.select_related("post__agency").order_by("-valid_from"),
        "grants": person.grants.select_related("role", "agency").order_by("-valid_from"),
        "given": person.delegations_given.select_related("receiver").order_by("-valid_from")[:20],
        "received": person.delegations_received.select_related("giver").order_by("-valid_from")[
            :20
        ],
        "tokens": person.tokens.filter(revoked_at__isnull=True).order_by("-pk"),
        "token_form": TokenForm(),
        "now": now,
        "today": today,
    }
    return render(request, "org/me.html", context)


@login_required
def delegate_to(request: HttpRequest) -> HttpResponse:
    """Let a colleague act in my place while I am away."""
    person, now, today = who(request)
    agency = own_agency(person, today)
    colleagues = Person.objects.serving(agency, today).exclude(pk=person.pk).order_by("sort_name")
    form = DelegationForm(sent_by(request), colleagues=colleagues, initial={"valid_from": today})
    if request.method == "POST" and form.is_valid():
        try:
            actions.delegate(giver=person, agency=agency, at=now, **form.cleaned_data)
        except Refused as refusal:
            form.add_refusal(_(refusal.message) % refusal.params)
        else:
            messages.success(request, _("Đã ủy quyền."))
            return redirect_after(request, reverse("org:me"))
    status = 422 if form.errors else 200
    return render(request, "org/delegate.html", {"form": form}, status=status)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation that I gave."""
    person, now, _today = who(request)
    delegation = get_object_or_404(Delegation, pk=pk, giver=person)
    actions.revoke_delegation(delegation=delegation, by=person.actor, at=now)
    messages.success(request, _("Đã thu hồi ủy quyền."))
    return redirect_after(request, reverse("org:me"))


@login_required
@require_POST
def new_token(request: HttpRequest) -> HttpResponse:
    """Make an API key and show it once."""
    person, now, today = who(request)
    form = TokenForm(request.POST)
    if not form.is_valid():
        return render(request, "org/token.html", {"form": form}, status=422)
    _token, secret = actions.create_token(
        person=person,
        agency=own_agency(person, today),
        name=form.cleaned_data["name"],
        scopes=[],
        at=now,
        expires_at=now + timedelta(days=form.cleaned_data["days"]),
    )
    return render(request, "org/token.html", {"secret": secret, "form": form})


@login_required
@require_POST
def end_token(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of my API keys."""
    person, now, today = who(request)
    token = get_object_or_404(AccessToken, pk=pk, person=person)
    agency = own_agency(person, today)
    actions.revoke_token(token=token, agency=agency, by=person.actor, at=now)
    messages.success(request, _("Đã thu hồi khóa."))
    return redirect_after(request, reverse("org:me"))


def first_password(request: HttpRequest, secret: str) -> HttpResponse:
    """Set a password behind a one-time link; the link is spent by the form, not by looking."""
    link = actions.open_link(secret=secret, at=request.now)  # type: ignore[attr-defined] # set by PersonMiddleware
    form = FirstPasswordForm(sent_by(request), account=link.account)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        actions.spend_link(secret=secret, password=password, at=request.now)  # type: ignore[attr-defined] # likewise
        messages.success(request, _("Đã đặt mật khẩu. Mời bạn đăng nhập."))
        return HttpResponseRedirect(reverse("account_login"))
    context = {"form": form, "username": link.account.username}
    return render(request, "org/first_password.html", context, status=422 if form.errors else 200)
