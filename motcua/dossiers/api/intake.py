"""Take dossiers in: one, or many of which each is judged by itself."""

from __future__ import annotations

from copy import copy
from datetime import date
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from ninja import Schema, Status
from pydantic import Field

from motcua.core.errors import Refused
from motcua.core.together import MOST
from motcua.db.stamps import remembered
from motcua.dossiers import actions
from motcua.dossiers.actions.intake import ApplicantData, FeeData, Intake, NotInForce, PaperData
from motcua.dossiers.api.common import router, show_taken, tag_of
from motcua.dossiers.models import ApplicantKind, Dossier, ReturnWay
from motcua.org.models import Agency
from motcua.org.permissions import may
from motcua.org.views.common import who
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.queries import version_of
from motcua.procedures.rules.parts import Channel
from motcua.ui.machine import Day, Moment


class ApplicantIn(Schema):
    """Who asks."""

    full_name: str = Field(max_length=200)
    kind: ApplicantKind = ApplicantKind.PERSON
    born_on: Day | None = None
    id_number: str = Field(default="", max_length=20)
    phone: str = Field(default="", max_length=20)
    email: str = Field(default="", max_length=254)
    address: str = Field(default="", max_length=300)


class PaperIn(Schema):
    """One paper by its name in the procedure; all counts 0: missing."""

    name: str = Field(max_length=500)
    code: str = Field(default="", max_length=60)
    originals: int = Field(default=0, ge=0, le=999)
    certified: int = Field(default=0, ge=0, le=999)
    photos: int = Field(default=0, ge=0, le=999)
    electronic: int = Field(default=0, ge=0, le=999)
    pages: int = Field(default=0, ge=0, le=9999)
    note: str = Field(default="", max_length=300)


class FeeIn(Schema):
    """What the fee depends on, and the ground of an exemption."""

    cases: int = Field(default=1, ge=1, le=9999)
    copies: int = Field(default=1, ge=1, le=9999)
    pages: int = Field(default=1, ge=1, le=9999)
    exemption: str = ""


class IntakeIn(Schema):
    """A dossier; ``do`` says what the desk does with it, ``text`` what is missing or why it is
    refused. ``received_at`` enters one that was received on paper before."""

    agency: str
    procedure: str
    do: Literal["receive", "submit", "guide", "turn_away"] = "receive"
    applicant: ApplicantIn
    filer: ApplicantIn | None = None
    papers: list[PaperIn] = Field(default=[], max_length=100)
    summary: str = Field(default="", max_length=1000)
    channel: Channel = Channel.DESK
    sets: int = Field(default=1, ge=1, le=99)
    return_way: ReturnWay = ReturnWay.DESK
    fee: FeeIn = FeeIn()
    outside_code: str = Field(default="", max_length=60)
    again_id: int | None = None
    received_at: Moment | None = None
    text: str = Field(default="", max_length=2000)


class ManyIn(Schema):
    """Up to so many as a list shows at most."""

    rows: list[IntakeIn] = Field(max_length=MOST)


@router.post("/dossiers", response={201: dict[str, Any]})
def take_in(request: HttpRequest, response: HttpResponse, data: IntakeIn) -> Status[dict[str, Any]]:
    """Take one dossier in; ``Location`` is where it stands with all its parts."""
    made = _take_in(request, data)
    response.headers["ETag"] = tag_of(made)
    response.headers["Location"] = f"{request.path}/{made.pk}"
    return Status(201, show_taken(request, made))


@router.post("/dossiers/together")
def take_in_together(request: HttpRequest, data: ManyIn) -> dict[str, Any]:
    """Take many in: an answer for each row, in their order; a refused row holds up no other."""
    return {"rows": [_judge(request, row) for row in data.rows]}


def _judge(request: HttpRequest, row: IntakeIn) -> dict[str, Any]:
    try:
        made = _take_in(request, row)
    except Refused as refusal:
        return {"error": refusal.code, "detail": refusal.sentence(gettext(refusal.message))}
    except Http404:
        return {"error": "not_found", "detail": gettext("Không tìm thấy.")}
    return {"id": made.pk, "code": made.code, "status": made.status, "due_at": made.due_at}


def _take_in(request: HttpRequest, data: IntakeIn) -> Dossier:
    person, now, _today = who(request)
    agency = _agency(request, data.agency)
    common: dict[str, Any] = {
        "agency": agency,
        "intake": _intake(request, agency, data),
        "by": person,
        "at": now,
    }
    match data.do:
        case "receive":
            return actions.receive(**common, received_at=data.received_at)
        case "submit":
            return actions.submit(**common)
        case "guide":
            return actions.guide(**common, text=data.text)
        case "turn_away":
            return actions.turn_away(**common, reason=data.text)


def _agency(request: HttpRequest, code: str) -> Agency:
    person, _now, today = who(request)
    agency = copy(remembered(("agency", code), lambda: get_object_or_404(Agency, code=code)))
    if not may(person, "dossiers.view", agency, today):
        raise Http404
    return agency


def _version(agency: Agency, code: str, on: date) -> ProcedureVersion:
    version = version_of(code, agency, on)
    if version is None:
        get_object_or_404(Procedure, code=code)
        raise NotInForce(code=code, day=f"{on:%d/%m/%Y}")
    return version


def _intake(request: HttpRequest, agency: Agency, data: IntakeIn) -> Intake:
    person, _now, today = who(request)
    again = None
    if data.again_id is not None:
        again = get_object_or_404(Dossier.objects.visible_to(person, today), pk=data.again_id)
    return Intake(
        version=_version(agency, data.procedure, today),
        applicant=ApplicantData(**data.applicant.dict()),
        filer=ApplicantData(**data.filer.dict()) if data.filer else None,
        papers=[PaperData(**paper.dict()) for paper in data.papers],
        summary=data.summary,
        channel=data.channel,
        sets=data.sets,
        return_way=data.return_way,
        fee=FeeData(**data.fee.dict()),
        outside_code=data.outside_code,
        again=again,
    )
