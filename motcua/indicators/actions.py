"""Let a target read an indicator, and take it back: the only writers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.audit.actions import record
from motcua.audit.rules import Actor
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.indicators.models import TargetIndicator
from motcua.indicators.packs import fitting_rules, indicators
from motcua.indicators.rules import proposals
from motcua.org.models import Person
from motcua.org.permissions import check_may
from motcua.planning.models import Target
from motcua.planning.permissions import day_of


class IndicatorUnknown(Refused):
    """A code that names no indicator."""

    code = "indicator_unknown"
    message = _("Không có chỉ số “%(code)s”.")
    status = 422


class UnitsDiffer(Refused):
    """A share is not compared with a number of dossiers."""

    code = "units_differ"
    message = _(
        "Chỉ tiêu tính bằng %(target)s, chỉ số tính bằng %(indicator)s. Hãy chọn chỉ số khác."
    )
    status = 422


class NothingToTakeBack(Refused):
    """The target reads no indicator."""

    code = "nothing_to_take_back"
    message = _("Chỉ tiêu này chưa nối với chỉ số nào.")


@transaction.atomic
def connect_target(*, target: Target, indicator: str, by: Person, at: datetime) -> TargetIndicator:
    """Confirm the indicator that a target reads; another one is replaced, and stays on record.

    Saying the same twice makes one. Raises :class:`IndicatorUnknown`, :class:`UnitsDiffer`.
    """
    locked = Target.objects.select_for_update().select_related("agency").get(pk=target.pk)
    actor = check_may(by, "planning.measure", locked.agency, day_of(at))
    found = indicators().get(indicator)
    if found is None:
        raise IndicatorUnknown(code=indicator)
    unit = found.on(day_of(at)).unit
    if unit != locked.unit:
        raise UnitsDiffer(target=locked.unit or "–", indicator=unit)
    standing = TargetIndicator.objects.standing().filter(target=locked)
    same = standing.filter(indicator=indicator).first()
    if same is not None:
        return same
    standing.update(ended_at=at, ended_by=by)
    made = TargetIndicator.objects.create(
        target=locked,
        indicator=indicator,
        reason=_reason(locked, indicator),
        confirmed_by=by,
        confirmed_at=at,
    )
    _trace(locked, "connect_target", actor, at, indicator, made.reason)
    return made


@transaction.atomic
def disconnect_target(*, target: Target, by: Person, at: datetime) -> None:
    """The target's figures are typed again. Raises :class:`NothingToTakeBack`."""
    locked = Target.objects.select_for_update().select_related("agency").get(pk=target.pk)
    actor = check_may(by, "planning.measure", locked.agency, day_of(at))
    standing = TargetIndicator.objects.standing().filter(target=locked).first()
    if standing is None:
        raise NothingToTakeBack
    standing.ended_at, standing.ended_by = at, by
    standing.save(update_fields=["ended_at", "ended_by"])
    _trace(locked, "disconnect_target", actor, at, standing.indicator, standing.reason)


def _reason(target: Target, indicator: str) -> str:
    """The words of the sentence that speak for it; none: the person's own choice."""
    fits = proposals(target.text, target.unit, fitting_rules())
    said = next((fit.said for fit in fits if fit.indicator == indicator), ())
    return ", ".join(said)[:500]


def _trace(
    target: Target, action: str, by: Actor, at: datetime, indicator: str, reason: str
) -> None:
    record(
        chain=target.agency.code,
        action=f"indicators.{action}",
        obj=target,
        by=by,
        at=at,
        data={"indicator": indicator, "reason": reason},
        label=f"{target.code} {target.text}",
    )
