"""What every page shows around its content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from motcua.org.queries import home_agency, main_post
from motcua.site.navigation import navigation


def page(request: HttpRequest) -> dict[str, Any]:
    """Names, navigation and addresses of the page frame."""
    person = getattr(request, "person", None)
    frame: dict[str, Any] = {
        "demo_day": settings.TODAY,
        "demo": settings.DEMO,
        "language_url": reverse("set_language"),
        "logout_url": reverse("account_logout"),
    }
    if person is None:
        return frame
    agency = home_agency(person, request.today)  # type: ignore[attr-defined] # set by PersonMiddleware
    post = main_post(person, request.today)  # type: ignore[attr-defined] # set by PersonMiddleware
    return frame | {
        "nav": navigation(request, person),
        "agency_name": agency.name if agency else "Một Cửa",
        "person_name": person.full_name,
        "person_post": post.name if post else "",
        "search_url": reverse("search"),
        "account_url": reverse("org:me"),
    }
