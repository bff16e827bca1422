"""Boxes that the forms share."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext

from motcua.dossiers.actions.intake import PaperData
from motcua.procedures.rules.parts import Paper


def lines(rows: int) -> forms.Textarea:
    """A box for so many lines."""
    return forms.Textarea(attrs={"rows": rows})


#: What papers are counted by; pages are none.
SORTS: Final = ("originals", "certified", "photos", "electronic")


def as_asked(paper: Paper) -> PaperData:
    """A paper that came as the procedure asks for it, at least one original."""
    counts = {one: getattr(paper, one) for one in SORTS}
    if not any(counts.values()):
        counts["originals"] = 1
    return PaperData(paper.name, code=paper.code, **counts)


def choices(kinds: Any) -> list[tuple[str, str]]:
    """Statuses as a select offers them."""
    return [(one.value, gettext(one.label)) for one in kinds]
