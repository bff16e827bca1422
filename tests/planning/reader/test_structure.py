"""Headings, posts, closings: small plans, one question each."""

from __future__ import annotations

import pytest

from motcua.planning.reader.document import uncovered
from motcua.planning.reader.result import Field
from tests.planning.reader.reading import loosely, read


def posts(text: str) -> list[tuple[str, int]]:
    reading = loosely(f"I. TỔ CHỨC THỰC HIỆN\n{text}")
    return [(post.post, len(post.duties)) for post in reading.responsibilities]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. Văn phòng: Theo dõi.\n2. Tư pháp: Rà soát.", [("Văn phòng", 1), ("Tư pháp", 1)]),
        ("Giao Văn phòng chủ trì theo dõi.", [("Văn phòng", 1)]),
        ("1. Văn phòng\nTham mưu các việc sau:\n- Một.\n- Hai.", [("Văn phòng", 2)]),
        (
            "1. Văn phòng tham mưu các việc sau:\n- Một.\n- Hai.",
            [("Văn phòng tham mưu các việc sau", 2)],
        ),
        ("1. Văn phòng: Tham mưu các việc:\n- Một.\n- Hai.", [("Văn phòng", 2)]),
        ("1. Văn phòng có trách nhiệm\n- Một.", [("Văn phòng", 1)]),
        (
            "Các bộ phận thực hiện như sau:\n1. Văn phòng: Một.",
            [("Các bộ phận", 1), ("Văn phòng", 1)],
        ),
        ("Cụ thể như sau:\n1. Văn phòng: Một.", [("Văn phòng", 1)]),
        (
            "1. Công chức chuyên môn\n1.1. Văn phòng\n- Một.\n1.2. Tư pháp\n- Hai.",
            [("Văn phòng", 1), ("Tư pháp", 1)],
        ),
        ("1. Văn phòng\nNhững việc chung:\n- Một.", [("Văn phòng", 1)]),
        ("- Văn phòng:\n+ Một.\n+ Hai.", [("Văn phòng", 2)]),
        ("1. Văn phòng: Một.\nViệc nữa rất cần làm ngay.", [("Văn phòng", 2)]),
    ],
)
def test_posts(text: str, found: list[tuple[str, int]]) -> None:
    assert posts(text) == found


def test_a_duty_without_a_post_is_not_lost() -> None:
    reading = loosely("I. TỔ CHỨC THỰC HIỆN\n- Nghiêm túc thực hiện mọi việc.")
    assert reading.responsibilities == ()
    assert reading.not_understood[0].reason == "Không rõ nhiệm vụ này giao cho ai."


def test_funding_among_the_posts() -> None:
    reading = loosely(
        "I. TỔ CHỨC THỰC HIỆN\n1. Văn phòng\n- Một.\n2. Kinh phí\nNgân sách xã.\nNguồn khác."
    )
    assert reading.funding is not None
    assert reading.funding.text == "Ngân sách xã. Nguồn khác."


def test_funding_named_twice() -> None:
    reading = loosely(
        "I. KINH PHÍ\nNgân sách.\nII. MỤC TIÊU\n- 90% hồ sơ.\nIII. KINH PHÍ\nHuy động."
    )
    assert reading.funding is not None
    assert reading.funding.text == "Ngân sách."
    assert [entry.text for entry in reading.not_understood] == ["Huy động."]


def test_goals_by_field_stay_goals() -> None:
    reading = read("I. MỤC TIÊU\n1. Cải cách thể chế\n- 100% văn bản đúng hạn.\n")
    assert len(reading.targets) == 1
    assert reading.tasks == ()


def test_goals_and_tasks_under_one_field() -> None:
    reading = read(
        "I. CẢI CÁCH THỂ CHẾ\n1. Mục tiêu\n- 100% văn bản.\n2. Nhiệm vụ\n- Rà soát văn bản.\n"
        "II. VIỆC LẠ CỦA XÃ\n- Trồng cây.\n"
    )
    assert len(reading.targets) == 1
    assert [task.field for task in reading.tasks] == [Field.INSTITUTIONS, Field.OTHER]


def test_tasks_without_a_field_heading() -> None:
    reading = read("I. NHIỆM VỤ\n1. Rà soát văn bản quy phạm pháp luật.\n2. Trồng cây.\n")
    assert [task.field for task in reading.tasks] == [Field.INSTITUTIONS, Field.OTHER]
    assert [task.code for task in reading.tasks] == ["I.1", "I.2"]


def test_details_belong_to_their_task() -> None:
    reading = read(
        "I. NHIỆM VỤ\n1. Cải cách thể chế\na) Rà soát các nhóm, gồm:\n- Nhóm một\n- Nhóm hai\n"
        "b) Ban hành quy chế của cơ quan theo đúng quy định hiện hành và hướng dẫn của cấp trên "
        "trong năm nay để bảo đảm thống nhất.\n- Quy chế làm việc\n- Quy chế văn thư\nc) Niêm yết\n"
    )
    assert [task.text[:12] for task in reading.tasks] == [
        "Rà soát các ",
        "Ban hành quy",
        "Quy chế làm ",
        "Quy chế văn ",
        "Niêm yết",
    ]
    assert reading.tasks[0].text.endswith("Nhóm hai")


