"""Whose numbers, of which period, as of which day: what the addresses of indicators say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.core.measures import Part, Scope, family_of
from motcua.core.periods import Period
from motcua.core.text import YEARS, NotADate, parse_date
from motcua.indicators.queries.values import Reading, agencies_of, scope_of
from motcua.org.models import Agency, Person
from motcua.org.permissions import may, visible_agencies
from motcua.org.queries import home_agency
from motcua.org.views.common import who
from motcua.ui.forms import DateField, Form


@dataclass(frozen=True, slots=True)
class Asked:
    """An agency, a period, a cut-off; ``live`` when that is today."""

    agency: Agency
    agencies: tuple[int, ...]
    period: Period
    on: date
    live: bool
    scope: Scope

    def query(self, **changes: object) -> str:
        """The same question for another address."""
        said: dict[str, object] = {"agency": self.agency.code, "period": self.period.code}
        if not self.live:
            said["on"] = self.on.isoformat()
        return urlencode({**said, **changes})


def agency_asked(person: Person, code: str, on: date) -> Agency:
    """The agency of a code whose indicators the person may see, one's own without a code; else
    404."""
    seen = visible_agencies(person, "indicators.view", on)
    own = home_agency(person, on)
    if not code and own is not None:
        code = own.code
    merged = Q(pk__in=seen) | Q(successor__in=seen)  # the past of those that were merged
    return get_object_or_404(Agency.objects.filter(merged), code=code)


def asked(person: Person, sent: QueryDict, today: date, now: object) -> Asked:
    """What an address asks for. Raises ``NotAPeriod``, ``NotADate``, ``Http404``."""
    agency = agency_asked(person, sent.get("agency", ""), today)
    period = Period.parse(sent.get("period") or f"{today.year:04d}")
    on = min(day_asked(sent, "on", today), today)
    agencies = agencies_of(agency)
    live = on == today
    scope = scope_of(agencies, period, on, now if live else None)  # type: ignore[arg-type] # the request's moment
    return Asked(agency, agencies, period, on, live, scope)


def day_asked(sent: QueryDict, name: str, default: date) -> date:
    """A day of an address, as programs or as people write it. Raises ``NotADate``."""
    text = sent.get(name, "")
    if not text:
        return default
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = parse_date(text)
    if found.year not in YEARS:
        raise NotADate(text=text)
    return found


def asked_by(request: HttpRequest) -> Asked:
    """As :func:`asked`, of a page."""
    person, now, today = who(request)
    return asked(person, request.GET, today, now)


class AskForm(Form):
    """Choose an agency, a period and a cut-off."""

    agency = forms.ChoiceField(label=_("Cơ quan"))
    period = forms.CharField(
        label=_("Kỳ"), help_text=_("Như 2024, 2024-H1, 2024-Q2, 2024-03, 2024-W05, 2024-03-15.")
    )
    on = DateField(label=_("Như ở ngày"), required=False)


def form_of(request: HttpRequest, question: Asked) -> AskForm:
    """The form with what was asked."""
    person, _now, today = who(request)
    form = AskForm(
        initial={
            "agency": question.agency.code,
            "period": question.period.code,
            "on": None if question.live else question.on,
        }
    )
    seen = visible_agencies(person, "indicators.view", today)
    rows = Agency.objects.filter(pk__in=seen).order_by("name").values_list("code", "name")
    form.fields["agency"].choices = list(rows)  # type: ignore[attr-defined] # of a ChoiceField
    return form


def rows_url(code: str, agency: Agency, scope: Scope, part: Part | None = None) -> str:
    """The rows behind a measure in a scope, of a part of it where one is given or the scope's."""
    said: dict[str, object] = {
        "agency": agency.code,
        "since": scope.since,
        "until": scope.until,
        "on": scope.on,
    }
    if (of := part or scope.part) is not None:
        said["part"] = f"{of.kind}:{of.key}"
    return f"{reverse('indicators:rows', args=[code])}?{urlencode(said)}"


def may_open(person: Person, code: str, agency: Agency, on: date) -> bool:
    """Whether the person may see the rows behind a measure, and there are any to see."""
    family = family_of(code)
    return family is not None and may(person, family.sees, agency, on)


def shown_amount(reading: Reading) -> str:
    """Why there is no value; "" where there is one."""
    return "" if reading.value.amount is not None else gettext(reading.value.known.label)
