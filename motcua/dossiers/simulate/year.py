"""The draws of a year at the desk: who comes when with what, and how it goes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from motcua.dossiers.actions.common import calendar_of
from motcua.dossiers.actions.intake import ApplicantData, FeeData, Intake, PaperData
from motcua.dossiers.actions.intake.rows import period_of
from motcua.dossiers.models import ReturnWay
from motcua.dossiers.rules import DossierStatus
from motcua.dossiers.simulate.life import Life, NotYet
from motcua.dossiers.simulate.store import Store
from motcua.org.models import Agency, Person, Post
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import version_on
from motcua.procedures.rules.parts import Channel

#: Lives that are kept in memory before they are written.
BATCH = 2_000
#: Working minutes of a procedure without a time limit: three days.
USUAL = 3 * 480
DAY = 480
#: Seconds of a day in which people come.
MORNING, AFTERNOON = (27_120, 39_600), (48_600, 58_800)
#: No step of a dossier lies further before its receipt.
AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who works: one person at the desk, one for each post that handles, those who sign."""

    desk: Person
    handlers: Mapping[str, Person]  # by the code of the post
    signers: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A procedure as people ask for it."""

    version: ProcedureVersion
    row: Mapping[str, Any]
    handler: Person
    post: str


def play_desk(
    *,
    agency: Agency,
    cast: Cast,
    script: Mapping[str, Any],
    first: date,
    until: datetime,
    count: int,
    seed: int,
) -> int:
    """Tell ``count`` dossiers received from ``first`` up to ``until``; returns how many.

    ``script`` is a pack as ``demo/dossiers.yaml``; the same arguments tell the same year.
    """
    return Desk(agency, cast, script, first, until, random.Random(seed)).play(count)  # noqa: S311 # a seeded simulation, no secret


class Desk:
    """The draws, and the tale of each dossier."""

    def __init__(
        self,
        agency: Agency,
        cast: Cast,
        script: Mapping[str, Any],
        first: date,
        until: datetime,
        draw: random.Random,
    ) -> None:
        self.agency, self.cast, self.script, self.until, self.draw = (
            agency,
            cast,
            script,
            until,
            draw,
        )
        self.calendar, self.store = calendar_of(agency), Store(agency)
        self.posts: dict[str, Post] = {}
        for post in Post.objects.filter(agency=agency):
            self.posts |= {post.code: post, post.name: post}
        self.kinds = list(self._kinds(first))
        last = timezone.localtime(until).date()
        span = (first + timedelta(days=n) for n in range((last - first).days + 1))
        self.days = [day for day in span if self.calendar.is_working_day(day)]
        self.results = self.told = 0

    def _kinds(self, on: date) -> Iterator[Kind]:
        """The script's procedures that are in force, with who handles them."""
        for row in self.script["procedures"]:
            versions = ProcedureVersion.objects.filter(procedure__code=row["code"])
            found = versions.select_related("procedure").first()
            version = found and version_on(found.procedure, self.agency, on)
            if version is None:
                continue
            steps = version.content.steps
            post = steps[1].post if len(steps) > 1 else ""
            yield Kind(version, row, self.cast.handlers.get(post, self.cast.desk), post)

    def play(self, count: int) -> int:
        """All dossiers, in the order of their receipt."""
        if not self.days:
            return 0
        weights = [self.script["months"][day.month - 1] for day in self.days]
        chosen = self.draw.choices(self.days, weights, k=count)
        for n, received in enumerate(sorted(self._moment(day) for day in chosen), 1):
            self._life(received)
            if n % BATCH == 0:
                self.store.write(received - AHEAD)
        self.store.write()
        return self.told

    def _moment(self, day: date) -> datetime:
        """Most come in the morning."""
        early = self.draw.random() < 0.65
        second = self.draw.randrange(*(MORNING if early else AFTERNOON))
        return timezone.make_aware(datetime.combine(day, time())) + timedelta(seconds=second)

    # --- one dossier ------------------------------------------------------------------------------

    def _life(self, received: datetime) -> None:
        month = received.month
        weights = [one.row["weight"] * one.row.get("busy", {}).get(month, 1) for one in self.kinds]
        kind = self.draw.choices(self.kinds, weights)[0]
        life = Life(self.agency, self.calendar, self.until)
        with suppress(NotYet):  # the rest has not happened yet
            self._tell(life, kind, received)
        if life.is_begun:
            self.store.add(life)
            self.told += 1

    def _tell(self, life: Life, kind: Kind, received: datetime) -> None:
        intake, desk, keys = self._intake(kind), self.cast.desk, self.store.keys()
        if self._happens("turned_away") and intake.channel is Channel.DESK:
            life.begin(intake, DossierStatus.REFUSED, received, keys)
            life.turn_away(desk, received, self._word("turned_away"))
            return
        at = received
        if intake.channel is Channel.DESK:
            if self._happens("back_dated"):
                at = min(received + timedelta(hours=self.draw.randrange(2, 6)), self.until)
            life.begin(intake, DossierStatus.RECEIVED, at, keys)
        else:
            wait = self.draw.randrange(10, DAY)
            submitted = self.calendar.subtract(received, wait).at
            life.begin(intake, DossierStatus.SUBMITTED, submitted, keys)
            life.submit(desk, submitted)
        life.reach(at)
        n = self.store.number("dossier", period_of(received))
        life.receive(n, self.posts, desk, at, received)
        self._handle(life, kind, at)

    def _handle(self, life: Life, kind: Kind, at: datetime) -> None:
        """From the receipt to the result."""
        desk, due = self.cast.desk, life.dossier.due_at
        whole = max(self.calendar.between(at, due), 60) if due else USUAL
        at = self._after(at, self.draw.randrange(10, max(11, min(whole // 4, 420))))
        if self._happens("withdrawn") and whole >= DAY:
            life.end("withdraw", self._word("withdrawn"), desk, at)
            return
        life.pass_on("forward", kind.handler, desk, at)
        if whole > 2 * DAY:
            at = self._wait(life, kind, at)
            if life.dossier.status == DossierStatus.STOPPED:
                return
        self._finish(life, kind, at)

    def _wait(self, life: Life, kind: Kind, at: datetime) -> datetime:
        """What longer procedures meet: supplements, a duty, another agency."""
        handler, desk = kind.handler, self.cast.desk
        at = self._after(at, self.draw.randrange(60, 2 * DAY))
        if self._happens("supplement"):
            life.wait("ask_supplement", self._word("supplement"), handler, at)
            if self._happens("unanswered"):
                at = self._after(at, 0, days=31)
                reason = f"Quá hạn bổ sung: {life.pauses[-1].text}"
                life.end("expire", reason, desk, at)
                return at
            at = self._after(at, self.draw.randrange(DAY, 8 * DAY))
            life.resume("supply", self._word("supplied"), desk, at)
        elif kind.row.get("owes") and self.draw.random() < 0.5:
            life.wait("ask_payment", self._word("owing"), handler, at)
            at = self._after(at, self.draw.randrange(DAY, 9 * DAY))
            life.resume("confirm_payment", self._word("paid"), handler, at)
        elif kind.row.get("asks") or self.draw.random() < 0.08:
            of = self._word("consulted")
            life.wait("consult", self._word("consult"), handler, at, of=of)
            at = self._after(at, self.draw.randrange(DAY, 4 * DAY))
            life.resume("hear", self._word("heard"), handler, at)
        return at

    def _finish(self, life: Life, kind: Kind, at: datetime) -> None:
        """The draft, the signature, the hand-over; early, on time or late."""
        due = life.dossier.due_at
        left = max(self.calendar.between(at, due), 40) if due else USUAL
        late = due is not None and self._happens(self._lateness(due))
        share = self.draw.uniform(1.05, 1.5) if late else self.draw.uniform(0.5, 0.97)
        signing = max(10, min(left // 6, DAY))
        if late and left > 3 * DAY and self._happens("apology"):
            before = self._after(at, left - 2 * DAY)
            day = self.calendar.add_working_days(due, self.draw.randrange(3, 8)).at  # type: ignore[arg-type] # late: there is a promise
            life.apologise(self._word("apology"), day, kind.handler, before)
        if self._happens("declined") and left > DAY:
            life.end("decline", self._word("declined"), kind.handler, self._after(at, left // 2))
            return
        ready = self._after(at, max(5, int(left * share) - signing))
        signer = self.draw.choices(self.cast.signers, [3, 1][: len(self.cast.signers)])[0]
        life.pass_on("present", signer, kind.handler, ready)
        signed = self._after(ready, self.draw.randrange(5, signing))
        self.results += 1
        life.sign(f"{self.results}/{self.script['results'].get(kind.post, 'KQ')}", signer, signed)
        collected = signed + timedelta(minutes=self.draw.randrange(2, 40))
        if self.draw.random() < 0.35:  # comes another day
            collected = self._after(signed, self.draw.randrange(60, 6 * DAY))
        life.hand_over(self.cast.desk, collected)

    def _lateness(self, due: datetime) -> str:
        """What is late on the last day has not been settled: of the last days more is late."""
        return "late_now" if self.until - timedelta(days=9) < due < self.until else "late"

    def _after(self, at: datetime, minutes: int, *, days: int = 0) -> datetime:
        """Working minutes later, at no whole minute; ``days`` of the calendar before."""
        moved = self.calendar.add(at + timedelta(days=days), minutes).at
        return moved.replace(second=self.draw.randrange(60))

    # --- draws ------------------------------------------------------------------------------------

    def _happens(self, what: str) -> bool:
        return bool(self.draw.random() * 100 < self.script["luck"][what])

    def _word(self, what: str) -> str:
        return str(self.draw.choice(self.script["words"][what]))

    def _intake(self, kind: Kind) -> Intake:
        content, draw = kind.version.content, self.draw
        offered = kind.row.get("channels") or content.channels or tuple(Channel)
        shares = [self.script["channels"][str(one)] for one in offered]
        channel = Channel(draw.choices(offered, shares)[0])
        online = channel is Channel.ONLINE
        papers = [
            PaperData(
                paper.name,
                originals=0 if online else max(paper.originals, 1),
                electronic=1 if online else 0,
                code=paper.code,
            )
            for paper in content.papers
            if paper.is_required
        ]
        name = self._name()
        way = ReturnWay.ELECTRONIC if online and draw.random() < 0.6 else ReturnWay.DESK
        return Intake(
            version=kind.version,
            applicant=ApplicantData(
                full_name=name,
                born_on=date(1945, 1, 1) + timedelta(days=draw.randrange(60 * 365)),
                id_number=f"000{draw.randrange(10**9):09}",
                phone=f"0000{draw.randrange(10**6):06}",
                address=f"{draw.choice(self.script['hamlets'])}, {self.agency.name}",
            ),
            papers=papers,
            summary=draw.choice(kind.row["about"]),
            channel=channel,
            return_way=ReturnWay.POST if channel is Channel.POST else way,
            fee=FeeData(
                copies=draw.randrange(1, kind.row.get("copies", 1) + 1),
                pages=draw.randrange(1, kind.row.get("pages", 1) + 1),
            ),
        )

    def _name(self) -> str:
        parts = ("families", "middles", "givens")
        return " ".join(self.draw.choice(self.script[part]) for part in parts)
