"""Widgets: text boxes for dates and numbers as they are typed here, people, files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

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
