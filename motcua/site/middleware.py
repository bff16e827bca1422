"""Who asks, and what time it is: read once per request, at the edge. In demo mode, what it took."""

from __future__ import annotations

import time
from collections.abc import Callable
from copy import copy
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from motcua.db.stamps import reading, remembered
from motcua.jobs import clock
from motcua.org.models import Person


class PersonMiddleware:
    """Sets ``request.now``, ``request.today`` and ``request.person`` (None for a stranger)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with reading():
            return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        now: datetime = clock.now()
        today: date = now.date()
        request.now, request.today = now, today  # type: ignore[attr-defined] # Django's request is open
        user = request.user
        person = None
        if user.is_authenticated:
            person = copy(remembered(("person", user.pk), lambda: _person_of(user.pk)))
        request.person = person  # type: ignore[attr-defined] # Django's request is open
        return self.get_response(request)


def _person_of(account: int) -> Person | None:
    return Person.objects.filter(account=account, left_on__isnull=True).first()


class TimingMiddleware:
    """Says in ``Server-Timing`` what an answer took, how much of it in statements to the database
    and how many these were. For demo mode: strangers learn nothing from times there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        taken: list[float] = []

        def timed(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            started = time.perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                taken.append(time.perf_counter() - started)

        started = time.perf_counter()
        with connection.execute_wrapper(timed):
            response = self.get_response(request)
        whole = 1000 * (time.perf_counter() - started)
        database = 1000 * sum(taken)
        response["Server-Timing"] = (
            f'app;dur={whole:.1f}, db;dur={database:.1f};desc="{len(taken)}"'
        )
        return response
