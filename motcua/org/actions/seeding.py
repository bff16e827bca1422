"""People of a pack: their accounts, posts and roles. Used by the demo and by tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from motcua.audit.rules import SYSTEM
from motcua.org.actions.people import add_person, appoint, grant_role
from motcua.org.models import Agency, Person, Post, Role


@transaction.atomic
def load_people(
    *, pack: Mapping[str, Any], password: str | None, since: date, at: datetime
) -> dict[str, Person]:
    """Enter the pack's people who are not there yet; returns all by log-in name."""
    people: dict[str, Person] = {}
    for row in pack["people"]:
        known = Person.objects.filter(account__username=row["username"]).first()
        if known is not None:
            people[row["username"]] = known
            continue
        agency = Agency.objects.get(code=row["agency"])
        person = add_person(
            agency=agency,
            full_name=row["name"],
            username=row["username"],
            email=f"{row['username']}@demo.invalid",
            password=password,
            by=SYSTEM,
            at=at,
        )
        if "post" in row:
            post = Post.objects.get(agency=agency, code=row["post"])
            appoint(person=person, post=post, valid_from=since, valid_to=None, by=SYSTEM, at=at)
        role = Role.objects.get(code=row["role"])
        grant_role(person=person, role=role, agency=agency, valid_from=since, by=SYSTEM, at=at)
        people[row["username"]] = person
    return people
