"""Which indicator a target reads: what is proposed and why; one click confirms."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from motcua.core.errors import Refused
from motcua.indicators import actions, packs
from motcua.indicators.models import TargetIndicator
from motcua.indicators.queries.targets import proposed_for, readings_of
from motcua.org.permissions import may
from motcua.org.views.common import who
from motcua.planning.models import Target
from motcua.planning.queries.targets import standings
from motcua.ui.respond import redirect_after


def target_of(request: HttpRequest, pk: int) -> Target:
    """A target that the person may see, else 404."""
    person, _now, on = who(request)
    rows = Target.objects.visible_to(person, on).select_related("agency", "plan")
    return get_object_or_404(rows, pk=pk)


@login_required
def target(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposals for a target with the words that speak for each, and what was confirmed."""
    person, _now, on = who(request)
    found = target_of(request, pk)
    chosen = readings_of([found]).get(found.pk)
    known = {code: one.on(on) for code, one in packs.indicators().items()}
    proposed = proposed_for(found, on)
    named = {one.definition.code for one in proposed}
    context = {
        "target": found,
        "standing": standings([found], on)[0],
        "chosen": chosen,
        "definition": known[chosen.indicator] if chosen else None,
        "proposed": [
            one for one in proposed if not chosen or one.definition.code != chosen.indicator
        ],
        "others": [
            one
            for code, one in known.items()
            if found.unit and one.unit == found.unit and code not in named
        ],
        "may_confirm": may(person, "planning.measure", found.agency, on),
        "past": TargetIndicator.objects.filter(target=found, ended_at__isnull=False)
        .select_related("confirmed_by", "ended_by")
        .order_by("-pk")[:20],
        "names": {code: one.name for code, one in known.items()},
    }
    return render(request, "indicators/target.html", context)


@login_required
@require_POST
def connect(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm an indicator for a target."""
    person, now, _on = who(request)
    found = target_of(request, pk)
    try:
        actions.connect_target(
            target=found, indicator=request.POST.get("indicator", ""), by=person, at=now
        )
    except Refused as refusal:
        messages.error(request, refusal.sentence(gettext(refusal.message)))
    else:
        messages.success(request, gettext("Chỉ tiêu đã đọc số liệu từ hồ sơ."))
    return redirect_after(request, reverse("indicators:target", args=[pk]))


@login_required
@require_POST
def disconnect(request: HttpRequest, pk: int) -> HttpResponse:
    """Type the target's figures again."""
    person, now, _on = who(request)
    found = target_of(request, pk)
    try:
        actions.disconnect_target(target=found, by=person, at=now)
    except Refused as refusal:
        messages.error(request, refusal.sentence(gettext(refusal.message)))
    else:
        messages.success(request, gettext("Chỉ tiêu trở lại nhập tay."))
    return redirect_after(request, reverse("indicators:target", args=[pk]))
