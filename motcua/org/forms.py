"""Forms of the organisation's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from motcua.org.models import Account, Agency, Person, Post, Role
from motcua.ui.forms import DateField, Form, PersonField


class DelegationForm(Form):
    """Who acts in my place, from when to when, and why."""

    receiver = PersonField(queryset=Person.objects.none(), label=_("Người được ủy quyền"))
    valid_from = DateField(label=_("Từ ngày"))
    valid_to = DateField(label=_("Đến hết ngày"))
    reason = forms.CharField(
        label=_("Lý do"), max_length=300, help_text=_("Ví dụ: nghỉ phép, đi công tác, tập huấn.")
    )

    def __init__(self, *args: Any, colleagues: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["receiver"]
        assert isinstance(field, PersonField)
        field.queryset = colleagues


class TokenForm(Form):
    """A name that tells later what the key is for."""

    name = forms.CharField(
        label=_("Tên khóa"), max_length=100, help_text=_("Ghi nơi dùng, ví dụ: phần mềm của huyện.")
    )
    days = forms.IntegerField(label=_("Số ngày hiệu lực"), min_value=1, max_value=730, initial=90)


class PersonForm(Form):
    """A new colleague: who, which post, which role."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    username = forms.CharField(
        label=_("Tên đăng nhập"), max_length=60, help_text=_("Chữ không dấu, viết liền.")
    )
    email = forms.EmailField(
        label=_("Thư điện tử"), help_text=_("Dùng để đặt lại mật khẩu và nhận nhắc việc.")
    )
    post = forms.ModelChoiceField(Post.objects.none(), label=_("Vị trí"), required=False)
    role = forms.ModelChoiceField(Role.objects.order_by("name"), label=_("Vai trò"))
    since = DateField(label=_("Từ ngày"))

    def __init__(self, *args: Any, agency: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["post"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Post.objects.filter(agency=agency).order_by("order")


class FirstPasswordForm(Form):
    """The password behind a one-time link."""

    password = forms.CharField(
        label=_("Mật khẩu mới"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Ít nhất 10 ký tự; nên là một câu ngắn dễ nhớ."),
    )
    again = forms.CharField(
        label=_("Nhập lại mật khẩu"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password") and cleaned.get("again") != cleaned["password"]:
            self.add_error("again", _("Hai lần nhập chưa giống nhau."))
        return cleaned


class EndServiceForm(Form):
    """The last day at work."""

    on = DateField(label=_("Ngày thôi công tác"))
