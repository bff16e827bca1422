"""Answers about the organisation that are not rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from motcua.org.models import Agency, Appointment, Grant, Person, Placement, Post, valid_on


def agency_names(codes: Iterable[str]) -> dict[str, str]:
    """Agencies' names by their codes."""
    return dict(Agency.objects.filter(code__in=list(codes)).values_list("code", "name"))


def main_post(person: Person, on: date) -> Post | None:
    """The post a person holds on a day, their own agency's before one outside."""
    if "_main_post" not in person.__dict__:
        held = Appointment.objects.filter(valid_on(on), person=person).select_related(
            "post__agency"
        )
        first = held.order_by("post__external", "post__order").first()
        person.__dict__["_main_post"] = first.post if first else None
    post: Post | None = person.__dict__["_main_post"]
    return post


def home_agency(person: Person, on: date) -> Agency | None:
    """The agency a person works for: that of their post, else that of their first role."""
    post = main_post(person, on)
    if post is not None:
        return post.agency
    if "_home" not in person.__dict__:
        grants = Grant.objects.filter(valid_on(on), person=person).select_related("agency")
        grant = grants.order_by("pk").first()
        person.__dict__["_home"] = grant.agency if grant else None
    agency: Agency | None = person.__dict__["_home"]
    return agency


def holder(post: Post | None, on: date) -> Person | None:
    """Who holds a post on a day (the first appointed, where several do)."""
    if post is None:
        return None
    held = Appointment.objects.filter(
        valid_on(on), post=post, person__left_on__isnull=True
    ).select_related("person")
    first = held.order_by("valid_from", "pk").first()
    return first.person if first else None


def holders(agency: Agency, on: date) -> dict[int, Person]:
    """Post id → its holder, for all posts of an agency; one query."""
    held = Appointment.objects.filter(
        valid_on(on), post__agency=agency, person__left_on__isnull=True
    ).select_related("person")
    found: dict[int, Person] = {}
    for appointment in held.order_by("valid_from", "pk"):
        found.setdefault(appointment.post_id, appointment.person)
    return found


@dataclass(frozen=True, slots=True)
class Branch:
    """An agency with its posts and who holds them."""

    agency: Agency
    depth: int
    posts: list[tuple[Post, list[Person]]]


def tree(agency_ids: list[int], on: date) -> list[Branch]:
    """The agencies in the order of the tree, with posts and holders on a day; three queries."""
    placed = Placement.objects.filter(valid_on(on), agency__in=agency_ids).select_related("agency")
    rows = sorted(placed, key=lambda row: row.path)
    least = min((row.path.count("/") for row in rows), default=0)
    held: dict[int, list[Person]] = {}
    for appointment in Appointment.objects.filter(
        valid_on(on), post__agency__in=agency_ids, person__left_on__isnull=True
    ).select_related("person"):
        held.setdefault(appointment.post_id, []).append(appointment.person)
    posts: dict[int, list[Post]] = {}
    for post in Post.objects.filter(valid_on(on), agency__in=agency_ids).order_by("order"):
        posts.setdefault(post.agency_id, []).append(post)
    return [
        Branch(
            row.agency,
            row.path.count("/") - least,
            [(post, held.get(post.pk, [])) for post in posts.get(row.agency_id, [])],
        )
        for row in rows
    ]
