"""The trace in words: what happened to a task, what changed since a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext

from motcua.audit.models import Entry
from motcua.audit.words import action_word
from motcua.files.models import Attachment
from motcua.org.models import Agency, Person
from motcua.org.permissions import visible_agencies
from motcua.planning.models import Task
from motcua.ui.elements import Event, FileItem

_TONES = {"accept_task": "done", "return_task": "late", "cancel_task": "late"}
_PAGES = {
    "planning.task": "planning:task",
    "planning.target": "planning:target",
    "planning.steeringdocument": "planning:steering_document",
}


def history_of(task: Task) -> list[Event]:
    """What people did and said on a task, newest first."""
    notes = task.notes.select_related("by").order_by("-at", "-pk")[:200]
    return [
        Event(
            at=note.at,
            text=action_word(f"planning.{note.step}")
            + (f" – {note.percent}%" if note.step == "report_progress" else ""),
            who=note.by.full_name if note.by else "",
            note=note.text,
            tone=_TONES.get(note.step, ""),
        )
        for note in notes
    ]


def trace_of(obj: models.Model) -> list[Event]:
    """The record's entries in the chain, newest first."""
    return [_event(entry) for entry in Entry.objects.about(obj)[:200]]


def _event(entry: Entry, url: str = "") -> Event:
    who = entry.actor_name
    if entry.on_behalf_of:
        who = gettext("%(who)s thay mặt %(whom)s") % {"who": who, "whom": entry.on_behalf_of}
    return Event(at=entry.at, text=action_word(entry.action), who=who, note=entry.label, url=url)


def changes_since(person: Person, since: datetime, on: date) -> list[Event]:
    """What others did at the agencies that a person follows, newest first, at most 15."""
    agencies = Agency.objects.filter(pk__in=visible_agencies(person, "planning.view", on))
    entries = Entry.objects.filter(
        chain__in=agencies.values("code"), at__gt=since, object_type__in=_PAGES
    ).exclude(actor_id=person.pk, actor_kind="person")
    return [
        _event(entry, reverse(_PAGES[entry.object_type], args=[entry.object_id]))
        for entry in entries.order_by("-at")[:15]
    ]


def files_of(obj: models.Model, name: str, owner: int) -> list[FileItem]:
    """The files of a record; ``name`` is the address that sends one of ``owner``."""
    return files_shown(Attachment.objects.of(obj), name, owner)


def files_shown(rows: Iterable[Attachment], name: str, owner: int) -> list[FileItem]:
    """Attachments as the page lists them."""
    return [
        FileItem(
            row.name, reverse(name, args=[owner, row.pk]), row.size, row.added_by, row.added_at
        )
        for row in rows
    ]
