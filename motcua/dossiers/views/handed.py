"""What other agencies handed over to one's own (liên thông)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.handed import turns_at
from motcua.org.permissions import visible_agencies
from motcua.org.views.common import who
from motcua.ui.elements import Tab
from motcua.ui.listing import Column, Empty, listing

COLUMNS = (
    Column("code", _("Mã hồ sơ"), path="dossier__code", primary=True),
    Column("applicant", _("Chủ hồ sơ"), path="dossier__applicant__full_name", phone_label=False),
    Column("summary", _("Nội dung"), path="dossier__summary", wide=True, phone_label=False),
    Column("of", _("Cơ quan chuyển"), path="dossier__agency__name", phone_label=False),
    Column("at", _("Cơ quan nhận"), path="at_agency", on_phone=False),
    Column("came", _("Nhận lúc"), path="started_at", order_by="started_at"),
    Column(
        "due",
        _("Thời gian còn lại"),
        path="due_at",
        order_by="due_at",
        template="dossiers/_turn_cell.html",
        phone_label=False,
    ),
    Column("back", _("Gửi lại lúc"), path="ended_at", on_phone=False),
)
STAGES = {"here": _("Đang giữ"), "back": _("Đã gửi lại"), "all": _("Tất cả")}


@login_required
def handed(request: HttpRequest) -> HttpResponseBase:
    """Each turn of the agencies whose desk the person may see; those that still run, at first."""
    person, now, on = who(request)
    stage = request.GET.get("stage", "here")
    turns = turns_at(visible_agencies(person, "dossiers.view", on))
    if stage in ("here", "back"):
        turns = turns.filter(ended_at__isnull=stage == "here")
    rows = listing(
        request,
        turns,
        COLUMNS,
        order="due" if stage == "here" else "-came",
        search=lambda found, text: found.filter(dossier__in=Dossier.objects.matching(text)),
        search_label=_("Mã, họ tên, số giấy tờ, điện thoại"),
        row_url=lambda turn: reverse("dossiers:dossier", args=[turn.dossier_id]),
        row_tone=lambda turn: "late" if turn.ended_at is None and turn.due_at < now else "",
        empty=Empty(
            _("Không có hồ sơ nào"), _("Hồ sơ có khi cơ quan khác chuyển đến để giải quyết.")
        ),
        file_name="ho-so-lien-thong",
    )
    tabs = [Tab(label, rows.url(stage=key), key == stage) for key, label in STAGES.items()]
    return rows.respond("dossiers/handed.html", {"stages": tabs})
