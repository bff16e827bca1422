"""Fields that read Vietnamese writing: dates, numbers, money; people and files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.core.errors import Refused
from motcua.core.text import YEARS, NotADate, number, parse_date, parse_number
from motcua.ui.forms.widgets import (
    DateInput,
    FileInput,
    FilesInput,
    MoneyInput,
    NumberInput,
    PersonSelect,
)


def _said(refused: Refused) -> ValidationError:
    return ValidationError(refused.sentence(gettext(refused.message)), code=refused.code)


class DateField(forms.DateField):
    """A date typed as 5/2/2024, 05-02-2024, 05022024 or in words; a ``date``."""

    widget = DateInput

    def to_python(self, value: Any) -> date | None:
        """Read the typed date, day before month."""
        if isinstance(value, datetime):
            return value.date()
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            day = parse_date(str(value))
            if day.year not in YEARS:
                raise NotADate(text=value)
        except Refused as refused:
            raise _said(refused) from refused
        return day


class NumberField(forms.DecimalField):
    """A number typed as 1.234,5 or 98.5; a ``Decimal``. ``unit`` is shown behind the box."""

    def __init__(self, *, unit: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("widget", NumberInput(unit=unit))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # as DecimalField
        """Read the typed number."""
        if value in self.empty_values:
            return None
        if isinstance(value, int | float | Decimal):
            return Decimal(str(value))
        try:
            return parse_number(str(value))
        except Refused as refused:
            raise _said(refused) from refused

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002  # Django's
        """None: ``min``, ``max`` and ``step`` belong to Django's number box, not to a text box."""
        return {}


class MoneyField(NumberField):
    """An amount in whole đồng, never below zero; an ``int``."""

    default_error_messages = {
        "not_whole": _("Số tiền phải là số đồng nguyên."),
        "negative": _("Số tiền không được âm."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", MoneyInput())
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """Whole, not negative."""
        amount = super().clean(value)
        if amount is None:
            return None
        if amount != amount.to_integral_value():
            raise ValidationError(self.error_messages["not_whole"], code="not_whole")
        if amount < 0:
            raise ValidationError(self.error_messages["negative"], code="negative")
        return int(amount)


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """A person (or a post) out of a queryset; ``label_of`` gives the words of an option."""

    widget = PersonSelect

    def __init__(
        self, queryset: Any, *, label_of: Callable[[Any], str] | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("empty_label", _("Chọn…"))
        super().__init__(queryset, **kwargs)
        self.label_of = label_of

    def label_from_instance(self, obj: Model) -> str:
        """ "Lê Thị An – Văn phòng–thống kê"."""
        return self.label_of(obj) if self.label_of else str(obj)


class FileField(forms.FileField):
    """One file of at most ``max_megabytes``, with one of ``suffixes`` ("pdf", "docx")."""

    widget: Any = FileInput
    default_error_messages = {
        "too_large": _("Tệp “%(name)s” lớn hơn %(limit)s MB. Hãy gửi tệp nhỏ hơn."),
        "kind": _("Tệp “%(name)s” không thuộc loại nhận được (%(kinds)s)."),
    }

    def __init__(
        self, *, suffixes: Iterable[str] = (), max_megabytes: int = 50, **kwargs: Any
    ) -> None:
        self.suffixes = tuple(suffixes)
        self.max_megabytes = max_megabytes
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The kinds that the file dialogue offers."""
        accept = ",".join(f".{suffix}" for suffix in self.suffixes)
        return super().widget_attrs(widget) | ({"accept": accept} if accept else {})

    def check(self, file: UploadedFile[Any]) -> None:
        """Raise ``ValidationError`` with a sentence for a file too large or of another kind."""
        name = file.name or ""
        if (file.size or 0) > self.max_megabytes * 1024 * 1024:
            raise ValidationError(
                self.error_messages["too_large"],
                code="too_large",
                params={"name": name, "limit": number(self.max_megabytes)},
            )
        if self.suffixes and name.rpartition(".")[2].lower() not in self.suffixes:
            raise ValidationError(
                self.error_messages["kind"],
                code="kind",
                params={"name": name, "kinds": ", ".join(self.suffixes)},
            )

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Django's checks, then size and kind."""
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            self.check(file)
        return file


class FilesField(FileField):
    """Several files; a list, empty when none was sent."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Every file is checked; the first wrong one is named."""
        sent = [one for one in (data or []) if one]
        if not sent:
            super().clean(None, initial)
            return []
        return [super(FilesField, self).clean(one, initial) for one in sent]
