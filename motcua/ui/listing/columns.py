"""What a column of a list is, and how its cell is shown and exported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from motcua.ui.formats import vn_date, vn_datetime, vn_number
from motcua.ui.text import Text

Align = Literal["start", "end", "center"]


@dataclass(frozen=True)
class Column:
    """One column.

    ``path`` is the ORM path of its value (default: ``key``; "" where the value is computed and
    therefore not exported unless ``export`` is given). A cell is drawn by ``template`` (context:
    ``row``, ``value``, ``column``, ``request``), else by ``render(row)``, else from the value in
    Vietnamese format. ``order_by`` names the ORM paths that order the list by this column; without
    it the column cannot order. ``export`` is the ORM path written to the file where it differs
    from ``path``, and ``export_value`` turns what was read into what is written.

    ``primary`` marks the cell that names the row: it carries the link and heads the card on a
    phone. There the others stand under it, each after its label; ``phone_label=False`` sets the
    cells that explain themselves (a person, a status, a deadline) in one line without labels, and
    ``on_phone=False`` leaves the column out. ``in_file_only`` keeps a column for the file, where
    there is room for more than on the screen. ``label_hidden`` keeps the header for screen readers.
    """

    key: str
    label: Text
    path: str | None = None
    order_by: str | tuple[str, ...] = ()
    align: Align = "start"
    template: str = ""
    render: Callable[[Any], object] | None = None
    export: str = ""
    export_value: Callable[[Any], object] | None = None
    primary: bool = False
    on_phone: bool = True
    phone_label: bool = True
    label_hidden: bool = False
    wide: bool = False
    in_file_only: bool = False

    @property
    def value_path(self) -> str:
        """ORM path of the value; "" where it is computed."""
        return self.key if self.path is None else self.path

    @property
    def export_path(self) -> str:
        """ORM path that is written to a file; "" keeps the column out of it."""
        return self.export or self.value_path

    @property
    def orders(self) -> tuple[str, ...]:
        """ORM paths that order the list by this column."""
        return (self.order_by,) if isinstance(self.order_by, str) else self.order_by

    def value(self, row: object) -> object:
        """The value of ``row``, following ``__`` through relations; None where one is missing."""
        found: Any = row
        for name in self.value_path.split("__") if self.value_path else ():
            if found is None:
                return None
            found = getattr(found, name)
        return found

    @property
    def attributes(self) -> SafeString:
        """The attributes of its cells' element."""
        names = ["cell-primary"] if self.primary else []
        names.append(f"align-{self.align}")
        if self.primary:
            return format_html(' scope="row" class="{}"', " ".join(names))
        if not self.on_phone:
            names.append("desk-only")
        elif not self.phone_label:
            names.append("cell-bare")
        return format_html(' class="{}" data-label="{}"', " ".join(names), self.label)

    def drawn(self, request: HttpRequest) -> Callable[[Any], SafeString | str]:
        """What draws the cell of a row; a template's or renderer's ``SafeString`` is kept as it is.

        The template sees ``request`` but no context processor runs, and it is looked up once:
        there are many cells.
        """
        if self.template:
            template = get_template(self.template)
            return lambda row: template.render(
                {"row": row, "value": self.value(row), "column": self, "request": request}
            )
        return self._plain

    def _plain(self, row: object) -> SafeString | str:
        shown = self.render(row) if self.render else shown_value(self.value(row))
        return shown if isinstance(shown, str) else str(shown)


@dataclass(frozen=True)
class Empty:
    """What an empty list says: what belongs here, and how to begin."""

    heading: Text
    text: Text = ""
    action_label: Text = ""
    action_url: str = ""


def shown_value(value: object) -> str:
    """A value in Vietnamese format: "–" for none, dates and numbers as officials write them."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, datetime):
        return vn_datetime(value)
    if isinstance(value, date):
        return vn_date(value)
    if isinstance(value, int | float | Decimal):
        return vn_number(value)
    return str(value)
