"""Forms of the reports' pages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.core.periods import Period, national_cutoffs
from motcua.core.text import date_short
from motcua.ui.forms import Form


class NewReportForm(Form):
    """Which period to report on."""

    period = forms.ChoiceField(
        label=_("Kỳ báo cáo"), help_text=_("Số liệu được lấy theo ngày chốt của kỳ.")
    )

    def __init__(self, *args: Any, periods: Sequence[Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(period.code, _named(period)) for period in periods]


def _named(period: Period) -> str:
    cut_off: date = national_cutoffs().window(period)[1]
    return gettext("%(period)s (chốt số liệu ngày %(day)s)") % {
        "period": period.label,
        "day": date_short(cut_off),
    }


class SectionForm(Form):
    """The text of one section."""

    text = forms.CharField(
        label=_("Nội dung"),
        widget=forms.Textarea(attrs={"rows": 18}),
        error_messages={"required": _("Mục này chưa có nội dung. Hãy viết hoặc lấy lại bản thảo.")},
        help_text=_("Mỗi dòng là một đoạn; dòng bắt đầu bằng “- ” là một ý của danh sách."),
    )
    lock = forms.IntegerField(widget=forms.HiddenInput)
