"""Forms of the indicators' pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.ui.forms import Form, NumberField


class TypedForm(Form):
    """The numbers of a period, each under the name of its measure, and where they come from."""

    count0 = NumberField(decimal_places=0, min_value=0)
    count1 = NumberField(decimal_places=0, min_value=0)
    evidence = forms.CharField(
        label=_("Lấy từ đâu"),
        help_text=_("Văn bản, sổ hoặc hệ thống cho ra con số này."),
        max_length=500,
    )

    def __init__(self, *args: Any, labels: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n, label in enumerate(labels):
            self.fields[f"count{n}"].label = label
        if len(labels) == 1:
            del self.fields["count1"]

    def counts(self) -> list[int]:
        """The numbers in the order of the measures."""
        return [int(value) for name, value in self.cleaned_data.items() if name != "evidence"]
