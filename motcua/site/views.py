"""The front door, global search, signs of life, error pages."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.audit.models import Entry, Head
from motcua.jobs.worker import workers_alive
from motcua.org.permissions import visible_agencies
from motcua.ui.respond import respond
from motcua.ui.views import error_page


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The chairman begins with today, everyone else with their own work."""
    decides = visible_agencies(request.person, "planning.approve", request.today)  # type: ignore[attr-defined] # set by PersonMiddleware
    return HttpResponseRedirect(reverse("planning:today" if decides else "planning:my_work"))


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """Everything that matches, with and without diacritics; the palette's part or a page."""
    from motcua.site.search import find_all

    words = request.GET.get("q", "")[:100]
    found = find_all(words, request.person, request.today)  # type: ignore[attr-defined] # set by PersonMiddleware
    context = {"q": words, "groups": found, "title": _("Tìm kiếm")}
    return respond(request, "site/search.html", "ui/_search_results.html", context)


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """Database, worker, disk and chain; 503 names what is not well."""
    checks: dict[str, Any] = {}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        checks["database"] = "ok"
        alive = workers_alive(timezone.now() - timedelta(seconds=0))
        checks["worker"] = "ok" if alive else "no worker shows life"
        checks["chain"] = _chain_state()
    except DatabaseError as error:
        checks["database"] = type(error).__name__
    free = shutil.disk_usage(settings.HOME).free
    checks["disk"] = "ok" if free > 200 * 1024 * 1024 else "less than 200 MB free"
    well = all(state == "ok" for state in checks.values())
    return JsonResponse({"ready": well, "checks": checks}, status=200 if well else 503)


def _chain_state() -> str:
    """Every head ends in its last entry: cheap; ``motcua verify`` walks the whole chain."""
    for head in Head.objects.all()[:1000]:
        last = Entry.objects.of_chain(head.chain).order_by("-seq").first()
        if (last.seq, last.hash) != (head.seq, head.hash) if last else head.seq != 0:
            return f"chain {head.chain} does not end where its head says"
    return "ok"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # Django's signature
    """A form from another page or an old session."""
    sentence = _(
        "Trang này đã mở quá lâu hoặc phiên làm việc đã hết. Hãy tải lại trang rồi gửi lại."
    )
    return error_page(request, 403, sentence=sentence)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # Django's signature
    """400."""
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # Django's signature
    """403."""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # Django's signature
    """404."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return error_page(request, 500)
