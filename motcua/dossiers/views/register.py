"""The register of a period: on the screen, as XLSX and CSV for work, as the form for signing."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.documents.register import register_page
from motcua.dossiers.models import Dossier, DossierQuerySet
from motcua.dossiers.queries.figures import bounds, figures_of, handed_in, register_rows
from motcua.dossiers.rules import DossierStatus
from motcua.dossiers.views.period import agency_asked, books_of, period_asked
from motcua.dossiers.views.slips import answer
from motcua.org.views.common import who
from motcua.ui.listing import Column, Empty, listing

#: Most rows of one file of the form for signing: some hundred pages, set in a few seconds.
PDF_LIMIT = 2_000
MOST_PARTS = 12

COLUMNS = (
    Column(
        "code", _("Mã hồ sơ"), order_by="code", primary=True, template="dossiers/_code_cell.html"
    ),
    Column("summary", _("Nội dung"), wide=True, phone_label=False),
    Column("sets", _("Số bộ"), in_file_only=True),
    Column("applicant", _("Chủ hồ sơ"), path="applicant__full_name", phone_label=False),
    Column("address", _("Địa chỉ"), path="applicant__address", in_file_only=True),
    Column("phone", _("Điện thoại"), path="applicant__phone", in_file_only=True),
    Column(
        "received",
        pgettext_lazy("heading", "Tiếp nhận"),
        path="received_at",
        order_by="received_at",
        phone_label=False,
    ),
    Column("due", _("Hẹn trả"), path="due_at", on_phone=False),
    Column("settled", _("Có kết quả"), path="settled_at", in_file_only=True),
    Column("returned", pgettext_lazy("heading", "Trả kết quả"), path="returned_at", on_phone=False),
    Column("returned_to", _("Người nhận"), in_file_only=True),
    Column(
        "status_then",
        _("Trạng thái"),
        template="dossiers/_status_then_cell.html",
        phone_label=False,
        export_value=lambda status: gettext(DossierStatus(status).label),
    ),
)


@login_required
def register(request: HttpRequest) -> HttpResponseBase:
    """The dossiers that an agency received in a period, with figures that add up."""
    _person, now, _on = who(request)
    agency, (form, start, end) = agency_asked(request), period_asked(request)
    dossiers = Dossier.objects.filter(agency=agency)
    rows = listing(
        request,
        register_rows(dossiers, start, end, now),
        COLUMNS,
        order="received",
        row_url=lambda dossier: reverse("dossiers:dossier", args=[dossier.pk]),
        empty=Empty(_("Không có hồ sơ nào"), _("Hãy chọn khoảng ngày khác.")),
        file_name=f"so-theo-doi-ho-so-{start:%Y%m%d}-{end:%Y%m%d}",
    )
    handed = handed_in(agency, start, end, now)
    asked: dict[str, Any] = {"start": start, "end": end, "agency": agency.code}
    context = {
        "form": form,
        "agency": agency,
        "figures": figures_of(dossiers, start, end, now) + handed,
        "handed": handed,
        "parts": _parts(dossiers, start, end, asked),
        "books": books_of(agency, "register"),
    }
    return rows.respond("dossiers/register.html", context)


@login_required
def register_pdf(request: HttpRequest) -> HttpResponse:
    """The register as the official form: its ``part``, from 1, of so many rows as fit in one."""
    _person, now, on = who(request)
    agency, (form, start, end) = agency_asked(request), period_asked(request)
    if not form.is_valid():
        return redirect("dossiers:register")
    dossiers = Dossier.objects.filter(agency=agency)
    number, last = _asked_part(request), _last_part(dossiers, start, end)
    if not 1 <= number <= last:
        raise Http404
    before = (number - 1) * PDF_LIMIT
    rows = register_rows(dossiers, start, end, now)[before : before + PDF_LIMIT]
    figures = figures_of(dossiers, start, end, now) + handed_in(agency, start, end, now)
    page = register_page(agency, rows, figures, start, end, on, before=before, part=(number, last))
    return answer(page, f"register-{start:%Y%m%d}-{end:%Y%m%d}-{number}", "pdf")


def _asked_part(request: HttpRequest) -> int:
    asked = request.GET.get("part", "1")
    return int(asked) if asked.isdecimal() else 0


def _last_part(dossiers: DossierQuerySet, start: date, end: date) -> int:
    """How many files the register of a period fills, at least one."""
    first, after = bounds(start, end)
    rows = dossiers.filter(received_at__gte=first, received_at__lt=after).count()
    return max(-(-rows // PDF_LIMIT), 1)


def _parts(
    dossiers: DossierQuerySet, start: date, end: date, asked: dict[str, Any]
) -> list[tuple[int, str]]:
    """The files with their addresses, as many as a page can offer; shorter periods have fewer."""
    address = reverse("dossiers:register_pdf")
    return [
        (part, f"{address}?{urlencode(asked | {'part': part})}")
        for part in range(1, min(_last_part(dossiers, start, end), MOST_PARTS) + 1)
    ]
