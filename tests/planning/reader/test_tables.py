"""Tables of tasks and of goals."""

from __future__ import annotations

from motcua.planning.reader.result import Comparison, Field
from motcua.planning.reader.tables import read_tables
from tests.planning.reader.reading import table

HEAD = "STT | Nhiệm vụ | Chủ trì | Thời gian"


def test_groups_give_the_field() -> None:
    read = read_tables(
        [
            table(
                HEAD,
                "I | Cải cách thể chế | < | <",
                "1 | Lập danh mục | Tư pháp | Quý I",
                "II | Công tác dân vận | < | <",
                "2 | Thăm hộ dân | Văn phòng | Quý II",
            )
        ]
    )
    assert [(row.no, row.field) for row in read.rows] == [
        ("1", Field.INSTITUTIONS),
        ("2", Field.OTHER),
    ]
    assert len(read.heads) == 3


def test_a_column_may_give_the_field() -> None:
    read = read_tables(
        [
            table(
                "TT | Lĩnh vực | Nội dung công việc | Kinh phí (đồng)",
                "1 | Cải cách tài chính công | Mua tủ hồ sơ | 2.000.000",
                "2 | ^ | Sửa quầy | ",
            )
        ]
    )
    assert [row.field for row in read.rows] == [Field.PUBLIC_FINANCE] * 2
    assert [row.cost for row in read.rows] == ["2.000.000", None]


def test_a_table_goes_on_over_the_page() -> None:
    read = read_tables(
        [
            table(HEAD, "1 | Rà soát văn bản quy phạm | Tư | Quý"),
            table(" | pháp luật của xã | pháp | I", "2 | Niêm yết | Văn phòng | Quý II"),
        ]
    )
    first, second = read.rows
    assert (first.task, first.lead, first.due) == (
        "Rà soát văn bản quy phạm pháp luật của xã",
        "Tư pháp",
        "Quý I",
    )
    assert second.no == "2"


def test_a_repeated_head_is_no_task() -> None:
    read = read_tables([table(HEAD, "1 | Niêm yết | Văn phòng | Quý I", HEAD)])
    assert len(read.rows) == 1
    assert len(read.heads) == 2


def test_a_head_of_two_rows() -> None:
    read = read_tables(
        [
            table(
                "STT | Nội dung | Phân công | < | Thời hạn",
                "^ | ^ | Chủ trì | Phối hợp | ^",
                "1 | Niêm yết | Văn phòng | Tư pháp | Quý I",
            )
        ]
    )
    (row,) = read.rows
    assert (row.lead, row.with_, row.due) == ("Văn phòng", "Tư pháp", "Quý I")


def test_other_tables_are_kept_as_they_are() -> None:
    read = read_tables(
        [
            table("Họ và tên | Chức vụ", "Nguyễn Thị Thử | Trưởng ban"),
            table(HEAD, "1 | Niêm yết | Văn phòng | Quý I", "3 |  | Văn phòng | "),
            table("a | b | c | d | e | f", "g | h | i | k | l | m"),
        ]
    )
    assert [text for text, _span in read.unread] == [
        "Họ và tên | Chức vụ",
        "Nguyễn Thị Thử | Trưởng ban",
        "3 | Văn phòng",
        "a | b | c | d | e | f",
        "g | h | i | k | l | m",
    ]


def test_goals_in_a_table() -> None:
    read = read_tables(
        [
            table(
                "TT | Chỉ tiêu | Đơn vị tính | Kế hoạch",
                "I | Thủ tục hành chính | < | <",
                "1 | Hồ sơ đúng hạn | % | ≥ 98",
                "2 | Đối thoại | cuộc | 02",
                "3 | Xếp loại | | Tốt",
                "4 | Hồ sơ trực tuyến 70% | % | 80",
            )
        ]
    )
    goals = [(goal.subject, goal.comparison, goal.value, goal.unit) for goal in read.targets]
    assert goals == [
        ("Hồ sơ đúng hạn", Comparison.GE, 98, "%"),
        ("Đối thoại", Comparison.EQ, 2, "cuộc"),
        ("Xếp loại", None, None, None),
    ]
    assert len(read.unread) == 1


def test_goals_with_a_lead_are_tasks() -> None:
    read = read_tables([table("TT | Chỉ tiêu | Chủ trì", "1 | Hồ sơ đúng hạn 98% | Văn phòng")])
    assert [(row.task, row.lead) for row in read.rows] == [("Hồ sơ đúng hạn 98%", "Văn phòng")]
