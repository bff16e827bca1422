"""Tables of tasks: which column says what, which rows are headings, merged cells resolved."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from motcua.planning.reader.document import Cell, Row, Table
from motcua.planning.reader.meaning import field_of, meaning_of
from motcua.planning.reader.result import AnnexRow, Field, Span, Target
from motcua.planning.reader.targets import parse_targets
from motcua.planning.reader.words import is_upper, plain, words

_COLUMNS = (
    ("no", r"^(?:stt|tt|so tt|so thu tu|so)$"),
    ("with", r"phoi hop"),
    ("lead", r"chu tri|phu trach|nguoi thuc hien|(?:don vi|co quan|bo phan|cong chuc|"
             r"ca nhan) thuc hien|tham muu|trach nhiem"),
    ("due", r"thoi gian|thoi han|tien do|thoi diem|hoan thanh|^han"),
    ("cost", r"kinh phi|du toan|so tien|chi phi"),
    ("product", r"san pham|ket qua|dau ra"),
    ("field", r"linh vuc|nhom nhiem vu|^muc tieu$"),
    ("task", r"nhiem vu|noi dung|cong viec|hoat dong|ten viec|dau viec|viec can lam|viec phai lam"),
    ("unit", r"^don vi tinh|^dvt$"),
    ("goal", r"^(?:cac )?(?:ten )?(?:chi tieu|chi so|tieu chi)"),
    ("value", r"^ke hoach|gia tri|phan dau|can dat"),
    ("note", r"ghi chu"),
)  # fmt: skip
_PATTERNS = [(name, re.compile(pattern)) for name, pattern in _COLUMNS]


@dataclass(slots=True)
class TableReading:
    """What the tables say, and the spans of their heads and group rows."""

    rows: list[AnnexRow] = field(default_factory=list)
    heads: list[tuple[str, Span]] = field(default_factory=list)
    unread: list[tuple[str, Span]] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)


def read_tables(tables: Iterable[Table]) -> TableReading:
    """All tables of a plan in order; a table without a head goes on with the one before."""
    found = TableReading()
    columns: dict[int, str] = {}
    group: Field | None = None
    width = 0
    for table in tables:
        head = _head(table.rows)
        if head:
            columns = _columns(table.rows[:head])
            if "task" not in columns.values():
                if goals := _goal_columns(table.rows[head - 1]):
                    columns = {}
                    found.heads.extend((_text(row), row.span) for row in table.rows[:head])
                    _read_goals(table.rows[head:], goals, found)
                    continue
                columns = {c: "task" if name == "goal" else name for c, name in columns.items()}
                columns = columns if "task" in columns.values() else {}
        elif len(table.rows[0].cells) != width:
            columns = {}
        width = len(table.rows[0].cells)
        if not columns:
            found.unread.extend((_text(row), row.span) for row in table.rows)
            continue
        found.heads.extend((_text(row), row.span) for row in table.rows[:head])
        if head:
            group = None
        for row in table.rows[head:]:
            group = _read_row(row, columns, group, found)
    return found


_GOAL = re.compile(r"chi tieu|muc tieu|chi so|ten tieu chi")
_UNIT = re.compile(r"don vi tinh|^dvt$|^don vi$")
_VALUE = re.compile(r"ke hoach|gia tri|muc tieu|can dat|phan dau|nam 20\d\d|chi tieu|muc dat")


def _goal_columns(head: Row) -> tuple[int, int | None, int] | None:
    """The columns of a table of goals: what is measured, its unit, its value."""
    names = [plain(cell.text) for cell in head.cells]
    goal = next((i for i, name in enumerate(names) if _GOAL.search(name)), None)
    unit = next((i for i, name in enumerate(names) if _UNIT.search(name)), None)
    if goal is None:
        return None
    values = [i for i, name in enumerate(names) if _VALUE.search(name) and i not in {goal, unit}]
    return (goal, unit, values[-1]) if values else None


def _read_goals(
    rows: tuple[Row, ...], columns: tuple[int, int | None, int], found: TableReading
) -> None:
    goal, unit, value = columns
    for row in rows:
        if len(row.cells) <= max(goal, value) or row.cells[goal] is row.cells[value]:
            found.heads.append((_text(row), row.span))
            continue
        subject = row.cells[goal].text
        measure = row.cells[unit].text if unit is not None else ""
        amount = row.cells[value].text
        said = (
            f"{amount}{measure}" if measure == "%" and "%" not in amount else f"{amount} {measure}"
        )
        read = parse_targets(f"{subject} {said}", qualitative=True)
        if len(read) == 1:
            found.targets.append(replace(read[0], text=_text(row), subject=subject, span=row.span))
        else:
            found.unread.append((_text(row), row.span))


def _text(row: Row) -> str:
    return " | ".join(cell.text for cell in row.distinct)


def _head(rows: tuple[Row, ...]) -> int:
    """How many rows at the top name the columns (0: the table has no head)."""
    for index, row in enumerate(rows[:3]):
        if len({column_of(cell.text) for cell in row.distinct} - {None}) >= 2:
            head = index + 1
            while head < len(rows) and head < index + 3 and _is_head_too(rows[head], rows[index]):
                head += 1
            return head
    return 0


def _is_head_too(row: Row, first: Row) -> bool:
    """A second head row: under merged cells, or the numbers of the columns."""
    cells = row.distinct
    if len(cells) >= 3 and all(
        re.fullmatch(r"\(?\d{1,2}\)?|\([a-z]\)|[A-Z]", cell.text) for cell in cells
    ):
        return _numbers_rise([cell.text for cell in cells])
    shared = any(cell is above for cell in cells for above in first.cells)
    return shared and all(len(words(cell.text)) <= 8 for cell in cells)


def _numbers_rise(texts: list[str]) -> bool:
    digits = [int(found[0]) for text in texts if (found := re.search(r"\d+", text))]
    return digits == sorted(set(digits))


def column_of(text: str) -> str | None:
    """What a column says by its head; None for an unknown head."""
    folded = plain(text).strip(" .:()")
    if len(folded) > 60:
        return None
    return next((name for name, pattern in _PATTERNS if pattern.search(folded)), None)


def _columns(head: tuple[Row, ...]) -> dict[int, str]:
    """The meaning of each column; the lowest head cell that says one decides."""
    found: dict[int, str] = {}
    for column in range(len(head[0].cells)):
        for row in reversed(head):
            name = column_of(row.cells[column].text) if column < len(row.cells) else None
            if name and (name not in found.values() or _merged_with_left(row, column)):
                found[column] = name
                break
    return found


def _merged_with_left(row: Row, column: int) -> bool:
    return column > 0 and row.cells[column] is row.cells[column - 1]


def _read_row(
    row: Row, columns: dict[int, str], group: Field | None, found: TableReading
) -> Field | None:
    """One row: a repeated head, a group of tasks, the rest of a cut row, or a task."""
    repeated = len({column_of(cell.text) for cell in row.distinct} - {None}) >= 3 and all(
        len(words(cell.text)) <= 8 for cell in row.distinct
    )
    if repeated:
        found.heads.append((_text(row), row.span))
        return group
    values = _values(row, columns)
    if _is_group(row, values):
        found.heads.append((_text(row), row.span))
        meaning = meaning_of(_group_text(row))
        return (meaning.field if meaning else None) or Field.OTHER
    if not values.get("task"):
        found.unread.append((_text(row), row.span))
        return group
    said = meaning_of(values["field"]) if values.get("field") else None
    name = (said.field if said else None) or group or field_of(values["task"])
    if _is_rest(values, found):
        found.rows[-1] = _joined(found.rows[-1], values, row.span)
    else:
        found.rows.append(_row(values, name, row.span))
    return group


def _values(row: Row, columns: dict[int, str]) -> dict[str, str]:
    values: dict[str, str] = {}
    used: dict[str, list[Cell]] = {}
    for column, name in columns.items():
        if column >= len(row.cells) or not row.cells[column].text:
            continue
        cell = row.cells[column]
        if any(cell is other for other in used.setdefault(name, [])):
            continue
        used[name].append(cell)
        values[name] = f"{values[name]} {cell.text}" if name in values else cell.text
    return values


_LIST_NUMBER = re.compile(r"^(?:[IVX]+|[A-H]|\d{1,2}(?:\.\d{1,2})*)\s*[.)]?$")


def _spread(row: Row, cell: Cell) -> bool:
    """Whether a cell was merged over several columns."""
    return sum(field is cell for field in row.cells) >= 2


def _is_group(row: Row, values: dict[str, str]) -> bool:
    """A row that only names a group: one cell over the row, or a number and a short title."""
    cells = row.distinct
    named = [cell for cell in cells if not _LIST_NUMBER.match(cell.text)]
    if len(cells) == 1 or (len(named) == 1 and _spread(row, named[0])):
        return True
    rest = set(values) - {"no", "task", "field", "note"}
    if len(cells) > 2 or rest:
        return False
    number = values.get("no", "")
    title = cells[-1].text
    return (
        bool(re.match(r"[IVXA-H]+\b", number)) or is_upper(title) or meaning_of(title) is not None
    )


def _group_text(row: Row) -> str:
    return re.sub(r"^(?:[IVX]+|[A-H]|\d{1,2})\s*[.)/:-]?\s+", "", row.distinct[-1].text)


def _is_rest(values: dict[str, str], found: TableReading) -> bool:
    """The lower half of a row that was cut by the end of a page."""
    return (
        bool(found.rows)
        and not values.get("no")
        and found.rows[-1].no is not None
        and values["task"][0].islower()
    )


def _row(values: dict[str, str], name: Field, span: Span) -> AnnexRow:
    return AnnexRow(
        no=values.get("no"),
        task=values["task"].lstrip("-–+• "),
        product=values.get("product"),
        lead=values.get("lead"),
        with_=values.get("with"),
        due=values.get("due"),
        cost=values.get("cost"),
        field=name,
        span=span,
    )


def _joined(above: AnnexRow, values: dict[str, str], span: Span) -> AnnexRow:
    def both(first: str | None, name: str) -> str | None:
        return " ".join(part for part in (first, values.get(name)) if part) or None

    return AnnexRow(
        no=above.no,
        task=f"{above.task} {values['task']}",
        product=both(above.product, "product"),
        lead=both(above.lead, "lead"),
        with_=both(above.with_, "with"),
        due=both(above.due, "due"),
        cost=both(above.cost, "cost"),
        field=above.field,
        span=(above.span[0], span[1]),
    )
