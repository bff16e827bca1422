"""Text files: encodings, blank lines, columns made of spaces."""

from __future__ import annotations

import unicodedata

import pytest

from motcua.planning.reader import read_plan
from motcua.planning.reader.document import Joins, RawLine, RawTable
from motcua.planning.reader.sources.tcvn3 import _TABLE
from motcua.planning.reader.sources.txt import decode, load_txt

TEXT = "KẾ HOẠCH\nCải cách hành chính năm 2024\nI. MỤC TIÊU\n- 100% hồ sơ giải quyết đúng hạn\n"


def tcvn3(text: str) -> bytes:
    codes = {char: code for code, char in _TABLE.items()}
    return bytes(codes.get(char, ord(char) if ord(char) < 256 else 63) for char in text)


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        unicodedata.normalize("NFD", TEXT).encode(),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        unicodedata.normalize("NFD", TEXT).replace("\u0302", "").encode("cp1258", "ignore"),
    ],
)
def test_encodings(data: bytes) -> None:
    reading = read_plan(data, "a.txt")
    assert len(reading.targets) == 1
    assert reading.year == 2024


def test_tcvn3() -> None:
    text = "Cải cách thủ tục hành chính, đẩy mạnh chuyển đổi số của xã"
    assert decode(tcvn3(text)) == text


def test_blank_lines_tell_paragraphs_only_when_they_are_few() -> None:
    few = load_txt("Một dòng dài\nvà tiếp\n\nhai\n\nBa bốn năm\nsáu".encode()).parts
    every = load_txt("\n\n".join(["Một dòng", "Hai", "Ba", "Bốn", "Năm"]).encode()).parts
    assert [part.joins for part in few if isinstance(part, RawLine)] == [
        Joins.UNKNOWN,
        Joins.UNKNOWN,
        Joins.UNKNOWN,
        Joins.NEVER,
        Joins.UNKNOWN,
    ]
    assert {part.joins for part in every if isinstance(part, RawLine)} == {Joins.UNKNOWN}


def test_two_sides_laid_out_with_spaces() -> None:
    parts = load_txt("UBND XÃ ĐỒI        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nvăn      bản".encode())
    assert [part.text for part in parts.parts if isinstance(part, RawLine)] == [
        "UBND XÃ ĐỒI",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "văn      bản",
    ]


def test_rows_of_cells_are_a_table() -> None:
    (table,) = load_txt("STT\tViệc\tAi\n1\tRà soát\n| 2 | Niêm yết | Lan |".encode()).parts[:1]
    assert isinstance(table, RawLine)
    (table,) = load_txt("STT\tViệc\tAi\n1\tRà soát\tHoa\n2|Niêm yết|Lan|Sớm".encode()).parts
    assert isinstance(table, RawTable)
    assert len(table.grid) == 3
    assert {len(row) for row in table.grid} == {4}


def test_pages_are_counted() -> None:
    lines = load_txt("Một\n\fHai\n".encode()).parts
    assert [line.page for line in lines] == [1, 2]
