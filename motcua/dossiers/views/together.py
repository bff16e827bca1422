"""One step on many dossiers ticked in the list: who does not take part is named, and why."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from motcua.core.together import MOST, Outcome, take_together
from motcua.dossiers.actions import ON_DOSSIER
from motcua.dossiers.forms import STEP_FORMS, StepForm
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules import STEPS
from motcua.dossiers.views.common import said
from motcua.org.permissions import visible_agencies
from motcua.org.views.common import who
from motcua.ui.listing import BulkAction
from motcua.ui.respond import redirect_after, safe_url

#: Steps that many dossiers of one agency can take with the same words.
TOGETHER = {"forward": "send", "hand_on": "arrow-right", "sign": "pencil", "transfer": "person"}


def buttons_for(request: HttpRequest) -> list[BulkAction]:
    """The steps that the person may take somewhere."""
    person, _now, on = who(request)
    return [
        BulkAction(_(STEPS[name].label), reverse("dossiers:together", args=[name]), icon)
        for name, icon in TOGETHER.items()
        if visible_agencies(person, STEPS[name].needs, on)
    ]


@login_required
@require_POST
def together(request: HttpRequest, step: str) -> HttpResponse:
    """Show the ticked dossiers with the step's form; sent from there, take the step on each."""
    if step not in TOGETHER:
        raise Http404
    found = _ticked(request)
    if not found:
        messages.error(request, _("Hãy đánh dấu ít nhất một hồ sơ."))
        return redirect_after(request, _back(request))
    sent = "together" in request.POST
    form = _form(request, step, found[0], sent=sent)
    if sent and form.is_valid():
        _tell(request, _take(request, step, found, form))
        return redirect_after(request, _back(request))
    context = {
        "form": form,
        "dossiers": found,
        "label": _(STEPS[step].label),
        "back": _back(request),
    }
    status = 422 if form.errors else 200
    return render(request, "dossiers/together.html", context, status=status)


def _ticked(request: HttpRequest) -> list[Dossier]:
    """Ticked dossiers of one agency: those of another take part in a step of their own."""
    person, _now, on = who(request)
    keys = [int(pk) for pk in request.POST.getlist("selected") if pk.isdigit()][:MOST]
    rows = Dossier.objects.visible_to(person, on).filter(pk__in=keys)
    found = list(rows.select_related("agency", "applicant", "person", "post").work_order())
    return [one for one in found if one.agency_id == found[0].agency_id]


def _form(request: HttpRequest, step: str, dossier: Dossier, *, sent: bool) -> StepForm:
    _person, now, _on = who(request)
    data: Any = (request.POST,) if sent else ()
    return STEP_FORMS[step](*data, dossier=dossier, now=now)


def _take(
    request: HttpRequest, step: str, found: list[Dossier], form: StepForm
) -> Outcome[Dossier]:
    person, now, _on = who(request)
    values = form.values()
    return take_together(
        found, lambda one: ON_DOSSIER[step](dossier=one, by=person, at=now, **values)
    )


def _tell(request: HttpRequest, outcome: Outcome[Dossier]) -> None:
    """How many are done; the codes of the others by the reason."""
    done = len(outcome.done)
    if done:
        words = ngettext("Đã xong %(n)d hồ sơ.", "Đã xong %(n)d hồ sơ.", done) % {"n": done}
        messages.success(request, words)
    reasons: dict[str, list[str]] = defaultdict(list)
    for dossier, refusal in outcome.refused:
        reasons[said(refusal)].append(dossier.code or "–")
    for reason, codes in reasons.items():
        named = {"codes": ", ".join(codes), "reason": reason}
        messages.error(request, _("Chưa làm: %(codes)s. %(reason)s") % named)


def _back(request: HttpRequest) -> str:
    return safe_url(request, request.POST.get("next", "")) or reverse("dossiers:dossiers")
