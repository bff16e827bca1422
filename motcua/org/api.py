"""The organisation by API: who am I, agencies, posts, people, delegation, the trace, day roots."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from motcua.audit.models import DayRoot, Entry
from motcua.audit.words import action_word
from motcua.org import actions
from motcua.org.models import Agency, Delegation, Person, Post
from motcua.org.permissions import actor_of, authority_of, visible_agencies
from motcua.org.queries import main_post
from motcua.org.views.common import own_agency, who
from motcua.ui.machine import Day, page

router = Router()


class DelegationIn(Schema):
    """Who acts in my place."""

    receiver_id: int
    valid_from: Day
    valid_to: Day
    reason: str


@router.get("/me")
def me(request: HttpRequest) -> dict[str, Any]:
    """The caller, their post and permissions today."""
    person, _now, today = who(request)
    post = main_post(person, today)
    rights = authority_of(person, today).rights
    return {
        "id": person.pk,
        "full_name": person.full_name,
        "post": post.name if post else None,
        "agency": own_agency(person, today).code,
        "permissions": sorted({name for right in rights for name in right.permissions}),
    }


@router.get("/agencies")
def agencies(request: HttpRequest, cursor: str | None = None, limit: int = 50) -> dict[str, Any]:
    """Agencies whose organisation the caller may see."""
    person, _now, today = who(request)
    seen = Agency.objects.filter(pk__in=visible_agencies(person, "org.view", today))
    return page(seen, ["code"], _agency, cursor=cursor, limit=limit)


def _agency(agency: Agency) -> dict[str, Any]:
    return {
        "code": agency.code,
        "name": agency.name,
        "kind": agency.kind,
        "valid_from": agency.valid_from,
        "valid_to": agency.valid_to,
    }


@router.get("/posts")
def posts(
    request: HttpRequest, agency: str, cursor: str | None = None, limit: int = 50
) -> dict[str, Any]:
    """Posts of one agency."""
    person, _now, today = who(request)
    seen = Post.objects.filter(
        agency__code=agency, agency__in=visible_agencies(person, "org.view", today)
    )
    return page(
        seen,
        ["order"],
        lambda post: {"id": post.pk, "code": post.code, "name": post.name},
        cursor=cursor,
        limit=limit,
    )


@router.get("/people")
def people(
    request: HttpRequest, agency: str, cursor: str | None = None, limit: int = 50
) -> dict[str, Any]:
    """People serving at one agency today."""
    person, _now, today = who(request)
    found = get_object_or_404(
        Agency, code=agency, pk__in=visible_agencies(person, "org.view", today)
    )
    return page(
        Person.objects.serving(found, today),
        ["sort_name"],
        lambda one: {"id": one.pk, "full_name": one.full_name},
        cursor=cursor,
        limit=limit,
    )


@router.post("/delegations", response={201: dict[str, Any]})
def delegate(request: HttpRequest, data: DelegationIn) -> Status[dict[str, Any]]:
    """Let a colleague act in the caller's place."""
    person, now, today = who(request)
    agency = own_agency(person, today)
    receiver = get_object_or_404(Person.objects.serving(agency, today), pk=data.receiver_id)
    made = actions.delegate(
        giver=person,
        receiver=receiver,
        agency=agency,
        reason=data.reason,
        valid_from=data.valid_from,
        valid_to=data.valid_to,
        at=now,
    )
    return Status(201, {"id": made.pk, "receiver": receiver.full_name})


@router.post("/delegations/{pk}/revoke")
def revoke(request: HttpRequest, pk: int) -> dict[str, Any]:
    """End a delegation that the caller gave."""
    person, now, _today = who(request)
    delegation = get_object_or_404(Delegation, pk=pk, giver=person)
    ended = actions.revoke_delegation(delegation=delegation, by=actor_of(person), at=now)
    return {"id": ended.pk, "revoked_at": ended.revoked_at}


@router.get("/trace")
def trace(request: HttpRequest, cursor: str | None = None, limit: int = 50) -> dict[str, Any]:
    """Entries of the chains of the caller's agencies, oldest first: enough to check each hash."""
    person, _now, today = who(request)
    seen = visible_agencies(person, "org.trace", today)
    chains = list(Agency.objects.filter(pk__in=seen).values_list("code", flat=True))
    entries = Entry.objects.filter(chain__in=chains)
    return page(entries, ["chain", "seq"], _entry, cursor=cursor, limit=limit)


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "chain": entry.chain,
        "seq": entry.seq,
        "at": entry.at,
        "actor": [entry.actor_kind, entry.actor_id, entry.actor_name, entry.on_behalf_of],
        "action": entry.action,
        "action_word": action_word(entry.action),
        "object": [entry.object_type, entry.object_id],
        "data": json.loads(entry.data),
        "previous": entry.previous,
        "hash": entry.hash,
    }


@router.get("/day-roots")
def day_roots(request: HttpRequest, cursor: str | None = None, limit: int = 50) -> dict[str, Any]:
    """The published root of each day of each chain."""
    person, _now, today = who(request)
    seen = visible_agencies(person, "org.view", today)
    chains = list(Agency.objects.filter(pk__in=seen).values_list("code", flat=True))
    return page(
        DayRoot.objects.filter(chain__in=chains),
        ["day"],
        lambda row: {
            "chain": row.chain,
            "day": row.day,
            "first_seq": row.first_seq,
            "last_seq": row.last_seq,
            "root": row.root,
        },
        cursor=cursor,
        limit=limit,
    )
