"""Slips as files: printed again they read as they did when they were given out."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from motcua.dossiers.documents.control import control_page
from motcua.dossiers.documents.docx import slip_docx
from motcua.dossiers.documents.forms import Given, page_of
from motcua.dossiers.documents.page import SlipPage
from motcua.dossiers.documents.pdf import PaperSize, slip_pdf
from motcua.dossiers.models import Slip
from motcua.dossiers.views.common import dossier_of
from motcua.org.views.common import who

#: Each form's media type.
MEDIA: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@login_required
def slip(request: HttpRequest, pk: int, slip: int, form: str) -> HttpResponse:
    """A slip of a dossier that the person may see; ``?why=1`` explains the promised moment,
    ``?size=a5`` prints on half the paper."""
    dossier = dossier_of(request, pk)
    found = get_object_or_404(dossier.slips.all(), pk=slip)
    found.dossier = dossier
    return answer(
        page_of_slip(found, why=request.GET.get("why") == "1"),
        f"{found.kind}-{found.pk}",
        form,
        "a5" if request.GET.get("size") == "a5" else "a4",
    )


@login_required
def control(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The control slip of a dossier as it stands now."""
    _person, now, _on = who(request)
    dossier = dossier_of(request, pk)
    return answer(control_page(dossier, now), f"control-{pk}", form)


def page_of_slip(found: Slip, *, why: bool) -> SlipPage:
    """The slip's page with the public address of this installation."""
    return page_of(Given.of(found), base=settings.PUBLIC_URL, why=why)


def answer(page: SlipPage, name: str, form: str, size: PaperSize = "a4") -> HttpResponse:
    """A file that no cache keeps; a PDF opens in the browser, ready to print. DOCX is always A4."""
    content = slip_pdf(page, size) if form == "pdf" else slip_docx(page)
    response = HttpResponse(content, content_type=MEDIA[form])
    kind = "inline" if form == "pdf" else "attachment"
    response.headers["Content-Disposition"] = f'{kind}; filename="{name}.{form}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
