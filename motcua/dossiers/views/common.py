"""Who asks, whose dossier, what was typed."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from motcua.core.errors import Refused
from motcua.dossiers.models import Dossier
from motcua.org.permissions import visible_agencies
from motcua.org.views.common import who

JOINED = ("agency", "procedure", "version", "applicant", "filer", "person", "post", "received_by")


def dossier_of(request: HttpRequest, pk: int) -> Dossier:
    """A dossier that the person may see, or that was handed to their agency, else 404."""
    person, _now, on = who(request)
    rows = Dossier.objects.select_related(*JOINED)
    own = rows.visible_to(person, on).filter(pk=pk).first()
    return own or get_object_or_404(rows.handed_to(person, on), pk=pk)


def is_ours(request: HttpRequest, dossier: Dossier) -> bool:
    """Whether the person sees the dossier as one of their own desk, not as one handed over."""
    person, _now, on = who(request)
    return dossier.agency_id in visible_agencies(person, "dossiers.view", on)


def said(refusal: Refused) -> str:
    """The refusal's sentence in the person's language."""
    return refusal.sentence(gettext(refusal.message))


def lock_of(request: HttpRequest) -> int | None:
    """The state on which the form was opened."""
    sent = request.POST.get("lock", "")
    return int(sent) if sent.isdecimal() else None
