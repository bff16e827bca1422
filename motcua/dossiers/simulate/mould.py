"""A life as a mould: all its rows and passages, to be filled in for as many people as come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models

from motcua.audit.models import Entry
from motcua.audit.rules import entry_text
from motcua.db.bulk import Table
from motcua.dossiers.actions.intake.rows import period_of
from motcua.dossiers.models import (
    Applicant,
    Charge,
    Dossier,
    DossierPaper,
    DossierStep,
    Event,
    Pause,
    Redating,
    Slip,
)
from motcua.dossiers.permissions import day_of
from motcua.dossiers.simulate.life import Life, Passage, actor
from motcua.dossiers.simulate.marks import (
    Form,
    Pattern,
    Slot,
    number_mark,
    text_mark,
    with_code,
)
from motcua.files.models import Attachment
from motcua.org.models import Agency, Post

#: What is written of a life, in an order in which nothing comes before what it hangs on.
PARTS: tuple[tuple[Table, Callable[[Life], Iterable[models.Model]]], ...] = (
    (Table(Applicant, keyed=True), lambda life: (life.applicant,)),
    (Table(Dossier, keyed=True), lambda life: (life.dossier,)),
    (Table(DossierPaper), lambda life: life.papers),
    (Table(Charge), lambda life: life.charges),
    (Table(DossierStep), lambda life: life.steps),
    (Table(Pause), lambda life: life.pauses),
    (Table(Redating), lambda life: life.apologies),
    (Table(Event), lambda life: life.events),
    (Table(Attachment), lambda life: life.files),
)
#: Its passages, once they are chained, and the slips that were given with them.
ENTRIES, SLIPS = Table(Entry), Table(Slip)
#: The applicant's columns that are no words of the tale.
_OF_APPLICANT = {
    "born_on": Slot.BORN,
    "id_number": Slot.ID_NUMBER,
    "id_index": Slot.ID_INDEX,
    "phone": Slot.PHONE,
    "phone_index": Slot.PHONE_INDEX,
}
#: The keys of a life that becomes a mould: of the dossier and of the applicant.
KEYS = (number_mark(Slot.DOSSIER), number_mark(Slot.APPLICANT))


@dataclass(frozen=True, slots=True)
class Chained:
    """A passage: when, what is hashed, the entry, and the slip with its series."""

    when: float  # seconds since 1970, to order by
    text: Pattern
    entry: Form
    slip: Form | None
    series: tuple[str, str] | None


class Mould:
    """The rows of a life that was told with :data:`KEYS`, for an agency of marks."""

    __slots__ = ("began", "day", "forms", "passages", "period", "results")

    def __init__(self, life: Life) -> None:
        dossier = life.dossier
        self.began: datetime = dossier.received_at or dossier.submitted_at
        self.day: date | None = None
        self.period: str | None = None  # None: never received, no code
        if dossier.received_at is not None:
            self.day, self.period = day_of(dossier.received_at), period_of(dossier.received_at)
        self.results = int(bool(dossier.result_number))
        self.forms = [
            [Form(table, row, dossier.code) for row in rows(life)] for table, rows in PARTS
        ]
        for n, column in enumerate(PARTS[0][0].columns):
            if column in _OF_APPLICANT:
                self.forms[0][0].put(n, _OF_APPLICANT[column])
        self.passages = [_chained(passage, dossier) for passage in life.passages]


def _chained(passage: Passage, dossier: Dossier) -> Chained:
    """The entry with marks, and the text over which its hash is made."""
    by = actor(passage.by)
    parts: dict[str, Any] = {
        "chain": text_mark(Slot.AGENCY_CODE),
        "seq": number_mark(Slot.SEQ),
        "at": passage.at,
        "action": passage.action,
        "object_type": Dossier._meta.label_lower,
        "object_id": str(dossier.pk),
        "data": with_code(passage.data, dossier.code),
        "previous": text_mark(Slot.PREVIOUS),
    }
    entry = Entry(
        actor_kind=by.kind,
        actor_id=by.id,
        actor_name=by.name,
        label=passage.label[:300],
        hash=text_mark(Slot.HASH),
        **parts,
    )
    slip = passage.slip
    if slip is not None:
        slip.number = number_mark(Slot.NUMBER)
    return Chained(
        passage.at.timestamp(),
        Pattern(entry_text(actor=by, **parts)),
        Form(ENTRIES, entry, dossier.code),
        Form(SLIPS, slip, dossier.code) if slip else None,
        (str(slip.kind), str(slip.year)) if slip else None,
    )


def agency_of_marks(like: Agency) -> Agency:
    """An agency that stands for any whose posts and procedures are as those of ``like``."""
    return Agency(
        pk=number_mark(Slot.AGENCY),
        code=text_mark(Slot.AGENCY_CODE),
        name=text_mark(Slot.AGENCY_NAME),
        place=text_mark(Slot.AGENCY_PLACE),
        identifier=text_mark(Slot.AGENCY_CODE),
        kind=like.kind,
        valid_from=like.valid_from,
    )


def posts_of_marks(codes: Iterable[str], like: Mapping[str, Post]) -> dict[str, Post]:
    """Posts that stand for those of any agency, by code and by name, in the order of ``codes``."""
    posts: dict[str, Post] = {}
    for n, code in enumerate(codes):
        post = Post(pk=number_mark(Slot.POSTS + n), code=code, name=like[code].name)
        posts |= {post.code: post, post.name: post}
    return posts
