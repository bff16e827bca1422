"""Writing a version, and its steps."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from motcua.core.errors import Refused
from motcua.org.permissions import check_may
from motcua.org.views.common import own_agency, who
from motcua.procedures import actions
from motcua.procedures.forms import CodeForm, PublishForm, VersionForm, WithdrawForm
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.permissions import check_version_step
from motcua.procedures.views.common import show_refusal, version_of
from motcua.ui.forms import Form
from motcua.ui.respond import redirect_after, sent_by


@login_required
def new(request: HttpRequest) -> HttpResponse:
    """The code first: a known one is changed, an unknown one begins."""
    person, _now, today = who(request)
    check_may(person, "procedures.edit", own_agency(person, today), today)
    form = CodeForm(sent_by(request))
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        return redirect_after(request, reverse("procedures:draft", args=[code]))
    status = 422 if form.errors else 200
    return render(request, "procedures/new.html", {"form": form}, status=status)


@login_required
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """A new version for one's agency, begun from the one in force."""
    person, now, today = who(request)
    agency = own_agency(person, today)
    check_may(person, "procedures.edit", agency, today)
    seen = ProcedureVersion.objects.visible_to(person, today).filter(procedure__code=code)
    model = seen.in_force(agency, today).first()
    form = VersionForm(sent_by(request), model.content if model else None, agency=agency)
    content = form.content() if request.method == "POST" else None
    if content is not None:
        try:
            made = actions.draft_version(
                agency=agency, code=code, content=content, by=person, at=now
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            return redirect_after(request, _url(made))
    context = {"form": form, "code": code, "model": model, "agency": agency}
    return render(request, "procedures/edit.html", context, status=_status(form.form))


@login_required
def edit(request: HttpRequest, code: str, no: int) -> HttpResponse:
    """Change a draft."""
    person, now, _today = who(request)
    found = version_of(request, code, no)
    check_version_step(found, "edit_version", person, now)
    assert found.agency is not None  # checked
    form = VersionForm(sent_by(request), found.content, agency=found.agency, lock=found.lock)
    content = form.content() if request.method == "POST" else None
    if content is not None:
        lock = form.form.cleaned_data["lock"]
        try:
            actions.edit_version(version=found, content=content, by=person, at=now, lock=lock)
        except Refused as refusal:
            form.refuse(refusal, found.lock)
        else:
            return redirect_after(request, _url(found))
    context = {"form": form, "code": code, "version": found, "agency": found.agency}
    return render(request, "procedures/edit.html", context, status=_status(form.form))


_FORMS: dict[str, type[Form]] = {
    "publish_version": PublishForm,
    "withdraw_version": WithdrawForm,
    "discard_version": Form,
}


@login_required
@require_POST
def step(request: HttpRequest, code: str, no: int, name: str) -> HttpResponse:
    """Publish, withdraw or discard a version."""
    person, now, _today = who(request)
    found = version_of(request, code, no)
    if name not in _FORMS:
        raise Http404
    form = _FORMS[name](request.POST)
    if not form.is_valid():
        context = {"form": form, "version": found, "name": name}
        return render(request, "procedures/step.html", context, status=422)
    try:
        getattr(actions, name)(version=found, by=person, at=now, **form.cleaned_data)
    except Refused as refusal:
        show_refusal(request, refusal)
    return redirect_after(request, _url(found))


def _url(version: ProcedureVersion) -> str:
    return reverse("procedures:version", args=[version.procedure.code, version.no])


def _status(form: Form) -> int:
    return 422 if form.is_bound and form.errors else 200
