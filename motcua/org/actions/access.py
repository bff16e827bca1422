"""Keys to the API and one-time links."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare

from motcua.audit.actions import record
from motcua.audit.rules import Actor
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.org.models import (
    AccessToken,
    Account,
    Agency,
    OneTimeLink,
    Person,
)


class LinkSpent(Refused):
    """A one-time link that was used or is out of date."""

    code = "link_spent"
    message = _("Liên kết này đã dùng hoặc đã hết hạn. Hãy xin liên kết mới từ quản trị hệ thống.")
    status = 410


def digest_of(secret: str) -> str:
    """How a token or link is kept: its SHA-256. The secrets carry 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def create_token(
    *,
    person: Person,
    agency: Agency,
    name: str,
    scopes: Sequence[str],
    at: datetime,
    expires_at: datetime | None = None,
) -> tuple[AccessToken, str]:
    """Make an API key; the secret is returned once and never stored."""
    secret = "mc_" + secrets.token_urlsafe(32)
    token = AccessToken.objects.create(
        person=person,
        name=name,
        digest=digest_of(secret),
        scopes=sorted(scopes),
        created_at=at,
        expires_at=expires_at,
    )
    record(
        chain=agency.code,
        action="org.create_token",
        obj=token,
        by=person.actor,
        at=at,
        data={"name": name, "scopes": sorted(scopes)},
        label=name,
    )
    return token, secret


@transaction.atomic
def revoke_token(*, token: AccessToken, agency: Agency, by: Actor, at: datetime) -> AccessToken:
    """End an API key now; a second time changes nothing."""
    locked = AccessToken.objects.select_for_update().get(pk=token.pk)
    if locked.revoked_at is not None:
        return locked
    locked.revoked_at = at
    locked.save(update_fields=["revoked_at"])
    record(
        chain=agency.code, action="org.revoke_token", obj=locked, by=by, at=at, label=locked.name
    )
    return locked


@transaction.atomic
def make_one_time_link(*, account: Account, at: datetime, hours: int = 24) -> str:
    """A secret for ``/accounts/first/SECRET/`` that sets the account's password once."""
    secret = secrets.token_urlsafe(32)
    OneTimeLink.objects.create(
        account=account, digest=digest_of(secret), expires_at=at + timedelta(hours=hours)
    )
    return secret


def open_link(*, secret: str, at: datetime) -> OneTimeLink:
    """The unspent link behind a secret; raises :class:`LinkSpent`."""
    link = OneTimeLink.objects.select_related("account").filter(digest=digest_of(secret)).first()
    if link is None or link.used_at is not None or link.expires_at < at:
        raise LinkSpent
    assert constant_time_compare(link.digest, digest_of(secret))
    return link


@transaction.atomic
def spend_link(*, secret: str, password: str, at: datetime) -> Account:
    """Set the account's password by its link, once; raises :class:`LinkSpent`."""
    link = open_link(secret=secret, at=at)
    spent = OneTimeLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=at)
    if not spent:
        raise LinkSpent
    link.account.set_password(password)
    link.account.save(update_fields=["password"])
    return link.account
