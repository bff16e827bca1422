"""What the organisation's pages share."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from motcua.org.models import Agency, Person
from motcua.org.queries import home_agency


def who(request: HttpRequest) -> tuple[Person, Any, date]:
    """The person, the moment and the day of a request; a log-in without a person is refused."""
    person: Person | None = request.person  # type: ignore[attr-defined] # set by PersonMiddleware
    if person is None:
        raise PermissionDenied
    return person, request.now, request.today  # type: ignore[attr-defined] # likewise


def own_agency(person: Person, on: date) -> Agency:
    """The agency for which a person works; who has none is refused."""
    agency = home_agency(person, on)
    if agency is None:
        raise PermissionDenied
    return agency
