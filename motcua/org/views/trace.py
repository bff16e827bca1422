"""The trace, as a list that filters and exports."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from motcua.audit.models import Entry
from motcua.audit.words import action_choices, action_word
from motcua.org.models import Agency
from motcua.org.permissions import visible_agencies
from motcua.org.views.common import who
from motcua.ui.formats import vn_datetime
from motcua.ui.listing import ChoiceFilter, Column, DateRangeFilter, Empty, TextFilter, listing

COLUMNS = (
    Column("at", _("Lúc"), order_by="at", render=lambda e: vn_datetime(e.at)),
    Column("actor", _("Ai"), path="actor_name"),
    Column(
        "action",
        _("Việc"),
        render=lambda e: action_word(e.action),
        export_value=action_word,
    ),
    Column("label", _("Đối tượng"), path="label", primary=True),
    Column("seq", _("Số"), order_by="seq", align="end"),
)
FILTERS = (
    DateRangeFilter("at", _("Ngày")),
    TextFilter("actor", _("Người thực hiện"), path="actor_name"),
    ChoiceFilter("action", _("Việc"), action_choices),
    TextFilter("label", _("Đối tượng"), path="label"),
)


@login_required
def trace(request: HttpRequest) -> HttpResponseBase:
    """Who did what, when; newest first."""
    person, _now, today = who(request)
    agencies = visible_agencies(person, "org.trace", today)
    chains = list(Agency.objects.filter(pk__in=agencies).values_list("code", flat=True))
    rows = listing(
        request,
        Entry.objects.filter(chain__in=chains),
        COLUMNS,
        filters=FILTERS,
        order="-at",
        empty=Empty(_("Chưa có dòng nào"), _("Mỗi thay đổi của hồ sơ để lại một dòng ở đây.")),
        file_name="nhat-ky",
    )
    return rows.respond("org/trace.html")
