"""Put messages into the outbox; mark them read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.notify.models import Message
from motcua.notify.tasks import deliver


@transaction.atomic
def tell(
    *,
    account_id: int | None,
    kind: str,
    dedupe: str,
    subject: str,
    body: str,
    at: datetime,
    url: str = "",
    email: bool = True,
) -> Message | None:
    """One message to one account, once per ``dedupe``; None for nobody or a repetition.

    The job is queued in the caller's transaction: it exists exactly when the message does.
    """
    if account_id is None:
        return None
    message, made = Message.objects.get_or_create(
        dedupe=dedupe,
        defaults={
            "account_id": account_id,
            "kind": kind,
            "subject": subject[:200],
            "body": body,
            "url": url,
            "created_at": at,
            "state": Message.State.WAITING if email else Message.State.APP_ONLY,
        },
    )
    if not made:
        return None
    if email:
        deliver.enqueue(message.pk)
    return message


def mark_read(*, account_id: int, at: datetime, message_id: int | None = None) -> int:
    """Mark one message or all of an account's as read; returns how many."""
    unread = Message.objects.filter(account_id=account_id, read_at__isnull=True)
    if message_id is not None:
        unread = unread.filter(pk=message_id)
    return unread.update(read_at=at)
