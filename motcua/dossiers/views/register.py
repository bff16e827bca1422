"""The register of a period: on the screen, as XLSX and CSV for work, as the form for signing."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.documents.register import register_page
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.figures import figures_of, register_rows
from motcua.dossiers.rules import DossierStatus
from motcua.dossiers.views.slips import answer
from motcua.org.models import Agency
from motcua.org.permissions import visible_agencies
from motcua.org.queries import home_agency
from motcua.org.views.common import who
from motcua.ui.forms import DateField, Form
from motcua.ui.listing import Column, Empty, listing
from motcua.ui.listing.export import TooManyRows

#: Most rows of the form for signing: some hundred pages, set in a few seconds.
PDF_LIMIT = 2_000

COLUMNS = (
    Column(
        "code", _("Mã hồ sơ"), order_by="code", primary=True, template="dossiers/_code_cell.html"
    ),
    Column("summary", _("Nội dung"), wide=True),
    Column("sets", _("Số bộ"), in_file_only=True),
    Column("applicant", _("Chủ hồ sơ"), path="applicant__full_name"),
    Column("address", _("Địa chỉ"), path="applicant__address", in_file_only=True),
    Column("phone", _("Điện thoại"), path="applicant__phone", in_file_only=True),
    Column("received", _("Tiếp nhận"), path="received_at", order_by="received_at"),
    Column("due", _("Hẹn trả"), path="due_at"),
    Column("settled", _("Có kết quả"), path="settled_at", in_file_only=True),
    Column("returned", _("Trả kết quả"), path="returned_at"),
    Column("returned_to", _("Người nhận"), in_file_only=True),
    Column(
        "status",
        _("Trạng thái"),
        template="dossiers/_status_cell.html",
        export_value=lambda status: gettext(DossierStatus(status).label),
    ),
)


class PeriodForm(Form):
    """From which day to which, both included."""

    start = DateField(label=_("Từ ngày"))
    end = DateField(label=_("Đến ngày"))


def _period(request: HttpRequest) -> tuple[PeriodForm, date, date]:
    """The days that were asked for, else the month so far."""
    _person, _now, on = who(request)
    first, last = on.replace(day=1), on
    sent = request.GET
    form = PeriodForm({"start": sent.get("start", first), "end": sent.get("end", last)})
    if not form.is_valid():
        return form, first, last
    return form, form.cleaned_data["start"], form.cleaned_data["end"]


def _agency(request: HttpRequest) -> Agency:
    """The agency of the code asked for, else one's own, if the person may see its desk."""
    person, _now, on = who(request)
    rows = Agency.objects.filter(pk__in=visible_agencies(person, "dossiers.view", on))
    own = home_agency(person, on)
    asked = request.GET.get("agency", own.code if own else "")
    return get_object_or_404(rows, code=asked)


@login_required
def register(request: HttpRequest) -> HttpResponseBase:
    """The dossiers that an agency received in a period, with figures that add up."""
    _person, now, _on = who(request)
    agency, (form, start, end) = _agency(request), _period(request)
    dossiers = Dossier.objects.filter(agency=agency)
    rows = listing(
        request,
        register_rows(dossiers, start, end),
        COLUMNS,
        order="received",
        row_url=lambda dossier: reverse("dossiers:dossier", args=[dossier.pk]),
        empty=Empty(_("Không có hồ sơ nào"), _("Hãy chọn khoảng ngày khác.")),
        file_name=f"so-theo-doi-ho-so-{start:%Y%m%d}-{end:%Y%m%d}",
    )
    asked: dict[str, Any] = {"start": start, "end": end, "agency": agency.code}
    context = {
        "form": form,
        "agency": agency,
        "figures": figures_of(dossiers, start, end, now),
        "pdf": f"{reverse('dossiers:register_pdf')}?{urlencode(asked)}",
    }
    return rows.respond("dossiers/register.html", context)


@login_required
def register_pdf(request: HttpRequest) -> HttpResponse:
    """The register as the official form. Raises :class:`TooManyRows`."""
    _person, now, on = who(request)
    agency, (form, start, end) = _agency(request), _period(request)
    if not form.is_valid():
        return redirect("dossiers:register")
    dossiers = Dossier.objects.filter(agency=agency)
    rows = list(register_rows(dossiers, start, end)[: PDF_LIMIT + 1])
    if len(rows) > PDF_LIMIT:
        raise TooManyRows(limit=PDF_LIMIT)
    page = register_page(agency, rows, figures_of(dossiers, start, end, now), start, end, on)
    return answer(page, f"register-{start:%Y%m%d}-{end:%Y%m%d}", "pdf")
