"""Who, with whom, until when, what for, how much."""

from __future__ import annotations

import pytest

from motcua.planning.reader.labels import Assignment, assignment_of, label_of, pointer_at_end


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Cơ quan chủ trì: Văn phòng", "lead"),
        ("Đơn vị thực hiện: Tư pháp", "lead"),
        ("Cơ quan phối hợp: Công an", "with_"),
        ("Thời gian hoàn thành: Quý II", "due"),
        ("Sản phẩm: Báo cáo", "product"),
        ("Kinh phí thực hiện: 5 triệu đồng", "cost"),
        ("Chủ trì rà soát văn bản", None),
        ("Cơ quan chủ trì; thời gian thực hiện được nêu tại phụ lục", None),
    ],
)
def test_labels(text: str, name: str | None) -> None:
    assert label_of(text) == name


def test_labels_in_one_line() -> None:
    text = (
        "Xây dựng kho dữ liệu (cơ quan chủ trì: Văn phòng; phối hợp: Công an xã; "
        "thời gian: quý II/2025; sản phẩm: Kho dữ liệu). Kinh phí: 30 triệu đồng. Việc khác."
    )
    assert assignment_of(text) == Assignment(
        lead="Văn phòng",
        with_="Công an xã",
        due="quý II/2025",
        product="Kho dữ liệu",
        cost="30 triệu đồng",
    )


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Báo cáo, hoàn thành trước ngày 30/6/2024", "trước ngày 30/6/2024"),
        ("Xong trong quý II năm 2024", "trong quý II năm 2024"),
        (
            "Chậm nhất là ngày 15 tháng 12 năm 2024 phải gửi",
            "Chậm nhất là ngày 15 tháng 12 năm 2024",
        ),
        ("Kiểm tra hằng tháng", "hằng tháng"),
        ("Báo cáo định kỳ hàng quý, 6 tháng, năm", "định kỳ hàng quý, 6 tháng, năm"),
        ("Báo cáo trước ngày 05 hằng tháng", "trước ngày 05 hằng tháng"),
        ("Ban hành quy chế (quý I)", "quý I"),
        ("Nhập liệu đến hết tháng 11/2025", "đến hết tháng 11/2025"),
        ("Ban hành Quy chế năm 2024", None),
        ("Kế hoạch giai đoạn 2021 - 2025", None),
    ],
)
def test_due(text: str, due: str | None) -> None:
    assert assignment_of(text).due == due


@pytest.mark.parametrize(
    ("text", "lead", "with_"),
    [
        ("Giao Văn phòng chủ trì, phối hợp với Tư pháp tham mưu", "Văn phòng", "Tư pháp"),
        ("Họp giao ban do Chủ tịch chủ trì", "Chủ tịch", None),
        ("Niêm yết (Văn phòng thực hiện)", "Văn phòng", None),
        ("Chuyển đổi số trong giáo dục nhằm thực hiện mục tiêu", None, None),
        ("Mức độ hài lòng, phối hợp với Công an tuyên truyền", None, None),
    ],
)
def test_lead(text: str, lead: str | None, with_: str | None) -> None:
    said = assignment_of(text)
    assert (said.lead, said.with_) == (lead, with_)


def test_cost() -> None:
    assert assignment_of("Mua máy quét, 12.500.000 đồng").cost == "12.500.000 đồng"


def test_an_empty_label_says_nothing() -> None:
    assert assignment_of("Kinh phí: ; Thời gian: quý I") == Assignment(due="quý I")


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        (
            "Đẩy mạnh kiểm tra. Cơ quan chủ trì; thời gian thực hiện; kinh phí thực hiện được nêu "
            "tại các phụ lục đính kèm.",
            "Cơ quan chủ trì;",
        ),
        ("Cơ quan chủ trì; thời gian; kinh phí được nêu tại các phụ lục đính kèm.", None),
        ("Đẩy mạnh kiểm tra. Thời gian thực hiện được nêu tại phụ lục 1.", None),
        ("Kiểm tra. Cơ quan chủ trì, thời gian, kinh phí do Chủ tịch quyết định.", None),
        ("Kiểm tra theo mẫu. cơ quan chủ trì, thời gian, kinh phí tại phụ lục", None),
        ("Đẩy mạnh kiểm tra cải cách hành chính.", None),
    ],
)
def test_a_sentence_that_only_names_columns_of_an_annex(text: str, pointer: str | None) -> None:
    start = pointer_at_end(text)
    assert (None if start is None else text[start:][:16]) == pointer
