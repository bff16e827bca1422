"""What the models of dossiers share."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import models
from django.db.models import Q


def one_of(name: str, field: str, values: Iterable[str]) -> models.CheckConstraint:
    """A column holds one of these values."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [str(value) for value in values]}), name=name
    )


def bare_number(text: str) -> str:
    """An identity or telephone number without what people put between its digits."""
    return re.sub(r"[\s.\-]", "", text).upper()
