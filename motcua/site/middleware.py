"""Who asks, and what time it is: read once per request, at the edge."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from datetime import date, datetime

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
