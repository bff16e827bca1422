"""Send a kept file so that it stays harmless in a browser."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from motcua.files.models import Attachment


def send(attachment: Attachment) -> HttpResponse:
    """The file as a download with its fixed type, in a sandbox. The caller checked the right."""
    response = HttpResponse(attachment.read(), content_type=attachment.media)
    response.headers["Content-Disposition"] = _disposition(attachment.name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _disposition(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"
