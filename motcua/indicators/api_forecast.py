"""The end of an indicator's period by API: the forecast, what decides it, and what if."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext
from ninja import Query, Router

from motcua.core.forecasts import Pending
from motcua.core.measures import family_of
from motcua.indicators import packs, words
from motcua.indicators.backtest import tried
from motcua.indicators.queries.forecast import Outcome, outcome_of, unforeseen
from motcua.indicators.queries.prospects import goal_of_target
from motcua.indicators.rules.forecast import Forecast, Stage, WhatIf
from motcua.indicators.rules.forecast.ends import SURE
from motcua.indicators.views.common import asked, may_open
from motcua.indicators.views.forecast import target_asked
from motcua.org.permissions import check_may
from motcua.org.views.common import who
from motcua.ui.machine import Day

router = Router()


@router.get("/indicators/{code}/forecast")
def forecast(  # each is a part of the address
    request: HttpRequest,
    code: str,
    agency: str = "",
    period: str = "",
    on: Day | None = None,
    target: str = "",
    by: Day | None = None,
    dossier: Annotated[list[int], Query()] = [],  # noqa: B006 # nobody changes it; ninja reads a repeated parameter so
) -> dict[str, Any]:
    """The value expected when the period ends, as the records stood at the end of ``on`` (default:
    now); of a target's own goal with ``target``. With ``by`` the same once each ``dossier`` (its
    id; repeatable) has a result by that day, in ``what_if``: this, and the open records in
    ``deciding`` and ``late``, need the right of the records' own app. ``forecast`` null: there is
    none, ``why`` says so."""
    known = packs.indicators().get(code)
    if known is None:
        raise Http404
    person, now, today = who(request)
    sent = QueryDict(mutable=True)
    sent.update({"agency": agency, "period": period, "on": on.isoformat() if on else ""})
    sent.update({"target": target})
    question = asked(person, sent, today, now)
    aim = target_asked(person, sent, code, question, today)
    definition = known.on(question.scope.end)
    told: dict[str, Any] = {
        "indicator": code,
        "agency": question.agency.code,
        "period": question.period.code,
        "on": question.on,
        "forecast": None,
    }
    if (why := unforeseen(known, question.period, question.scope)) is not None:
        return told | {"why": str(why), "sentence": gettext(why.label)}
    family = family_of(definition.top)
    if by is not None and family is not None:
        check_may(person, family.sees, question.agency, today)
    what = WhatIf(frozenset(dossier), by) if by is not None else None
    goal = goal_of_target(aim) if aim is not None else None
    outcome = outcome_of(known, question.period, question.scope, goal=goal, what=what)
    told |= {"why": None, "sentence": words.sentence_of(outcome)}
    told |= {"goal": str(outcome.goal.value) if outcome.goal else None, "unit": definition.unit}
    told |= {"forecast": _show(outcome.forecast), "tried": _tried(code)}
    if may_open(person, definition.top, question.agency, today):
        told |= {
            "deciding": [_record(one) for one in outcome.deciding],
            "late": [_record(one) for one in outcome.late],
        }
    return told | _what_if(outcome, what)


def _what_if(outcome: Outcome, what: WhatIf | None) -> dict[str, Any]:
    if what is None or outcome.if_so is None:
        return {"what_if": None}
    known = {one.key for one in outcome.records}
    return {
        "what_if": {
            "by": what.on,
            "dossiers": sorted(what.keys & known),
            "sentence": words.sentence_of(outcome, outcome.if_so),
            **_show(outcome.if_so),
        }
    }


def _show(told: Forecast) -> dict[str, Any]:
    return {
        "fate": str(told.fate),
        "end": _stage(told.end),
        "course": [_stage(one) for one in told.course],
        "expected": told.whole,
        "affordable": told.affordable,
        "certain": told.certain,
        "breaks_on": told.breaks_on,
        "chance": told.chance,
        "sure": SURE,
    }


def _stage(stage: Stage) -> dict[str, Any]:
    return {
        "on": stage.on,
        "value": str(stage.value),
        "low": str(stage.low),
        "high": str(stage.high),
    }


def _record(one: Pending) -> dict[str, Any]:
    return {"id": one.key, "label": one.label, "due": one.due, "left": one.left, "url": one.url}


def _tried(code: str) -> dict[str, Any] | None:
    found = tried(code)
    if found is None:
        return None
    plain = {name: str(getattr(found, name)) for name in ("error", "stays", "again")}
    return {"forecasts": found.forecasts, "within": found.within, **plain}
