"""Two people saved one task: what I typed beside what is stored, so that I can choose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from motcua.planning.forms.tasks import TaskForm
from motcua.planning.models import Task


@dataclass(frozen=True, slots=True)
class Line:
    """One field in both versions."""

    label: str
    mine: str
    stored: str

    @property
    def differs(self) -> bool:
        """Whether there is something to choose."""
        return self.mine != self.stored


@dataclass(frozen=True, slots=True)
class Clash:
    """Both versions, and who stored theirs when."""

    who: str
    at: datetime | None
    lines: list[Line]


def clash_of(task: Task, form: TaskForm) -> Clash:
    """The typed values of a stale form beside those that the task has now."""
    note = task.notes.select_related("by").order_by("-at", "-pk").first()
    words = note.text if note else ""
    stored: dict[str, object] = {
        "percent": task.percent,
        "text": words,
        "reason": words,
        "lead": task.lead_post,
        "helpers": [row.post for row in task.assignees.all() if not row.leads],
    }
    lines = [
        Line(str(form.fields[name].label), _shown(form.cleaned_data.get(name)), _shown(value))
        for name, value in stored.items()
        if name in form.fields
    ]
    who = note.by.full_name if note and note.by else ""
    return Clash(who, note.at if note else None, lines)


def _shown(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, Iterable) and not isinstance(value, str | Model):
        return ", ".join(sorted(str(one) for one in value)) or "–"
    return str(value)
