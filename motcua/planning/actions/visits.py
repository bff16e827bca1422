"""When a person last looked at a page. Not a business record: no trace."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.org.models import Person
from motcua.planning.models import LastVisit
from motcua.planning.rules import known_until


@transaction.atomic
def mark_visit(*, person: Person, page: str, at: datetime) -> datetime | None:
    """Remember this look; returns the moment since which there is news, None on the first visit."""
    row, _made = LastVisit.objects.get_or_create(person=person, page=page, defaults={"at": at})
    row.known_at, row.at = known_until(row.at, row.known_at, at), at
    row.save()
    return row.known_at


@transaction.atomic
def mark_known(*, person: Person, page: str, at: datetime) -> None:
    """The person has read what is new: from now on it is known."""
    LastVisit.objects.update_or_create(
        person=person, page=page, defaults={"at": at, "known_at": at}
    )
