"""The account library's seam: nobody signs up by themselves; who left does not log in."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # the library ships no types
    """Staff accounts are made by an administrator."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Tài khoản này đã khóa. Hãy liên hệ quản trị hệ thống."),
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy thử lại."),
        "email_password_mismatch": _("Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy thử lại."),
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy thử lại."),
        "too_many_login_attempts": _("Đăng nhập sai quá nhiều lần. Hãy đợi vài phút rồi thử lại."),
        "enter_current_password": _("Mật khẩu hiện tại chưa đúng."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 # the library's signature
        return False

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> Any:
        person = getattr(user, "person", None)
        if person is not None and person.left_on is not None:
            user.is_active = False
        return super().pre_login(request, user, **kwargs)
