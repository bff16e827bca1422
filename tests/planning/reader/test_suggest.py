"""Who should lead a task."""

from __future__ import annotations

import pytest

from motcua.planning.reader import suggest_lead
from motcua.planning.reader.result import Item, Responsibility


def post(name: str, *duties: str) -> Responsibility:
    return Responsibility(name, None, tuple(Item(duty, (0, 1)) for duty in duties), (0, 1))


POSTS = [
    post("Chủ tịch UBND xã", "Chỉ đạo, kiểm tra việc rà soát văn bản quy phạm pháp luật"),
    post("Văn phòng - Thống kê", "Niêm yết thủ tục hành chính; theo dõi hòm thư góp ý"),
    post("Tư pháp - Hộ tịch", "Rà soát, hệ thống hóa văn bản QPPL", "Chứng thực bản sao"),
    post("Tài chính - Kế toán", "Lập dự toán, quản lý ngân sách"),
    post("Văn hóa - Xã hội", "Quản lý di tích"),
]


@pytest.mark.parametrize(
    ("task", "lead"),
    [
        ("Rà soát văn bản quy phạm pháp luật do xã ban hành", "Tư pháp - Hộ tịch"),
        ("Mở hòm thư góp ý tại trụ sở", "Văn phòng - Thống kê"),
        ("Ban hành quy chế chi tiêu nội bộ", "Tài chính - Kế toán"),
        ("Phát thanh, tuyên truyền hằng tuần", "Văn hóa - Xã hội"),
        ("Giao Văn hóa - Xã hội rà soát văn bản QPPL", "Văn hóa - Xã hội"),
        ("Trồng cây đầu xuân", None),
    ],
)
def test_lead(task: str, lead: str | None) -> None:
    suggested = suggest_lead(task, POSTS)
    assert (suggested[0] if suggested else None) == lead


def test_the_reason_quotes_the_duty() -> None:
    suggested = suggest_lead("Rà soát văn bản quy phạm pháp luật", POSTS)
    assert suggested is not None
    assert suggested[1].startswith("Được giao “Rà soát, hệ thống hóa văn bản QPPL”")
    assert "văn bản QPPL" in suggested[1].split("cùng nói về: ")[1]


def test_other_reasons() -> None:
    by_custom = suggest_lead("Ban hành quy chế chi tiêu nội bộ", POSTS)
    by_name = suggest_lead("Giao Tư pháp - Hộ tịch làm đầu mối", POSTS)
    assert by_custom is not None
    assert by_custom[1].startswith("Việc thuộc lĩnh vực này")
    assert by_name == ("Tư pháp - Hộ tịch", "Nhiệm vụ giao cho bộ phận này.")


def test_the_field_of_the_heading_helps() -> None:
    assert suggest_lead("Trồng cây đầu xuân", POSTS, field="institutions") == (
        "Tư pháp - Hộ tịch",
        "Việc thuộc lĩnh vực này thường do bộ phận này phụ trách.",
    )


def test_nothing_is_suggested_when_two_are_as_near() -> None:
    twins = [post("Bộ phận A", "Chăm sóc cây xanh"), post("Bộ phận B", "Chăm sóc cây xanh")]
    assert suggest_lead("Chăm sóc cây xanh ven đường", twins) is None
    assert suggest_lead("Chăm sóc cây xanh", []) is None


def test_long_duties_are_shortened() -> None:
    duty = "Chăm sóc cây xanh " + "và làm nhiều việc khác nữa " * 6
    suggested = suggest_lead("Chăm sóc cây xanh, hoa kiểng", [post("Tổ cây xanh", duty)])
    assert suggested is not None
    assert "…”" in suggested[1]


def test_shared_words_written_differently() -> None:
    posts = [post("Tổ một cửa", "Tiếp nhận và trả kết quả theo cơ chế một cửa liên thông")]
    suggested = suggest_lead("Sửa quầy một cửa, liên thông", posts)
    assert suggested is not None
    assert suggested[0] == "Tổ một cửa"
