"""Who asks, whose dossier, what was typed."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from motcua.core.errors import Refused
from motcua.dossiers.models import Dossier
from motcua.org.views.common import who


def dossier_of(request: HttpRequest, pk: int) -> Dossier:
    """A dossier that the person may see, else 404."""
    person, _now, on = who(request)
    rows = Dossier.objects.visible_to(person, on).select_related(
        "agency", "procedure", "version", "applicant", "filer", "person", "post", "received_by"
    )
    return get_object_or_404(rows, pk=pk)


def said(refusal: Refused) -> str:
    """The refusal's sentence in the person's language."""
    return refusal.sentence(gettext(refusal.message))


def lock_of(request: HttpRequest) -> int | None:
    """The state on which the form was opened."""
    sent = request.POST.get("lock", "")
    return int(sent) if sent.isdigit() else None
