"""Every step on a dossier as a route of its own, from one table of bodies.

``BODIES`` has the steps of ``actions.ON_DOSSIER``, as the pages' ``STEP_FORMS`` have; the fields
of a body are the words of its action, people and procedures by their keys.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Schema
from pydantic import Field

from motcua.dossiers.actions import ON_DOSSIER
from motcua.dossiers.actions.intake import FeeData, NotInForce, PaperData
from motcua.dossiers.api.common import lock_of, router, show_whole, tag_of
from motcua.dossiers.api.intake import FeeIn, PaperIn
from motcua.dossiers.models import Dossier, PayWay, ReturnWay
from motcua.dossiers.rules import STEPS
from motcua.dossiers.views.common import dossier_of
from motcua.org.models import Agency, Person
from motcua.org.views.common import who
from motcua.procedures.queries import in_force_on
from motcua.ui.machine import Moment


class StepIn(Schema):
    """A step without words."""

    def values(self, _dossier: Dossier, _now: datetime) -> dict[str, Any]:
        """What the action takes."""
        return self.dict()


class ReasonIn(StepIn):
    """Why; the person will read it."""

    reason: str = Field(max_length=1000)


class AskIn(StepIn):
    """What is asked for, all at once."""

    text: str = Field(max_length=2000)


class AnswerIn(StepIn):
    """What came."""

    text: str = Field(default="", max_length=2000)


class ToIn(StepIn):
    """To whom (null: to nobody yet), with a word or without."""

    to: int | None = None
    note: str = Field(default="", max_length=1000)

    def values(self, dossier: Dossier, now: datetime) -> dict[str, Any]:
        """The person as a row."""
        return self.dict() | {"to": _serving(self.to, dossier, now)}


class NoteIn(StepIn):
    """A word that goes with it."""

    note: str = Field(default="", max_length=1000)


class TransferIn(StepIn):
    """To whom, and why."""

    to: int
    reason: str = Field(max_length=1000)

    def values(self, dossier: Dossier, now: datetime) -> dict[str, Any]:
        """The person as a row."""
        return self.dict() | {"to": _serving(self.to, dossier, now)}


class ConsultIn(StepIn):
    """Whom, what, until when."""

    of: str = Field(max_length=200)
    text: str = Field(max_length=2000)
    until: Moment | None = None


class HearIn(StepIn):
    """What the other agency said."""

    answer: str = Field(max_length=2000)


class SendOutIn(StepIn):
    """To which agency (``agency``: its code, where it is known here), until when."""

    to: str = Field(default="", max_length=200)
    agency: str | None = None
    until: Moment
    note: str = Field(default="", max_length=1000)

    def values(self, _dossier: Dossier, now: datetime) -> dict[str, Any]:
        """The agency as a row."""
        on = timezone.localtime(now).date()
        known = Agency.objects.existing_on(on)
        found = get_object_or_404(known, code=self.agency) if self.agency else None
        return self.dict() | {"agency": found}


class CollectIn(StepIn):
    """How the money came; ``reference`` is the bank's."""

    way: PayWay = PayWay.CASH
    reference: str = Field(default="", max_length=60)


class RefundIn(StepIn):
    """Why, and how much goes back in đồng (null: all that can); ``reference`` is the bank's."""

    reason: str = Field(max_length=1000)
    amount: int | None = Field(default=None, ge=1, le=10**15)
    way: PayWay = PayWay.CASH
    reference: str = Field(default="", max_length=60)


class ResultIn(StepIn):
    """The result's number, where it has one."""

    number: str = Field(default="", max_length=60)


class HandOverIn(StepIn):
    """To whom, by which way."""

    to: str = Field(max_length=200)
    way: ReturnWay = ReturnWay.DESK


class ApologyIn(StepIn):
    """Why, and the one new moment."""

    reason: str = Field(max_length=1000)
    due_at: Moment


class MendIn(StepIn):
    """What was taken in wrongly (``procedure`` by its code), and why it is changed; ``papers`` that
    came for the right procedure, ``fee`` what its fee depends on."""

    reason: str = Field(max_length=1000)
    procedure: str = ""
    summary: str = Field(default="", max_length=1000)
    papers: list[PaperIn] = Field(default=[], max_length=100)
    fee: FeeIn | None = None

    def values(self, dossier: Dossier, now: datetime) -> dict[str, Any]:
        """The version in force on the day of receipt."""
        received = timezone.localtime(dossier.received_at or now).date()
        found = in_force_on(dossier.agency, received).get(self.procedure)
        if self.procedure and found is None:
            raise NotInForce(code=self.procedure, day=f"{received:%d/%m/%Y}")
        return {
            "reason": self.reason,
            "summary": self.summary,
            "version": found,
            "papers": [PaperData(**paper.dict()) for paper in self.papers],
            "fee": FeeData(**self.fee.dict()) if self.fee else None,
        }


def _serving(pk: int | None, dossier: Dossier, now: datetime) -> Person | None:
    if pk is None:
        return None
    on = timezone.localtime(now).date()
    return get_object_or_404(Person.objects.serving(dossier.agency, on), pk=pk)


BODIES: dict[str, type[StepIn]] = {
    "accept": StepIn,
    "ask_completion": AskIn,
    "complete": AnswerIn,
    "refuse": ReasonIn,
    "forward": ToIn,
    "hand_on": ToIn,
    "present": ToIn,
    "send_back": ReasonIn,
    "sign": ResultIn,
    "settle": ResultIn,
    "hand_over": HandOverIn,
    "ask_supplement": AskIn,
    "supply": AnswerIn,
    "expire": StepIn,
    "ask_payment": AskIn,
    "confirm_payment": AnswerIn,
    "consult": ConsultIn,
    "hear": HearIn,
    "apologise": ApologyIn,
    "transfer": TransferIn,
    "decline": ReasonIn,
    "stop": ReasonIn,
    "withdraw": ReasonIn,
    "collect_fee": CollectIn,
    "undo_fee": ReasonIn,
    "refund_fee": RefundIn,
    "send_out": SendOutIn,
    "bring_back": ToIn,
    "give_back": NoteIn,
    "correct": MendIn,
    "repair": MendIn,
}


def _route(name: str, body: type[StepIn]) -> Callable[..., dict[str, Any]]:
    """The view of one step."""

    def take(request: HttpRequest, response: HttpResponse, pk: int, data: Any) -> dict[str, Any]:
        person, now, _today = who(request)
        found = dossier_of(request, pk)
        lock = lock_of(request, found)
        ON_DOSSIER[name](dossier=found, by=person, at=now, lock=lock, **data.values(found, now))
        after = dossier_of(request, pk)
        response.headers["ETag"] = tag_of(after)
        return show_whole(request, after)

    take.__name__ = f"dossier_{name}"
    take.__doc__ = f"{STEPS[name].label}. {body.__doc__}"
    take.__annotations__["data"] = body
    return take


for _name, _body in BODIES.items():
    router.add_api_operation(
        f"/dossiers/{{int:pk}}/steps/{_name}",
        ["POST"],
        _route(_name, _body),
        url_name=f"dossier_{_name}",
    )
