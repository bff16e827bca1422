"""Lists of dossiers, one dossier, its events."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Literal

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Schema
from pydantic import Field

from motcua.dossiers.api.common import (
    JOINED,
    router,
    rows_of,
    show,
    show_event,
    show_turn,
    show_whole,
    tag_of,
)
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.handed import turns_at
from motcua.dossiers.rules import DossierStatus
from motcua.dossiers.views.common import dossier_of
from motcua.org.models import Agency
from motcua.org.permissions import visible_agencies
from motcua.org.views.common import who
from motcua.procedures.models import Procedure
from motcua.procedures.rules.parts import Channel
from motcua.ui.machine import Day, page

#: "work": what will be late first, first. "received": the register of what was received,
#: the latest first.
ORDERS = {"work": ("order_at",), "received": ("-received_at",)}


class DossierFilter(Schema):
    """What a list can be narrowed to; ``q`` is a code, a number of identity or telephone, or
    words. Days of receipt are inclusive."""

    agency: str | None = None
    status: DossierStatus | None = None
    stage: Literal["open", "ready", "closed"] | None = None
    procedure: str | None = None
    channel: Channel | None = None
    person_id: Annotated[int, Field(ge=1, lt=2**63)] | None = None
    mine: bool = False
    late: bool = False
    suspect: bool = False
    received_from: Day | None = None
    received_to: Day | None = None
    q: str | None = None


@router.get("/dossiers")
def dossiers(
    request: HttpRequest,
    wanted: Query[DossierFilter],
    order: Literal["work", "received"] = "work",
    cursor: str | None = None,
    limit: int = 50,
) -> dict[str, Any]:
    """Dossiers that the caller may see."""
    person, now, today = who(request)
    rows = Dossier.objects.visible_to(person, today)
    if wanted.late:
        rows = rows.running_late(now)
    if wanted.q:
        rows = rows.matching(wanted.q)
    if wanted.mine:
        rows = rows.open().filter(person=person)
    if wanted.suspect:
        rows = rows.filter(is_suspect=True)
    if order == "received":
        rows = rows.filter(received_at__isnull=False)
    rows = rows.filter(_condition(wanted))
    return page(rows_of(rows), ORDERS[order], show, cursor=cursor, limit=limit)


def _condition(wanted: DossierFilter) -> Q:
    columns = {
        "agency_id": _key(Agency, wanted.agency),
        "status": wanted.status,
        "stage": wanted.stage,
        "procedure_id": _key(Procedure, wanted.procedure),
        "channel": wanted.channel,
        "person_id": wanted.person_id,
        "received_at__gte": _midnight(wanted.received_from),
        "received_at__lt": _midnight(wanted.received_to, days=1),
    }
    return Q(**{name: value for name, value in columns.items() if value is not None})


def _key(model: type[Agency | Procedure], code: str | None) -> int | None:
    """The key of a code, 0 where there is none: indexes of dossiers begin with keys."""
    if code is None:
        return None
    return model.objects.filter(code=code).values_list("pk", flat=True).first() or 0


def _midnight(day: date | None, days: int = 0) -> datetime | None:
    """When a day begins, or one so many days later."""
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day + timedelta(days=days), time.min))


@router.get("/dossiers/handed")
def handed(
    request: HttpRequest, here: bool = False, cursor: str | None = None, limit: int = 50
) -> dict[str, Any]:
    """Turns of other agencies' dossiers at those that the caller may see, the latest first;
    ``here``: only those that still run. Each is a row of a list with its ``turn``."""
    person, _now, today = who(request)
    turns = turns_at(visible_agencies(person, "dossiers.view", today))
    turns = turns.select_related(*(f"dossier__{name}" for name in JOINED), "agency")
    if here:
        turns = turns.filter(ended_at__isnull=True)
    return page(turns, ["-started_at"], show_turn, cursor=cursor, limit=limit)


@router.get("/dossiers/{int:pk}")
def dossier(request: HttpRequest, response: HttpResponse, pk: int) -> dict[str, Any]:
    """One dossier, with what the caller may do now."""
    found = dossier_of(request, pk)
    response.headers["ETag"] = tag_of(found)
    return show_whole(request, found)


@router.get("/dossiers/{int:pk}/events")
def events(
    request: HttpRequest, pk: int, cursor: str | None = None, limit: int = 50
) -> dict[str, Any]:
    """Its passages, the latest first."""
    rows = dossier_of(request, pk).events.select_related("by")
    return page(rows, ["-pk"], show_event, cursor=cursor, limit=limit)
