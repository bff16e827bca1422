"""The one navigation column of staff."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from motcua.org.models import Person
from motcua.org.permissions import visible_agencies


def navigation(request: HttpRequest, person: Person) -> list[dict[str, Any]]:
    """Groups of links that this person may open; the current one is marked."""
    on = request.today  # type: ignore[attr-defined] # set by PersonMiddleware

    def may_somewhere(permission: str) -> bool:
        return bool(visible_agencies(person, permission, on))

    groups: list[tuple[str, list[tuple[str, str, str, bool]]]] = [
        (
            "",
            [
                (_("Hôm nay"), "planning:today", "sun", may_somewhere("planning.approve")),
                (_("Việc của tôi"), "planning:my_work", "check2-square", True),
                (_("Thông báo"), "planning:messages", "bell", True),
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
                (_("Nhiệm vụ"), "planning:tasks", "list-task", may_somewhere("planning.view")),
                (_("Chỉ tiêu"), "planning:targets", "bullseye", may_somewhere("planning.view")),
                (
                    _("Văn bản chỉ đạo"),
                    "planning:steering",
                    "megaphone",
                    may_somewhere("planning.view"),
                ),
            ],
        ),
        (
            _("Báo cáo"),
            [
                (
                    _("Báo cáo định kỳ"),
                    "reports:reports",
                    "file-earmark-text",
                    may_somewhere("reports.view"),
                )
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
    shown = []
    for label, links in groups:
        items = [_item(request, *link) for link in links if link[3]]
        items = [item for item in items if item]
        if items:
            shown.append({"label": label, "items_list": items})
    return shown


def _item(
    request: HttpRequest, label: str, name: str, icon: str, _allowed: bool
) -> dict[str, Any] | None:
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    current = request.path == url or (len(url) > 1 and request.path.startswith(url))
    return {"label": label, "url": url, "icon": icon, "current": current}
