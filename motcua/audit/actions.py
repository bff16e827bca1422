"""Append to a chain; close a day. The only writers of the trace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.db.models.functions import TruncDate
from django.utils import timezone

from motcua.audit.merkle import merkle_root
from motcua.audit.models import DayRoot, Entry, EntryQuerySet, Head
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
    """Store the root of a finished day, once; None when it adds nothing.

    It covers what was appended since the root before, up to the day's last entry: an entry that
    began before midnight and was written after it, or under a clock that was set back, stands in
    one root as well, and in one only.
    """
    known = DayRoot.objects.filter(chain=chain)
    if (closed := known.filter(day=day).first()) is not None:
        return closed
    ahead = _uncovered(chain, day)
    last = ahead.aggregate(last=Max("seq"))["last"]
    if last is None:
        return None
    covered = Entry.objects.of_chain(chain).filter(seq__gt=_covered(chain), seq__lte=last)
    entries = list(covered.values_list("seq", "hash"))
    root, _ = known.get_or_create(
        chain=chain,
        day=day,
        defaults={
            "first_seq": entries[0][0],
            "last_seq": last,
            "root": merkle_root([made for _, made in entries]),
            "made_at": at,
        },
    )
    return root


def close_days(*, chain: str, until: date, at: datetime) -> int:
    """Store the roots of all finished days up to one, those included during which the machine was
    off; how many were stored."""
    days = _uncovered(chain, until).order_by().values_list(TruncDate("at"), flat=True)
    roots = [close_day(chain=chain, day=day, at=at) for day in sorted(set(days))]
    return len({root.pk for root in roots if root is not None})


def _covered(chain: str) -> int:
    """The last entry that a root covers."""
    last: int | None = DayRoot.objects.filter(chain=chain).aggregate(last=Max("last_seq"))["last"]
    return last or 0


def _uncovered(chain: str, until: date) -> EntryQuerySet:
    """Entries up to the end of a day that no root covers."""
    end = timezone.make_aware(datetime.combine(until, time.min)) + timedelta(days=1)
    return Entry.objects.of_chain(chain).filter(seq__gt=_covered(chain), at__lt=end)
