"""Steering documents of superiors become followed tasks (S20)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.org.models import Agency, Person
from motcua.org.permissions import check_may
from motcua.planning.actions.confirming import TextMissing
from motcua.planning.actions.entering import keep_sources
from motcua.planning.actions.tasks import Upload
from motcua.planning.models import SteeringDocument
from motcua.planning.permissions import day_of
from motcua.planning.rules import SteeringKind


class SteeringKnown(Refused):
    """The same document is entered once."""

    code = "steering_known"
    message = _("Văn bản %(number)s đã được nhập. Hãy mở văn bản đó để giao thêm nhiệm vụ.")


@transaction.atomic
def enter_steering(
    *,
    agency: Agency,
    kind: SteeringKind,
    number: str,
    issued_on: date,
    issuer: str,
    summary: str,
    by: Person,
    at: datetime,
    files: Sequence[Upload] = (),
) -> SteeringDocument:
    """Enter a document; its tasks are given with ``assign_task``. Raises :class:`SteeringKnown`."""
    actor = check_may(by, "planning.steering", agency, day_of(at))
    Agency.objects.select_for_update().get(pk=agency.pk)
    if not number.strip() or not summary.strip():
        raise TextMissing
    same = SteeringDocument.objects.filter(
        agency=agency, number=number.strip(), issued_on=issued_on, issuer=issuer.strip()
    )
    if same.exists():
        raise SteeringKnown(number=number.strip())
    document = SteeringDocument.objects.create(
        agency=agency,
        kind=kind,
        number=number.strip(),
        issued_on=issued_on,
        issuer=issuer.strip(),
        summary=summary.strip(),
        entered_at=at,
    )
    keep_sources(
        document,
        files,
        agency=agency,
        action="planning.enter_steering",
        by=actor,
        at=at,
        data={"number": document.number, "issued_on": issued_on.isoformat(), "issuer": issuer},
        label=document.summary,
    )
    return document
