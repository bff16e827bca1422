"""The one navigation column of staff."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from motcua.org.models import Person
from motcua.org.permissions import authority_of, visible_agencies


def navigation(request: HttpRequest, person: Person) -> list[dict[str, Any]]:
    """Groups of links that this person may open; the current one is marked."""
    on = request.today  # type: ignore[attr-defined] # set by PersonMiddleware

    authority = authority_of(person, on)

    def may_somewhere(permission: str) -> bool:
        return bool(authority.paths(permission))  # no query a link: this stands on every page

    groups: list[tuple[str, list[tuple[str, str, str, bool]]]] = [
        (
            "",
            [
                (_("Hôm nay"), "planning:today", "sun", may_somewhere("planning.approve")),
                (_("Việc của tôi"), "planning:my_work", "check2-square", True),
                (pgettext("plural", "Thông báo"), "planning:messages", "bell", True),
            ],
        ),
        (
            _("Một cửa"),
            [
                (_("Hồ sơ"), "dossiers:dossiers", "inbox", may_somewhere("dossiers.view")),
                (
                    _("Bảng điều hành bộ phận"),
                    "dossiers:desk",
                    "speedometer2",
                    may_somewhere("dossiers.view"),
                ),
                (
                    _("Sổ theo dõi hồ sơ"),
                    "dossiers:register",
                    "table",
                    may_somewhere("dossiers.view"),
                ),
                (_("Số thứ tự"), "dossiers:queue", "people", may_somewhere("dossiers.receive")),
                (
                    _("Tiếp nhận hồ sơ"),
                    "dossiers:choose",
                    "plus-lg",
                    may_somewhere("dossiers.receive"),
                ),
            ],
        ),
        (
            _("Kế hoạch"),
            [
                (
                    _("Kế hoạch năm"),
                    "planning:plans",
                    "journal-text",
                    may_somewhere("planning.view"),
                ),
                (
                    pgettext("plural", "Nhiệm vụ"),
                    "planning:tasks",
                    "list-task",
                    may_somewhere("planning.view"),
                ),
                (
                    pgettext("plural", "Chỉ tiêu"),
                    "planning:targets",
                    "bullseye",
                    may_somewhere("planning.view"),
                ),
                (
                    _("Văn bản chỉ đạo"),
                    "planning:steering",
                    "megaphone",
                    may_somewhere("planning.view"),
                ),
            ],
        ),
        (
            _("Thủ tục"),
            [
                (
                    _("Danh mục thủ tục"),
                    "procedures:catalogue",
                    "list-ul",
                    may_somewhere("procedures.view"),
                ),
                (
                    _("Thủ tục nội bộ"),
                    "procedures:internal",
                    "building",
                    may_somewhere("procedures.view"),
                ),
                (
                    _("Rà soát thủ tục"),
                    "procedures:review_plans",
                    "scissors",
                    may_somewhere("procedures.view"),
                ),
            ],
        ),
        (
            _("Báo cáo"),
            [
                (
                    _("Chỉ số"),
                    "indicators:indicators",
                    "bar-chart-line",
                    may_somewhere("indicators.view"),
                ),
                (
                    _("So sánh các xã"),
                    "indicators:compare",
                    "trophy",
                    len(visible_agencies(person, "indicators.view", on)) > 1,
                ),
                (
                    _("Báo cáo định kỳ"),
                    "reports:reports",
                    "file-earmark-text",
                    may_somewhere("reports.view"),
                ),
            ],
        ),
        (
            _("Quản trị"),
            [
                (
                    _("Tổ chức, con người"),
                    "org:organisation",
                    "diagram-3",
                    may_somewhere("org.view"),
                ),
                (_("Nhật ký"), "org:trace", "shield-check", may_somewhere("org.trace")),
            ],
        ),
    ]
    shown: list[dict[str, Any]] = []
    for label, links in groups:
        items = [_item(*link[:3]) for link in links if link[3]]
        if items:
            shown.append({"label": label, "items_list": items})
    _mark_current(request.path, [item for group in shown for item in group["items_list"]])
    return shown


def _item(label: str, name: str, icon: str) -> dict[str, Any]:
    return {"label": label, "url": reverse(name), "icon": icon, "current": False}


def _mark_current(path: str, items: list[dict[str, Any]]) -> None:
    """The one link that lies nearest above the page: "/org/trace/" is not "/org/" as well, and
    one's own account is in no group."""
    if path.startswith(reverse("org:me")):
        return
    above = [item for item in items if path.startswith(item["url"])]
    if above:
        max(above, key=lambda item: len(item["url"]))["current"] = True
