"""One page of a list, cut by cursor: where it begins is the last row of the page before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db.models import Model

from motcua.ui.listing.cursor import Cursor, read_after, row_values

if TYPE_CHECKING:
    from motcua.ui.listing.page import Listing

M = TypeVar("M", bound=Model)

#: What ``before`` asks for to get the last page.
LAST = "end"


@dataclass(frozen=True)
class Page(Generic[M]):
    """One page: its rows, how many rows come before it, the cursors on and back ("" for none)."""

    objects: list[M]
    position: int
    next: str
    previous: str

    @property
    def first(self) -> int:
        """Number of the first row shown, from 1; 0 when empty."""
        return self.position + 1 if self.objects else 0

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return self.position + len(self.objects)

    @classmethod
    def read(cls, rows: Listing[M]) -> Page[M]:
        """Read the page that the address asks for; a damaged cursor gives the first page."""
        before = rows.params.get("before", "")
        after = rows.params.get("after", "")
        if before == LAST:
            return cls._last_page(rows)
        if cursor := Cursor.decode(before, rows.order, rows.keys) if before else None:
            return cls._backward(rows, cursor)
        cursor = Cursor.decode(after, rows.order, rows.keys) if after else None
        return cls._forward(rows, cursor)

    @classmethod
    def _forward(cls, rows: Listing[M], cursor: Cursor | None) -> Page[M]:
        values = cursor.values if cursor else None
        position = cursor.position if cursor else 0
        objects = cls._read(rows, values, rows.page_size + 1, backward=False)
        more = len(objects) > rows.page_size
        return cls._made(rows, objects[: rows.page_size], position, more=more, less=position > 0)

    @classmethod
    def _backward(cls, rows: Listing[M], cursor: Cursor) -> Page[M]:
        objects = cls._read(rows, cursor.values, rows.page_size + 1, backward=True)
        less = len(objects) > rows.page_size
        objects = objects[: rows.page_size][::-1]
        position = max(cursor.position - len(objects), 0) if less else 0
        return cls._made(rows, objects, position, more=True, less=less)

    @classmethod
    def _last_page(cls, rows: Listing[M]) -> Page[M]:
        size = rows.count % rows.page_size or rows.page_size if rows.count_is_exact else None
        objects = cls._read(rows, None, size or rows.page_size, backward=True)[::-1]
        position = max(rows.count - len(objects), 0)
        return cls._made(rows, objects, position, more=False, less=position > 0)

    @staticmethod
    def _read(
        rows: Listing[M], values: tuple[Any, ...] | None, count: int, *, backward: bool
    ) -> list[M]:
        return read_after(rows.queryset, rows.keys, values, backward=backward, count=count)

    @classmethod
    def _made(
        cls, rows: Listing[M], objects: list[M], position: int, *, more: bool, less: bool
    ) -> Page[M]:
        def cursor(row: M, place: int) -> str:
            return Cursor(rows.order, row_values(row, rows.keys), place).encode()

        end = position + len(objects)
        return cls(
            objects,
            position,
            cursor(objects[-1], end) if more and objects else "",
            cursor(objects[0], position) if less and objects else "",
        )
