"""Files of a dossier."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import File, Form, Status
from ninja.files import UploadedFile

from motcua.dossiers.actions.papers import attach_file
from motcua.dossiers.api.common import router, show_file
from motcua.dossiers.views.common import dossier_of
from motcua.files.models import Attachment
from motcua.files.views import send
from motcua.org.views.common import who


@router.get("/dossiers/{int:pk}/files")
def files(request: HttpRequest, pk: int) -> list[dict[str, Any]]:
    """The files of a dossier, the oldest first."""
    return [show_file(file) for file in Attachment.objects.of(dossier_of(request, pk))]


@router.post("/dossiers/{int:pk}/files", response={201: list[dict[str, Any]]})
def add_files(
    request: HttpRequest, pk: int, files: File[list[UploadedFile]], kind: Form[str] = "paper"
) -> Status[list[dict[str, Any]]]:
    """Add papers, drafts or the result."""
    person, now, _today = who(request)
    found = dossier_of(request, pk)
    made = [
        attach_file(
            dossier=found,
            name=file.name or "",
            content=file.read(),
            kind=kind,
            by=person,
            at=now,
        )
        for file in files
    ]
    return Status(201, [show_file(one) for one in made])


@router.get("/dossiers/{int:pk}/files/{int:file_pk}")
def download(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """A file of a dossier."""
    found = dossier_of(request, pk)
    return send(get_object_or_404(Attachment.objects.of(found), pk=file_pk))
