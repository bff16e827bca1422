"""The draws of a year at the desk: what is asked for when, and how it goes."""

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
from motcua.dossiers.models import ReturnWay
from motcua.dossiers.rules import DossierStatus
from motcua.dossiers.simulate.life import Life, NotYet
from motcua.dossiers.simulate.marks import Slot, number_mark, text_mark
from motcua.dossiers.simulate.mould import KEYS, Mould, agency_of_marks, posts_of_marks
from motcua.dossiers.simulate.specimen import specimen
from motcua.org.models import Agency, Person, Post
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import version_on
from motcua.procedures.rules.parts import Channel

#: Instead of the running number of a code, which is the store's to give.
ANY_NUMBER = 9_999
#: Working minutes of a procedure without a time limit: three days.
USUAL = 3 * 480
DAY = 480
#: Seconds of a day in which people come.
MORNING, AFTERNOON = (27_120, 39_600), (48_600, 58_800)


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


class Tales:
    """The draws, and the tale of each dossier, told of nobody: marks stand for the agency, its
    posts, the applicant and all numbers. ``like`` has the posts and procedures of those who will
    live it; ``script`` is a pack as ``demo/dossiers.yaml``. The same arguments tell the same."""

    def __init__(
        self,
        *,
        like: Agency,
        cast: Cast,
        script: Mapping[str, Any],
        first: date,
        until: datetime,
        seed: int,
    ) -> None:
        self.like, self.cast, self.script, self.until = like, cast, script, until
        self.draw = random.Random(seed)  # noqa: S311 # a seeded simulation, no secret
        self.files = {
            kind: (specimen(kind, row["name"]), row["luck"])
            for kind, row in script["files"].items()
        }
        self.agency, self.calendar = agency_of_marks(like), calendar_of(like)
        posts = {post.code: post for post in Post.objects.filter(agency=like)}
        self.post_codes = sorted(posts)
        self.posts = posts_of_marks(self.post_codes, posts)
        self.kinds = list(self._kinds(first))
        last = timezone.localtime(until).date()
        span = (first + timedelta(days=n) for n in range((last - first).days + 1))
        self.days = [day for day in span if self.calendar.is_working_day(day)]

    def _kinds(self, on: date) -> Iterator[Kind]:
        """The script's procedures that are in force, with who handles them."""
        for row in self.script["procedures"]:
            versions = ProcedureVersion.objects.filter(procedure__code=row["code"])
            found = versions.select_related("procedure").first()
            version = found and version_on(found.procedure, self.like, on)
            if version is None:
                continue
            steps = version.content.steps
            post = steps[1].post if len(steps) > 1 else ""
            yield Kind(version, row, self.cast.handlers.get(post, self.cast.desk), post)

    def tell(self, count: int) -> Iterator[Mould]:
        """So many dossiers, less those that have not begun, in the order of their receipt."""
        if not self.days:
            return
        weights = [self.script["months"][day.month - 1] for day in self.days]
        chosen = self.draw.choices(self.days, weights, k=count)
        for received in sorted(self._moment(day) for day in chosen):
            life = self._life(received)
            if life.is_begun:
                yield Mould(life)

    def _moment(self, day: date) -> datetime:
        """Most come in the morning."""
        early = self.draw.random() < 0.65
        second = self.draw.randrange(*(MORNING if early else AFTERNOON))
        return timezone.make_aware(datetime.combine(day, time())) + timedelta(seconds=second)

    # --- one dossier ------------------------------------------------------------------------------

    def _life(self, received: datetime) -> Life:
        month = received.month
        weights = [one.row["weight"] * one.row.get("busy", {}).get(month, 1) for one in self.kinds]
        kind = self.draw.choices(self.kinds, weights)[0]
        life = Life(self.agency, self.calendar, self.until)
        with suppress(NotYet):  # the rest has not happened yet
            self._tell(life, kind, received)
        return life

    def _tell(self, life: Life, kind: Kind, received: datetime) -> None:
        intake, desk = self._intake(kind), self.cast.desk
        if self._happens("turned_away") and intake.channel is Channel.DESK:
            life.begin(intake, DossierStatus.REFUSED, received, KEYS)
            life.turn_away(desk, received, self._word("turned_away"))
            return
        at = received
        if intake.channel is Channel.DESK:
            if self._happens("back_dated"):
                at = min(received + timedelta(hours=self.draw.randrange(2, 6)), self.until)
            life.begin(intake, DossierStatus.RECEIVED, at, KEYS)
        else:
            wait = self.draw.randrange(10, DAY)
            submitted = self.calendar.subtract(received, wait).at
            life.begin(intake, DossierStatus.SUBMITTED, submitted, KEYS)
            life.submit(desk, submitted)
        life.reach(at)
        life.receive(ANY_NUMBER, self.posts, desk, at, received)
        self._keep_file(life, "paper", desk, at)
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
        at = self._after(at, self.draw.randrange(60, self._at_most(life, at, 2 * DAY)))
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
            at = self._after(at, self.draw.randrange(60, self._at_most(life, at, 4 * DAY)))
            life.resume("hear", self._word("heard"), handler, at)
        return at

    def _at_most(self, life: Life, at: datetime, minutes: int) -> int:
        """So many minutes of a wait during which the clock runs: most leave half of the time."""
        due = life.dossier.due_at
        left = self.calendar.between(at, due) // 2 if due else USUAL
        return max(61, min(left, minutes))

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
        number = f"{number_mark(Slot.RESULT)}/{self.script['results'].get(kind.post, 'KQ')}"
        self._keep_file(life, "result", signer, signed)
        life.sign(number, signer, signed)
        collected = signed + timedelta(minutes=self.draw.randrange(2, 40))
        if self.draw.random() < 0.35:  # comes another day
            collected = self._after(signed, self.draw.randrange(60, 6 * DAY))
        life.hand_over(self.cast.desk, collected)

    def _keep_file(self, life: Life, kind: str, by: Person, at: datetime) -> None:
        """Most dossiers have it. Drawn from the moment, so that no other draw shifts."""
        file, luck = self.files[kind]
        if random.Random(f"{kind} {at}").random() * 100 < luck:  # noqa: S311 # a seeded simulation, no secret
            life.keep_file(file, by, at)

    def _lateness(self, due: datetime) -> str:
        """What is late on the last day has not been settled: of the last days more is late. A month
        may have a luck of its own."""
        if self.until - timedelta(days=9) < due < self.until:
            return "late_now"
        of_month = f"late_{due.month}"
        return of_month if of_month in self.script["luck"] else "late"

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
        way = ReturnWay.ELECTRONIC if online and draw.random() < 0.6 else ReturnWay.DESK
        return Intake(
            version=kind.version,
            applicant=ApplicantData(
                full_name=text_mark(Slot.NAME),
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
