"""The base form and the renderer that gives every field its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.translation import gettext_lazy as _


class Renderer(DjangoTemplates):
    """Django's form rendering with our templates (setting ``FORM_RENDERER``)."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"


@dataclass(frozen=True)
class SummaryLine:
    """One line of the error summary: the sentence, and the id of the field it leads to."""

    text: str
    field_id: str


class Form(forms.Form):
    """Base of every form: no label suffix, our renderer, an error summary.

    It turns a request into clean values and saves nothing.
    """

    default_renderer = Renderer
    # The server judges: the browser's own bubbles speak its language, not the product's.
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _say_what_to_do(field)

    def summary(self) -> list[SummaryLine]:
        """Every error once, in the order of the fields; those of the whole form first."""
        lines = [SummaryLine(str(text), "") for text in self.non_field_errors()]
        for bound in self:
            label = "" if bound.is_hidden else f"{bound.label}: "
            lines += [SummaryLine(f"{label}{text}", bound.id_for_label) for text in bound.errors]
        return lines

    def add_refusal(self, sentence: str, field: str | None = None) -> None:
        """Show an action's refusal in the form that asked for it."""
        self.add_error(field if field in self.fields else None, sentence)


def _say_what_to_do(field: forms.Field) -> None:
    """Replace Django's "this field is required" by what to do; a field's own words stay."""
    if field.error_messages.get("required") != forms.Field.default_error_messages["required"]:
        return
    if isinstance(field, forms.FileField):
        field.error_messages["required"] = _("Hãy chọn tệp.")
    elif isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        field.error_messages["required"] = _("Hãy chọn một mục.")
    elif isinstance(field, forms.BooleanField):
        field.error_messages["required"] = _("Hãy đánh dấu để tiếp tục.")
    else:
        field.error_messages["required"] = _("Hãy điền mục này.")
