"""Take in a dossier at the desk: choose the procedure, type, receive; drafts on the way."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from motcua.core.errors import Refused
from motcua.dossiers.actions.desk import take_in
from motcua.dossiers.actions.drafts import drop_draft, save_draft
from motcua.dossiers.forms import IntakeForm
from motcua.dossiers.models import Applicant, Dossier, Draft, PayWay
from motcua.dossiers.views.common import said
from motcua.org.models import Agency
from motcua.org.permissions import check_may
from motcua.org.queries import home_agency
from motcua.org.views.common import who
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import find, in_force_on
from motcua.ui.respond import redirect_after, respond

APPLICANT = ("kind", "full_name", "born_on", "id_number", "phone", "email", "address")


def desk_agency(request: HttpRequest) -> Agency:
    """The agency at whose desk the person sits; refused where they may not receive."""
    person, _now, on = who(request)
    agency = home_agency(person, on)
    if agency is None:
        raise Http404
    check_may(person, "dossiers.receive", agency, on)
    return agency


@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """Which procedure: by everyday words or by code; unfinished intakes below."""
    person, _now, on = who(request)
    agency = desk_agency(request)
    asked = " ".join(request.GET.get("q", "").split())[:200]
    context = {
        "q": asked,
        "found": find(asked, agency, on, 12) if asked else [],
        "drafts": Draft.objects.filter(person=person).order_by("-saved_at")[:20],
        "of": request.GET.get("of", ""),
    }
    return respond(request, "dossiers/choose.html", "dossiers/_found.html", context)


def _version(request: HttpRequest, agency: Agency, code: str) -> ProcedureVersion:
    _person, _now, on = who(request)
    version = in_force_on(agency, on).get(code)
    if version is None or not version.at_desk:
        raise Http404
    return version


def _draft(request: HttpRequest) -> Draft | None:
    person, _now, _on = who(request)
    pk = (request.POST or request.GET).get("draft", "")
    return get_object_or_404(Draft, pk=pk, person=person) if pk.isdigit() else None


def _initial(request: HttpRequest, agency: Agency) -> dict[str, Any]:
    """The applicant of the dossier before, for a visitor with several."""
    of = request.GET.get("of", "")
    person, _now, on = who(request)
    rows = Dossier.objects.visible_to(person, on).filter(agency=agency)
    before = rows.filter(pk=of).select_related("applicant").first() if of.isdigit() else None
    return _typed_of(before.applicant) if before else {}


def _typed_of(applicant: Applicant) -> dict[str, Any]:
    return {name: getattr(applicant, name) for name in APPLICANT}


@login_required
def new(request: HttpRequest, code: str) -> HttpResponse:
    """The intake form; a draft opens as it was left."""
    agency = desk_agency(request)
    version = _version(request, agency, code)
    draft = _draft(request)
    if request.method == "POST":
        return _sent(request, agency, version, draft)
    initial = json.loads(draft.typed) if draft else _initial(request, agency)
    return _show(request, version, IntakeForm(version=version, initial=initial), draft)


def _show(
    request: HttpRequest,
    version: ProcedureVersion,
    form: IntakeForm,
    draft: Draft | None,
    status: int = 200,
) -> HttpResponse:
    content = version.content
    if not form.errors:
        form.focus_on_next()
    context = {
        "version": version,
        "form": form,
        "draft": draft,
        "limit": content.limit.said.render(_),
        "bases": {str(fee.per) for fee in content.fees if fee.amount},
        "fees": [(fee.name, fee.said.render(_)) for fee in content.fees],
    }
    return render(request, "dossiers/new.html", context, status=status)


def _sent(
    request: HttpRequest, agency: Agency, version: ProcedureVersion, draft: Draft | None
) -> HttpResponse:
    """Recall, keep for later, or take in."""
    asked = request.POST.get("do", "receive")
    if asked == "recall":
        return _show(request, version, _recalled(request, agency, version), draft)
    if asked == "draft":
        _keep_draft(request, agency, version, draft)
        messages.success(request, _("Đã lưu bản đang nhập."))
        return redirect_after(request, reverse("dossiers:choose"))
    form = IntakeForm(request.POST, request.FILES, version=version)
    if not form.is_valid():
        return _show(request, version, form, draft, 422)
    try:
        made = _take_in(request, agency, form, asked)
    except Refused as refusal:
        form.add_refusal(said(refusal))
        return _show(request, version, form, draft, refusal.status)
    if draft is not None:
        drop_draft(draft=draft)
    messages.success(request, _("Đã ghi nhận hồ sơ %(code)s.") % {"code": made.code or ""})
    request.session["taken"] = made.pk
    return redirect_after(request, reverse("dossiers:dossier", args=[made.pk]))


def _take_in(request: HttpRequest, agency: Agency, form: IntakeForm, asked: str) -> Dossier:
    person, now, _on = who(request)
    said = form.cleaned_data
    return take_in(
        agency=agency,
        intake=form.intake(),
        by=person,
        at=now,
        do="guide" if asked == "guide" else "turn_away" if asked == "turn_away" else "receive",
        text=said["text"],
        way=PayWay(said["paid"]) if said["paid"] else None,
        files=[(file.name or "tep", file.read()) for file in said["attached"] or ()],
    )


def _recalled(request: HttpRequest, agency: Agency, version: ProcedureVersion) -> IntakeForm:
    """The form with the applicant of this number, as they were last."""
    typed: dict[str, Any] = {**request.POST.dict()}
    known = Applicant.objects.known_as(agency, typed.get("id_number", "")).first()
    if known is None:
        messages.info(request, _("Chưa có người nộp nào với số giấy tờ này."))
    else:
        typed |= {name: value for name, value in _typed_of(known).items() if value}
    return IntakeForm(version=version, initial=typed)


def _keep_draft(
    request: HttpRequest, agency: Agency, version: ProcedureVersion, draft: Draft | None
) -> Draft:
    person, now, _on = who(request)
    typed = _typed(request.POST)
    title = f"{version.procedure.code} {typed.get('full_name', '')}".strip()
    return save_draft(
        agency=agency,
        typed=typed | {"procedure": version.procedure.code},
        title=title,
        by=person,
        at=now,
        draft=draft,
    )


def _typed(sent: QueryDict) -> dict[str, str]:
    """The form's own fields."""
    kept = {"csrfmiddlewaretoken", "do", "draft"}
    return {name: str(value) for name, value in sent.items() if name not in kept}


@login_required
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an unfinished intake where it was left."""
    person, _now, _on = who(request)
    draft = get_object_or_404(Draft, pk=pk, person=person)
    code = json.loads(draft.typed)["procedure"]
    return redirect_after(request, f"{reverse('dossiers:new', args=[code])}?draft={pk}")


@login_required
@require_POST
def keep(request: HttpRequest, code: str) -> HttpResponse:
    """Keep what stands in the form, while it is typed."""
    agency = desk_agency(request)
    version = _version(request, agency, code)
    draft = _keep_draft(request, agency, version, _draft(request))
    return render(request, "dossiers/_draft_state.html", {"draft": draft})


@login_required
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an unfinished intake up."""
    person, _now, _on = who(request)
    drop_draft(draft=get_object_or_404(Draft, pk=pk, person=person))
    return redirect_after(request, reverse("dossiers:choose"))
