"""Tables that fell out of a PDF, cell after cell."""

from __future__ import annotations

import pytest

from motcua.planning.reader.document import Joins, Line, Table
from motcua.planning.reader.flat import unflatten

HEAD = "STT\nNội dung\nnhiệm vụ\nCơ quan chủ trì\nPhối hợp\nThời gian\nKinh phí\n"


def rows_of(text: str) -> list[list[str]]:
    lines, start = [], 0
    for part in text.splitlines():
        lines.append(Line(part, start, 1, Joins.UNKNOWN))
        start += len(part) + 1
    tables = [part for part in unflatten(lines) if isinstance(part, Table)]
    return [[cell.text for cell in row.cells] for row in tables[0].rows] if tables else []


def test_cells_stand_in_their_columns_again() -> None:
    rows = rows_of(HEAD + "1\nRà soát văn bản\ncủa xã\nTư pháp\nCông an xã\nQuý I\n2 triệu đồng")
    assert rows == [
        ["STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Phối hợp", "Thời gian", "Kinh phí"],
        ["1", "Rà soát văn bản của xã", "Tư pháp", "Công an xã", "Quý I", "2 triệu đồng"],
    ]


@pytest.mark.parametrize(
    ("cells", "placed"),
    [
        ("Niêm yết\nVăn phòng\nQuý I", ["Niêm yết", "Văn phòng", "", "Quý I", ""]),
        ("Niêm yết\nQuý I", ["Niêm yết", "", "", "Quý I", ""]),
        ("Niêm yết\n5 triệu đồng", ["Niêm yết", "", "", "", "5 triệu đồng"]),
        ("Niêm yết", ["Niêm yết", "", "", "", ""]),
        ("Sửa\nQuầy\nTư pháp\nCông an\nQuý I\n9", ["Sửa Quầy", "Tư pháp", "Công an", "Quý I", "9"]),
        ("Niêm yết,\nCông khai\nVăn phòng\nTư pháp\nQuý I\n9",
         ["Niêm yết, Công khai", "Văn phòng", "Tư pháp", "Quý I", "9"]),
    ],
)  # fmt: skip
def test_missing_and_surplus_cells(cells: str, placed: list[str]) -> None:
    assert rows_of(f"{HEAD}1\n{cells}")[1] == ["1", *placed]


def test_the_number_may_stand_with_its_text() -> None:
    assert rows_of(HEAD + "1. Niêm yết\nVăn phòng")[1][:3] == ["1", "Niêm yết", "Văn phòng"]


def test_a_table_ends_at_a_heading_or_the_next_table() -> None:
    text = HEAD + "1\nNiêm yết\nVăn phòng\nIII. KINH PHÍ\nNgân sách xã"
    assert len(rows_of(text)) == 2
    assert len(rows_of(HEAD + "1\nNiêm yết\nPHỤ LỤC II\n2\nSai")) == 2


@pytest.mark.parametrize("text", ["STT\nHọ tên\nChức vụ\n1\nMột người", "STT", "1\nHai\n3", ""])
def test_other_lines_stay_lines(text: str) -> None:
    assert rows_of(text) == []
