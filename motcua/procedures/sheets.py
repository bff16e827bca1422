"""Files of procedures: YAML and XLSX, in and out, in one shape.

A YAML file is a list of mappings: ``code``, ``decision``, ``source`` and the fields of
:class:`~motcua.procedures.rules.Content`. An XLSX file says the same in sheets: the first has a
row per procedure; papers, steps, fees and results stand in sheets of their own, each row beginning
with the procedure's code.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final

import xlsxwriter
import yaml
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import squeeze
from motcua.files.rules import FileDamaged, check_file
from motcua.procedures.actions import ImportFaulty, Row, RowFault
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.rules import CodeWrong, Content, ContentFaulty, Said, national_code

#: The name of the first sheet, and of the sheets of lists with their columns.
PROCEDURES: Final = "procedures"
LISTS: Final = {
    "papers": (
        "name", "originals", "certified", "photos", "electronic", "condition", "form", "code_",
    ),
    "steps": ("name", "post", "share"),
    "fees": (
        "kind", "name", "amount", "per", "later_from", "later_amount", "cap", "online_amount",
        "exemptions", "source", "verified",
    ),
    "results": ("name", "code_"),
}  # fmt: skip
#: The columns of the first sheet; lists of plain text stand in one cell, a line each.
COLUMNS: Final = (
    "code", "name", "field", "authority", "subjects", "level", "at_desk", "limit", "online_limit",
    "online", "online_reason", "channels", "fee_note", "legal_bases", "notes", "decision", "source",
)  # fmt: skip
MAX_ROWS: Final = 5000


class SheetMissing(Refused):
    """A workbook without the sheet of procedures, or a file that is no list."""

    code = "sheet_missing"
    message = _("Tệp không có danh sách thủ tục. Hãy dùng đúng mẫu: xuất danh mục ra rồi sửa.")
    status: ClassVar[int] = 422


def read_file(name: str, content: bytes) -> list[Row]:
    """The rows of a YAML or XLSX file by its name's ending.

    Raises :class:`ImportFaulty` with every fault of every row, :class:`SheetMissing`, and the
    refusals of a damaged file.
    """
    if name.lower().endswith(".xlsx"):
        return rows_of(read_xlsx(name, content))
    return rows_of(read_yaml(name, content))


def rows_of(raws: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Clean rows; raises :class:`ImportFaulty`. Row numbers count from 1."""
    rows: list[Row] = []
    faults: list[RowFault] = []
    for number, raw in enumerate(raws, start=1):
        more = {name: value for name, value in raw.items() if name not in _BESIDE}
        code = squeeze(str(raw.get("code") or ""))
        try:
            code = national_code(code)
        except CodeWrong as refusal:
            faults.append(RowFault(number, code, "code", Said(refusal.message, refusal.params)))
        try:
            content = Content.read(more)
        except ContentFaulty as refusal:
            faults += [RowFault(number, code, fault.place, fault.said) for fault in refusal.faults]
            continue
        decision, source = (squeeze(str(raw.get(name) or "")) for name in ("decision", "source"))
        rows.append(Row(number, code, content, decision, source))
    if faults:
        raise ImportFaulty(faults)
    return rows


_BESIDE: Final = ("code", "decision", "source")


def read_yaml(name: str, content: bytes) -> list[Mapping[str, Any]]:
    """The mappings of a YAML file, read safely."""
    try:
        found = yaml.load(content, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise FileDamaged(name=name) from error
    if not isinstance(found, list) or not all(isinstance(row, Mapping) for row in found):
        raise SheetMissing
    return found[:MAX_ROWS]


def read_xlsx(name: str, content: bytes) -> list[Mapping[str, Any]]:
    """The mappings of a workbook; formulas are read as the values that were saved."""
    check_file(name, content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheets = {sheet.title: list(_records(sheet)) for sheet in book.worksheets}
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise FileDamaged(name=name) from error
    if PROCEDURES not in sheets:
        raise SheetMissing
    lists = {name: _by_code(sheets.get(name, [])) for name in LISTS}
    raws: list[Mapping[str, Any]] = []
    for row in sheets[PROCEDURES]:
        more = {name: found for name in LISTS if (found := lists[name].get(str(row.get("code"))))}
        raws.append(row | more)
    return raws


def _records(sheet: Any) -> Iterable[dict[str, Any]]:
    """Rows as mappings by the first row's names; empty cells and empty rows are left out."""
    lines = sheet.iter_rows(values_only=True, max_row=MAX_ROWS * 20)
    header = [str(name or "").strip() for name in next(lines, ())]
    for line in lines:
        row = {
            name: value
            for name, value in zip(header, line, strict=False)
            if name and value not in (None, "")
        }
        if row:
            yield row


def _by_code(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Rows of a list under the code of their procedure; ``code_`` is the row's own code."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        owner = str(row.pop("code", ""))
        if "code_" in row:
            row["code"] = row.pop("code_")
        found.setdefault(owner, []).append(row)
    return found


# --- out ------------------------------------------------------------------------------------------


def raw_of(version: ProcedureVersion) -> dict[str, Any]:
    """One version in the shape that :func:`rows_of` reads."""
    raw = {"code": version.procedure.code, **version.data}
    return raw | {name: getattr(version, name) for name in _BESIDE[1:] if getattr(version, name)}


def write_yaml(versions: Iterable[ProcedureVersion]) -> bytes:
    """The versions as a YAML file."""
    raws = [raw_of(version) for version in versions]
    text = yaml.dump(raws, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100)
    return text.encode()


def write_xlsx(versions: Iterable[ProcedureVersion]) -> bytes:
    """The versions as a workbook of the sheets that :func:`read_xlsx` reads."""
    target = io.BytesIO()
    # What people typed stays text: "=1+1" must never become a formula.
    book = xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bottom": 1})
    raws = [raw_of(version) for version in versions]
    _sheet(book, PROCEDURES, COLUMNS, raws, bold)
    for name, columns in LISTS.items():
        rows = [_list_row(raw["code"], row) for raw in raws for row in raw.get(name, ())]
        _sheet(book, name, ("code", *columns), rows, bold)
    book.close()
    return target.getvalue()


def _list_row(owner: str, row: Mapping[str, Any]) -> dict[str, Any]:
    own = {"code_": row["code"]} if "code" in row else {}
    return {**row, **own, "code": owner}


def _sheet(
    book: Any, name: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], bold: Any
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, len(columns), 24)
    for column, label in enumerate(columns):
        sheet.write_string(0, column, label, bold)
    for line, row in enumerate(rows, start=1):
        for column, key in enumerate(columns):
            value = row.get(key)
            if value is None:
                continue
            if isinstance(value, list):
                value = "\n".join(value)
            sheet.write(line, column, value)
