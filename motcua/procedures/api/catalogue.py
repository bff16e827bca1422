"""The catalogue by API: search, versions and their steps, files, dates and fees."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext
from ninja import Router, Schema, Status

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.workcalendar import national_calendar
from motcua.org.views.common import own_agency, who
from motcua.procedures import actions
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.permissions import version_steps
from motcua.procedures.queries import find
from motcua.procedures.rules import (
    Channel,
    Content,
    changes_between,
    fee_due,
    promise,
    total_due,
)
from motcua.procedures.sheets import rows_of
from motcua.procedures.views.exchange import answer_file
from motcua.ui.machine import AnyMoment, Day, check_match, etag, page

router = Router()


class NotInForce(Refused):
    """No version of the procedure holds for the agency on that day."""

    code = "not_in_force"
    message = _("Thủ tục %(code)s không có bản áp dụng ngày %(day)s.")
    status = 404


class ContentIn(Schema):
    """All parts of a version, by the names that the catalogue's files use."""

    content: dict[str, Any]


class PublishIn(Schema):
    """The decision, and from which day."""

    decision: str
    decided_on: Day
    valid_from: Day


class WithdrawIn(Schema):
    """The decision, and the last day."""

    withdrawal: str
    last_day: Day


class ImportIn(Schema):
    """Rows in the shape of the catalogue's files; with ``dry_run`` nothing is kept."""

    rows: list[dict[str, Any]]
    decision: str
    decided_on: Day
    valid_from: Day
    dry_run: bool = False


class FeeIn(Schema):
    """What is asked for: so many cases, copies, pages; ``exemptions`` by the fee's name."""

    cases: int = 1
    copies: int = 1
    pages: int = 1
    channel: Channel = Channel.DESK
    exemptions: dict[str, str] = {}


def _version(request: HttpRequest, code: str, no: int) -> ProcedureVersion:
    person, _now, today = who(request)
    rows = ProcedureVersion.objects.visible_to(person, today)
    return get_object_or_404(
        rows.select_related("procedure", "agency"), procedure__code=code, no=no
    )


def _in_force(request: HttpRequest, code: str, on: date | None) -> ProcedureVersion:
    person, _now, today = who(request)
    seen = ProcedureVersion.objects.visible_to(person, today).filter(procedure__code=code)
    valid = seen.in_force(own_agency(person, today), on or today)
    found = valid.select_related("procedure", "agency").first()
    if found is None:
        raise NotInForce(code=code, day=(on or today).isoformat())
    return found


def _row(version: ProcedureVersion) -> dict[str, Any]:
    return {
        "code": version.procedure.code,
        "no": version.no,
        "agency": version.agency.code if version.agency else None,
        "status": version.status,
        "name": version.name,
        "field": version.field,
        "level": version.level,
        "at_desk": version.at_desk,
        "online": version.online,
        "limit": {"unit": version.limit_unit, "value": version.limit_value},
        "is_complete": version.is_complete,
        "valid_from": version.valid_from,
        "valid_to": version.valid_to,
        "decision": version.decision,
    }


def _whole(request: HttpRequest, version: ProcedureVersion) -> dict[str, Any]:
    person, now, _today = who(request)
    return _row(version) | {
        "content": version.data,
        "withdrawal": version.withdrawal,
        "source": version.source,
        "version": version.lock,
        "allowed_steps": version_steps(version, person, now),
    }


def _tag(version: ProcedureVersion) -> str:
    return etag("procedure", version.pk, version.lock)


