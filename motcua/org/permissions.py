"""Who may do what: ``may(person, permission, agency, on)``, and its refusal.

A permission is a string, "app.verb". A person has those of the roles granted to them at the agency
or at any agency above it on that day, and those of people who delegated to them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Subquery

from motcua.audit.rules import Actor
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.db.stamps import remembered
from motcua.org.models import AccessToken, Agency, Delegation, Grant, Person, Placement, valid_on
from motcua.org.rules import Authority, Right, merge, narrow

#: So many roles are named to whom a right is refused; more help nobody.
HOLDERS = 3


class NotAllowed(Refused):
    """The person has no such right at this agency."""

    code = "not_allowed"
    message = _("Bạn không có quyền làm việc này. Người có quyền: %(who)s.")
    status = 403


def authority_of(person: Person, on: date) -> Authority:
    """All rights of a person on a day; two queries, remembered, and kept on the person object."""
    kept: dict[date, Authority] = person.__dict__.setdefault("_authority", {})
    if on not in kept:
        whole = remembered(
            ("authority", person.pk, on),
            lambda: merge([*_rights(person.pk, on), *_delegated(person, on)]),
        )
        kept[on] = narrow(whole, person.__dict__.get("_scopes"))
    return kept[on]


def act_through(person: Person, token: AccessToken) -> Person:
    """The person as seen through an API key: rights narrowed to its scopes, the key named."""
    person.__dict__["_scopes"] = frozenset(token.scopes) or None
    person.__dict__["_token"] = token.name
    return person


def actor_of(person: Person, on_behalf_of: str = "") -> Actor:
    """Who acts, for the trace: the person, or the person through a key."""
    token = person.__dict__.get("_token")
    if token is not None:
        return Actor("token", person.pk, f"{person.full_name} ({token})", on_behalf_of)
    return Actor("person", person.pk, person.full_name, on_behalf_of)


def _rights(person_id: int, on: date, on_behalf_of: str = "", within: str = "") -> list[Right]:
    path = Placement.objects.filter(valid_on(on), agency=OuterRef("agency")).values("path")[:1]
    grants = (
        Grant.objects.filter(valid_on(on), person_id=person_id, person__left_on__isnull=True)
        .annotate(path=Subquery(path))
        .values_list("path", "role__permissions")
    )
    return [
        Right(place if place.startswith(within) else within, frozenset(permissions), on_behalf_of)
        for place, permissions in grants
        if place and (place.startswith(within) or within.startswith(place))
    ]


def _delegated(person: Person, on: date) -> list[Right]:
    path = Placement.objects.filter(valid_on(on), agency=OuterRef("agency")).values("path")[:1]
    rights: list[Right] = []
    given = (
        Delegation.objects.filter(valid_on(on), receiver=person, revoked_at__isnull=True)
        .annotate(path=Subquery(path))
        .select_related("giver")
    )
    for delegation in given:
        rights += _rights(
            delegation.giver_id, on, delegation.giver.full_name, within=delegation.path or "-"
        )
    return rights


def path_of(agency: Agency, on: date) -> str:
    """The agency's place in the tree on a day; its last place when it has ended."""
    kept: dict[date, str] = agency.__dict__.setdefault("_paths", {})
    if on not in kept:
        kept[on] = remembered(("path", agency.pk, on), lambda: _last_path(agency, on))
    return kept[on]


def _last_path(agency: Agency, on: date) -> str:
    placements = Placement.objects.filter(agency=agency, valid_from__lte=on)
    path = placements.order_by("-valid_from").values_list("path", flat=True).first()
    return path or f"-{agency.code}/"


def know_paths(agencies: Iterable[Agency], on: date) -> None:
    """Look up the places of many agencies at once, for :func:`path_of`; one query."""
    by_pk = {agency.pk: agency for agency in agencies}
    rows = Placement.objects.filter(agency__in=by_pk, valid_from__lte=on).order_by("valid_from")
    for pk, path in rows.values_list("agency", "path"):
        by_pk[pk].__dict__.setdefault("_paths", {})[on] = path


def may(person: Person | None, permission: str, agency: Agency, on: date) -> bool:
    """Does the person have the permission at the agency on that day?"""
    if person is None:
        return False
    return authority_of(person, on).find(permission, path_of(agency, on)) is not None


def check_may(person: Person, permission: str, agency: Agency, on: date) -> Actor:
    """The person as the one who acts, on behalf of whom if delegated; raises ``NotAllowed``."""
    right = authority_of(person, on).find(permission, path_of(agency, on))
    if right is None:
        raise NotAllowed(who=_holders(permission, agency, on))
    return actor_of(person, right.on_behalf_of)


def _holders(permission: str, agency: Agency, on: date) -> str:
    place = path_of(agency, on)
    paths = [place[: i + 1] for i, letter in enumerate(place) if letter == "/"]
    above = Placement.objects.filter(valid_on(on), path__in=paths).values("agency_id")
    grants = Grant.objects.filter(valid_on(on), agency__in=above).select_related("role")
    names = sorted({grant.role.name for grant in grants if permission in grant.role.permissions})
    more = ["…"] if len(names) > HOLDERS else []
    return ", ".join([*names[:HOLDERS], *more]) or _("quản trị hệ thống")


def visible_agencies(person: Person | None, permission: str, on: date) -> list[int]:
    """Ids of the agencies at which a person has a permission; every list starts with it."""
    if person is None:
        return []
    kept: dict[tuple[str, date], list[int]] = person.__dict__.setdefault("_visible", {})
    key = (permission, on)
    if key not in kept:
        paths = authority_of(person, on).paths(permission)
        kept[key] = remembered(
            ("below", paths, on),
            lambda: list(Agency.objects.below(paths, on).values_list("pk", flat=True)),
        )
    return kept[key]
