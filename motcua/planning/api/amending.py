"""Amendments from a new text by API: look, begin, correct the matches."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from motcua.planning import actions
from motcua.planning.api.common import show_item, show_version, who
from motcua.planning.api.plans import item_of, plan_of, read_file, version_of
from motcua.planning.models import PlanItem
from motcua.planning.queries.amending import Comparison, comparison_of, preview_of
from motcua.planning.reader.years import for_year

router = Router()


class MatchIn(Schema):
    """The item of the version in force that this one goes on from; null: it is new."""

    old_id: int | None = None


class KeepIn(Schema):
    """The item of the version in force to take over."""

    old_id: int


@router.post("/plans/{pk}/amend/preview")
def preview(request: HttpRequest, pk: int, file: File[UploadedFile]) -> dict[str, Any]:
    """A new text beside the plan in force: proposed matches and what would end; nothing changes."""
    plan = plan_of(request, pk)
    reading = for_year(read_file(file).reading, plan.year)
    return _show(preview_of(plan, reading)) | {"warnings": reading["warnings"]}


@router.post("/plans/{pk}/amend/file", response={201: dict[str, Any]})
def amend(
    request: HttpRequest, pk: int, file: File[UploadedFile], reason: Form[str]
) -> Status[dict[str, Any]]:
    """Begin an amendment from a new text; each sentence keeps the lineage that it is matched to."""
    person, now, _today = who(request)
    made = actions.amend_from_file(
        plan=plan_of(request, pk), read=read_file(file), reason=reason, by=person, at=now
    )
    return Status(201, show_version(made, person, now))


@router.get("/plans/{pk}/versions/{no}/matches")
def matches(request: HttpRequest, pk: int, no: int) -> dict[str, Any]:
    """A version beside the one in force, tied by lineage."""
    return _show(comparison_of(version_of(request, pk, no)))


@router.post("/plan-items/{pk}/match")
def match(request: HttpRequest, pk: int, data: MatchIn) -> dict[str, Any]:
    """Correct a match: from which item of the version in force this one goes on."""
    person, now, _today = who(request)
    item = item_of(request, pk)
    old = None
    if data.old_id is not None:
        rows = PlanItem.objects.filter(version__plan=item.version.plan)
        old = get_object_or_404(rows, pk=data.old_id)
    return show_item(actions.match_item(item=item, old=old, by=person, at=now))


@router.post("/plans/{pk}/versions/{no}/keep")
def keep(request: HttpRequest, pk: int, no: int, data: KeepIn) -> dict[str, Any]:
    """Take over an item of the version in force that the new text leaves out."""
    person, now, _today = who(request)
    version = version_of(request, pk, no)
    old = get_object_or_404(PlanItem, pk=data.old_id, version__plan=version.plan)
    return show_item(actions.keep_item(version=version, old=old, by=person, at=now))


def _show(compared: Comparison | None) -> dict[str, Any]:
    if compared is None:
        raise Http404
    return {
        "pairs": [
            {
                "id": pair.pk or None,
                "kind": pair.kind,
                "code": pair.code,
                "text": pair.text,
                "likeness": pair.likeness,
                "old_id": pair.old.pk if pair.old else None,
                "parted_from_id": pair.parted_from.pk if pair.parted_from else None,
            }
            for pair in compared.pairs
        ],
        "ended": [show_item(item) for item in compared.ended],
    }
