"""Take in a dossier: at the desk, from afar; refuse it, or say what is still missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from motcua.audit.rules import Actor
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import fold
from motcua.db.fields import index_of
from motcua.dossiers.actions.common import (
    begin,
    calendar_of,
    iso,
    keep,
    nearest,
    next_number,
    passed,
    plan_steps,
    set_due,
    take,
    with_reason,
)
from motcua.dossiers.actions.slips import give_slip
from motcua.dossiers.models import (
    Applicant,
    ApplicantKind,
    Charge,
    Dossier,
    DossierPaper,
    DossierStep,
    Pause,
    PauseKind,
    ReturnWay,
    bare_number,
)
from motcua.dossiers.packs import rule_sets
from motcua.dossiers.permissions import day_of
from motcua.dossiers.rules import STEPS, DossierStatus, SlipKind, rule_set_on
from motcua.dossiers.rules.clock import first_due
from motcua.dossiers.rules.codes import counting_period, dossier_code
from motcua.org.models import Agency, Person, Post
from motcua.org.permissions import check_may
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.queries import version_on
from motcua.procedures.rules.fees import fee_due
from motcua.procedures.rules.parts import Channel


class NotInForce(Refused):
    """A procedure that is not in force on the day cannot be taken in."""

    code = "procedure_not_in_force"
    message = _("Thủ tục %(code)s không có hiệu lực ngày %(day)s. Hãy chọn thủ tục đang áp dụng.")
    status = 422


class PapersMissing(Refused):
    """A dossier is received when it is complete; else the desk says what is missing."""

    code = "papers_missing"
    message = _(
        "Còn thiếu: %(papers)s. Hãy nhận thêm, hoặc chọn “Hướng dẫn hoàn thiện” để in phiếu."
    )
    status = 422


class NameMissing(Refused):
    """A dossier is somebody's."""

    code = "name_missing"
    message = _("Hãy nhập họ tên hoặc tên tổ chức nộp hồ sơ.")
    status = 422


class IdNumberWrong(Refused):
    """Identity numbers have 9 or 12 digits."""

    code = "id_number_wrong"
    message = _("Số giấy tờ “%(number)s” không đúng: số định danh có 12 chữ số, CMND cũ có 9.")
    status = 422


class ReceivedInFuture(Refused):
    """Nobody receives tomorrow's dossier."""

    code = "received_in_future"
    message = _("Thời điểm tiếp nhận không thể ở tương lai.")
    status = 422


@dataclass(frozen=True, slots=True)
class ApplicantData:
    """Who asks, as typed."""

    full_name: str
    kind: ApplicantKind = ApplicantKind.PERSON
    born_on: date | None = None
    id_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class PaperData:
    """One paper as it came; all counts 0: missing."""

    name: str
    originals: int = 0
    certified: int = 0
    photos: int = 0
    electronic: int = 0
    pages: int = 0
    note: str = ""
    code: str = ""

    @property
    def came(self) -> bool:
        """At least one of any sort."""
        return self.originals + self.certified + self.photos + self.electronic > 0


@dataclass(frozen=True, slots=True)
class FeeData:
    """What the fee depends on, and the ground of an exemption."""

    cases: int = 1
    copies: int = 1
    pages: int = 1
    exemption: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """A dossier as the desk types it or a program sends it."""

    version: ProcedureVersion
    applicant: ApplicantData
    papers: Sequence[PaperData] = ()
    summary: str = ""
    channel: Channel = Channel.DESK
    filer: ApplicantData | None = None
    sets: int = 1
    return_way: ReturnWay = ReturnWay.DESK
    fee: FeeData = field(default_factory=FeeData)
    outside_code: str = ""
    assisted_by: Agency | None = None
    again: Dossier | None = None


#: The same applicant, procedure and words within this time are the same form, sent twice.
TWICE = timedelta(minutes=1)
#: A dossier received within this time before the next of the same person and procedure.
SOON_AGAIN = timedelta(days=60)


@transaction.atomic
def receive(
    *, agency: Agency, intake: Intake, by: Person, at: datetime, received_at: datetime | None = None
) -> Dossier:
    """Receive a complete dossier, give it its code and promise a moment for its result.

    ``received_at`` earlier than ``at`` enters a dossier that was received on paper before; it
    stands in the list of back-dated ones. (Decree 61/2018/NĐ-CP, art. 17)
    """
    actor = check_may(by, STEPS["receive"].needs, agency, day_of(at))
    if (again := _sent_twice(agency, intake, by, at)) is not None:
        return again
    _check_complete(intake)
    dossier = _new(agency, intake, DossierStatus.RECEIVED, at)
    _receive(dossier, by, at, received_at or at)
    dossier.save()
    _keep_parts(dossier, intake)
    _give_receipt(dossier, "receive", by, actor, at)
    return dossier


