"""Boxes that the forms share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext


def lines(rows: int) -> forms.Textarea:
    """A box for so many lines."""
    return forms.Textarea(attrs={"rows": rows})


def choices(kinds: Any) -> list[tuple[str, str]]:
    """Statuses as a select offers them."""
    return [(one.value, gettext(one.label)) for one in kinds]
