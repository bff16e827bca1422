"""What an indicator will be at the end of its period, what decides it, and what if."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext

from motcua.core.forecasts import Pending
from motcua.core.periods import Period, PeriodKind
from motcua.indicators import packs, words
from motcua.indicators.backtest import tried
from motcua.indicators.queries.forecast import Outcome, outcome_of, unforeseen
from motcua.indicators.queries.prospects import goal_of_target
from motcua.indicators.queries.remembering import remembered_outcome
from motcua.indicators.rules import Indicator
from motcua.indicators.rules.forecast import Fate, Forecast, Stage, WhatIf
from motcua.indicators.views.common import Asked, asked_by, day_asked, form_of, may_open
from motcua.org.models import Person
from motcua.org.views.common import who
from motcua.planning.models import Target
from motcua.ui import charts
from motcua.ui.formats import vn_date
from motcua.ui.templatetags.ui_tags import Tone

TONES: Final[dict[Fate, Tone]] = {
    Fate.SAFE: "done",
    Fate.KEEPS: "done",
    Fate.BREAKS: "soon",
    Fate.MISSES: "late",
    Fate.LOST: "late",
    Fate.THIN: "",
    Fate.OPEN: "",
}
#: So many open records are listed; the list of dossiers has all.
SHOWN: Final = 200
FRIDAY: Final = 4


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of "what if": what is told as it stands, and as supposed."""

    label: str
    now: str
    then: str


@dataclass(frozen=True, slots=True)
class Choice:
    """An open record that may be supposed as ended."""

    record: Pending
    chosen: bool
    decides: bool
    late: bool


def target_asked(
    person: Person, sent: QueryDict, code: str, question: Asked, today: date
) -> Target | None:
    """The target of an address whose goal is to be forecast; 404 where it is not seen, reads
    another indicator, or is of another agency or year than the question."""
    pk = sent.get("target", "")
    if not pk:
        return None
    if not pk.isdecimal():
        raise Http404
    rows = Target.objects.visible_to(person, today).filter(
        readings__indicator=code,
        readings__ended_at__isnull=True,
        agency=question.agency,
        plan__year=question.period.start.year,
    )
    return get_object_or_404(rows.select_related("agency", "plan"), pk=int(pk[:18]))


def what_asked(sent: QueryDict) -> WhatIf | None:
    """The open records and the day of an address; None where nothing is supposed. Raises
    ``NotADate``."""
    if not sent.get("by"):
        return None
    keys = frozenset(int(key[:18]) for key in sent.getlist("dossier") if key.isdecimal())
    return WhatIf(keys, day_asked(sent, "by", date.max))


@login_required
def forecast(request: HttpRequest, code: str) -> HttpResponse:
    """The forecast in one sentence, drawn, with what decides it; and what if."""
    known = packs.indicators().get(code)
    if known is None:
        raise Http404
    person, _now, today = who(request)
    question = asked_by(request)
    target = target_asked(person, request.GET, code, question, today)
    definition = known.on(question.scope.end)
    opens = may_open(person, definition.top, question.agency, today)
    context: dict[str, Any] = {
        "indicator": known,
        "definition": definition,
        "question": question,
        "form": form_of(request, question),
        "target": target,
        "opens": opens,
        "tried": tried(code),
        "why_not": gettext(why.label) if (why := _why_not(known, question)) else "",
    }
    if why is None:
        what = what_asked(request.GET) if opens else None
        goal = goal_of_target(target) if target is not None else None
        outcome = outcome_of(known, question.period, question.scope, goal=goal, what=what)
        context |= _shown(outcome, question) | _supposed(outcome, what, request.GET, today)
    return render(request, "indicators/forecast.html", context)


def _why_not(known: Indicator, question: Asked) -> Any:
    return unforeseen(known, question.period, question.scope)


def brief_of(known: Indicator, question: Asked) -> dict[str, Any]:
    """The sentence for an indicator's own page, and where the rest is; nothing where there is no
    forecast."""
    if unforeseen(known, question.period, question.scope) is not None:
        return {}
    outcome = remembered_outcome(known, question.period, question.scope)
    return {
        "foreseen": words.sentence_of(outcome),
        "foreseen_fate": gettext(outcome.forecast.fate.label),
        "foreseen_tone": TONES[outcome.forecast.fate],
        "foreseen_url": f"{reverse('indicators:forecast', args=[known.code])}?{question.query()}",
    }


def _shown(outcome: Outcome, question: Asked) -> dict[str, Any]:
    told, unit = outcome.forecast, outcome.reading.definition.unit
    return {
        "outcome": outcome,
        "told": told,
        "sentence": words.sentence_of(outcome),
        "fate": gettext(told.fate.label),
        "tone": TONES[told.fate],
        "goal": words.goal_words(outcome.goal, unit),
        "interval": words.interval_words(told, unit),
        "unit_of": words.unit_of(outcome),
        "room": None if told.affordable is None else words.room_words(told.affordable),
        "bad": words.bad_word(outcome),
        "figure": chart_of(outcome, question.period),
    }


