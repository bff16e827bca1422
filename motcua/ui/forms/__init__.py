"""Forms that look and speak alike: label, hint, error, field, in this order.

A form of the product derives from :class:`Form`; its template shows it with ``{{ form }}`` or
field by field with ``{% field form.due %}``, under ``{% error_summary form %}``. Fields read what
a Vietnamese clerk types (``05022024``, ``1.234,5``) and give it back as it was typed when wrong.
"""

from __future__ import annotations

from motcua.ui.forms.base import Form, Renderer, SummaryLine
from motcua.ui.forms.fields import (
    DateField,
    FileField,
    FilesField,
    MoneyField,
    NumberField,
    PersonField,
)
from motcua.ui.forms.widgets import (
    DateInput,
    FileInput,
    FilesInput,
    MoneyInput,
    NumberInput,
    PersonSelect,
)

__all__ = [
    "DateField",
    "DateInput",
    "FileField",
    "FileInput",
    "FilesField",
    "FilesInput",
    "Form",
    "MoneyField",
    "MoneyInput",
    "NumberField",
    "NumberInput",
    "PersonField",
    "PersonSelect",
    "Renderer",
    "SummaryLine",
]
