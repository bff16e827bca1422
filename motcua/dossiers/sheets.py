"""A list of another system's dossiers as XLSX or CSV: headings in Vietnamese, a row per dossier."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from django.utils import timezone
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import YEARS, fold, squeeze
from motcua.core.workcalendar import national_calendar
from motcua.dossiers.actions.intake import ApplicantData
from motcua.dossiers.actions.outside import OutsideData
from motcua.files.rules import FileDamaged, check_file
from motcua.procedures.rules.parts import Channel

#: Headings, and what each column is. Those of ``REQUIRED`` must be there.
COLUMNS: Final = {
    "Mã hồ sơ": "code",
    "Mã thủ tục": "procedure",
    "Chủ hồ sơ": "full_name",
    "Số giấy tờ": "id_number",
    "Điện thoại": "phone",
    "Địa chỉ": "address",
    "Nội dung": "summary",
    "Trạng thái": "national",
    "Kênh nộp": "channel",
    "Ngày nộp": "submitted_at",
    "Tiếp nhận": "received_at",
    "Hẹn trả": "due_at",
    "Có kết quả": "settled_at",
    "Trả kết quả": "returned_at",
    "Số kết quả": "result_number",
    "Lý do": "closed_reason",
}
REQUIRED: Final = ("code", "procedure", "full_name", "national", "submitted_at")
MOMENTS: Final = ("submitted_at", "received_at", "due_at", "settled_at", "returned_at")
MAX_ROWS: Final = 1000
CHANNELS: Final = {"1": Channel.DESK, "2": Channel.ONLINE, "3": Channel.POST, "": Channel.ONLINE}
_SHAPES: Final = ("%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y", "%Y-%m-%d %H:%M:%S", "%Y%m%d%H%M%S")
_DAYS: Final = ("%d/%m/%Y", "%Y-%m-%d")


class NoDossierList(Refused):
    """A file without the headings of the list."""

    code = "no_dossier_list"
    message = _("Tệp thiếu cột: %(columns)s. Hãy dùng đúng tên cột của mẫu.")
    status = 422


class TooManyLines(Refused):
    """A file is judged while one waits."""

    code = "too_many_lines"
    message = _("Tệp có hơn %(limit)s dòng. Hãy chia thành nhiều tệp.")
    status = 422


class CellWrong(Refused):
    """A cell that cannot be read."""

    code = "cell_wrong"
    message = _("Cột “%(column)s”: không đọc được “%(text)s”.")
    status = 422


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: its number there (the heading is 1), its cells by our names."""

    number: int
    cells: dict[str, Any]

    @property
    def code(self) -> str:
        """The dossier's code at its owner."""
        return squeeze(str(self.cells.get("code", "")))

    def data(self) -> OutsideData:
        """The row as the action takes it. Raises :class:`CellWrong`."""
        text = {name: squeeze(str(value)) for name, value in self.cells.items()}
        moments = {name: _moment(name, self.cells.get(name)) for name in MOMENTS}
        submitted = moments.pop("submitted_at")
        if submitted is None:
            raise CellWrong(column=_heading("submitted_at"), text="")
        national, channel = text.get("national", ""), text.get("channel", "")
        if not national.isdecimal():
            raise CellWrong(column=_heading("national"), text=national)
        if channel not in CHANNELS:
            raise CellWrong(column=_heading("channel"), text=channel)
        return OutsideData(
            procedure=text.get("procedure", ""),
            applicant=ApplicantData(
                full_name=text.get("full_name", ""),
                id_number=text.get("id_number", ""),
                phone=text.get("phone", ""),
                address=text.get("address", ""),
            ),
            national=int(national),
            submitted_at=submitted,
            channel=CHANNELS[channel],
            summary=text.get("summary", "")[:1000],
            result_number=text.get("result_number", "")[:60],
            closed_reason=text.get("closed_reason", "")[:1000],
            **moments,
        )


def read_lines(name: str, content: bytes) -> list[Line]:
    """The rows of an XLSX file, or of a CSV file (UTF-8, comma or semicolon).

    Raises :class:`NoDossierList`, :class:`TooManyLines`, refusals of a damaged file.
    """
    check_file(name, content)
    rows = _xlsx(name, content) if name.lower().endswith(".xlsx") else _csv(name, content)
    lines = iter(rows)
    wanted = {fold(heading): key for heading, key in COLUMNS.items()}
    header = [wanted.get(fold(squeeze(str(cell or "")))) for cell in next(lines, ())]
    missing = [_heading(key) for key in REQUIRED if key not in header]
    if missing:
        raise NoDossierList(columns=", ".join(missing))
    found = [
        Line(number, cells)
        for number, row in enumerate(lines, 2)
        if (cells := {k: v for k, v in zip(header, row, strict=False) if k and v not in (None, "")})
    ]
    if len(found) > MAX_ROWS:
        raise TooManyLines(limit=MAX_ROWS)
    return found


def _heading(key: str) -> str:
    return next(heading for heading, name in COLUMNS.items() if name == key)


def _xlsx(name: str, content: bytes) -> Iterator[Iterable[Any]]:
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        yield from book.worksheets[0].iter_rows(values_only=True, max_row=MAX_ROWS * 2)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise FileDamaged(name=name) from error


def _csv(name: str, content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileDamaged(name=name) from error
    first = text.partition("\n")[0]
    try:
        yield from csv.reader(io.StringIO(text), delimiter=";" if ";" in first else ",")
    except csv.Error as error:  # a quote that is not closed, or no text at all
        raise FileDamaged(name=name) from error


def _moment(name: str, value: Any) -> datetime | None:
    """As :func:`_read_moment`, of a year in which somebody could file."""
    moment = _read_moment(name, value)
    if moment is not None and moment.year not in YEARS:
        raise CellWrong(column=_heading(name), text=str(value))
    return moment


def _read_moment(name: str, value: Any) -> datetime | None:
    """A moment as typed; a day alone begins at midnight, a promised day ends at closing."""
    if value in (None, ""):
        return None
    if isinstance(value, datetime):
        return value if value.tzinfo else timezone.make_aware(value)
    text = squeeze(str(value))
    for shape in _SHAPES:
        try:
            return timezone.make_aware(datetime.strptime(text, shape))  # noqa: DTZ007 # aware at once
        except ValueError:
            continue
    return _of_day(name, value if isinstance(value, date) else _day(name, text))


def _day(name: str, text: str) -> date:
    for shape in _DAYS:
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 # a day has no zone
        except ValueError:
            continue
    raise CellWrong(column=_heading(name), text=text)


def _of_day(name: str, day: date) -> datetime:
    midnight = timezone.make_aware(datetime.combine(day, time.min))
    return national_calendar().add_calendar_days(midnight, 0).at if name == "due_at" else midnight