def _supposed(
    outcome: Outcome, what: WhatIf | None, sent: QueryDict, today: date
) -> dict[str, Any]:
    """What can be chosen, what was, and what follows from it."""
    deciding = {one.key for one in outcome.deciding}
    chosen = what.keys if what is not None else deciding
    choices = [
        Choice(one, one.key in chosen, one.key in deciding, (one.left or 0) < 0)
        for one in outcome.records
        if not one.paused and not one.lost
    ]
    choices.sort(key=lambda one: not one.decides)  # by the promise within
    then = outcome.if_so
    by = what.on if what is not None else _first_day(outcome.deciding, today)
    return {
        "choices": [one for one in choices if one.decides or one.late or one.chosen],
        "others": [one for one in choices if not (one.decides or one.late or one.chosen)][:SHOWN],
        "deciding": len(deciding),
        "by": by,
        "behind": sum(one.chosen and _behind(one.record, by) for one in choices),
        "what": what,
        "chosen": sum(one.chosen for one in choices),
        "unchanged": then is not None and then.end.value == outcome.forecast.end.value,
        "then": then and words.sentence_of(outcome, then),
        "then_fate": then and gettext(then.fate.label),
        "then_tone": then and TONES[then.fate],
        "compared": compared(outcome, then) if then is not None else [],
    }


def _first_day(deciding: Sequence[Pending], today: date) -> date:
    """The first promise among those that decide; without any the next Friday."""
    promised = [one.due.date() for one in deciding if one.due is not None]
    return min(promised, default=today + timedelta(days=(FRIDAY - today.weekday()) % 7 or 7))


def _behind(one: Pending, by: date) -> bool:
    """Whether it was promised for an earlier day."""
    return one.due is not None and one.due.date() < by


def compared(outcome: Outcome, then: Forecast) -> list[Compared]:
    """The forecast as it stands beside the supposed one."""
    now, unit = outcome.forecast, outcome.reading.definition.unit

    def line(label: str, show: Any) -> Compared:
        return Compared(label, show(now), show(then))

    lines = [
        line(gettext("Cuối kỳ"), lambda one: words.amount_words(one.end.value, unit)),
        line(gettext("Khoảng dự báo"), lambda one: words.interval_words(one, unit)),
    ]
    if outcome.goal is None:
        return lines
    return [
        *lines,
        line(gettext("Ngày vỡ chỉ tiêu"), lambda one: vn_date(one.breaks_on) or "–"),
        line(gettext("Còn được phép trễ"), lambda one: words.room_words(one.affordable or 0)),
        line(
            gettext("Khả năng đạt"),
            lambda one: "–" if one.chance is None else f"{one.chance}%",
        ),
    ]


def chart_of(outcome: Outcome, period: Period) -> charts.Figure | None:
    """The value from the period's beginning to each of its pieces' ends, as it is and as it is
    foreseen, with the goal; None where there are fewer than two."""
    past = [
        charts.Point(_short(on, period), float(reading.value.amount))
        for on, reading in outcome.course
        if reading.value.amount is not None
    ]
    ahead = [_point(stage, period) for stage in outcome.forecast.course]
    if past and ahead and past[-1].label == ahead[0].label:  # the piece that runs
        past[-1] = charts.Point(gettext("nay"), past[-1].value)
    if not past or len(past) + len(ahead) < 2:
        return None
    definition, points = outcome.reading.definition, [*past, *ahead]
    goal = float(outcome.goal.value) if outcome.goal is not None else None
    title = gettext("%(name)s, lũy kế, và dự báo từ %(day)s") % {
        "name": definition.name,
        "day": vn_date(outcome.reading.scope.end),
    }
    return charts.line(
        title,
        points,
        unit=definition.unit if len(definition.unit) <= 3 else "",
        target=goal,
        cut_off=len(past) - 1,
        floor=_floor(points, goal, definition.unit),
    )


def _point(stage: Stage, period: Period) -> charts.Point:
    return charts.Point(
        _short(stage.on, period), float(stage.value), float(stage.low), float(stage.high)
    )


def _floor(points: Sequence[charts.Point], goal: float | None, unit: str) -> float:
    """Where the axis of shares near 100 % begins; else 0."""
    shown = [one for point in points for one in (point.value, point.low) if one is not None]
    least = min([*shown, *([] if goal is None else [goal])])
    return least // 10 * 10 - 10 if unit == "%" and least >= 60 else 0


def _short(on: date, period: Period) -> str:
    if period.kind is PeriodKind.MONTH:
        return f"{on.day}/{on.month}"
    return f"T{on.month}"
