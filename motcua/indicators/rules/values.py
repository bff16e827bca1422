"""From measures to a value, and how it stands against its goal."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from motcua.core.errors import mark as _
from motcua.core.workflow import Status
from motcua.indicators.rules.definitions import Better, Definition, Formula


class Known(Status):
    """Whether there is a value, and why not."""

    VALUE = "value", ""
    NOTHING = "nothing", _("không phát sinh")
    UNKNOWN = "unknown", _("chưa có dữ liệu")


class Standing(Status):
    """How a value stands against its goal."""

    REACHED = "reached", _("Đạt")
    NEAR = "near", _("Sát ngưỡng")
    MISSED = "missed", _("Chưa đạt")
    OPEN = "open", _("Theo dõi")


@dataclass(frozen=True, slots=True)
class Value:
    """A value with what it was made of; ``amount`` None says why in ``known``."""

    amount: Decimal | None
    top: int | None
    bottom: int | None
    known: Known


_HUNDREDTH = Decimal("0.01")


def evaluate(definition: Definition, top: int | None, bottom: int | None) -> Value:
    """The value of an indicator, ratios and means to two decimals, half up.

    A measure that nobody keeps makes it unknown. Where the denominator is 0 nothing arose: neither
    0 nor 100 %.
    """
    if top is None or (definition.bottom and bottom is None):
        return Value(None, top, bottom, Known.UNKNOWN)
    if definition.formula is Formula.COUNT:
        return Value(Decimal(top), top, None, Known.VALUE)
    assert bottom is not None  # a ratio and a mean have both
    if not bottom:
        return Value(None, top, bottom, Known.NOTHING)
    share = definition.formula is Formula.RATIO
    exact = Decimal(100 * top) / bottom if share else Decimal(top) / definition.per / bottom
    return Value(exact.quantize(_HUNDREDTH, ROUND_HALF_UP), top, bottom, Known.VALUE)


def stand(definition: Definition, value: Value) -> Standing:
    """Reached at the goal; near it up to ``warn``; missed beyond.

    Judged by the exact parts: 97.996 % is shown as 98 % and yet misses 98 %.
    """
    goal, exact = definition.goal, _exact(definition, value)
    if goal is None or exact is None or definition.better is Better.NEITHER:
        return Standing.OPEN
    sign = 1 if definition.better is Better.UP else -1
    if sign * exact >= sign * goal:
        return Standing.REACHED
    if definition.warn is not None and sign * exact >= sign * definition.warn:
        return Standing.NEAR
    return Standing.MISSED


def _exact(definition: Definition, value: Value) -> Decimal | None:
    """The value before rounding; None where there is none."""
    if value.amount is None or definition.formula is not Formula.RATIO:
        return value.amount
    assert value.top is not None  # a ratio with a value
    assert value.bottom  # has both parts
    return Decimal(100 * value.top) / value.bottom
