"""What comes from a paper: its files are kept with the record, and the entry leaves its trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from django.db.models import Model

from motcua.audit.actions import record
from motcua.audit.rules import Actor
from motcua.files.actions import attach
from motcua.org.models import Agency


class Paper(Protocol):
    """A file by its name and content."""

    @property
    def name(self) -> str: ...

    @property
    def content(self) -> bytes: ...


def keep_sources(
    obj: Model,
    papers: Sequence[Paper],
    *,
    agency: Agency,
    action: str,
    by: Actor,
    at: datetime,
    data: Mapping[str, object],
    label: str,
) -> None:
    """Attach the papers that a new record was entered from, and write the entry's trace."""
    chain = agency.code
    for paper in papers:
        attach(
            chain=chain, to=obj, kind="source", name=paper.name, content=paper.content, by=by, at=at
        )
    record(chain=chain, action=action, obj=obj, by=by, at=at, data=data, label=label)
