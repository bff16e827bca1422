"""What every request passes: a number to quote, one log line, strict headers, refusals as pages.

Order in ``MIDDLEWARE``: :class:`RequestIdMiddleware` first (outermost), then
:class:`ContentSecurityPolicyMiddleware`; :class:`RefusedMiddleware` last, after authentication
and messages, so that its page knows the person.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext

from motcua.core.errors import Refused
from motcua.ui.respond import wants_fragment
from motcua.ui.views import error_page

logger = logging.getLogger("motcua.request")

GetResponse = Callable[[HttpRequest], HttpResponse]

# Letters and digits that nobody confuses when reading a number over the telephone.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_KNOWN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

#: No inline code, nothing from elsewhere, no framing. ``data:`` images are drawn by our own CSS.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


def new_request_id() -> str:
    """A number to quote on the telephone: nine letters and digits in three groups."""
    letters = [secrets.choice(_ALPHABET) for _ in range(9)]
    return "-".join("".join(letters[i : i + 3]) for i in (0, 3, 6))


class RequestIdMiddleware:
    """Give each request a number and write one log line when it is answered.

    The path is logged without its query: a search may hold a person's name.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Number, answer, log; a well-formed ``X-Request-Id`` of a proxy is kept."""
        given = request.headers.get("X-Request-Id", "")
        request_id = given if _KNOWN_ID.fullmatch(given) else new_request_id()
        request.request_id = request_id  # type: ignore[attr-defined]  # set here for all who log
        started = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-Id"] = request_id
        logger.info(
            "%s %s %d %.0fms %s",
            request.method,
            request.path,
            response.status_code,
            (time.perf_counter() - started) * 1000,
            request_id,
        )
        return response


class ContentSecurityPolicyMiddleware:
    """Strict content security policy and the headers that belong to it.

    A response that set its own policy keeps it (a PDF shown in a frame of ours, for example).
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer and add the headers."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()"
        )
        return response


class RefusedMiddleware:
    """Show a refusal as a sentence: a page, or a message on the page that htmx is on."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; refusals arrive in :meth:`process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer :class:`Refused` with its status and its translated sentence."""
        if not isinstance(exception, Refused):
            return None
        sentence = exception.sentence(gettext(exception.message))
        if wants_fragment(request):
            body = render_to_string("ui/_message.html", {"text": sentence, "tone": "late"}, request)
            return HttpResponse(
                body,
                status=exception.status,
                headers={"HX-Retarget": "#messages", "HX-Reswap": "beforeend"},
            )
        return error_page(request, exception.status, sentence=sentence)
