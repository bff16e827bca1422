"""The rows of an intake, not yet saved: the simulation makes them as well."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from motcua.core.text import fold
from motcua.db.fields import index_of
from motcua.dossiers.actions.common import calendar_of, nearest, set_due
from motcua.dossiers.actions.intake.typed import ApplicantData, IdNumberWrong, Intake, PaperData
from motcua.dossiers.models import (
    Applicant,
    Charge,
    Dossier,
    DossierPaper,
    DossierStep,
    bare_number,
)
from motcua.dossiers.packs import rule_sets
from motcua.dossiers.permissions import day_of
from motcua.dossiers.rules import DossierStatus, rule_set_on
from motcua.dossiers.rules.clock import first_due
from motcua.dossiers.rules.codes import counting_period, dossier_code
from motcua.org.models import Agency, Person, Post
from motcua.procedures.rules.fees import fee_due
from motcua.procedures.rules.parts import Channel


def summary_of(intake: Intake) -> str:
    """The dossier's content in short: the procedure's name where nothing was typed."""
    return intake.summary.strip() or intake.version.name


def new_dossier(
    agency: Agency,
    intake: Intake,
    status: DossierStatus,
    at: datetime,
    applicant: Applicant,
    filer: Applicant | None = None,
) -> Dossier:
    """The dossier's row without code and promise, not yet saved."""
    summary = summary_of(intake)
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


def papers_of(dossier: Dossier, intake: Intake) -> list[DossierPaper]:
    """The papers as they came, not yet saved."""
    return [paper_of(dossier, position, paper) for position, paper in enumerate(intake.papers, 1)]


def paper_of(dossier: Dossier, position: int, paper: PaperData) -> DossierPaper:
    """One paper's row, not yet saved."""
    return DossierPaper(
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
