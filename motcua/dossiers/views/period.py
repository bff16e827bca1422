"""Which days of which agency a list of the desk is about."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from motcua.org.models import Agency
from motcua.org.permissions import visible_agencies
from motcua.org.queries import home_agency
from motcua.org.views.common import who
from motcua.ui.elements import Tab
from motcua.ui.forms import DateField, Form


class PeriodForm(Form):
    """From which day to which, both included."""

    start = DateField(label=_("Từ ngày"))
    end = DateField(label=_("Đến ngày"))


def period_asked(request: HttpRequest, *, today: bool = False) -> tuple[PeriodForm, date, date]:
    """The days that were asked for, else the month so far, or today."""
    _person, _now, on = who(request)
    first, last = on if today else on.replace(day=1), on
    sent = request.GET
    form = PeriodForm({"start": sent.get("start", first), "end": sent.get("end", last)})
    if not form.is_valid():
        return form, first, last
    return form, form.cleaned_data["start"], form.cleaned_data["end"]


def books_of(agency: Agency, current: str) -> list[Tab]:
    """The books of a desk as tabs."""
    books = {
        "register": _("Sổ theo dõi"),
        "fees": pgettext_lazy("heading", "Thu phí, lệ phí"),
        "refunds": pgettext_lazy("heading", "Hoàn phí, lệ phí"),
        "guidance": _("Hướng dẫn, từ chối"),
    }
    return [
        Tab(label, f"{reverse(f'dossiers:{name}')}?agency={agency.code}", name == current)
        for name, label in books.items()
    ]


def agency_asked(request: HttpRequest) -> Agency:
    """The agency of the code asked for, else one's own, if the person may see its desk."""
    person, _now, on = who(request)
    rows = Agency.objects.filter(pk__in=visible_agencies(person, "dossiers.view", on))
    own = home_agency(person, on)
    asked = request.GET.get("agency", own.code if own else "")
    return get_object_or_404(rows, code=asked)
