"""Errors as problem+json (RFC 9457): ``type``, ``title``, ``status``, ``code``, ``detail``."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

_TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    410: "Gone",
    412: "Precondition Failed",
    413: "Content Too Large",
    422: "Unprocessable Content",
}


def problem(
    request: HttpRequest, *, code: str, sentence: str, status: int, **more: Any
) -> HttpResponse:
    """One problem; ``sentence`` is shown to people in the request's language."""
    body = {
        "type": f"https://motcua.invalid/problems/{code}",
        "title": _TITLES.get(status, "Error"),
        "status": status,
        "code": code,
        "detail": gettext(sentence) if sentence else "",
        "request_id": getattr(request, "request_id", ""),
        **more,
    }
    return HttpResponse(
        json.dumps(body, ensure_ascii=False, default=str),
        status=status,
        content_type="application/problem+json; charset=utf-8",
    )
