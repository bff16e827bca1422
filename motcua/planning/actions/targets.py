"""Values of targets: typed with their evidence; later counted from the records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from motcua.audit.actions import record
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.files.actions import attach
from motcua.org.models import Person
from motcua.org.permissions import check_may
from motcua.planning.actions.tasks import Upload
from motcua.planning.models import Target, TargetValue
from motcua.planning.permissions import day_of


class EvidenceMissing(Refused):
    """A typed number says where it comes from."""

    code = "evidence_missing"
    message = _("Hãy ghi số liệu này lấy từ đâu (văn bản, sổ, hệ thống) hoặc đính kèm tệp.")
    status = 422


class ValueInFuture(Refused):
    """A value stands on a day that has come."""

    code = "value_in_future"
    message = _("Ngày của số liệu không thể sau hôm nay (%(today)s).")
    status = 422


class ValueOutside(Refused):
    """A share is between 0 and 100 %; parts are not more than the whole."""

    code = "value_outside"
    message = _("Tỷ lệ phải từ 0 đến 100%%, và tử số không lớn hơn mẫu số. Hãy xem lại con số.")
    status = 422


@transaction.atomic
def record_value(
    *,
    target: Target,
    on: date,
    by: Person,
    at: datetime,
    value: Decimal | None = None,
    numerator: int | None = None,
    denominator: int | None = None,
    evidence: str = "",
    files: Sequence[Upload] = (),
) -> TargetValue:
    """Enter a target's value on a day, as a number or as numerator and denominator.

    A second value for the same day replaces the first, which stays on record.
    """
    locked = Target.objects.select_for_update().select_related("agency").get(pk=target.pk)
    actor = check_may(by, "planning.measure", locked.agency, day_of(at))
    if on > day_of(at):
        raise ValueInFuture(today=day_of(at).strftime("%d/%m/%Y"))
    if not evidence.strip() and not files:
        raise EvidenceMissing
    exact = _value(locked, value, numerator, denominator)
    TargetValue.objects.filter(target=locked, on=on, replaced=False).update(replaced=True)
    entered = TargetValue.objects.create(
        target=locked,
        on=on,
        value=exact,
        numerator=numerator,
        denominator=denominator,
        evidence=evidence.strip()[:500],
        by=by,
        at=at,
    )
    for upload in files:
        attach(
            chain=locked.agency.code,
            to=entered,
            kind="evidence",
            name=upload.name,
            content=upload.content,
            by=actor,
            at=at,
        )
    record(
        chain=locked.agency.code,
        action="planning.record_value",
        obj=locked,
        by=actor,
        at=at,
        data={"on": on.isoformat(), "value": str(exact), "evidence": evidence.strip()[:500]},
        label=f"{locked.code} {locked.text}",
    )
    return entered


def _value(
    target: Target, value: Decimal | None, numerator: int | None, denominator: int | None
) -> Decimal:
    if numerator is not None and denominator:
        if not 0 <= numerator <= denominator:
            raise ValueOutside
        return (Decimal(100 * numerator) / denominator).quantize(Decimal("0.01"))
    if value is None or (target.unit == "%" and not 0 <= value <= 100):
        raise ValueOutside
    return value
