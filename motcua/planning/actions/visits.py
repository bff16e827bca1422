"""When a person last looked at a page."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.org.models import Person
from motcua.planning.models import LastVisit


@transaction.atomic
def mark_visit(*, person: Person, page: str, at: datetime) -> datetime | None:
    """Remember this visit; returns the one before. Not a business record: no trace."""
    before = LastVisit.objects.filter(person=person, page=page).values_list("at", flat=True).first()
    LastVisit.objects.update_or_create(person=person, page=page, defaults={"at": at})
    return before
