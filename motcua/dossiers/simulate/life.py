"""One dossier through its time, in memory: each method is what the action of that name leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.audit.rules import Actor, canonical
from motcua.core.workcalendar import WorkCalendar
from motcua.dossiers.actions.common import (
    date_steps,
    iso,
    labelled,
    nearest,
    set_due,
    take_up,
    traced,
)
from motcua.dossiers.actions.intake import Intake
from motcua.dossiers.actions.intake.rows import (
    applicant_of,
    charges_of,
    give_code,
    new_dossier,
    papers_of,
    steps_of,
)
from motcua.dossiers.actions.slips import slip_of, wanted
from motcua.dossiers.actions.waiting import promised_anew
from motcua.dossiers.models import (
    Charge,
    Dossier,
    DossierPaper,
    DossierStep,
    Event,
    Pause,
    PauseKind,
    PayWay,
    Redating,
    Slip,
)
from motcua.dossiers.rules import STEPS, DossierStatus, SlipKind
from motcua.dossiers.rules.clock import Due, due_after_pause, due_after_supplement
from motcua.dossiers.simulate.specimen import Specimen
from motcua.files.models import Attachment
from motcua.org.models import Agency, Person, Post
from motcua.procedures.rules.parts import Channel


class NotYet(Exception):
    """What would come next lies after the moment up to which is told."""


@dataclass(slots=True)
class Passage:
    """One act on a dossier, to be chained in its place among those of all."""

    at: datetime
    by: Person
    action: str
    life: Life
    data: str
    label: str
    slip: Slip | None = None


class Life:
    """A dossier with all its rows; ``until`` is the present of the tale."""

    def __init__(self, agency: Agency, calendar: WorkCalendar, until: datetime) -> None:
        self.agency, self.calendar, self.until = agency, calendar, until
        self.papers: list[DossierPaper] = []
        self.charges: list[Charge] = []
        self.steps: list[DossierStep] = []
        self.pauses: list[Pause] = []
        self.apologies: list[Redating] = []
        self.slips: list[Slip] = []
        self.events: list[Event] = []
        self.files: list[Attachment] = []
        self.passages: list[Passage] = []

    # --- what every step does ---------------------------------------------------------------------

    @property
    def is_begun(self) -> bool:
        """There is a dossier."""
        return bool(self.passages)

    def reach(self, at: datetime) -> None:
        """Raises :class:`NotYet` for what lies ahead."""
        if at > self.until:
            raise NotYet

    def _take(self, step: str, at: datetime) -> Dossier:
        """The dossier with the step's status. Raises :class:`NotYet` and what the table raises."""
        self.reach(at)
        STEPS.check(step, self.dossier.status)
        self.dossier.status = STEPS[step].target or self.dossier.status
        return self.dossier

    def _keep(
        self,
        step: str,
        by: Person,
        at: datetime,
        note: str = "",
        slip: Slip | None = None,
        **data: Any,
    ) -> None:
        dossier = self.dossier
        dossier.order_at = nearest(dossier, (one.until for one in self.pauses if not one.ended_at))
        dossier.lock += 1
        self._passed(step, by, at, note, slip, **data)

    def _passed(
        self, step: str, by: Person, at: datetime, note: str, slip: Slip | None, **data: Any
    ) -> None:
        dossier = self.dossier
        self.events.append(
            Event(dossier=dossier, at=at, by=by, step=step, status=str(dossier.status), note=note)
        )
        kept = canonical(traced(dossier, note) | data)
        told = Passage(at, by, f"dossiers.{step}", self, kept, labelled(dossier), slip)
        self.passages.append(told)
        if slip is not None:
            self.slips.append(slip)

    def _slip(self, kind: SlipKind, by: Person, at: datetime, **data: Any) -> Slip:
        return slip_of(self.dossier, kind, by, at, **data)

    def keep_file(self, file: Specimen, by: Person, at: datetime) -> None:
        """A file that is kept with the dossier."""
        self.reach(at)
        self.files.append(file.attached(self.agency.code, self.dossier, actor(by).name, at))
        kept = canonical(file.traced())
        self.passages.append(Passage(at, by, "files.attach", self, kept, file.name))

    # --- intake -----------------------------------------------------------------------------------

    def begin(
        self, intake: Intake, status: DossierStatus, at: datetime, keys: tuple[int, int]
    ) -> None:
        """The dossier's row, with its keys and its applicant's."""
        self.reach(at)
        self.applicant = applicant_of(self.agency, intake.applicant)
        self.applicant.pk = keys[1]
        self.dossier = new_dossier(self.agency, intake, status, at, self.applicant)
        self.dossier.pk = keys[0]
        self.papers, self.charges = (
            papers_of(self.dossier, intake),
            charges_of(self.dossier, intake),
        )
        self.dossier.fee = sum(charge.amount for charge in self.charges)

    def submit(self, by: Person, at: datetime) -> None:
        """Filed from afar; a clerk answers within the hours of the rules."""
        hours = self.dossier.rule_set.online_answer_hours
        self.dossier.order_at = self.calendar.add(at, hours * 60).at
        self._passed("submit", by, at, "", None)

    def receive(
        self, n: int, posts: Mapping[str, Post], by: Person, at: datetime, received: datetime
    ) -> None:
        """Code, promise, receipt; what is due is paid at the desk."""
        step = "receive" if self.dossier.status == DossierStatus.RECEIVED else "accept"
        if step == "accept":
            self._take(step, at)
        dossier = self.dossier
        give_code(dossier, n, by, at, received)
        dossier.paid = dossier.fee
        for charge in self.charges:
            charge.paid_at, charge.paid_by, charge.way = at, by, PayWay.CASH
        self.steps = steps_of(dossier, posts)
        date_steps(dossier, self.steps, received)
        if self.steps:
            take_up(dossier, self.steps[0], by, at)
        slip = self._slip(SlipKind.RECEIPT, by, at)
        more: dict[str, Any] = {
            "received": iso(received),
            "procedure": dossier.procedure.code,
            "version": dossier.version.no,
            "rules": dossier.rules,
        }
        self._keep(step, by, at, slip=slip, **more)

    def turn_away(self, by: Person, at: datetime, reason: str) -> None:
        """Refused at the desk."""
        self.dossier.closed_reason = reason
        slip = self._slip(SlipKind.REFUSAL, by, at, reason=reason)
        self._keep("turn_away", by, at, reason, slip)

    # --- work -------------------------------------------------------------------------------------

    def pass_on(self, step: str, to: Person, by: Person, at: datetime) -> None:
        """``forward`` or ``present``: one step ends, the next begins in other hands."""
        self._take(step, at)
        self._end_step(at)
        following = next((one for one in self.steps if one.started_at is None), None)
        if following is None:
            following = self._added("Giải quyết" if step == "forward" else "Ký kết quả")
        take_up(self.dossier, following, to, at)
        self._keep(step, by, at, to=to.full_name)

    def _added(self, name: str) -> DossierStep:
        made = DossierStep(
            dossier=self.dossier,
            position=len(self.steps) + 1,
            name=name,
            share=0,
            due_at=self.dossier.due_at,
        )
        self.steps.append(made)
        return made

    def _end_step(self, at: datetime, note: str = "") -> None:
        for one in self.steps:
            if one.started_at is not None and one.ended_at is None:
                one.ended_at, one.note = at, note

    def _out_of_hands(self) -> None:
        dossier = self.dossier
        dossier.post = dossier.person = None
        dossier.step_name, dossier.step_due_at = "", None

    def sign(self, number: str, by: Person, at: datetime) -> None:
        """The result is there; the clock stops."""
        dossier = self._take("sign", at)
        dossier.settled_at, dossier.result_number = at, number
        self._end_step(at)
        self._out_of_hands()
        self._keep("sign", by, at, number)

    def hand_over(self, by: Person, at: datetime) -> None:
        """The person has the result."""
        dossier = self._take("hand_over", at)
        dossier.returned_at, dossier.returned_to = at, self.applicant.full_name
        last = next((one for one in self.steps if one.started_at is None), None)
        if last is not None:
            last.started_at, last.ended_at, last.person = dossier.settled_at, at, by
        self._keep("hand_over", by, at, dossier.returned_to, way=str(dossier.return_way))

    def end(self, step: str, reason: str, by: Person, at: datetime) -> None:
        """``withdraw``, ``decline`` or ``expire``."""
        dossier = self._take(step, at)
        dossier.closed_reason = reason
        for pause in self.pauses:
            pause.ended_at = pause.ended_at or at
        self._end_step(at, reason if step != "expire" else "")
        self._out_of_hands()
        slip = self._slip(SlipKind.REFUSAL, by, at, reason=reason) if step == "decline" else None
        self._keep(step, by, at, reason, slip)

    # --- waiting ----------------------------------------------------------------------------------

    def wait(self, step: str, text: str, by: Person, at: datetime, *, of: str = "") -> None:
        """``ask_supplement``, ``ask_payment`` or ``consult``."""
        dossier = self._take(step, at)
        kind = _PAUSES[step]
        days = dossier.rule_set.supplement_days if kind is PauseKind.SUPPLEMENT else 0
        self.pauses.append(
            Pause(
                dossier=dossier,
                kind=kind,
                asked_at=at,
                asked_by=by,
                asked_of=of,
                text=text,
                until=self.calendar.add_calendar_days(at, days).at if days else None,
                due_before=dossier.due_at,
            )
        )
        if kind is PauseKind.SUPPLEMENT:
            dossier.supplements += 1
            missing = wanted(self.dossier, self.papers)
            slip = self._slip(SlipKind.SUPPLEMENT, by, at, reason=text, wanted=missing)
            self._keep(step, by, at, text, slip)
        elif kind is PauseKind.PAYMENT:
            self._keep(step, by, at, text)
        else:
            self._keep(step, by, at, text, of=of)

    def resume(self, step: str, text: str, by: Person, at: datetime) -> None:
        """``supply``, ``confirm_payment`` or ``hear``."""
        dossier, pause = self._take(step, at), self.pauses[-1]
        if step == "supply":
            limit = dossier.version.content.limit_for(Channel(dossier.channel))
            due = due_after_supplement(
                limit,
                due=dossier.due_at,
                asked=pause.asked_at,
                supplied=at,
                after=dossier.rule_set.supplement,
                calendar=self.calendar,
            )
            self._redate(due, at)
        elif step == "confirm_payment":
            self._redate(due_after_pause(dossier.due_at, pause.asked_at, at, self.calendar), at)
        pause.ended_at, pause.answer, pause.due_after = at, text, dossier.due_at
        more: dict[str, Any] = {"of": pause.asked_of} if step == "hear" else {}
        self._keep(step, by, at, text, **more)

    def apologise(self, reason: str, due_at: datetime, by: Person, at: datetime) -> None:
        """One new date, before the promised day."""
        dossier, before = self._take("apologise", at), self.dossier.due_at
        assert before is not None
        self.apologies.append(
            Redating(
                dossier=dossier, at=at, by=by, reason=reason, due_before=before, due_after=due_at
            )
        )
        dossier.redatings += 1
        self._redate(promised_anew(before, due_at, reason), at)
        slip = self._slip(SlipKind.APOLOGY, by, at, reason=reason, before=iso(before))
        self._keep("apologise", by, at, reason, slip, before=iso(before))

    def _redate(self, due: Due, at: datetime) -> None:
        set_due(self.dossier, due)
        ahead = [one for one in self.steps if one.ended_at is None]
        date_steps(self.dossier, ahead, at)


_PAUSES = {
    "ask_supplement": PauseKind.SUPPLEMENT,
    "ask_payment": PauseKind.PAYMENT,
    "consult": PauseKind.CONSULTATION,
}


def actor(person: Person) -> Actor:
    """The person as the chain names them."""
    return Actor("person", person.pk, person.full_name)
