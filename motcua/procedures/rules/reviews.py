"""Review of procedures: the yearly plan, what complying costs, what came of it.

Law: Decree 63/2010, arts. 27-31 (content and plan of the review), Decision 1085/QĐ-TTg of 2022
(internal procedures). The pay of an hour is a parameter of the year, never a constant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, ClassVar, Final

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.workflow import Status, Step, Workflow


class Scope(Status):
    """Groups of internal procedures (Decision 1085/QĐ-TTg)."""

    BETWEEN = "between", _("Giữa các cơ quan hành chính")
    WITHIN = "within", _("Trong nội bộ một cơ quan")


class PlanStatus(Status):
    """A year's plan of reviews."""

    DRAFT = "draft", _("Bản nháp")
    APPROVED = "approved", _("Đã ban hành")


PLAN_STEPS: Final = Workflow(
    Step(
        "draft_review_plan",
        set(),
        PlanStatus.DRAFT,
        needs="procedures.review",
        label=_("Lập kế hoạch rà soát"),
    ),
    Step(
        "plan_review",
        {PlanStatus.DRAFT},
        PlanStatus.DRAFT,
        needs="procedures.review",
        label=_("Đưa vào kế hoạch"),
    ),
    Step(
        "approve_review_plan",
        {PlanStatus.DRAFT},
        PlanStatus.APPROVED,
        needs="procedures.decide",
        label=_("Ban hành kế hoạch"),
    ),
)


class ReviewStatus(Status):
    """The review of one procedure."""

    PLANNED = "planned", _("Trong kế hoạch")
    ASSESSED = "assessed", _("Đã đánh giá")
    DECIDED = "decided", _("Đã có kết quả")


R = ReviewStatus

REVIEW_STEPS: Final = Workflow(
    Step("enter_review", set(), R.PLANNED, needs="procedures.review", label=_("Đưa vào kế hoạch")),
    Step(
        "assess_review",
        {R.PLANNED, R.ASSESSED},
        R.ASSESSED,
        needs="procedures.review",
        label=_("Ghi đánh giá, kiến nghị"),
    ),
    Step("decide_review", {R.ASSESSED}, R.DECIDED, needs="procedures.decide", label=_("Kết luận")),
)


class Outcome(Status):
    """What came of a review."""

    KEPT = "kept", _("Giữ nguyên")
    SIMPLIFIED = "simplified", _("Đơn giản hóa")
    REPLACED = "replaced", _("Thay thế")
    ABOLISHED = "abolished", _("Bãi bỏ")


def plan_deadline(year: int) -> date:
    """The last day for the plan of a year: before 31 January. (Decree 63/2010, art. 30)"""
    return date(year, 1, 30)


class CostWrong(Refused):
    """Hours, costs and cases are counted from zero up."""

    code = "cost_wrong"
    message = _("“%(value)s” không phải số từ 0 trở lên.")
    status: ClassVar[int] = 422


class Component(Status):
    """What a person pays for on the way through a procedure (standard cost model)."""

    PREPARE = "prepare", _("Chuẩn bị hồ sơ")
    SUBMIT = "submit", _("Nộp hồ sơ, đi lại")
    FEE = "fee", _("Phí, lệ phí, chi phí khác")
    MEET = "meet", _("Làm việc với cơ quan, chờ kiểm tra")
    COLLECT = "collect", _("Nhận kết quả")


@dataclass(frozen=True, slots=True)
class CostLine:
    """Hours spent and đồng paid for one component of one case."""

    hours: Decimal = Decimal(0)
    paid: int = 0


@dataclass(frozen=True, slots=True)
class ComplianceCost:
    """What complying costs: per case, and in a year.

    ``hourly_pay`` in đồng; ``subjects`` people or bodies a year, each ``times`` a year.
    """

    lines: Mapping[Component, CostLine] = field(default_factory=dict)
    hourly_pay: int = 0
    subjects: int = 0
    times: int = 1

    @property
    def per_case(self) -> int:
        """Đồng per case: hours at their pay, and what is paid."""
        total = sum(
            (line.hours * self.hourly_pay + line.paid for line in self.lines.values()), Decimal(0)
        )
        return int(total.to_integral_value(rounding=ROUND_HALF_UP))

    @property
    def per_year(self) -> int:
        """Đồng a year over all subjects."""
        return self.per_case * self.subjects * self.times

    def component(self, name: Component) -> int:
        """Đồng per case of one component."""
        line = self.lines.get(name, CostLine())
        return int(
            (line.hours * self.hourly_pay + line.paid).to_integral_value(rounding=ROUND_HALF_UP)
        )

    def as_mapping(self) -> dict[str, Any]:
        """Plain values: hours as text, since they have fractions."""
        return {
            "hourly_pay": self.hourly_pay,
            "subjects": self.subjects,
            "times": self.times,
            "lines": {
                str(name): {"hours": f"{line.hours.normalize():f}", "paid": line.paid}
                for name, line in self.lines.items()
            },
        }

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> ComplianceCost:
        """From plain values; raises :class:`CostWrong`."""
        lines = {
            Component(name): CostLine(_decimal(line.get("hours")), _whole(line.get("paid")))
            for name, line in raw.get("lines", {}).items()
        }
        return cls(
            lines, _whole(raw.get("hourly_pay")), _whole(raw.get("subjects")), _whole(raw["times"])
        )


def _decimal(value: Any) -> Decimal:
    try:
        number = Decimal(str(value or 0))
    except ArithmeticError:
        raise CostWrong(value=value) from None
    if not number.is_finite() or number < 0:
        raise CostWrong(value=value)
    return number


def _whole(value: Any) -> int:
    number = _decimal(value)
    if number != number.to_integral_value():
        raise CostWrong(value=value)
    return int(number)


@dataclass(frozen=True, slots=True)
class Saving:
    """What a simplification saves, in đồng; ``percent`` of the cost before (two places), None when
    that was nothing."""

    per_case: int
    per_year: int
    percent: Decimal | None


def saving(before: ComplianceCost, after: ComplianceCost) -> Saving:
    """The cost before less the cost after; the share is that of one case."""
    less = before.per_case - after.per_case
    share = None
    if before.per_case:
        exact = Decimal(100 * less) / before.per_case
        share = exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return Saving(less, before.per_year - after.per_year, share)
