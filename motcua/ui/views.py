"""Error pages of every kind, and the gallery of components with its sample screens."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from motcua.ui.gallery import SCREENS
from motcua.ui.respond import respond
from motcua.ui.text import Text


@dataclass(frozen=True)
class ErrorText:
    """What an error page says: what happened, and what to do now."""

    heading: Text
    advice: Text


ERRORS: dict[int, ErrorText] = {
    400: ErrorText(
        _("Yêu cầu gửi đến bị thiếu hoặc sai"),
        _("Hãy quay lại trang trước, tải lại trang rồi làm lại. Dữ liệu chưa bị thay đổi."),
    ),
    403: ErrorText(
        _("Bạn chưa được phép làm việc này"),
        _("Người quản trị hoặc Chủ tịch UBND có thể giao quyền cho vị trí của bạn."),
    ),
    404: ErrorText(
        _("Không tìm thấy trang này"),
        _("Địa chỉ có thể đã gõ sai, hoặc mục này thuộc cơ quan khác nên bạn không xem được."),
    ),
    409: ErrorText(
        _("Việc này chưa thực hiện được"),
        _("Chưa có gì bị thay đổi. Hãy quay lại, xem tình trạng mới nhất rồi làm tiếp."),
    ),
    500: ErrorText(
        _("Hệ thống gặp lỗi"),
        _("Việc vừa làm chưa được lưu. Hãy thử lại; nếu vẫn lỗi, báo người quản trị mã số này."),
    ),
    503: ErrorText(
        _("Hệ thống đang bảo trì"),
        _("Dữ liệu được giữ nguyên. Hãy thử lại sau vài phút."),
    ),
}


def error_page(request: HttpRequest, status: int, *, sentence: str = "") -> HttpResponse:
    """The page of an error: what happened, what to do, the number to quote.

    ``sentence`` is the particular reason and replaces the general heading. An unknown status is
    explained as the general one of its hundred. The page needs neither database nor session.
    """
    text = ERRORS.get(status) or ERRORS[500 if status >= 500 else 409]
    context = {
        "status": status,
        "heading": sentence or text.heading,
        "advice": text.advice,
        "request_id": getattr(request, "request_id", ""),
        "bare": status >= 500,
    }
    # Context processors may read the database: not when the server itself is the trouble.
    html = render_to_string("ui/error.html", context, None if status >= 500 else request)
    return HttpResponse(html, status=status)


def gallery(request: HttpRequest, screen: str = "components") -> HttpResponse:
    """The components, or one of the sample screens: ``work``, ``today``, ``form``, ``confirm``."""
    context = SCREENS[screen](request)
    part = "ui/gallery/_detail.html" if screen == "detail" else "ui/listing.html"
    return respond(request, f"ui/gallery/{screen}.html", part, context)


def gallery_error(request: HttpRequest, status: int) -> HttpResponse:
    """One of the error pages, to look at."""
    return error_page(request, status)
