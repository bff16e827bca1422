"""What the models of dossiers share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q


def one_of(name: str, field: str, values: Iterable[str]) -> models.CheckConstraint:
    """A column holds one of these values."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [str(value) for value in values]}), name=name
    )


class WrittenOnce(models.Model):
    """A row that slips were printed from: what changes is a new row."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row; written again, ``TypeError``."""
        if not self._state.adding:
            raise TypeError(f"a {self._meta.model_name} is written once: make a new row")
        super().save(*args, **kwargs)


def bare_number(text: str) -> str:
    """An identity or telephone number without what people put between its digits."""
    return re.sub(r"[\s.\-]", "", text).upper()
