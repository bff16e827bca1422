"""The lists of dossiers: work, the desk's register, what stands out."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models import STAGE_CLOSED, STAGE_OPEN, STAGE_READY, Dossier
from motcua.dossiers.permissions import MIRROR
from motcua.dossiers.queries.desk import ACROSS, LEFTS, left_conditions
from motcua.dossiers.rules import RUNNING, DossierStatus
from motcua.dossiers.views.together import buttons_for
from motcua.org.models import Agency, Person, Post
from motcua.org.permissions import visible_agencies
from motcua.org.views.common import who
from motcua.procedures.rules.parts import Channel
from motcua.ui.elements import Tab
from motcua.ui.listing import (
    BooleanFilter,
    ChoiceFilter,
    Column,
    DateRangeFilter,
    Empty,
    Filter,
    listing,
)

COLUMNS = (
    Column(
        "code",
        _("Mã hồ sơ"),
        order_by="received_at",  # as codes are given, and an index has it
        primary=True,
        template="dossiers/_code_cell.html",
    ),
    Column("applicant", _("Chủ hồ sơ"), path="applicant__full_name", phone_label=False),
    Column("summary", _("Nội dung"), wide=True, phone_label=False),
    Column(
        "step",
        _("Bước, người xử lý"),
        path="step_name",
        template="dossiers/_step_cell.html",
        phone_label=False,
    ),
    Column(
        "due",
        _("Thời gian còn lại"),
        path="due_at",
        order_by="order_at",
        template="dossiers/_due_cell.html",
        phone_label=False,
    ),
    Column(
        "status",
        _("Trạng thái"),
        template="dossiers/_status_cell.html",
        export_value=lambda status: gettext(DossierStatus(status).label),
        phone_label=False,
    ),
    Column(
        "received", pgettext_lazy("heading", "Tiếp nhận"), path="received_at", in_file_only=True
    ),
)
RECEIPT = ("received_from", "received_to")
STAGES = {
    STAGE_OPEN: _("Đang giải quyết"),
    STAGE_READY: _("Chờ trả kết quả"),
    STAGE_CLOSED: _("Đã kết thúc"),
    "all": _("Tất cả"),
}


def _filters(person: Person, on: Any, now: Any, sent: QueryDict) -> list[Filter]:
    agencies = visible_agencies(person, "dossiers.view", on)
    chosen = [pk for pk in agencies if len(agencies) == 1 or str(pk) == sent.get("agency")]
    found: list[Filter] = [
        ChoiceFilter(
            "status",
            _("Trạng thái"),
            [(one.value, gettext(one.label)) for one in DossierStatus],
        ),
        ChoiceFilter(
            "channel", _("Kênh nộp"), [(one.value, gettext(one.label)) for one in Channel]
        ),
        DateRangeFilter(
            "received", pgettext_lazy("heading", "Tiếp nhận"), path="received_at__date"
        ),
        ChoiceFilter(
            "left",
            _("Thời gian còn lại"),
            [(code, gettext(word)) for code, word in {**LEFTS, **ACROSS}.items()],
            lookup=lambda rows, code: rows.open().filter(left_conditions(now)[code]),
        ),
        BooleanFilter("mine", _("Hồ sơ của tôi"), when=lambda rows: rows.filter(person=person)),
        BooleanFilter(
            "away", _("Đang ở cơ quan khác"), when=lambda rows: rows.exclude(away_to=None)
        ),
        BooleanFilter("late", _("Đang quá hạn"), when=lambda rows: rows.running_late(now)),
        BooleanFilter("suspect", _("Nhập lùi ngày, sửa sau"), path="is_suspect"),
    ]
    if chosen:  # the posts of many agencies are no choice
        found.insert(
            1,
            ChoiceFilter(
                "post",
                _("Vị trí đang giữ"),
                lambda: _posts(chosen[0]),
                lookup=lambda rows, code: rows.filter(post=None if code == "none" else int(code)),
            ),
        )
    if len(agencies) > 1:
        rows = Agency.objects.filter(pk__in=agencies).order_by("name")
        found.insert(
            0, ChoiceFilter("agency", _("Cơ quan"), lambda: list(rows.values_list("pk", "name")))
        )
    return found


def _posts(agency: int) -> list[tuple[str, str]]:
    """The posts of an agency, and nobody."""
    posts = Post.objects.filter(agency=agency).order_by("name", "pk").values_list("pk", "name")
    return [("none", gettext("Chưa giao")), *((str(pk), name) for pk, name in posts)]


def _base(request: HttpRequest) -> tuple[Any, str]:
    """The rows of the chosen stage; a search and the list of what stands out look everywhere."""
    person, _now, on = who(request)
    rows = Dossier.objects.visible_to(person, on)
    everywhere = any(request.GET.get(name) for name in ("q", "suspect", "status"))
    stage = request.GET.get("stage") or ("all" if everywhere else STAGE_OPEN)
    return (rows if stage not in STAGES or stage == "all" else rows.filter(stage=stage)), stage


@login_required
def dossiers(request: HttpRequest) -> HttpResponseBase:
    """Dossiers that the person may see, what will be late first; open ones unless asked."""
    person, now, on = who(request)
    base, stage = _base(request)
    rows = listing(
        request,
        base.select_related("applicant", "person", "post"),
        COLUMNS,
        filters=_filters(person, on, now, request.GET),
        order="code" if any(map(request.GET.get, RECEIPT)) else "due",  # a period reads as it came
        search=lambda found, text: found.matching(text),
        search_label=_("Mã, họ tên, số giấy tờ, điện thoại"),
        row_url=lambda dossier: reverse("dossiers:dossier", args=[dossier.pk]),
        bulk=buttons_for(request),
        beside=True,
        row_tone=lambda dossier: "late" if _is_late(dossier, now) else "",
        empty=Empty(_("Chưa có hồ sơ nào"), _("Hồ sơ có khi Bộ phận Một cửa tiếp nhận.")),
        file_name="ho-so",
    )
    context = {
        "stages": [Tab(label, rows.url(stage=key), key == stage) for key, label in STAGES.items()],
        "may_receive": bool(visible_agencies(person, "dossiers.receive", on)),
        "may_mirror": bool(visible_agencies(person, MIRROR, on)),
        "now": now,
    }
    return rows.respond("dossiers/list.html", context)


def _is_late(dossier: Dossier, now: Any) -> bool:
    runs = dossier.status in RUNNING
    return runs and dossier.due_at is not None and dossier.due_at < now
