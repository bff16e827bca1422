"""Who asks, for which agency; how a refusal is shown."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from motcua.core.errors import Refused
from motcua.org.views.common import who
from motcua.procedures.models import ProcedureVersion


def version_of(request: HttpRequest, code: str, no: int) -> ProcedureVersion:
    """A version that the person may see, else 404."""
    person, _now, today = who(request)
    rows = ProcedureVersion.objects.visible_to(person, today)
    return get_object_or_404(
        rows.select_related("procedure", "agency"), procedure__code=code, no=no
    )


def said(refusal: Refused) -> str:
    """The refusal's sentence in the person's language."""
    return refusal.sentence(gettext(refusal.message))


def show_refusal(request: HttpRequest, refusal: Refused) -> None:
    """Show a refusal at the top of the page that one returns to."""
    messages.error(request, said(refusal))
