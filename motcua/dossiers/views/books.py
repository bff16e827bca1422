"""The desk's books beside the register: what was collected and given back, whom it guided or turned
away."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.audit.words import action_word
from motcua.dossiers.models import GUIDING, Charge, PayWay, Refund
from motcua.dossiers.queries.fees import charges_of_day, collected, refunds_of_day
from motcua.dossiers.queries.guidance import ASKING, guidance_of, told_of
from motcua.dossiers.views.period import agency_asked, books_of, period_asked
from motcua.ui.formats import vn_number
from motcua.ui.listing import ChoiceFilter, Column, Empty, listing


def _way(row: Charge | Refund) -> str:
    return gettext(PayWay(row.way).label) if row.way else ""


def _slip(row: Charge | Refund) -> str:
    return f"{row.slip.number}/{row.slip.year}" if row.slip else ""


FEES = (
    Column("code", _("Mã hồ sơ"), path="dossier__code", primary=True),
    Column("applicant", _("Chủ hồ sơ"), path="dossier__applicant__full_name", phone_label=False),
    Column("name", _("Khoản thu"), phone_label=False),
    Column(
        "amount",
        _("Số tiền (đồng)"),
        align="end",
        order_by="amount",
        render=lambda row: vn_number(row.amount),
    ),
    Column("way", _("Hình thức"), render=_way, phone_label=False),
    Column("slip", _("Phiếu thu"), path="slip__number", render=_slip, on_phone=False),
    Column("paid", _("Thu lúc"), path="paid_at", order_by="paid_at", phone_label=False),
    Column("by", _("Người thu"), path="paid_by__full_name", on_phone=False),
)


@login_required
def fees(request: HttpRequest) -> HttpResponseBase:
    """What the desk collected, today unless other days are asked for; its parts add up."""
    agency, (form, start, end) = agency_asked(request), period_asked(request, today=True)
    rows = listing(
        request,
        charges_of_day(agency, start, end),
        FEES,
        order="paid",
        filters=[ChoiceFilter("way", _("Hình thức"), [(one, one.label) for one in PayWay])],
        row_url=lambda charge: reverse("dossiers:dossier", args=[charge.dossier_id]),
        empty=Empty(_("Chưa thu khoản nào"), _("Hãy chọn ngày khác.")),
        file_name=f"thu-phi-{start:%Y%m%d}-{end:%Y%m%d}",
    )
    context = {"form": form, "agency": agency, "sums": collected(agency, start, end)}
    context["books"] = books_of(agency, "fees")
    return rows.respond("dossiers/fees.html", context)


REFUNDS = (
    Column("code", _("Mã hồ sơ"), path="dossier__code", primary=True),
    Column("applicant", _("Chủ hồ sơ"), path="dossier__applicant__full_name", phone_label=False),
    Column(
        "amount",
        _("Số tiền (đồng)"),
        align="end",
        order_by="amount",
        render=lambda row: vn_number(row.amount),
    ),
    Column("way", _("Hình thức"), render=_way, phone_label=False),
    Column("reason", _("Lý do"), phone_label=False),
    Column("slip", _("Phiếu hoàn"), path="slip__number", render=_slip, on_phone=False),
    Column("at", _("Hoàn lúc"), order_by="at", phone_label=False),
    Column("by", _("Người hoàn"), path="by__full_name", on_phone=False),
)


@login_required
def refunds(request: HttpRequest) -> HttpResponseBase:
    """What the desk gave back, today unless other days are asked for, beside the same sums."""
    agency, (form, start, end) = agency_asked(request), period_asked(request, today=True)
    rows = listing(
        request,
        refunds_of_day(agency, start, end),
        REFUNDS,
        order="at",
        filters=[ChoiceFilter("way", _("Hình thức"), [(one, one.label) for one in PayWay])],
        row_url=lambda refund: reverse("dossiers:dossier", args=[refund.dossier_id]),
        empty=Empty(_("Chưa hoàn khoản nào"), _("Hãy chọn ngày khác.")),
        file_name=f"hoan-phi-{start:%Y%m%d}-{end:%Y%m%d}",
    )
    context = {"form": form, "agency": agency, "sums": collected(agency, start, end)}
    context["books"] = books_of(agency, "refunds")
    return rows.respond("dossiers/refunds.html", context)


GUIDANCE = (
    Column("summary", _("Hồ sơ"), path="dossier__summary", primary=True),
    Column("applicant", _("Chủ hồ sơ"), path="dossier__applicant__full_name", phone_label=False),
    Column(
        "step",
        _("Việc"),
        render=lambda row: action_word(f"dossiers.{row.step}"),
        export_value=lambda step: action_word(f"dossiers.{step}"),
        phone_label=False,
    ),
    Column(
        "times",
        _("Lần"),
        path="",
        export="times",
        phone_label=False,
        template="dossiers/_times_cell.html",
    ),
    Column("note", _("Nội dung đã nói"), phone_label=False),
    Column("by", _("Người hướng dẫn"), path="by__full_name", phone_label=False),
    Column("at", _("Lúc"), order_by="at", phone_label=False),
)


@login_required
def guidance(request: HttpRequest) -> HttpResponseBase:
    """Whom the desk guided or turned away, and how often for one dossier: the law lets it ask once.

    (Decree 61/2018/NĐ-CP, art. 17; Decree 118/2025/NĐ-CP, art. 16)
    """
    agency, (form, start, end) = agency_asked(request), period_asked(request)
    rows = listing(
        request,
        guidance_of(agency, start, end),
        GUIDANCE,
        order="-at",
        filters=[
            ChoiceFilter(
                "step", _("Việc"), [(one, action_word(f"dossiers.{one}")) for one in GUIDING]
            )
        ],
        row_url=lambda event: reverse("dossiers:dossier", args=[event.dossier_id]),
        row_tone=lambda event: "late" if _asked_again(event) else "",
        empty=Empty(_("Chưa hướng dẫn hay từ chối ai"), _("Hãy chọn khoảng ngày khác.")),
        file_name=f"huong-dan-tu-choi-{start:%Y%m%d}-{end:%Y%m%d}",
    )
    context = {"form": form, "agency": agency, "told": told_of(agency, start, end)}
    context["books"] = books_of(agency, "guidance")
    return rows.respond("dossiers/guidance.html", context)


def _asked_again(event: Any) -> bool:
    return event.step in ASKING and event.times > 1
