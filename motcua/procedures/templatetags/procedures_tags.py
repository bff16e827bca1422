"""Template helpers of procedures."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from motcua.procedures.rules import Said

register = template.Library()


@register.filter
def say(said: Said) -> str:
    """A rule's sentence in the person's language."""
    return said.render(gettext)


@register.filter
def word(label: str) -> str:
    """A marked word in the person's language."""
    return gettext(label)
