"""Histories of dossiers drawn at random, orderly ones and such as no action leaves behind."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from motcua.core.workcalendar import national_calendar
from motcua.dossiers.models import Applicant, Dossier, Event, Pause, Redating
from motcua.dossiers.rules.cells import Months
from motcua.files.models import Attachment

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONTHS, CALENDAR = Months(ZONE), national_calendar()
BEGIN = datetime(2024, 1, 1, tzinfo=ZONE)
#: Moments at the edge of a month and of working time, where a rule breaks first.
EDGES = [
    datetime(2024, 2, 1, tzinfo=ZONE),
    datetime(2024, 1, 31, 23, 59, 59, 999_999, tzinfo=ZONE),
    datetime(2024, 3, 31, 17, 0, tzinfo=ZONE),
    datetime(2024, 4, 1, 6, 59, 59, 999_600, tzinfo=ZONE),
    datetime(2024, 3, 4, 11, 30, tzinfo=ZONE),
]
WITHOUT = ("withdrawn", "stopped")


class Draw:
    """Draws from one seed."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)

    def moment(self, first: datetime = BEGIN, days: float = 150) -> datetime:
        """Somewhere after a moment, often at an edge, rarely at no whole second."""
        if self.draw.random() < 0.15:
            return self.draw.choice(EDGES)
        moment = first + timedelta(minutes=self.draw.uniform(0, days * 24 * 60))
        return moment if self.draw.random() < 0.2 else moment.replace(microsecond=0)

    def after(self, moment: datetime, days: float) -> datetime:
        """Later, unless the order is to be broken."""
        return self.moment(moment, days)

    def stored(self, org, versions, n, *, agency=None):
        """A dossier with what its marks follow from, written as no action would."""
        draw, agency = self.draw, agency or org.commune
        received = self.moment(days=120)
        due = self.after(received, 20) if draw.random() < 0.9 else None
        status = draw.choice(["processing", "settled", "returned", *WITHOUT, "settled", "waiting"])
        settled = self.after(received, 40) if status in ("settled", "returned") else None
        if settled is not None and draw.random() < 0.9:
            settled = max(settled, received)
        version = draw.choice(versions)
        someone = Applicant.objects.create(agency=agency, full_name=f"Người {n}")
        made = Dossier.objects.create(
            agency=agency,
            received_by_agency=agency,
            procedure=version.procedure,
            version=version,
            rules="2018",
            code=f"{agency.pk}-{n}",
            channel=draw.choice(["desk", "online", "post"]),
            applicant=someone,
            summary="x",
            folded="x",
            status=status,
            submitted_at=received,
            entered_at=max(received, received + timedelta(minutes=draw.choice([0, 0, 300]))),
            received_at=received,
            due_at=due,
            settled_at=settled,
            returned_at=settled if status == "returned" else None,
        )
        if status in WITHOUT and draw.random() < 0.9:
            end = self.after(received, 40)
            Event.objects.create(dossier=made, at=end, step="stop", status=status)
        self._waits(org, made, received)
        for kind in ("paper", "result"):
            if draw.random() < 0.5:
                attached(made, kind, self.after(settled or received, 10))
        if draw.random() < 0.1:
            gone = self.after(received, 60)
            Attachment.objects.filter(object_id=made.pk).update(withdrawn_at=gone)
        return made

    def _waits(self, org, made, received):
        draw, asked = self.draw, received
        for n in range(draw.choice([0, 0, 0, 1, 1, 2])):
            asked = self.after(asked, 10)
            ended = self.after(asked, 10)
            runs = n == 0 and made.status == "waiting"
            Pause.objects.create(
                dossier=made,
                kind=draw.choice(["supplement", "supplement", "payment", "consultation"]),
                asked_at=asked,
                asked_by=org.motcua,
                text="thiếu",
                ended_at=None if runs else ended,
                due_before=made.due_at,
            )
            if runs:
                break
        if made.due_at and draw.random() < 0.15:
            at = self.after(received, 20)
            before = made.due_at - timedelta(days=2)
            Redating.objects.create(
                dossier=made, at=at, by=org.motcua, reason="x", due_before=before,
                due_after=made.due_at,
            )  # fmt: skip


def attached(dossier, kind, at):
    """A file of a dossier."""
    return Attachment.objects.create(
        chain=dossier.agency.code,
        object_type="dossiers.dossier",
        object_id=dossier.pk,
        kind=kind,
        name="a.pdf",
        media="application/pdf",
        size=1,
        sha256="0" * 64,
        added_by="x",
        added_at=at.astimezone(UTC),
    )
