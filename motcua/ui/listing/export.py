"""A list as a file: XLSX for people, CSV for programs. Written row by row, never held whole."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.ui.formats import local
from motcua.ui.listing.columns import Column

#: Most rows that one file takes; a spreadsheet with more is of no use to a person.
EXPORT_LIMIT = 100_000

_CHUNK = 2_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class TooManyRows(Refused):
    """The list is longer than one file takes."""

    code = "too_many_rows"
    message = _("Danh sách dài hơn %(limit)s dòng. Hãy lọc bớt rồi xuất lại.")


def exported_columns(columns: Sequence[Column]) -> list[Column]:
    """The columns that go into a file: those with a path to read."""
    return [column for column in columns if column.export_path]


def export(
    queryset: QuerySet[Any], columns: Sequence[Column], *, kind: str, file_name: str
) -> HttpResponseBase:
    """The rows of ``queryset`` as ``kind`` ("xlsx" or "csv"), in the queryset's order.

    Raises:
        TooManyRows: more than :data:`EXPORT_LIMIT` rows.
    """
    chosen = exported_columns(columns)
    if queryset.order_by()[: EXPORT_LIMIT + 1].count() > EXPORT_LIMIT:
        raise TooManyRows(limit=f"{EXPORT_LIMIT:,}".replace(",", "."))
    paths = [column.export_path for column in chosen]
    rows = queryset.values_list(*paths).iterator(chunk_size=_CHUNK)
    shown = (_row(chosen, values) for values in rows)
    header = [str(column.label) for column in chosen]
    write = workbook if kind == "xlsx" else _csv
    return write(header, shown, f"{file_name}.{kind}")


def _row(columns: Sequence[Column], values: Sequence[Any]) -> list[Any]:
    return [
        column.export_value(value) if column.export_value else value
        for column, value in zip(columns, values, strict=True)
    ]


def workbook(header: Sequence[str], rows: Iterable[Sequence[Any]], name: str) -> HttpResponseBase:
    """A workbook in a temporary file: constant memory whatever the number of rows."""
    target = tempfile.TemporaryFile()  # noqa: SIM115  # closed by FileResponse when it is sent
    book = xlsxwriter.Workbook(
        target,
        {
            "constant_memory": True,
            # What a citizen typed stays text: "=1+1" must never become a formula.
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "remove_timezone": True,
        },
    )
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    moment = book.add_format({"num_format": "hh:mm dd/mm/yyyy"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(header) - 1, 0), 22)
    for column, label in enumerate(header):
        sheet.write_string(0, column, label, bold)
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write_cell(sheet, line, column, value, day=day, moment=moment)
    book.close()
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=name, content_type=_XLSX)


def _write_cell(sheet: Any, line: int, column: int, value: Any, *, day: Any, moment: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(line, column, local(value), moment)
    elif isinstance(value, date):
        sheet.write_datetime(line, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001  # a cell has no time zone
    elif isinstance(value, bool):
        sheet.write_boolean(line, column, value)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(line, column, value)
    else:
        sheet.write_string(line, column, str(value))


def _csv(header: Sequence[str], rows: Iterable[Sequence[Any]], name: str) -> HttpResponseBase:
    response = StreamingHttpResponse(_csv_lines(header, rows), content_type="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """CSV lines (RFC 4180) with a mark of UTF-8 first, so that a spreadsheet reads Vietnamese."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)

    def flush() -> bytes:
        text = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        return text.encode()

    writer.writerow(header)
    yield b"\xef\xbb\xbf" + flush()
    for row in rows:
        writer.writerow([_csv_value(value) for value in row])
        yield flush()


#: A spreadsheet takes text that begins so for a formula; an apostrophe before it keeps it text.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def _csv_value(value: Any) -> Any:
    if isinstance(value, datetime):
        return local(value).isoformat(timespec="minutes")
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value
