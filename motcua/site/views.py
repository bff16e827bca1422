"""The front door, global search, signs of life, error pages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.org.permissions import visible_agencies
from motcua.site.health import look
from motcua.site.search import dossier_of_code, find_all
from motcua.ui.respond import respond, wants_fragment
from motcua.ui.views import error_page


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The chairman begins with today, everyone else with their own work."""
    decides = visible_agencies(request.person, "planning.approve", request.today)  # type: ignore[attr-defined] # set by PersonMiddleware
    return HttpResponseRedirect(reverse("planning:today" if decides else "planning:my_work"))


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """Everything that matches, with and without diacritics; the palette's part or a page."""
    words = request.GET.get("q", "")[:100]
    person, on = request.person, request.today  # type: ignore[attr-defined] # set by PersonMiddleware
    exact = None if wants_fragment(request) else dossier_of_code(words, person, on)
    if exact is not None:  # a scanned code opens its dossier
        return HttpResponseRedirect(reverse("dossiers:dossier", args=[exact]))
    found = find_all(words, person, on)
    context = {"q": words, "groups": found, "title": _("Tìm kiếm")}
    return respond(request, "site/search.html", "ui/_search_results.html", context)


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """Database, worker, disk and chain; 503 names what is not well."""
    states = look()
    well = all(state.startswith("ok") for state in states.values())
    return JsonResponse({"ready": well, "checks": states}, status=200 if well else 503)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from another page or an old session."""
    sentence = _(
        "Trang này đã mở quá lâu hoặc phiên làm việc đã hết. Hãy tải lại trang rồi gửi lại."
    )
    return error_page(request, 403, sentence=sentence)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return error_page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return error_page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return error_page(request, 500)
