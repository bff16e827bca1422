"""Filters of a list: each knows its form fields, its query and how it reads in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol, TypeVar

from django import forms
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from motcua.ui.formats import vn_date
from motcua.ui.forms.fields import DateField
from motcua.ui.forms.widgets import FlatSelect
from motcua.ui.text import Text

M = TypeVar("M", bound=Model)
Cleaned = Mapping[str, Any]
Choices = Sequence[tuple[Any, Any]]


@dataclass(frozen=True)
class Chip:
    """One active filter in words; ``keys`` are the parameters that dropping it removes."""

    label: str
    keys: tuple[str, ...]


class Filter(Protocol):
    """What the list asks of a filter."""

    @property
    def key(self) -> str:
        """Name of the parameter, or the stem of its names."""
        ...

    def fields(self) -> dict[str, forms.Field]:
        """The form fields, by parameter."""
        ...

    def apply(self, queryset: QuerySet[M], cleaned: Cleaned) -> QuerySet[M]:
        """The rows that pass."""
        ...

    def chips(self, cleaned: Cleaned) -> Iterable[Chip]:
        """The active choice in words."""
        ...


@dataclass(frozen=True)
class ChoiceFilter:
    """One of a few values. ``choices`` may be a callable (read when the list is shown).

    ``lookup(queryset, value)`` replaces the plain ``path=value``.
    """

    key: str
    label: Text
    choices: Choices | Callable[[], Choices]
    path: str = ""
    lookup: Callable[[Any, str], Any] | None = None
    all_label: Text = ""

    def _choices(self) -> list[tuple[str, Any]]:
        found = self.choices() if callable(self.choices) else self.choices
        return [(str(value), label) for value, label in found]

    def fields(self) -> dict[str, forms.Field]:
        """A select whose first option is "all"."""
        choices = [("", self.all_label or _("Tất cả")), *self._choices()]
        return {
            self.key: forms.ChoiceField(
                label=self.label, required=False, choices=choices, widget=FlatSelect
            )
        }

    def apply(self, queryset: QuerySet[M], cleaned: Cleaned) -> QuerySet[M]:
        """Rows with the chosen value."""
        value = cleaned.get(self.key)
        if not value:
            return queryset
        if self.lookup:
            chosen: QuerySet[M] = self.lookup(queryset, value)
            return chosen
        return queryset.filter(**{self.path or self.key: value})

    def chips(self, cleaned: Cleaned) -> Iterable[Chip]:
        """ "Trạng thái: Đang làm"."""
        value = cleaned.get(self.key)
        if value:
            yield Chip(f"{self.label}: {dict(self._choices()).get(value, value)}", (self.key,))


@dataclass(frozen=True)
class DateRangeFilter:
    """Days from … to …, both included; parameters ``KEY_from`` and ``KEY_to``.

    For a moment (``DateTimeField``) give ``path="created__date"``: it is compared with the
    midnights of the installation's zone, so that an index over it serves.
    """

    key: str
    label: Text
    path: str = ""

    def fields(self) -> dict[str, forms.Field]:
        """Two typed dates."""
        return {
            f"{self.key}_from": DateField(
                label=_("%(label)s từ ngày") % {"label": self.label}, required=False
            ),
            f"{self.key}_to": DateField(
                label=_("%(label)s đến ngày") % {"label": self.label}, required=False
            ),
        }

    def apply(self, queryset: QuerySet[M], cleaned: Cleaned) -> QuerySet[M]:
        """Rows inside the range."""
        path = self.path or self.key
        moment = path.removesuffix("__date")
        start, end = cleaned.get(f"{self.key}_from"), cleaned.get(f"{self.key}_to")
        if start and moment != path:
            queryset = queryset.filter(**{f"{moment}__gte": _midnight(start)})
        elif start:
            queryset = queryset.filter(**{f"{path}__gte": start})
        if end and moment != path:
            queryset = queryset.filter(**{f"{moment}__lt": _midnight(end + timedelta(days=1))})
        elif end:
            queryset = queryset.filter(**{f"{path}__lte": end})
        return queryset

    def chips(self, cleaned: Cleaned) -> Iterable[Chip]:
        """ "Hạn từ 01/04/2024", "Hạn đến 30/06/2024"."""
        if start := cleaned.get(f"{self.key}_from"):
            words = _("%(label)s từ %(day)s") % {"label": self.label, "day": vn_date(start)}
            yield Chip(words, (f"{self.key}_from",))
        if end := cleaned.get(f"{self.key}_to"):
            words = _("%(label)s đến %(day)s") % {"label": self.label, "day": vn_date(end)}
            yield Chip(words, (f"{self.key}_to",))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True)
class TextFilter:
    """Typed text; ``lookup`` is the ORM lookup (``exact`` for a number, ``icontains`` else)."""

    key: str
    label: Text
    path: str = ""
    lookup: str = "icontains"

    def fields(self) -> dict[str, forms.Field]:
        """A text box."""
        return {self.key: forms.CharField(label=self.label, required=False, max_length=200)}

    def apply(self, queryset: QuerySet[M], cleaned: Cleaned) -> QuerySet[M]:
        """Rows whose column matches."""
        value = cleaned.get(self.key)
        if not value:
            return queryset
        return queryset.filter(**{f"{self.path or self.key}__{self.lookup}": value})

    def chips(self, cleaned: Cleaned) -> Iterable[Chip]:
        """ "Số: 12/KH-UBND"."""
        if value := cleaned.get(self.key):
            yield Chip(f"{self.label}: {value}", (self.key,))


@dataclass(frozen=True)
class BooleanFilter:
    """A tick: rows where ``path`` is true, or what ``when(queryset)`` leaves."""

    key: str
    label: Text
    path: str = ""
    when: Callable[[Any], Any] | None = None

    def fields(self) -> dict[str, forms.Field]:
        """A tick box."""
        return {self.key: forms.BooleanField(label=self.label, required=False)}

    def apply(self, queryset: QuerySet[M], cleaned: Cleaned) -> QuerySet[M]:
        """The ticked rows."""
        if not cleaned.get(self.key):
            return queryset
        if self.when:
            chosen: QuerySet[M] = self.when(queryset)
            return chosen
        return queryset.filter(**{self.path or self.key: True})

    def chips(self, cleaned: Cleaned) -> Iterable[Chip]:
        """The label itself."""
        if cleaned.get(self.key):
            yield Chip(str(self.label), (self.key,))
