"""``/api/v1``: every app's router, one OpenAPI document."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from motcua.api.auth import SignedIn, TokenAuth
from motcua.api.problems import problem
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.dossiers.api import router as dossiers_router
from motcua.indicators.api import router as indicators_router
from motcua.indicators.api_compare import router as compare_router
from motcua.indicators.api_divided import router as divided_router
from motcua.indicators.api_forecast import router as forecast_router
from motcua.org.api import router as org_router
from motcua.planning.api import router as planning_router
from motcua.procedures.api import internal_router
from motcua.procedures.api import router as procedures_router
from motcua.reports.api import router as reports_router
from motcua.ui.machine import PreconditionFailed

api = NinjaAPI(
    title="Một Cửa",
    version="1",
    description="Plans, tasks, targets, reports of a commune; the same actions as the pages. "
    "Writes take an Idempotency-Key; records carry an ETag for If-Match; errors are RFC 9457.",
    auth=[TokenAuth(), SignedIn()],
    urls_namespace="api",
)
api.add_router("/org", org_router, tags=["org"])
api.add_router("", planning_router)
api.add_router("", dossiers_router)
api.add_router("/internal-procedures", internal_router, tags=["internal procedures"])
api.add_router("/procedures", procedures_router, tags=["procedures"])
api.add_router("", indicators_router, tags=["indicators"])
api.add_router("", compare_router, tags=["indicators"])
api.add_router("", divided_router, tags=["indicators"])
api.add_router("", forecast_router, tags=["indicators"])
api.add_router("/reports", reports_router, tags=["reports"])


@api.exception_handler(Refused)
def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal with its sentence; a stale write with the stored version and the sent one."""
    more = {}
    if isinstance(refusal, PreconditionFailed):
        more = {"current": refusal.current, "sent": refusal.sent}
    sentence = refusal.sentence(gettext(refusal.message))
    return problem(request, code=refusal.code, sentence=sentence, status=refusal.status, **more)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Input that is not of the schema: each place with its reason."""
    errors = [
        {"place": ".".join(map(str, e["loc"])), "reason": str(e["msg"])} for e in error.errors
    ]
    sentence = _("Dữ liệu gửi lên chưa đúng. Hãy xem từng chỗ trong “errors”.")
    return problem(request, code="invalid", sentence=sentence, status=422, errors=errors)


@api.exception_handler(AuthenticationError)
def stranger(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001 # ninja's signature
    """No key, a wrong one, or an ended one."""
    sentence = _("Hãy gửi khóa API còn hiệu lực trong Authorization: Bearer.")
    return problem(request, code="not_authenticated", sentence=sentence, status=401)


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001 # ninja's signature
    """Not there, or not yours to see."""
    return problem(request, code="not_found", sentence=_("Không tìm thấy."), status=404)


@api.exception_handler(PermissionDenied)
def denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:  # noqa: ARG001 # ninja's signature
    """Signed in, but no person of any agency."""
    sentence = _("Tài khoản này chưa gắn với vị trí nào.")
    return problem(request, code="not_allowed", sentence=sentence, status=403)


urlpatterns = [path("", api.urls)]
