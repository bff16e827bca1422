"""Keep the store of answers small."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.api.models import IdempotentAnswer


@transaction.atomic
def forget_answers(*, before: datetime) -> int:
    """Delete answers made before a moment; returns how many. Not a business record: no trace."""
    deleted, _kinds = IdempotentAnswer.objects.filter(made_at__lt=before).delete()
    return deleted