@transaction.atomic
def submit(*, agency: Agency, intake: Intake, by: Person, at: datetime) -> Dossier:
    """Note a dossier that came from afar; it has no code until a clerk receives it."""
    actor = check_may(by, STEPS["submit"].needs, agency, day_of(at))
    dossier = _new(agency, intake, DossierStatus.SUBMITTED, at)
    hours = dossier.rule_set.online_answer_hours
    dossier.order_at = calendar_of(agency).add(at, hours * 60).at
    dossier.save()
    _keep_parts(dossier, intake)
    passed(dossier, "submit", by, actor, at)
    return dossier


@transaction.atomic
def accept(*, dossier: Dossier, by: Person, at: datetime, lock: int | None = None) -> Dossier:
    """Receive a dossier that was filed from afar."""
    row, actor = take(dossier, "accept", by, at, lock)
    _receive(row, by, at, at)
    row.save()
    _give_receipt(row, "accept", by, actor, at)
    return row


@transaction.atomic
def guide(*, agency: Agency, intake: Intake, text: str, by: Person, at: datetime) -> Dossier:
    """Say at the desk, once and in writing, what an incomplete dossier still needs."""
    actor = check_may(by, STEPS["guide"].needs, agency, day_of(at))
    dossier = _new(agency, intake, DossierStatus.INCOMPLETE, at)
    dossier.save()
    _keep_parts(dossier, intake)
    _wait_for(dossier, with_reason(text), by, at)
    return keep(dossier, "guide", by, actor, at, text)


@transaction.atomic
def ask_completion(
    *, dossier: Dossier, text: str, by: Person, at: datetime, lock: int | None = None
) -> Dossier:
    """Say what a dossier filed from afar still needs before it can be received."""
    row, actor = take(dossier, "ask_completion", by, at, lock)
    _wait_for(row, with_reason(text), by, at)
    return keep(row, "ask_completion", by, actor, at, text)


@transaction.atomic
def complete(
    *, dossier: Dossier, text: str, by: Person, at: datetime, lock: int | None = None
) -> Dossier:
    """What was missing has come; the dossier can be received."""
    row, actor = take(dossier, "complete", by, at, lock)
    Pause.objects.filter(dossier=row, ended_at__isnull=True).update(ended_at=at, answer=text)
    row.order_at = calendar_of(row.agency).add(at, row.rule_set.online_answer_hours * 60).at
    return keep(row, "complete", by, actor, at, text)


@transaction.atomic
def turn_away(*, agency: Agency, intake: Intake, reason: str, by: Person, at: datetime) -> Dossier:
    """Refuse at the desk, in writing. (Decree 61/2018/NĐ-CP, art. 17; Decree 63/2010, art. 18)"""
    actor = check_may(by, STEPS["turn_away"].needs, agency, day_of(at))
    dossier = _new(agency, intake, DossierStatus.REFUSED, at)
    dossier.closed_reason = with_reason(reason)
    dossier.save()
    _keep_parts(dossier, intake)
    give_slip(dossier, SlipKind.REFUSAL, by, at, reason=reason)
    return keep(dossier, "turn_away", by, actor, at, reason)


@transaction.atomic
def refuse(
    *, dossier: Dossier, reason: str, by: Person, at: datetime, lock: int | None = None
) -> Dossier:
    """Refuse a dossier that was filed from afar, in writing."""
    row, actor = take(dossier, "refuse", by, at, lock)
    row.closed_reason = with_reason(reason)
    Pause.objects.filter(dossier=row, ended_at__isnull=True).update(ended_at=at)
    give_slip(row, SlipKind.REFUSAL, by, at, reason=reason)
    return keep(row, "refuse", by, actor, at, reason)


# --- the parts of an intake -----------------------------------------------------------------------


def _sent_twice(agency: Agency, intake: Intake, by: Person, at: datetime) -> Dossier | None:
    rows = Dossier.objects.filter(
        agency=agency,
        received_by=by,
        entered_at__gt=at - TWICE,
        entered_at__lte=at,
        version=intake.version,
        applicant__full_name=intake.applicant.full_name.strip(),
        summary=_summary(intake),
    )
    return rows.order_by("-pk").first()


def _check_complete(intake: Intake) -> None:
    came = {paper.name for paper in intake.papers if paper.came}
    missing = [
        paper.name
        for paper in intake.version.content.papers
        if paper.is_required and paper.name not in came
    ]
    if missing:
        raise PapersMissing(papers="; ".join(missing))


