"""The account library's forms in the product's own words."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as library
from django.utils.translation import gettext_lazy as _

from motcua.ui.forms import Form


def _reword(form: Any, words: dict[str, Any]) -> None:
    for name, label in words.items():
        field = form.fields.get(name)
        if field is not None:
            field.label, field.help_text = label, ""
            field.widget.attrs.pop("placeholder", None)


class LoginForm(Form, library.LoginForm):  # type: ignore[misc] # the library ships no types
    """Log in by log-in name or address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {"login": _("Tên đăng nhập hoặc thư điện tử"), "password": _("Mật khẩu")}
        _reword(self, words)


class ChangePasswordForm(Form, library.ChangePasswordForm):  # type: ignore[misc] # likewise
    """Change one's own password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "oldpassword": _("Mật khẩu hiện tại"),
            "password1": _("Mật khẩu mới"),
            "password2": _("Nhập lại mật khẩu mới"),
        }
        _reword(self, words)


class ResetPasswordForm(Form, library.ResetPasswordForm):  # type: ignore[misc] # likewise
    """Ask for a reset by e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _reword(self, {"email": _("Thư điện tử")})


class ResetPasswordKeyForm(Form, library.ResetPasswordKeyForm):  # type: ignore[misc] # likewise
    """Set a new password behind a link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {"password1": _("Mật khẩu mới"), "password2": _("Nhập lại mật khẩu mới")}
        _reword(self, words)
