"""Who calls: a person's API key, or a signed-in person of the same site."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer, SessionAuth

from motcua.db.stamps import remembered
from motcua.org.actions import digest_of
from motcua.org.models import AccessToken, Person
from motcua.org.permissions import act_through


class TokenAuth(HttpBearer):
    """``Authorization: Bearer mc_…``"""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        now = request.now  # type: ignore[attr-defined] # set by PersonMiddleware
        digest = digest_of(token)
        known = remembered(("token", digest), lambda: _living(digest))
        if known is None or (known.expires_at is not None and known.expires_at <= now):
            return None
        found = copy(known)  # what is remembered stays as it is
        found.person = copy(known.person)
        if found.last_used_on != now.date():  # one write a day, not one a request
            AccessToken.objects.filter(pk=found.pk).update(last_used_on=now.date())
        request.person = act_through(found.person, found)  # type: ignore[attr-defined] # Django's request is open
        return found.person


def _living(digest: str) -> AccessToken | None:
    tokens = AccessToken.objects.filter(digest=digest, revoked_at__isnull=True)
    return tokens.filter(person__left_on__isnull=True).select_related("person").first()


class SignedIn(SessionAuth):
    """The browser's session, with CSRF protection."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:  # noqa: ARG002 # ninja's signature
        return getattr(request, "person", None)
