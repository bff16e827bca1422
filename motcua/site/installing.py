"""The first person of an installation."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.audit.rules import SYSTEM
from motcua.org.actions import add_person, grant_role, make_one_time_link
from motcua.org.models import Account, Agency, Person, Placement, Role
from motcua.org.rules import AgencyKind


@transaction.atomic
def found_administrator(*, username: str, name: str, email: str, at: datetime) -> str:
    """Make an administrator over the whole tree; returns the secret of a one-time link.

    An empty installation gets one commune to begin with; its name is changed on the
    organisation page. An account that exists gets a new link.
    """
    account = Account.objects.filter(username=username).first()
    if account is None:
        root = Placement.objects.filter(parent__isnull=True).select_related("agency").first()
        agency = root.agency if root else _first_commune(at)
        person: Person = add_person(
            agency=agency,
            full_name=name,
            username=username,
            email=email or f"{username}@localhost.invalid",
            by=SYSTEM,
            at=at,
        )
        grant_role(
            person=person,
            role=Role.objects.get(code="administrator"),
            agency=agency,
            valid_from=at.date(),
            by=SYSTEM,
            at=at,
        )
        account = person.account
        if account is None:  # add_person gives an account with a log-in name
            raise RuntimeError(username)
    return make_one_time_link(account=account, at=at)


def _first_commune(at: datetime) -> Agency:
    start = at.date().replace(month=1, day=1)
    agency = Agency.objects.create(
        code="xa", name="UBND xã", kind=AgencyKind.COMMUNE, valid_from=start
    )
    Placement.objects.create(agency=agency, path="xa/", valid_from=start)
    return agency