def test_codes_are_never_used_twice() -> None:
    reading = read("I. NHIỆM VỤ\n1. Thể chế\n- Một việc\nII. GIẢI PHÁP\n1. Thể chế\n- Hai việc\n")
    assert len({task.code for task in reading.tasks}) == 2


@pytest.mark.parametrize(
    ("last", "count"),
    [
        ("Trên đây là Kế hoạch của xã./.", 1),
        ("Trên đây là Kế hoạch của xã.\nBáo cáo về Văn phòng khi có khó khăn./.", 2),
        ("Mọi người cùng thực hiện./.", 1),
    ],
)
def test_closing(last: str, count: int) -> None:
    reading = loosely(f"I. TỔ CHỨC THỰC HIỆN\n1. Văn phòng\n- Một.\n- Hai.\n{last}")
    assert len(reading.closing) == count
    assert [len(post.duties) for post in reading.responsibilities] == [2]


def test_a_text_without_a_plan_is_read_all_the_same() -> None:
    assert loosely("").text == ""
    assert [item.text for item in loosely("Một câu.").preamble] == ["Một câu."]


def test_annexes_written_as_a_list() -> None:
    reading = read(
        "I. MỤC TIÊU\n- 100% hồ sơ.\nTM. UBND XÃ\nCHỦ TỊCH\nPHỤ LỤC\n"
        "1. Rà soát văn bản quy phạm pháp luật của xã.\n"
        "2. Niêm yết thủ tục hành chính tại trụ sở.\n"
        "3. Công khai ngân sách xã theo đúng quy định.\n"
    )
    assert [task.field for task in reading.tasks] == [
        Field.INSTITUTIONS,
        Field.PROCEDURES,
        Field.PUBLIC_FINANCE,
    ]
    assert len({task.code for task in reading.tasks}) == 3


def test_loose_words_of_an_annex_are_kept() -> None:
    reading = read("I. MỤC TIÊU\n- 100% hồ sơ.\nTM. UBND XÃ\nCHỦ TỊCH\nPHỤ LỤC\nghi chú thêm\n")
    assert [entry.text for entry in reading.not_understood] == ["ghi chú thêm"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Phần này gồm các việc:", []),
        ("1. Văn phòng\nViệc chung:\n- Một.\nViệc riêng:\n- Hai.", [("Văn phòng", 2)]),
        ("1. Văn phòng: Một.\n- Bốn mùa.", [("Văn phòng", 2)]),
    ],
)
def test_posts_and_announcements(text: str, found: list[tuple[str, int]]) -> None:
    assert posts(text) == found


def test_an_account_of_the_past_holds_no_tasks() -> None:
    reading = loosely(
        "I. ĐÁNH GIÁ TÌNH HÌNH\n1. Nhiệm vụ đã làm\n- Rà soát xong.\n"
        "2. Mục tiêu đã đạt\n- 98% hồ sơ.\n"
        "II. NHIỆM VỤ\n- Rà soát tiếp."
    )
    assert [task.text for task in reading.tasks] == ["Rà soát tiếp."]
    assert reading.targets == ()
    assert len(reading.not_understood) == 2


def test_tasks_under_the_heading_of_goals() -> None:
    reading = loosely("I. CHỈ TIÊU\n1. Kết quả cần đạt\n- 98% hồ sơ.\n2. Nhiệm vụ\n- Rà soát.")
    assert [task.text for task in reading.tasks] == ["Rà soát."]


def test_parts_under_unnumbered_headings() -> None:
    reading = loosely(
        "MỤC ĐÍCH, YÊU CẦU\nMục đích\nMột.\nYêu cầu\nHai.\nNHIỆM VỤ\nCải cách thể chế\nBa.\n"
        "Cải cách tài chính công\nBốn.\nI. KINH PHÍ\nNăm."
    )
    assert [item.text for item in reading.purposes] == ["Một."]
    assert [item.text for item in reading.requirements] == ["Hai."]
    assert [task.field for task in reading.tasks] == [Field.INSTITUTIONS, Field.PUBLIC_FINANCE]
    assert reading.funding is not None


def test_numbers_start_again_inside() -> None:
    reading = loosely(
        "I. NHIỆM VỤ\n1. Cải cách thể chế\na) Văn bản của xã\n1. Rà soát.\n2. Ban hành.\n"
        "b) Văn bản của huyện\n1. Triển khai.\n2. Cải cách công vụ\n- Chấm công."
    )
    assert [(task.text, task.field) for task in reading.tasks] == [
        ("Rà soát.", Field.INSTITUTIONS),
        ("Ban hành.", Field.INSTITUTIONS),
        ("Triển khai.", Field.INSTITUTIONS),
        ("Chấm công.", Field.CIVIL_SERVICE),
    ]


def test_closing_articles() -> None:
    reading = loosely("Điều 1. Mục tiêu\n- 98% hồ sơ.\nĐiều 2. Hiệu lực thi hành\n1. Từ ngày ký.")
    assert [item.text for item in reading.closing] == ["Từ ngày ký."]


def test_what_nothing_covers_is_found_line_by_line() -> None:
    assert uncovered("một hai\n ba \nbốn", [(0, 3), (12, 16)]) == [(4, 7), (9, 11)]
