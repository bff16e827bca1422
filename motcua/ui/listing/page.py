"""The list itself: reads its state from the address, and serves one page of rows or a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from django import forms
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.core.text import fold, number
from motcua.db.words import with_words
from motcua.ui.forms.base import Form
from motcua.ui.listing.columns import Column, Empty
from motcua.ui.listing.cursor import Key, ordering, slice_after
from motcua.ui.listing.export import export, exported_columns
from motcua.ui.listing.filters import Chip, Cleaned, Filter
from motcua.ui.listing.paging import LAST, Page
from motcua.ui.respond import respond
from motcua.ui.text import Text

M = TypeVar("M", bound=Model)

#: Above it the exact count would cost more than it tells.
COUNT_LIMIT = 10_000

PAGE_SIZE = 50

Search = str | Callable[[Any, str], Any]
PAGING = ("after", "before", "export", "column")


@dataclass(frozen=True)
class BulkAction:
    """A button over the list that is posted with the ticked rows (``selected`` = ids)."""

    label: Text
    url: str
    icon: str = ""
    danger: bool = False
    confirm: Text = ""


@dataclass(frozen=True)
class Cell:
    """One cell, ready to show; it shares its column's ``attributes``."""

    attributes: SafeString
    content: SafeString | str
    primary: bool


@dataclass(frozen=True)
class Row(Generic[M]):
    """One row, ready to show. ``tone`` is "", "late", "soon" or "done"."""

    object: M
    url: str
    tone: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Heading:
    """One column's header: ``url`` orders by it, ``sort`` is "ascending", "descending" or ""."""

    column: Column
    url: str
    sort: str