@router.get("")
def catalogue(
    request: HttpRequest,
    q: str = "",
    field: str = "",
    online: str = "",
    on: Day | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> dict[str, Any]:
    """Procedures in force for the caller's agency; with ``q`` the best fits first, one page."""
    person, _now, today = who(request)
    agency = own_agency(person, today)
    seen = ProcedureVersion.objects.visible_to(person, today)
    if q:
        found = find(q, agency, on or today, limit) if seen.exists() else []
        return {"results": [_row(version) for version in found], "next": None}
    rows = seen.in_force(agency, on or today).select_related("procedure", "agency")
    asked = {name: value for name, value in {"field": field, "online": online}.items() if value}
    return page(rows.filter(**asked), ["sort_name"], _row, cursor=cursor, limit=limit)


@router.post("/import")
def import_rows(request: HttpRequest, data: ImportIn) -> dict[str, Any]:
    """Publish many at once for the caller's agency, whole or not at all."""
    person, now, today = who(request)
    agency = own_agency(person, today)
    rows = rows_of(data.rows)
    planned = actions.plan_rows(agency=agency, rows=rows, valid_from=data.valid_from)
    if not data.dry_run:
        actions.import_rows(
            agency=agency,
            rows=rows,
            valid_from=data.valid_from,
            decision=data.decision,
            decided_on=data.decided_on,
            by=person,
            at=now,
        )
    return {"rows": [{"code": one.row.code, "what": one.what} for one in planned]}


@router.get("/file/{kind}")
def file(request: HttpRequest, kind: Literal["xlsx", "yaml"]) -> HttpResponse:
    """The procedures in force for the caller's agency as a file."""
    person, _now, today = who(request)
    rows = ProcedureVersion.objects.visible_to(person, today)
    rows = rows.in_force(own_agency(person, today), today).select_related("procedure")
    return answer_file(rows.order_by("procedure__code"), kind)


@router.get("/{code}")
def procedure(
    request: HttpRequest, response: HttpResponse, code: str, on: Day | None = None
) -> dict[str, Any]:
    """The version in force for the caller's agency on a day (today)."""
    found = _in_force(request, code, on)
    response.headers["ETag"] = _tag(found)
    return _whole(request, found)


@router.get("/{code}/due")
def due(
    request: HttpRequest, code: str, received: AnyMoment, channel: Channel = Channel.DESK
) -> dict[str, Any]:
    """When a dossier received at a moment is due, and why then."""
    moment = received if received.tzinfo else timezone.make_aware(received)
    version = _in_force(request, code, timezone.localtime(moment).date())
    limit = version.content.limit_for(channel)
    promised = promise(limit, timezone.localtime(moment), national_calendar())
    return {
        "version": version.no,
        "limit": limit.said.render(gettext),
        "counted_from": promised.counted_from,
        "due": promised.at,
        "why": [line.render(gettext) for line in promised.why()],
    }


@router.post("/{code}/fees")
def fees(request: HttpRequest, code: str, data: FeeIn) -> dict[str, Any]:
    """What is to be paid today; ``total`` null: an amount is not known."""
    version = _in_force(request, code, None)
    dues = [
        fee_due(
            fee,
            cases=data.cases,
            copies=data.copies,
            pages=data.pages,
            online=data.channel is Channel.ONLINE,
            exemption=data.exemptions.get(fee.name, ""),
        )
        for fee in version.content.fees
    ]
    lines = [
        {"name": one.fee.name, "amount": one.amount, "why": one.why.render(gettext)} for one in dues
    ]
    return {"version": version.no, "lines": lines, "total": total_due(dues)}


@router.get("/{code}/versions")
def versions(request: HttpRequest, code: str) -> list[dict[str, Any]]:
    """All versions that the caller may see, the latest first."""
    person, _now, today = who(request)
    rows = ProcedureVersion.objects.visible_to(person, today).filter(procedure__code=code)
    return [_row(one) for one in rows.select_related("procedure", "agency").order_by("-no")]


@router.post("/{code}/versions", response={201: dict[str, Any]})
def draft(request: HttpRequest, code: str, data: ContentIn) -> Status[dict[str, Any]]:
    """Begin a version for the caller's agency."""
    person, now, today = who(request)
    agency = own_agency(person, today)
    content = Content.read(data.content)
    made = actions.draft_version(agency=agency, code=code, content=content, by=person, at=now)
    return Status(201, _whole(request, made))


@router.get("/{code}/versions/{int:no}")
def version(request: HttpRequest, response: HttpResponse, code: str, no: int) -> dict[str, Any]:
    """One version."""
    found = _version(request, code, no)
    response.headers["ETag"] = _tag(found)
    return _whole(request, found)


@router.put("/{code}/versions/{int:no}")
def edit(
    request: HttpRequest, response: HttpResponse, code: str, no: int, data: ContentIn
) -> dict[str, Any]:
    """Replace a draft's content; with If-Match only if nobody saved it in between."""
    person, now, _today = who(request)
    found = _version(request, code, no)
    check_match(request, _tag(found), lambda: _whole(request, found))
    content = Content.read(data.content)
    saved = actions.edit_version(version=found, content=content, by=person, at=now, lock=found.lock)
    response.headers["ETag"] = _tag(saved)
    return _whole(request, saved)


@router.get("/{code}/versions/{int:no}/changes/{int:before}")
def changes(request: HttpRequest, code: str, no: int, before: int) -> list[dict[str, Any]]:
    """The parts in which two versions differ."""
    old, new = _version(request, code, before), _version(request, code, no)
    return [
        {"part": one.part, "before": list(one.before), "after": list(one.after)}
        for one in changes_between(old.content, new.content)
    ]


@router.post("/{code}/versions/{int:no}/publish")
def publish(request: HttpRequest, code: str, no: int, data: PublishIn) -> dict[str, Any]:
    """Put a draft in force from a day on."""
    person, now, _today = who(request)
    found = _version(request, code, no)
    done = actions.publish_version(version=found, by=person, at=now, **data.dict())
    return _whole(request, done)


@router.post("/{code}/versions/{int:no}/withdraw")
def withdraw(request: HttpRequest, code: str, no: int, data: WithdrawIn) -> dict[str, Any]:
    """Abolish what is published."""
    person, now, _today = who(request)
    found = _version(request, code, no)
    done = actions.withdraw_version(version=found, by=person, at=now, **data.dict())
    return _whole(request, done)


@router.post("/{code}/versions/{int:no}/discard")
def discard(request: HttpRequest, code: str, no: int) -> dict[str, Any]:
    """Drop a draft."""
    person, now, _today = who(request)
    found = _version(request, code, no)
    return _whole(request, actions.discard_version(version=found, by=person, at=now))
