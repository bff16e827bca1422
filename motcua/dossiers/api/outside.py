"""Records of dossiers that another system owns: told by it, read here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Schema, Status
from pydantic import Field

from motcua.dossiers.actions.intake import ApplicantData
from motcua.dossiers.actions.outside import Mirrored, OutsideData, mirror
from motcua.dossiers.api.common import router, show, tag_of
from motcua.dossiers.api.intake import ApplicantIn
from motcua.dossiers.permissions import MIRROR
from motcua.org.models import Agency
from motcua.org.permissions import visible_agencies
from motcua.org.views.common import who
from motcua.procedures.rules.parts import Channel
from motcua.ui.machine import Moment


class OutsideIn(Schema):
    """A dossier as its owner tells it; ``status`` is the national one, 1 to 10."""

    agency: str
    procedure: str
    applicant: ApplicantIn
    status: int
    submitted_at: Moment
    received_at: Moment | None = None
    due_at: Moment | None = None
    settled_at: Moment | None = None
    returned_at: Moment | None = None
    channel: Channel = Channel.ONLINE
    summary: str = Field(default="", max_length=1000)
    result_number: str = Field(default="", max_length=60)
    closed_reason: str = Field(default="", max_length=1000)


@router.put("/dossiers/outside/{owner}/{code}", response={200: dict[str, Any], 201: dict[str, Any]})
def put_outside(
    request: HttpRequest, response: HttpResponse, owner: str, code: str, data: OutsideIn
) -> Status[dict[str, Any]]:
    """Tell a record, or tell it again: the same words change nothing. ``done`` says what it did:
    new, changed or same."""
    person, now, today = who(request)
    seen = Agency.objects.filter(pk__in=visible_agencies(person, MIRROR, today))
    agency = get_object_or_404(seen, code=data.agency)
    typed = data.dict(exclude={"agency", "status", "applicant"})
    said = OutsideData(
        **typed, national=data.status, applicant=ApplicantData(**data.applicant.dict())
    )
    made, done = mirror(
        agency=agency, owner=owner[:100], code=code[:60], said=said, by=person, at=now
    )
    response.headers["ETag"] = tag_of(made)
    return Status(201 if done is Mirrored.NEW else 200, show(made) | {"done": str(done)})