@dataclass
class Listing(Generic[M]):
    """A list as it stands in the address. Made by :func:`listing`; shown by ``ui/listing.html``."""

    request: HttpRequest
    base: QuerySet[M]
    columns: Sequence[Column]
    filters: Sequence[Filter]
    order_default: str
    search: Search
    page_size: int
    row_url: Callable[[M], str] | None
    row_tone: Callable[[M], str] | None
    bulk: Sequence[BulkAction]
    beside: bool
    empty: Empty
    file_name: str
    caption: Text
    search_label: Text
    id: str
    exportable: bool = True
    params: QueryDict = field(init=False)

    def __post_init__(self) -> None:
        self.params = self.request.GET

    # --- what was asked ---------------------------------------------------------------------------

    @cached_property
    def form(self) -> Form:
        """The filter bar's form, bound to the address."""
        fields: dict[str, forms.Field] = {}
        for one in self.filters:
            fields.update(one.fields())
        made = type("FilterForm", (Form,), fields)
        bound: Form = made(self.params)
        return bound

    @cached_property
    def cleaned(self) -> Cleaned:
        """The valid part of the filters; a wrong one is ignored and its field says why."""
        self.form.is_valid()
        return self.form.cleaned_data

    @cached_property
    def query(self) -> str:
        """The search text."""
        return " ".join(self.params.get("q", "").split())[:200]

    @cached_property
    def order(self) -> str:
        """The order in force: the asked one where a column allows it, else the default."""
        asked = self.params.get("order", "")
        return asked if self._orders(asked) else self.order_default

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """The ordering columns, ended by the primary key."""
        paths = self._orders(self.order)
        if self.order.startswith("-"):
            paths = tuple(p.removeprefix("-") if p.startswith("-") else f"-{p}" for p in paths)
        return ordering(self.base, paths)

    @cached_property
    def chips(self) -> list[tuple[Chip, str]]:
        """Active filters in words, each with the address without it."""
        return [
            (chip, self.url(**dict.fromkeys(chip.keys)))
            for one in self.filters
            for chip in one.chips(self.cleaned)
        ]

    @property
    def has_search(self) -> bool:
        """Whether there is a search box: a template would call ``search`` itself."""
        return bool(self.search)

    @property
    def is_filtered(self) -> bool:
        """Whether search or a filter hides rows."""
        return bool(self.query or self.chips)

    # --- the rows ---------------------------------------------------------------------------------

    @cached_property
    def queryset(self) -> QuerySet[M]:
        """All rows that pass search and filters, unordered."""
        found = self.base
        for one in self.filters:
            found = one.apply(found, self.cleaned)
        if not self.query:
            return found
        if callable(self.search):
            searched: QuerySet[M] = self.search(found, self.query)
            return searched
        return with_words(found, self.search, fold(self.query))

    @cached_property
    def count(self) -> int:
        """How many rows pass, exact up to :attr:`count_limit`, one more than it above."""
        if self.query:  # counting would read the text of rows that nobody sees
            alone = not (self.params.get("after") or self.params.get("before") or self.page.next)
            return len(self.page.objects) if alone else self.page_size + 1
        return self.queryset.order_by()[: COUNT_LIMIT + 1].count()

    @property
    def count_limit(self) -> int:
        """Up to how many rows are counted."""
        return self.page_size if self.query else COUNT_LIMIT

    @property
    def count_is_exact(self) -> bool:
        """Whether :attr:`count` is the true number."""
        return self.count <= self.count_limit

    @property
    def count_words(self) -> str:
        """ "1.234" or "hơn 10.000"."""
        if self.count_is_exact:
            return number(self.count)
        return _("hơn %(count)s") % {"count": number(self.count_limit)}

    @cached_property
    def page(self) -> Page[M]:
        """The rows of this page and the ways on from it."""
        return Page.read(self)

    @cached_property
    def rows(self) -> list[Row[M]]:
        """The rows of this page, ready to show."""
        draw = [
            (column.attributes, column.drawn(self.request), column.primary)
            for column in self.shown_columns
        ]
        return [
            Row(
                one,
                self.row_url(one) if self.row_url else "",
                self.row_tone(one) if self.row_tone else "",
                tuple(Cell(attributes, drawn(one), primary) for attributes, drawn, primary in draw),
            )
            for one in self.page.objects
        ]

    @cached_property
    def headings(self) -> list[Heading]:
        """The headers with their ordering links."""
        return [self._heading(column) for column in self.shown_columns]

    @property
    def next_url(self) -> str:
        """Address of the next page; "" on the last."""
        return self.url(after=self.page.next) if self.page.next else ""

    @property
    def previous_url(self) -> str:
        """Address of the previous page; "" on the first."""
        return self.url(before=self.page.previous) if self.page.previous else ""

    @property
    def first_url(self) -> str:
        """Address of the first page."""
        return self.url()

    @property
    def last_url(self) -> str:
        """Address of the last page."""
        return self.url(before=LAST)

    @property
    def clear_url(self) -> str:
        """Address of the list without search and filters; the order stays."""
        kept = QueryDict(mutable=True)
        if "order" in self.params:
            kept["order"] = self.params.get("order", "")
        return f"{self.request.path}?{kept.urlencode()}" if kept else self.request.path

    @property
    def export_urls(self) -> list[tuple[str, str]]:
        """ "XLSX" and "CSV" with their addresses; empty where the list is not exported."""
        if not (self.exportable and exported_columns(self.columns)):
            return []
        return [(kind.upper(), self.url(export=kind)) for kind in ("xlsx", "csv")]

    @property
    def shown_columns(self) -> list[Column]:
        """The columns of the screen."""
        return [column for column in self.columns if not column.in_file_only]

    @property
    def file_columns(self) -> list[Column]:
        """The columns that were chosen for the file; all that can be exported where none was."""
        asked = self.params.getlist("column")
        columns = exported_columns(self.columns)
        return [column for column in columns if column.key in asked] or columns

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The state of the list as parameters, for a form that asks for the same rows."""
        return [(k, v) for k, values in self.params.lists() if k not in PAGING for v in values]

    @cached_property
    def hidden(self) -> list[tuple[str, str]]:
        """Parameters that the filter form carries along: the order, and those of others."""
        own = {"q", *self.form.fields, *PAGING}
        return [(k, v) for k, values in self.params.lists() if k not in own for v in values]

    # --- answers ----------------------------------------------------------------------------------

    def url(self, **changes: str | None) -> str:
        """This list's address with parameters changed (None drops one); back on the first page."""
        params = self.params.copy()
        for name in PAGING:
            params.pop(name, None)
        for name, value in changes.items():
            params.pop(name, None)
            if value is not None:
                params[name] = value
        text = params.urlencode()
        return f"{self.request.path}?{text}" if text else self.request.path

    def respond(
        self,
        template: str,
        context: Mapping[str, Any] | None = None,
        *,
        part: str | Mapping[str, str] = "ui/listing.html",
        status: int = 200,
    ) -> HttpResponseBase:
        """The file that was asked for, or the page, or the list alone for htmx."""
        kind = self.params.get("export", "")
        if kind in ("xlsx", "csv") and self.exportable:
            ordered = slice_after(self.queryset, self.keys, None, backward=False)
            return export(ordered, self.file_columns, kind=kind, file_name=self.file_name)
        values = {**(context or {}), "listing": self}
        return respond(self.request, template, part, values, status)

    # --- helpers ----------------------------------------------------------------------------------

    def _orders(self, order: str) -> tuple[str, ...]:
        key = order.removeprefix("-")
        return next((column.orders for column in self.columns if column.key == key), ())

    def _heading(self, column: Column) -> Heading:
        if not column.orders:
            return Heading(column, "", "")
        if self.order == column.key:
            return Heading(column, self.url(order=f"-{column.key}"), "ascending")
        sort = "descending" if self.order == f"-{column.key}" else ""
        return Heading(column, self.url(order=column.key), sort)