def _summary(intake: Intake) -> str:
    return intake.summary.strip() or intake.version.name


def _new(agency: Agency, intake: Intake, status: DossierStatus, at: datetime) -> Dossier:
    """The dossier's row with its applicant, judged by the rules of the day."""
    on = day_of(at)
    valid = version_on(intake.version.procedure, agency, on)
    if valid is None or valid.pk != intake.version.pk:
        raise NotInForce(code=intake.version.procedure.code, day=f"{on:%d/%m/%Y}")
    applicant = keep_applicant(agency, intake.applicant)
    filer = keep_applicant(agency, intake.filer) if intake.filer else None
    dossier = new_dossier(agency, intake, status, at, applicant, filer)
    if dossier.again is None:
        dossier.again = _taken_in_before(dossier, at)
        dossier.is_suspect = dossier.is_suspect or dossier.again is not None
    return dossier


def _taken_in_before(dossier: Dossier, at: datetime) -> Dossier | None:
    """The person's dossier under the same procedure that ended without a result a short while ago:
    to end one and take it in again would begin its clock anew, so such pairs stand in a list."""
    number = dossier.applicant.id_index
    ended = Dossier.objects.filter(
        agency=dossier.agency,
        procedure=dossier.procedure,
        applicant__id_index=number,
        status__in=[DossierStatus.WITHDRAWN, DossierStatus.STOPPED],
        received_at__gt=at - SOON_AGAIN,
    )
    return ended.order_by("-pk").first() if number else None


def new_dossier(
    agency: Agency,
    intake: Intake,
    status: DossierStatus,
    at: datetime,
    applicant: Applicant,
    filer: Applicant | None = None,
) -> Dossier:
    """The dossier's row without code and promise, not yet saved."""
    summary = _summary(intake)
    return Dossier(
        agency=agency,
        received_by_agency=agency,
        assisted_by_agency=intake.assisted_by,
        procedure=intake.version.procedure,
        version=intake.version,
        rules=rule_set_on(rule_sets(), day_of(at)).code,
        outside_code=intake.outside_code,
        channel=intake.channel,
        applicant=applicant,
        filer=filer,
        summary=summary,
        folded=fold(f"{applicant.full_name} {summary}"),
        sets=intake.sets,
        return_way=intake.return_way,
        status=status,
        submitted_at=at,
        entered_at=at,
        again=intake.again,
        is_suspect=intake.again is not None,
    )


def keep_applicant(agency: Agency, typed: ApplicantData) -> Applicant:
    """The applicant as they are today: the known row when nothing changed, else a new one."""
    if not typed.full_name.strip():
        raise NameMissing
    number = bare_number(typed.id_number)
    if typed.kind is ApplicantKind.PERSON and number:
        check_id_number(number)
    row = applicant_of(agency, typed)
    known = Applicant.objects.known_as(agency, number).first() if number else None
    if known is not None and all(getattr(known, name) == getattr(row, name) for name in _TYPED):
        return known
    row.save()
    return row


_TYPED = ("kind", "full_name", "born_on", "id_number", "phone", "email", "address")


def applicant_of(agency: Agency, typed: ApplicantData) -> Applicant:
    """The applicant's row as typed, not yet saved."""
    number, phone = bare_number(typed.id_number), bare_number(typed.phone)
    return Applicant(
        agency=agency,
        kind=str(typed.kind),
        full_name=typed.full_name.strip(),
        born_on=typed.born_on,
        id_number=number,
        id_index=index_of(number, "dossiers_applicant.id_number"),
        phone=phone,
        phone_index=index_of(phone, "dossiers_applicant.phone"),
        email=typed.email.strip(),
        address=typed.address.strip(),
    )


def check_id_number(number: str) -> None:
    """A citizen's number of 12 digits or an old one of 9. Raises :class:`IdNumberWrong`."""
    if not (number.isdigit() and number.isascii() and len(number) in (9, 12)):
        raise IdNumberWrong(number=number)


def _receive(dossier: Dossier, by: Person, at: datetime, received_at: datetime) -> None:
    """Number and promise."""
    if received_at > at:
        raise ReceivedInFuture
    n = next_number(dossier.agency, "dossier", period_of(received_at))
    give_code(dossier, n, by, at, received_at)


def period_of(received_at: datetime) -> str:
    """Within which period a dossier received at a moment is numbered."""
    day = day_of(received_at)
    return counting_period(rule_set_on(rule_sets(), day).code_reset, day)


