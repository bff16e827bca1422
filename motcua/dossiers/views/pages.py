"""The page of a dossier and the steps taken on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.audit.queries import proof_of
from motcua.core.errors import Refused
from motcua.dossiers.actions import ON_DOSSIER
from motcua.dossiers.actions.slips import wanted
from motcua.dossiers.forms import STEP_FORMS, StepForm
from motcua.dossiers.models import Dossier, Refund, Slip
from motcua.dossiers.permissions import allowed_steps
from motcua.dossiers.queries import history_of, said_of
from motcua.dossiers.rules import STEPS, DossierStatus, SlipKind
from motcua.dossiers.rules.rulesets import PLAIN
from motcua.dossiers.views.common import dossier_of, is_ours, lock_of, said
from motcua.files.models import Attachment
from motcua.files.views import send
from motcua.org.views.common import who
from motcua.ui.elements import FileItem
from motcua.ui.respond import back_of, redirect_after, respond, safe_url

#: Steps that take something away from the person; shown last, in red.
GRAVE = frozenset({"refuse", "decline", "stop", "withdraw", "expire"})
#: The way on towards the result: the first of these is what the page offers above all.
ONWARD = frozenset(
    {
        "accept",
        "complete",
        "forward",
        "hand_on",
        "present",
        "sign",
        "hand_over",
        "supply",
        "confirm_payment",
        "hear",
        "bring_back",
        "give_back",
    }
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that the person may take, with its form: open when asked for, or refused."""

    name: str
    label: str
    form: StepForm
    kind: str
    is_open: bool


def _form(request: HttpRequest, dossier: Dossier, step: str, *, bound: bool) -> StepForm:
    _person, now, _on = who(request)
    data = (request.POST,) if bound else ()
    return STEP_FORMS[step](*data, dossier=dossier, now=now, auto_id=f"{step}-%s")


def _offers(
    request: HttpRequest, dossier: Dossier, sent: StepForm | None, step: str
) -> list[Offer]:
    person, _now, on = who(request)
    names = allowed_steps(dossier, person, on)
    if sent is not None and step not in names and is_ours(request, dossier):
        names.insert(0, step)  # no longer possible, but what was typed is shown
    names.sort(key=lambda name: (name in GRAVE, name not in ONWARD))
    onward = next((name for name in names if name in ONWARD), "")
    return [
        Offer(
            name,
            _(STEPS[name].label),
            form := (
                sent
                if sent is not None and name == step
                else _form(request, dossier, name, bound=False)
            ),
            "danger" if name in GRAVE else "primary" if name == onward else "",
            form.is_bound or request.GET.get("step") == name,
        )
        for name in names
    ]


@login_required
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """One dossier: where it stands, why until then, what can be done."""
    return _page(request, dossier_of(request, pk))


def _page(
    request: HttpRequest,
    found: Dossier,
    sent: StepForm | None = None,
    step: str = "",
    status: int = 200,
) -> HttpResponse:
    _person, now, _on = who(request)
    files = [
        FileItem(
            row.name,
            reverse("dossiers:file", args=[found.pk, row.pk]),
            row.size,
            row.added_by,
            row.added_at,
        )
        for row in Attachment.objects.of(found)
    ]
    slips = list(found.slips.order_by("-pk"))
    papers = list(found.papers.order_by("position"))
    context = {
        "dossier": found,
        "now": now,
        "offers": _offers(request, found, sent, step),
        "why": said_of(found.due_why),
        "papers": papers,
        "missing": {one["name"] for one in wanted(found, papers)},
        "steps": list(found.steps.select_related("post", "person").order_by("position")),
        "pauses": list(found.pauses.select_related("asked_by").order_by("-asked_at")),
        "charges": list(found.charges.order_by("pk")),
        "refunds": _refunds(found, slips),
        "slips": slips,
        "to_print": _to_print(found, slips),
        "history": history_of(found),
        "files": files,
        "next": back_of(request),
        "is_ours": is_ours(request, found),
        "taken": _just_taken(request, found),
    }
    part = {"beside": "dossiers/_panel.html"}
    return respond(request, "dossiers/dossier.html", part, context, status)


def _just_taken(request: HttpRequest, found: Dossier) -> bool:
    """Whether the person has just taken it in; said once, for the page that comes after."""
    if "taken" not in request.session:
        return False
    return bool(request.session.pop("taken") == found.pk)


def _refunds(found: Dossier, slips: list[Slip]) -> list[Refund]:
    """What went back; asked for only where a slip says so."""
    if not any(one.kind == SlipKind.REFUND for one in slips):
        return []
    return list(found.refunds.order_by("pk"))


def _to_print(found: Dossier, slips: list[Slip]) -> Slip | None:
    """The slip that people wait for: of money just given back, else the last official one, else the
    last of all. A request that was answered is history."""
    waits = found.status in (DossierStatus.WAITING, DossierStatus.INCOMPLETE)
    standing = [one for one in slips if one.cancelled_at is None]
    if standing and standing[0].kind == SlipKind.REFUND:
        return standing[0]
    current = [one for one in standing if waits or one.kind != SlipKind.SUPPLEMENT] or standing
    return min(current, key=lambda one: one.kind in PLAIN, default=None)


@login_required
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take one step; refused, the page comes back with the form as it was typed.

    The address of such a page, entered again, leads to the dossier with that form open.
    """
    if step not in STEP_FORMS:
        raise Http404
    if request.method != "POST":
        dossier_of(request, pk)
        return redirect(f"{reverse('dossiers:dossier', args=[pk])}?step={step}#{step}")
    person, now, _on = who(request)
    found = dossier_of(request, pk)
    form = _form(request, found, step, bound=True)
    if not form.is_valid():
        return _page(request, found, form, step, 422)
    try:
        ON_DOSSIER[step](dossier=found, by=person, at=now, lock=lock_of(request), **form.values())
    except Refused as refusal:
        form.add_refusal(said(refusal))
        return _page(request, dossier_of(request, pk), form, step, refusal.status)
    messages.success(request, _("Đã ghi nhận: %(step)s.") % {"step": _(STEPS[step].label)})
    back = safe_url(request, request.POST.get("next", ""))
    return redirect_after(request, back or reverse("dossiers:dossier", args=[pk]))


@login_required
def file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """One file of a dossier."""
    found: Any = get_object_or_404(Attachment.objects.of(dossier_of(request, pk)), pk=file)
    return send(found)


@login_required
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier's entries with what proves their place in the published roots, as a file."""
    found = dossier_of(request, pk)
    answer = JsonResponse(proof_of(found))
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.code or found.pk}.json"'
    return answer
