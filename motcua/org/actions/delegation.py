"""Delegation while away."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from motcua.audit.actions import record
from motcua.audit.rules import Actor
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.org.actions.people import check_dates
from motcua.org.models import (
    Agency,
    Delegation,
    Person,
    trace_of,
)
from motcua.org.permissions import actor_of


class DelegationToSelf(Refused):
    """Nobody delegates to themselves."""

    code = "delegation_to_self"
    message = _("Không thể ủy quyền cho chính mình. Hãy chọn một người khác.")


class DelegationOverlaps(Refused):
    """One person acts in another's place at a time."""

    code = "delegation_overlaps"
    message = _("Bạn đã ủy quyền cho %(name)s trong thời gian này. Hãy thu hồi trước.")


@transaction.atomic
def delegate(
    *,
    giver: Person,
    receiver: Person,
    agency: Agency,
    reason: str,
    valid_from: date,
    valid_to: date,
    at: datetime,
) -> Delegation:
    """Let another act in one's place while away. Raises a refusal for self, dates, overlap."""
    if giver == receiver:
        raise DelegationToSelf
    check_dates(valid_from, valid_to)
    Person.objects.select_for_update().get(pk=giver.pk)
    overlap = Delegation.objects.filter(
        giver=giver, revoked_at__isnull=True, valid_from__lte=valid_to, valid_to__gte=valid_from
    ).select_related("receiver")
    if first := overlap.first():
        raise DelegationOverlaps(name=first.receiver.full_name)
    delegation = Delegation.objects.create(
        giver=giver,
        receiver=receiver,
        agency=agency,
        reason=reason,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    record(
        chain=agency.code,
        action="org.delegate",
        obj=delegation,
        by=actor_of(giver),
        at=at,
        data={
            "receiver": receiver.full_name,
            **trace_of(delegation, "reason", "valid_from", "valid_to"),
        },
        label=f"{giver.full_name} → {receiver.full_name}",
    )
    return delegation


@transaction.atomic
def revoke_delegation(*, delegation: Delegation, by: Actor, at: datetime) -> Delegation:
    """End a delegation now; a second time changes nothing."""
    locked = Delegation.objects.select_for_update().get(pk=delegation.pk)
    if locked.revoked_at is not None:
        return locked
    locked.revoked_at = at
    locked.save(update_fields=["revoked_at"])
    record(
        chain=locked.agency.code,
        action="org.revoke_delegation",
        obj=locked,
        by=by,
        at=at,
        label=f"{locked.giver.full_name} → {locked.receiver.full_name}",
    )
    return locked
