"""``Idempotency-Key``: the write and its answer are stored in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from motcua.api.models import IdempotentAnswer
from motcua.api.problems import problem
from motcua.core.errors import mark as _

_WRITES = {"POST", "PUT", "PATCH", "DELETE"}
_REUSED = _("Khóa Idempotency-Key này đã dùng cho một yêu cầu khác. Hãy dùng khóa mới.")


class IdempotencyMiddleware:
    """Replays the stored answer of a repeated write of ``/api/``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.headers.get("Idempotency-Key", "")[:100]
        if not key or request.method not in _WRITES or not request.path.startswith("/api/"):
            return self.get_response(request)
        client = _client(request)
        mark = hashlib.sha256(
            f"{request.method} {request.get_full_path()}\n".encode() + request.body
        ).hexdigest()
        try:
            return self._first(request, client, key, mark)
        except IntegrityError:
            known = IdempotentAnswer.objects.filter(client=client, key=key).first()
            if known is None:
                raise
            return _repeat(request, known, mark)

    def _first(self, request: HttpRequest, client: str, key: str, mark: str) -> HttpResponse:
        with transaction.atomic():
            # A parallel request with the same key waits here until the first has answered.
            row = IdempotentAnswer.objects.create(client=client, key=key, fingerprint=mark)
            response = self.get_response(request)
            if response.status_code >= 500 or response.streaming:
                transaction.set_rollback(True)
                return response
            row.status = response.status_code
            row.content_type = response.headers.get("Content-Type", "")
            row.body = response.content
            row.etag = response.headers.get("ETag", "")
            row.save()
        return response


def _client(request: HttpRequest) -> str:
    session = request.COOKIES.get("sessionid", "")
    return hashlib.sha256(f"{request.headers.get('Authorization', session)}".encode()).hexdigest()


def _repeat(request: HttpRequest, known: IdempotentAnswer, mark: str) -> HttpResponse:
    if known.fingerprint != mark:
        return problem(request, code="idempotency_key_reused", sentence=_REUSED, status=422)
    response = HttpResponse(bytes(known.body), status=known.status, content_type=known.content_type)
    response.headers["Idempotent-Replayed"] = "true"
    if known.etag:
        response.headers["ETag"] = known.etag
    return response
