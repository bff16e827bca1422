"""Which dossier, and how dossiers are shown."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router

from motcua.audit.words import action_word
from motcua.dossiers.models import Applicant, Dossier, DossierStep, Event, Pause, Slip
from motcua.dossiers.permissions import allowed_steps
from motcua.dossiers.queries import said_of
from motcua.dossiers.rules import NATIONAL
from motcua.files.models import Attachment
from motcua.org.views.common import who
from motcua.ui.machine import check_match, etag

#: All routes: reading and writing share their paths.
router = Router(tags=["dossiers"])

#: The columns of a row, in the order of what is shown.
COLUMNS = (
    "id",
    "code",
    "agency__code",
    "procedure__code",
    "applicant__full_name",
    "summary",
    "channel",
    "status",
    "stage",
    "submitted_at",
    "received_at",
    "due_at",
    "step_name",
    "step_due_at",
    "post__code",
    "person__full_name",
    "settled_at",
    "result_number",
    "returned_at",
    "supplements",
    "is_suspect",
    "away_to",
    "outside_owner",
    "outside_code",
    "order_at",
    "lock",
)
JOINED = ("agency", "procedure", "applicant", "post", "person")


def rows_of(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """The dossiers with no more than a row shows, in one query."""
    return dossiers.select_related(*JOINED).only(*COLUMNS)


def tag_of(dossier: Dossier) -> str:
    """The entity tag of its state."""
    return etag("dossier", dossier.pk, dossier.lock)


def lock_of(request: HttpRequest, dossier: Dossier) -> int | None:
    """The state on which the caller acts; None without ``If-Match``. Refuses another state."""
    check_match(request, tag_of(dossier), lambda: show_whole(request, dossier))
    sent = request.headers.get("If-Match", "*")
    return None if sent == "*" else dossier.lock


def show(dossier: Dossier) -> dict[str, Any]:
    """A dossier as a row of a list."""
    return {
        "id": dossier.pk,
        "code": dossier.code,
        "agency": dossier.agency.code,
        "procedure": dossier.procedure.code,
        "applicant": dossier.applicant.full_name,
        "summary": dossier.summary,
        "channel": dossier.channel,
        "status": dossier.status,
        "national_status": NATIONAL[dossier.state],
        "stage": dossier.stage,
        "submitted_at": dossier.submitted_at,
        "received_at": dossier.received_at,
        "due_at": dossier.due_at,
        "step": dossier.step_name,
        "step_due_at": dossier.step_due_at,
        "post": dossier.post.code if dossier.post else None,
        "person": dossier.person.full_name if dossier.person else None,
        "settled_at": dossier.settled_at,
        "result_number": dossier.result_number,
        "returned_at": dossier.returned_at,
        "supplements": dossier.supplements,
        "is_suspect": dossier.is_suspect,
        "away_to": dossier.away_to,
        "outside_owner": dossier.outside_owner,
        "outside_code": dossier.outside_code,
        "version": dossier.lock,
    }


def show_taken(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    """A dossier just taken in, from what its action left in memory: the row of a list, the way to
    its promise, what it costs, and what the caller may do now."""
    person, _now, today = who(request)
    return show(dossier) | {
        "why": said_of(dossier.due_why),
        "fee": dossier.fee,
        "allowed_steps": allowed_steps(dossier, person, today),
    }


def show_whole(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    """A dossier with its people, papers, steps, waits, charges, slips and files, the way to its
    promise, and what the caller may do now."""
    person, _now, today = who(request)
    return show(dossier) | {
        "person_id": dossier.person_id,
        "rules": dossier.rules,
        "procedure_version": dossier.version.no,
        "procedure_name": dossier.version.name,
        "applicant": show_applicant(dossier.applicant),
        "filer": show_applicant(dossier.filer) if dossier.filer else None,
        "sets": dossier.sets,
        "return_way": dossier.return_way,
        "first_due_at": dossier.first_due_at,
        "why": said_of(dossier.due_why),
        "returned_to": dossier.returned_to,
        "closed_reason": dossier.closed_reason,
        "fee": dossier.fee,
        "paid": dossier.paid,
        "overpaid": dossier.overpaid or 0,
        "papers": list(
            dossier.papers.order_by("position").values(
                "name", "code", "originals", "certified", "photos", "electronic", "pages", "note"
            )
        ),
        "steps": [
            _step(row)
            for row in dossier.steps.select_related("post", "person").order_by("position")
        ],
        "pauses": [_pause(row) for row in dossier.pauses.select_related("asked_by").order_by("pk")],
        "apologies": list(
            dossier.apologies.order_by("pk").values("at", "reason", "due_before", "due_after")
        ),
        "charges": list(
            dossier.charges.order_by("pk").values(
                "kind", "name", "amount", "exemption", "paid_at", "way"
            )
        ),
        "refunds": list(
            dossier.refunds.order_by("pk").values("at", "amount", "way", "reason", "slip_id")
        ),
        "slips": [_slip(row) for row in dossier.slips.order_by("pk")],
        "files": [show_file(row) for row in Attachment.objects.of(dossier)],
        "allowed_steps": allowed_steps(dossier, person, today),
    }


def show_applicant(applicant: Applicant) -> dict[str, Any]:
    """Who asks, as typed on that day."""
    names = ("kind", "full_name", "born_on", "id_number", "phone", "email", "address")
    return {name: getattr(applicant, name) for name in names}


def _step(row: DossierStep) -> dict[str, Any]:
    return {
        "position": row.position,
        "name": row.name,
        "post": row.post.code if row.post else None,
        "at_agency": row.at_agency,
        "person": row.person.full_name if row.person else None,
        "started_at": row.started_at,
        "due_at": row.due_at,
        "ended_at": row.ended_at,
        "note": row.note,
    }


def _pause(row: Pause) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "asked_at": row.asked_at,
        "asked_by": row.asked_by.full_name,
        "asked_of": row.asked_of,
        "text": row.text,
        "until": row.until,
        "ended_at": row.ended_at,
        "answer": row.answer,
        "due_before": row.due_before,
        "due_after": row.due_after,
    }


def _slip(row: Slip) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "number": row.number,
        "year": row.year,
        "made_at": row.made_at,
        "cancelled_at": row.cancelled_at,
        "cancelled_reason": row.cancelled_reason,
    }


def show_turn(row: DossierStep) -> dict[str, Any]:
    """A dossier as a row of a list, with its turn at an agency to which it was handed."""
    assert row.agency is not None  # of the list
    turn = {
        "agency": row.agency.code,
        "came_at": row.started_at,
        "due_at": row.due_at,
        "given_back_at": row.ended_at,
        "note": row.note,
    }
    return show(row.dossier) | {"turn": turn}


def show_event(row: Event) -> dict[str, Any]:
    """One passage, in words as well."""
    return {
        "id": row.pk,
        "at": row.at,
        "by": row.by.full_name if row.by else None,
        "step": row.step,
        "label": action_word(f"dossiers.{row.step}"),
        "status": row.status,
        "note": row.note,
    }


def show_file(file: Attachment) -> dict[str, Any]:
    """An attachment without its content."""
    names = ("kind", "name", "media", "size", "sha256", "added_at", "added_by")
    return {"id": file.pk} | {name: getattr(file, name) for name in names}
