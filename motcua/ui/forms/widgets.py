"""Widgets: text boxes for dates and numbers as they are typed here, people, files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from motcua.ui.formats import vn_date, vn_number

Attrs = dict[str, Any]


def _with_class(attrs: Attrs | None, name: str, **more: str) -> Attrs:
    """The attributes with a class added; ``more`` are defaults."""
    found = {**more, **(attrs or {})}
    found["class"] = f"{name} {found['class']}" if found.get("class") else name
    return found


class DateInput(forms.TextInput):
    """A typed date. A script adds a calendar button; the text box stays the field."""

    def __init__(self, attrs: Attrs | None = None) -> None:
        super().__init__(
            _with_class(attrs, "input input-date", inputmode="numeric", autocomplete="off")
            | {"data-date": ""}
        )

    def format_value(self, value: Any) -> str | None:
        """A date as 05/02/2024; anything else as it was typed."""
        return vn_date(value) if isinstance(value, date) else value


class NumberInput(forms.TextInput):
    """A typed number with comma decimals; ``unit`` stands behind the box."""

    template_name = "ui/forms/unit_input.html"

    def __init__(self, attrs: Attrs | None = None, *, unit: str = "") -> None:
        super().__init__(
            _with_class(attrs, "input input-number", inputmode="decimal", autocomplete="off")
        )
        self.unit = unit

    def format_value(self, value: Any) -> str | None:
        """A number as 1.234,5; anything else as it was typed."""
        return vn_number(value) if isinstance(value, int | float | Decimal) else value

    def get_context(self, name: str, value: Any, attrs: Attrs | None) -> dict[str, Any]:
        """Django's context with the unit."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["unit"] = self.unit
        return context


class MoneyInput(NumberInput):
    """Whole đồng; a script groups the digits while typing."""

    def __init__(self, attrs: Attrs | None = None, *, unit: str = "đồng") -> None:
        super().__init__(
            _with_class(attrs, "input-money", inputmode="numeric") | {"data-money": ""}, unit=unit
        )


class PersonSelect(forms.Select):
    """A select of people; where there are many, a script adds a search box above it."""

    def __init__(self, attrs: Attrs | None = None, choices: Any = ()) -> None:
        super().__init__(_with_class(attrs, "select") | {"data-person-select": ""}, choices)


class FileInput(forms.FileInput):
    """One file; can also be dropped on the field."""

    def __init__(self, attrs: Attrs | None = None) -> None:
        super().__init__(_with_class(attrs, "input-file") | {"data-file": ""})


class FilesInput(FileInput):
    """Several files."""

    allow_multiple_selected = True


class FlatSelect(forms.Select):
    """A select of plain options, drawn at once: Django's own fills a template for each option,
    and the filters of a list have hundreds."""

    def render(
        self, name: str, value: Any, attrs: Attrs | None = None, renderer: Any = None
    ) -> SafeString:
        """The element; groups of options are drawn by Django."""
        if any(isinstance(label, list | tuple) for _value, label in self.choices):
            return super().render(name, value, attrs, renderer)
        chosen = set(self.format_value(value))
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, SafeString(" selected") if str(key) in chosen else "", label)
                for key, label in self.choices
            ),
        )
        found = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        pairs = format_html_join(
            "", ' {}="{}"', ((key, value) for key, value in found.items() if value is not False)
        )
        return format_html("<select{}>{}</select>", pairs, options)