def listing(
    request: HttpRequest,
    queryset: QuerySet[M],
    columns: Sequence[Column],
    *,
    order: str,
    filters: Sequence[Filter] = (),
    search: Search = "",
    search_label: Text = "",
    page_size: int = PAGE_SIZE,
    row_url: Callable[[M], str] | None = None,
    row_tone: Callable[[M], str] | None = None,
    bulk: Sequence[BulkAction] = (),
    beside: bool = False,
    empty: Empty | None = None,
    caption: Text = "",
    file_name: str = "danh-sach",
    exportable: bool = True,
    id: str = "listing",
) -> Listing[M]:
    """A list of ``queryset`` (already cut to what the person may see).

    Args:
        request: its address holds the list's state.
        queryset: the rows; ``select_related`` what the cells read.
        columns: see :class:`Column`; one of them is ``primary``.
        order: key of the column that orders at first, ``-`` before it to begin from the end.
        filters: shown as the filter bar.
        search: path of a column of folded text with a word index (see :mod:`motcua.db.words`),
            or ``callable(queryset, text) -> queryset``; none: no search box.
        search_label: what the search box finds, "Tìm theo tên nhiệm vụ, người chủ trì".
        page_size: rows of one page.
        row_url: where a row leads; the whole row can be clicked.
        row_tone: "late", "soon", "done" or "": how a row is marked.
        bulk: buttons for ticked rows; none: no tick boxes.
        beside: on a wide screen a row opens beside the list (the detail view answers htmx's
            ``HX-Target: beside`` with its part).
        empty: what the empty list says.
        caption: names the table for screen readers and print; default: the page's heading.
        file_name: of exports, without suffix.
        exportable: whether XLSX and CSV are offered.
        id: of the list's element, where a page has two.
    """
    return Listing(
        request=request,
        base=queryset,
        columns=columns,
        filters=filters,
        order_default=order,
        search=search,
        page_size=page_size,
        row_url=row_url,
        row_tone=row_tone,
        bulk=bulk,
        beside=beside,
        empty=empty or Empty(_("Chưa có mục nào")),
        file_name=file_name,
        caption=caption,
        search_label=search_label,
        id=id,
        exportable=exportable,
    )
