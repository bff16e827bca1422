"""Append to a chain; close a day. The only writers of the trace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from motcua.audit.merkle import merkle_root
from motcua.audit.models import DayRoot, Entry, Head
from motcua.audit.rules import GENESIS, Actor, canonical, entry_hash


def record(
    *,
    chain: str,
    action: str,
    obj: models.Model,
    by: Actor,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    label: str = "",
) -> Entry:
    """Append one entry to an agency's chain, inside the caller's transaction.

    Call it last in an action: other writers of the same agency wait from here to the commit.
    Raises ``TransactionManagementError`` outside a transaction, so that an action without its
    trace cannot happen.
    """
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the trace is written inside its action")
    head = _end_of(chain)
    text = canonical(dict(data or {}))
    object_type, object_id = obj._meta.label_lower, str(obj.pk)
    seq = head.seq + 1
    made = entry_hash(
        chain=chain,
        seq=seq,
        at=at,
        actor=by,
        action=action,
        object_type=object_type,
        object_id=object_id,
        data=text,
        previous=head.hash,
    )
    entry = Entry.objects.create(
        chain=chain,
        seq=seq,
        at=at,
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name,
        on_behalf_of=by.on_behalf_of,
        action=action,
        object_type=object_type,
        object_id=object_id,
        label=label[:300],
        data=text,
        previous=head.hash,
        hash=made,
    )
    Head.objects.filter(pk=chain).update(seq=seq, hash=made)
    return entry


def _end_of(chain: str) -> Head:
    """The chain's end, locked; a new chain begins."""
    heads = Head.objects.select_for_update().filter(chain=chain)
    if (head := heads.first()) is None:
        Head.objects.bulk_create([Head(chain=chain, hash=GENESIS)], ignore_conflicts=True)
        head = heads.get()
    return head


@transaction.atomic
def close_day(*, chain: str, day: date, at: datetime) -> DayRoot | None:
    """Store the root of a finished day, once; None when nothing happened that day."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    entries = list(
        Entry.objects.of_chain(chain)
        .filter(at__gte=start, at__lt=start + timedelta(days=1))
        .values_list("seq", "hash")
    )
    if not entries:
        return None
    root, _ = DayRoot.objects.get_or_create(
        chain=chain,
        day=day,
        defaults={
            "first_seq": entries[0][0],
            "last_seq": entries[-1][0],
            "root": merkle_root([made for _, made in entries]),
            "made_at": at,
        },
    )
    return root
