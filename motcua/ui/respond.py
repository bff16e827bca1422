"""One place that decides whether a request is answered with a page or with a fragment.

A view renders its page through :func:`respond` and names the part of it that htmx may swap::

    return respond(request, "planning/task.html", "planning/_task.html", {"task": task})

The page template includes the same part (``{% include "planning/_task.html" %}``), so both
answers are made of one text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page.

    A boosted link and a step back in history want the whole page.
    """
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def target(request: HttpRequest) -> str:
    """The id of the element that htmx will fill, "" where it is not told.

    htmx 4 sends ``HX-Target`` as ``tag#id``; older ones sent the bare id.
    """
    return request.headers.get("HX-Target", "").rpartition("#")[2]


def respond(
    request: HttpRequest,
    template: str,
    part: str | Mapping[str, str],
    context: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Render ``template``, or only ``part`` of it when htmx asks.

    ``part`` is the template of the part, or a mapping from the id of the swapped element to the
    template (several parts on one page); an id that is not in the mapping gets the whole page.
    Messages waiting for the person travel with a fragment, out of band, so none is lost.
    """
    name = part if isinstance(part, str) else part.get(target(request), "")
    values = dict(context or {})
    if name and wants_fragment(request):
        body = render_to_string(name, values, request)
        if len(messages.get_messages(request)):
            body += render_to_string("ui/_messages_oob.html", {}, request)
        response = HttpResponse(body, status=status)
    else:
        response = HttpResponse(render_to_string(template, values, request), status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def sent_by(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; None for a look at the empty form. An empty sending counts."""
    return request.POST if request.method == "POST" else None


def redirect_after(request: HttpRequest, url: str) -> HttpResponse:
    """Go to ``url`` after a step was taken: 303 for a page, ``HX-Location``-like for htmx.

    htmx follows a redirect inside its request and would swap the new page into the old target;
    ``HX-Redirect`` makes it a real navigation.
    """
    if wants_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url, status=303)


def safe_url(request: HttpRequest, url: str) -> str:
    """An address of this site, else nothing."""
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())
    return url if safe else ""


def back_of(request: HttpRequest) -> str:
    """Where a step leads back to: what the form or the address names, else the list around it."""
    named = request.POST.get("next") or request.GET.get("next", "")
    return safe_url(request, named or request.headers.get("HX-Current-URL", ""))
