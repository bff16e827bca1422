"""The grammar of goals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.planning.reader import parse_targets


@pytest.mark.parametrize(
    ("sentence", "comparison", "value", "upper", "unit"),
    [
        ("100% hồ sơ được số hóa", "eq", 100, None, "%"),
        ("Tỷ lệ đúng hạn đạt từ 98% trở lên", "ge", 98, None, "%"),
        ("Tỷ lệ đúng hạn đạt 98 % trở lên", "ge", 98, None, "%"),
        ("Ít nhất 70% hồ sơ nộp trực tuyến", "ge", 70, None, "%"),
        ("Tối thiểu 80 phần trăm hồ sơ trực tuyến", "ge", 80, None, "%"),
        ("Hài lòng không thấp hơn 92,5%", "ge", 92.5, None, "%"),
        ("Hài lòng ≥ 90%", "ge", 90, None, "%"),
        ("Trên 95% người dân hài lòng", "gt", 95, None, "%"),
        ("Trả kết quả không quá 02 ngày", "le", 2, None, "ngày"),
        ("Chờ tối đa 15 phút", "le", 15, None, "phút"),
        ("Chi phí từ 1.500.000 đồng trở xuống", "le", 1_500_000, None, "đồng"),
        ("Dưới 1% hồ sơ trễ hạn", "lt", 1, None, "%"),
        ("Tỷ lệ đạt từ 85% đến 90%", "between", 85, 90, "%"),
        ("Tỷ lệ đạt 85 - 90%", "between", 85, 90, "%"),
        ("Giảm ít nhất 10% thời gian giải quyết", "decrease_ge", 10, None, "%"),
        ("Cắt giảm 30% chi phí tuân thủ", "decrease_ge", 30, None, "%"),
        ("Tăng tối thiểu 2 bậc so với năm trước", "increase_ge", 2, None, "bậc"),
        ("Rút thời gian từ 03 ngày xuống còn 02 ngày", "le", 2, None, "ngày"),
        ("Nâng tỷ lệ từ 60% lên 80%", "ge", 80, None, "%"),
        ("Văn bản điện tử đạt 100%", "eq", 100, None, "%"),
        ("Kiểm tra ít nhất 02 lần/quý", "ge", 2, None, "lần"),
        ("Xử lý trên 1.200 hồ sơ", "gt", 1200, None, "hồ sơ"),
    ],
)
def test_one_goal(
    sentence: str, comparison: str, value: float, upper: float | None, unit: str
) -> None:
    (goal,) = parse_targets(sentence)
    assert (goal.comparison, goal.value, goal.upper, goal.unit) == (comparison, value, upper, unit)
    assert goal.text == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện dịch vụ công mức độ 3, mức độ 4",
        "Thực hiện Nghị định số 61/2018/NĐ-CP ngày 23/4/2018",
        "Hệ thống theo TCVN ISO 9001:2015",
        "Báo cáo định kỳ 6 tháng, 9 tháng",
        "Công khai trong 03 ngày làm việc",
        "Hoàn thành trước ngày 30/6/2024",
        "Giai đoạn 2021 - 2025 của 28 xã",
        "Quản lý 12 hồ sơ lưu trữ",
    ],
)
def test_numbers_that_are_no_goals(sentence: str) -> None:
    assert parse_targets(sentence) == []


def test_counts_are_goals_where_goals_stand() -> None:
    (goal,) = parse_targets("Có 12 hồ sơ mẫu", qualitative=True)
    assert (goal.comparison, goal.value, goal.unit) == ("eq", 12, "hồ sơ")
    (held,) = parse_targets("Tổ chức 02 hội nghị tập huấn")
    assert (held.value, held.unit, held.subject) == (2, "hội nghị", "Tổ chức hội nghị tập huấn")


@pytest.mark.parametrize(
    ("sentence", "texts"),
    [
        (
            "100% hồ sơ được tiếp nhận, giải quyết; 90% hồ sơ được số hóa.",
            ["100% hồ sơ được tiếp nhận, giải quyết", "90% hồ sơ được số hóa"],
        ),
        (
            "80% hồ sơ nộp trực tuyến, trong đó tỷ lệ thanh toán trực tuyến đạt trên 60%",
            ["80% hồ sơ nộp trực tuyến", "tỷ lệ thanh toán trực tuyến đạt trên 60%"],
        ),
        (
            "100% văn bản được rà soát, xử lý và 50% quy trình được rút ngắn",
            ["100% văn bản được rà soát, xử lý", "50% quy trình được rút ngắn"],
        ),
        ("Đạt 90% phấn đấu đạt 95%", ["Đạt 90%", "phấn đấu đạt 95%"]),
        ("Đạt 90% hay 95%", ["Đạt 90% hay", "95%"]),
        (
            "Tỷ lệ trả đúng hạn đạt 98%, hồ sơ tồn dưới 1%",
            ["Tỷ lệ trả đúng hạn đạt 98%", "hồ sơ tồn dưới 1%"],
        ),
    ],
)
def test_each_number_gets_its_own_clause(sentence: str, texts: list[str]) -> None:
    assert [goal.text for goal in parse_targets(sentence)] == texts


@pytest.mark.parametrize(
    ("sentence", "subject", "scope"),
    [
        (
            "100% TTHC thuộc phạm vi quản lý được rà soát",
            "TTHC được rà soát",
            "thuộc phạm vi quản lý",
        ),
        ("Phấn đấu tỷ lệ hài lòng đạt 95%", "tỷ lệ hài lòng", None),
        ("100% văn bản của tỉnh, huyện được lưu", "văn bản được lưu", "của tỉnh, huyện"),
        ("Chi phí giảm tối thiểu 25% so với năm 2025", "Chi phí giảm so với năm 2025", None),
    ],
)
def test_subject_and_scope(sentence: str, subject: str, scope: str | None) -> None:
    (goal,) = parse_targets(sentence)
    assert (goal.subject, goal.scope) == (subject, scope)


def test_words_only() -> None:
    goals = parse_targets(
        "Nâng cao kỷ luật; bồi dưỡng công chức; 100% đạt chuẩn.", qualitative=True
    )
    assert [goal.comparison for goal in goals] == [None, "eq"]
    assert goals[0].text == "Nâng cao kỷ luật; bồi dưỡng công chức"
    assert parse_targets("Nâng cao kỷ luật.") == []
    assert parse_targets(" ; ", qualitative=True) == []


def test_brackets_are_kept_whole() -> None:
    (goal,) = parse_targets("100% hồ sơ (gồm hồ sơ đất đai; hồ sơ hộ tịch) đúng hạn")
    assert goal.text.endswith("đúng hạn")


@given(st.text(alphabet="0123456789%,.;-() ngàyđếntừởlêncóđạtX", max_size=80), st.booleans())
def test_spans_lie_in_the_sentence_and_follow_each_other(sentence: str, qualitative: bool) -> None:
    goals = parse_targets(sentence, qualitative=qualitative, offset=7)
    places = [place - 7 for goal in goals for place in goal.span]
    assert places == sorted(places)
    assert all(0 <= place <= len(sentence) for place in places)
