"""Words and tags of the planning pages."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from motcua.planning.matching import Likeness
from motcua.planning.models import PlanItem
from motcua.planning.rules import (
    FIELDS,
    RECURRENCES,
    ItemKind,
    ItemState,
    TaskStatus,
    VersionStatus,
)
from motcua.ui.templatetags.ui_tags import Tone, tag

register = template.Library()

_VERSION_TONES: dict[str, Tone] = {"in_force": "active", "submitted": "soon", "draft": ""}
_TASK_TONES: dict[str, Tone] = {
    "done": "done",
    "submitted": "soon",
    "in_progress": "active",
    "assigned": "",
    "cancelled": "",
}
_LIKENESS_TONES: dict[str, Tone] = {"reworded": "soon", "moved": "soon", "new": "active"}
_ITEM_TONES: dict[str, Tone] = {"confirmed": "done", "proposed": "", "dropped": ""}


@register.simple_tag
def version_tag(status: str) -> SafeString:
    """A version's status as a tag."""
    return tag(gettext(VersionStatus(status).label), _VERSION_TONES.get(status, ""))


@register.simple_tag
def task_tag(status: str) -> SafeString:
    """A task's status as a tag."""
    return tag(gettext(TaskStatus(status).label), _TASK_TONES[status])


@register.simple_tag
def item_tag(state: str) -> SafeString:
    """An item's state as a tag."""
    return tag(gettext(ItemState(state).label), _ITEM_TONES[state])


@register.simple_tag
def likeness_tag(likeness: str) -> SafeString:
    """How a sentence of an amendment stands to the version in force, as a tag."""
    return tag(gettext(Likeness(likeness).label), _LIKENESS_TONES.get(likeness, ""))


@register.filter
def of_kind(items: Mapping[str, list[PlanItem]], kind: str) -> list[PlanItem]:
    """The items of one kind."""
    return items.get(kind, [])


@register.filter
def kind_word(kind: str) -> str:
    """What an item is."""
    return gettext(ItemKind(kind).label)


@register.filter
def field_word(field: str) -> str:
    """The name of a field of reform."""
    return gettext(FIELDS.get(field, field))


@register.filter
def recurrence_word(recurrence: str) -> str:
    """How often."""
    return gettext(RECURRENCES.get(recurrence, recurrence))


_BOARD_TONES = {TaskStatus.IN_PROGRESS: "active", TaskStatus.SUBMITTED: "soon"}


@register.filter
def board_tone(status: TaskStatus) -> str:
    """The colour of a column of the board."""
    return _BOARD_TONES.get(status, "")
