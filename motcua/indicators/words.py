"""A forecast in words: the sentence that stands before every number."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from motcua.core.measures import measures
from motcua.indicators.queries.forecast import Outcome
from motcua.indicators.rules import Better, Formula
from motcua.indicators.rules.forecast import Fate, Forecast, Goal
from motcua.indicators.rules.forecast.ends import SURE, THIN
from motcua.ui.formats import vn_date, vn_number
from motcua.ui.templatetags.ui_tags import with_unit


def goal_words(goal: Goal | None, unit: str) -> str:
    """ "98%", "≤ 10 hồ sơ"; "" without a goal."""
    if goal is None:
        return ""
    sign = "" if goal.better is Better.UP else "≤ "
    if goal.strict:
        sign = "> " if goal.better is Better.UP else "< "
    return sign + amount_words(goal.value, unit)


def amount_words(amount: Decimal, unit: str) -> str:
    """A value in its unit."""
    whole = amount == amount.to_integral_value()
    return with_unit(vn_number(amount.quantize(Decimal(1)) if whole else amount), unit)


def sentence_of(outcome: Outcome, forecast: Forecast | None = None) -> str:
    """What will be, in one sentence with its clauses; of the forecast as it stands unless another
    one of the same outcome is given."""
    told = forecast or outcome.forecast
    clauses = [_head(outcome, told)]
    if told.fate in (Fate.KEEPS, Fate.BREAKS):
        clauses.append(_room(outcome, told))
    savable = told.fate in (Fate.BREAKS, Fate.MISSES) and (told.affordable or 0) >= 0
    if savable and told.deciders:
        n = len(told.deciders)
        clauses.append(
            ngettext("%(n)s %(unit)s này quyết định", "%(n)s %(unit)s này quyết định", n)
            % {"n": vn_number(n), "unit": unit_of(outcome)}
        )
    return "; ".join(clauses) + "."


def _head(outcome: Outcome, told: Forecast) -> str:
    unit = outcome.reading.definition.unit
    words = {
        "goal": goal_words(outcome.goal, unit),
        "end": vn_date(outcome.reading.scope.until),
        "value": amount_words(told.end.value, unit),
        "low": amount_words(told.end.low, unit),
        "high": amount_words(told.end.high, unit),
        "day": vn_date(told.breaks_on),
        "best": amount_words(_best(outcome, told), unit),
        "n": vn_number(abs(told.affordable or 0)),
        "unit": unit_of(outcome),
        "bad": bad_word(outcome),
        "least": THIN,
    }
    match told.fate:
        case Fate.SAFE:
            text = _("Chỉ tiêu %(goal)s chắc chắn đạt đến ngày %(end)s")
        case Fate.KEEPS:
            text = _("Với đà này, đến ngày %(end)s được %(value)s, đạt chỉ tiêu %(goal)s")
        case Fate.BREAKS:
            text = _("Với đà này, chỉ tiêu %(goal)s sẽ vỡ ngày %(day)s")
        case Fate.MISSES if outcome.reading.definition.formula is Formula.COUNT:
            text = _("Với đà này, đến ngày %(end)s được %(value)s, chưa đạt chỉ tiêu %(goal)s")
        case Fate.MISSES if (told.affordable or 0) < 0:
            text = _(
                "Hiện chưa đạt chỉ tiêu %(goal)s, với đà này đến ngày %(end)s được %(value)s; "
                "dù từ nay không thêm %(unit)s nào %(bad)s thì vẫn thừa %(n)s %(unit)s %(bad)s"
            )
        case Fate.MISSES:
            text = _(
                "Hiện chưa đạt chỉ tiêu %(goal)s, với đà này đến ngày %(end)s được %(value)s; "
                "muốn đạt lại, từ nay chỉ được thêm %(n)s %(unit)s %(bad)s"
            )
        case Fate.LOST if outcome.reading.definition.formula is Formula.COUNT:
            text = _("Chỉ tiêu %(goal)s không còn đạt được trong kỳ")
        case Fate.LOST:
            text = _(
                "Chỉ tiêu %(goal)s không còn đạt được trong kỳ: tốt nhất cũng chỉ được %(best)s"
            )
        case Fate.THIN:
            text = _(
                "Dữ liệu còn mỏng (dưới %(least)s %(unit)s trong nửa năm): "
                "đến ngày %(end)s từ %(low)s đến %(high)s, chưa đoán được ngày"
            )
        case _:
            text = _("Với đà này, đến ngày %(end)s được %(value)s")
    return text % words


def _room(outcome: Outcome, told: Forecast) -> str:
    """How many more are affordable."""
    room = told.affordable or 0
    words = {"n": vn_number(abs(room)), "unit": unit_of(outcome), "bad": bad_word(outcome)}
    if room < 0:
        return _("đã vượt %(n)s %(unit)s so với mức được phép %(bad)s") % words
    return (
        ngettext(
            "còn %(n)s %(unit)s được phép %(bad)s", "còn %(n)s %(unit)s được phép %(bad)s", room
        )
        % words
    )


def room_words(room: int) -> str:
    """So many are affordable; below 0 "vượt 3"."""
    if room < 0:
        return _("vượt %(n)s") % {"n": vn_number(-room)}
    return vn_number(room)


def _best(outcome: Outcome, told: Forecast) -> Decimal:
    """The share once nothing more becomes bad, at the expected number."""
    value = outcome.reading.value
    if not told.whole or value.top is None or value.bottom is None:
        return told.end.high
    down = outcome.reading.definition.better is Better.DOWN
    bad = (value.top if down else value.bottom - value.top) + told.certain
    share = Decimal(100 * bad) / told.whole
    return (share if down else 100 - share).quantize(Decimal("0.01"))


def unit_of(outcome: Outcome) -> str:
    """What one of the things that are counted is: "hồ sơ"."""
    definition = outcome.reading.definition
    return _(measures()[definition.bottom or definition.top].unit)


def bad_word(outcome: Outcome) -> str:
    """How one that counts against the goal is called."""
    return _("trễ") if outcome.judged else _("không đạt")


def interval_words(forecast: Forecast, unit: str) -> str:
    """ "từ 97% đến 98,5% (80 trên 100 lần)"."""
    return _("từ %(low)s đến %(high)s (%(sure)s trên 100 lần)") % {
        "low": amount_words(forecast.end.low, unit),
        "high": amount_words(forecast.end.high, unit),
        "sure": SURE,
    }
