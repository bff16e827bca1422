"""Targets and their values by API."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema, Status

from motcua.planning import actions
from motcua.planning.api.common import show_target, who
from motcua.planning.live import live_values
from motcua.planning.models import Target, TargetValue
from motcua.ui.machine import Day, page

router = Router()


class ValueIn(Schema):
    """A value on a day: a number, or numerator and denominator; with where it comes from."""

    on: Day
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    evidence: str


def _target(request: HttpRequest, pk: int) -> Target:
    person, _now, today = who(request)
    rows = (
        Target.objects.visible_to(person, today).with_latest(today).select_related("agency", "plan")
    )
    return get_object_or_404(rows, pk=pk)


@router.get("/targets")
def targets(
    request: HttpRequest,
    agency: str | None = None,
    plan_id: int | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> dict[str, Any]:
    """Targets that the caller may see, with the value that stands today."""
    person, _now, today = who(request)
    rows = Target.objects.visible_to(person, today).filter(ended_on__isnull=True)
    if agency is not None:
        rows = rows.filter(agency__code=agency)
    if plan_id is not None:
        rows = rows.filter(plan=plan_id)
    rows = rows.with_latest(today).select_related("agency")
    return page(rows, ["pk"], show_target, cursor=cursor, limit=limit)


@router.get("/targets/{pk}")
def target(request: HttpRequest, pk: int) -> dict[str, Any]:
    """One target with its values over time; ``live``: what the records say (null: typed)."""
    found = _target(request, pk)
    values = found.values.select_related("by").order_by("-on", "-pk")[:500]
    live = live_values([found], _today(request)).get(found.pk)
    return show_target(found) | {
        "live": asdict(live) if live is not None else None,
        "values": [_show_value(value) for value in values],
    }


def _today(request: HttpRequest) -> date:
    _person, _now, today = who(request)
    return today


def _show_value(value: TargetValue) -> dict[str, Any]:
    return {
        "id": value.pk,
        "on": value.on,
        "value": value.value,
        "numerator": value.numerator,
        "denominator": value.denominator,
        "source": value.source,
        "evidence": value.evidence,
        "by": value.by.full_name if value.by else None,
        "at": value.at,
        "replaced": value.replaced,
    }


@router.post("/targets/{pk}/values", response={201: dict[str, Any]})
def record(request: HttpRequest, pk: int, data: ValueIn) -> Status[dict[str, Any]]:
    """Enter a value with its evidence; a second one for the same day replaces the first."""
    person, now, _today = who(request)
    entered = actions.record_value(target=_target(request, pk), by=person, at=now, **data.dict())
    return Status(201, _show_value(entered))