def give_code(dossier: Dossier, n: int, by: Person, at: datetime, received_at: datetime) -> None:
    """The ``n``-th code of its period and the promise; nothing is saved."""
    day = day_of(received_at)
    rules = rule_set_on(rule_sets(), day)
    identifier = dossier.agency.identifier or dossier.agency.code
    dossier.code = dossier_code(rules.code_pattern, agency=identifier, day=day, n=n)
    dossier.folded = fold(f"{dossier.code} {dossier.applicant.full_name} {dossier.summary}")
    dossier.rules = rules.code
    dossier.received_at, dossier.received_by = received_at, by
    dossier.is_suspect = dossier.is_suspect or received_at < at
    limit = dossier.version.content.limit_for(Channel(dossier.channel))
    set_due(dossier, first_due(limit, received_at, calendar_of(dossier.agency)))
    dossier.first_due_at = dossier.due_at
    dossier.order_at = nearest(dossier, ())


def _keep_parts(dossier: Dossier, intake: Intake) -> None:
    DossierPaper.objects.bulk_create(papers_of(dossier, intake))
    charges = charges_of(dossier, intake)
    if charges:
        Charge.objects.bulk_create(charges)
        dossier.fee = sum(charge.amount for charge in charges)
        dossier.save(update_fields=["fee"])


def papers_of(dossier: Dossier, intake: Intake) -> list[DossierPaper]:
    """The papers as they came, not yet saved."""
    return [
        DossierPaper(
            dossier=dossier,
            position=position,
            name=paper.name,
            code=paper.code,
            originals=paper.originals,
            certified=paper.certified,
            photos=paper.photos,
            electronic=paper.electronic,
            pages=paper.pages,
            note=paper.note,
        )
        for position, paper in enumerate(intake.papers, 1)
    ]


def charges_of(dossier: Dossier, intake: Intake) -> list[Charge]:
    """What is due under each rule, not yet saved; a rate that is not known here is no charge."""
    asked = intake.fee
    charges = []
    for fee in intake.version.content.fees:
        exemption = asked.exemption if asked.exemption in fee.exemptions else ""
        due = fee_due(
            fee,
            cases=asked.cases,
            copies=asked.copies,
            pages=asked.pages,
            online=intake.channel is Channel.ONLINE,
            exemption=exemption,
        )
        if due.amount is None:
            continue
        why = {"message": due.why.message, "params": {k: str(v) for k, v in due.why.params.items()}}
        charges.append(
            Charge(
                dossier=dossier,
                kind=fee.kind,
                name=fee.name,
                amount=due.amount,
                why=why,
                exemption=exemption,
            )
        )
    return charges


def _lay_steps(dossier: Dossier) -> None:
    names = {step.post for step in dossier.version.content.steps}
    posts: dict[str, Post] = {}
    for post in Post.objects.filter(Q(code__in=names) | Q(name__in=names), agency=dossier.agency):
        posts |= {post.code: post, post.name: post}
    DossierStep.objects.bulk_create(steps_of(dossier, posts))


def steps_of(dossier: Dossier, posts: Mapping[str, Post]) -> list[DossierStep]:
    """The procedure's steps with their posts as rows of this dossier, not yet saved."""
    return [
        DossierStep(
            dossier=dossier,
            position=position,
            name=step.name,
            share=step.share,
            post=posts.get(step.post),
        )
        for position, step in enumerate(dossier.version.content.steps, 1)
    ]


def _give_receipt(dossier: Dossier, step: str, by: Person, actor: Actor, at: datetime) -> None:
    """The first step begins with the receipt; the slip carries the promise."""
    assert dossier.received_at is not None
    _lay_steps(dossier)
    plan_steps(dossier, dossier.received_at)
    first = dossier.steps.order_by("position").first()
    if first is not None:
        begin(dossier, first, by, at)
    give_slip(dossier, SlipKind.RECEIPT, by, at)
    keep(
        dossier,
        step,
        by,
        actor,
        at,
        received=iso(dossier.received_at),
        procedure=dossier.procedure.code,
        version=dossier.version.no,
        rules=dossier.rules,
    )


def _wait_for(dossier: Dossier, text: str, by: Person, at: datetime) -> None:
    days = dossier.rule_set.supplement_days
    until = calendar_of(dossier.agency).add_calendar_days(at, days).at if days else None
    Pause.objects.create(
        dossier=dossier, kind=PauseKind.SUPPLEMENT, asked_at=at, asked_by=by, text=text, until=until
    )
    give_slip(dossier, SlipKind.SUPPLEMENT, by, at, reason=text)
