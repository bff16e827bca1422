"""Let a target read an indicator, take it back; type what no app keeps: the only writers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from motcua.audit.actions import record
from motcua.audit.rules import Actor
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.measures import family_of
from motcua.core.periods import Period
from motcua.indicators.models import TargetIndicator, TypedCount
from motcua.indicators.packs import fitting_rules, indicators
from motcua.indicators.rules import Definition, Formula, proposals
from motcua.org.models import Agency, Person
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


class CountedByRecords(Refused):
    """What the records tell is not typed."""

    code = "counted_by_records"
    message = _("Số liệu này được đếm từ hồ sơ, không nhập tay.")
    status = 422


class EvidenceMissing(Refused):
    """A typed number says where it comes from."""

    code = "evidence_missing"
    message = _("Hãy ghi số liệu này lấy từ đâu (văn bản, sổ, hệ thống).")
    status = 422


class PeriodAhead(Refused):
    """A number is typed for days that have come."""

    code = "period_ahead"
    message = _("Kỳ này chưa bắt đầu nên chưa có số liệu.")
    status = 422


class PartAboveWhole(Refused):
    """A share is at most the whole, and neither is below zero."""

    code = "part_above_whole"
    message = _("Tử số phải từ 0 đến mẫu số. Hãy xem lại hai con số.")
    status = 422


@transaction.atomic
def type_counts(
    *,
    agency: Agency,
    indicator: str,
    period: Period,
    counts: Sequence[int],
    evidence: str,
    by: Person,
    at: datetime,
) -> list[TypedCount]:
    """Type an indicator's numbers of a period (top, then bottom) from another book or system.

    Typed again they replace the first ones, which stay on record. Raises
    :class:`IndicatorUnknown`, :class:`CountedByRecords`, :class:`EvidenceMissing`,
    :class:`PeriodAhead`, :class:`PartAboveWhole`.
    """
    day = day_of(at)
    locked = Agency.objects.select_for_update().get(pk=agency.pk)
    actor = check_may(by, "planning.measure", locked, day)
    found = indicators().get(indicator)
    if found is None:
        raise IndicatorUnknown(code=indicator)
    definition = found.on(min(period.end, day))
    if any(family_of(code) is not None for code in definition.measures):
        raise CountedByRecords
    if not evidence.strip():
        raise EvidenceMissing
    if period.start > day:
        raise PeriodAhead
    if len(counts) != len(definition.measures) or not _in_order(definition, counts):
        raise PartAboveWhole
    span = {"agency": locked, "since": period.start, "until": period.end}
    standing = TypedCount.objects.filter(**span, measure__in=definition.measures, replaced=False)
    standing.update(replaced=True)
    made = [
        TypedCount.objects.create(
            **span, measure=code, count=n, evidence=evidence.strip()[:500], by=by, at=at
        )
        for code, n in zip(definition.measures, counts, strict=True)
    ]
    record(
        chain=locked.code,
        action="indicators.type_counts",
        obj=made[0],
        by=actor,
        at=at,
        data={
            "indicator": indicator,
            "period": period.code,
            "counts": list(counts),
            "evidence": evidence.strip()[:500],
        },
        label=f"{definition.name}, {period.phrase}",
    )
    return made


def _in_order(definition: Definition, counts: Sequence[int]) -> bool:
    whole = definition.formula is not Formula.RATIO or counts[0] <= counts[-1]
    return whole and min(counts) >= 0


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
