"""Invented people and tasks, nothing from the database.

The samples stand on the day 30 September 2024, so that the pictures of two runs are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from motcua.ui import elements

TODAY = date(2024, 9, 30)
NOW = datetime(2024, 9, 30, 2, 41, tzinfo=UTC)


@dataclass(frozen=True)
class Task:
    """A sample task."""

    pk: int
    title: str
    field: str
    lead: str
    post: str
    step: str
    tone: str
    due: date | None
    done: date | None = None
    share: int = 0

    def __str__(self) -> str:
        return self.title

    @property
    def left(self) -> elements.TimeLeft:
        """How its deadline stands on the sample day."""
        return elements.days_left(self.due, TODAY, done=self.done)


def _task(pk: int, title: str, who: tuple[str, str], step: tuple[str, str], **more: Any) -> Task:
    return Task(pk, title, more.pop("field", "Cải cách thủ tục hành chính"), *who, *step, **more)


OFFICE = ("Lê Thị Hoài An", "Văn phòng–thống kê")
JUSTICE = ("Nguyễn Văn Bình", "Tư pháp–hộ tịch")
MONEY = ("Trần Thị Thu Hà", "Kế toán–tài chính")
CULTURE = ("Phạm Quốc Cường", "Văn hóa–xã hội")
DESK = ("Vũ Thị Nguyệt Ánh", "Bộ phận Một cửa")
DOING, WAITING, LATE = ("Đang làm", "active"), ("Chờ duyệt", "waiting"), ("Trễ hạn", "late")
FINISHED, TODO = ("Đã xong", "done"), ("Chưa làm", "")

TASKS = (
    _task(
        1,
        "Rà soát, đánh giá thủ tục hành chính thuộc phạm vi chức năng quản lý; kiến nghị sửa "
        "đổi, bãi bỏ thủ tục không cần thiết",
        OFFICE,
        LATE,
        due=TODAY - timedelta(10),
        share=60,
    ),
    _task(
        2,
        "Niêm yết công khai thủ tục hành chính tại Bộ phận Một cửa",
        DESK,
        LATE,
        due=TODAY - timedelta(3),
        share=80,
    ),
    _task(3, "Công khai xin lỗi khi giải quyết hồ sơ trễ hạn", DESK, DOING, due=TODAY, share=40),
    _task(
        4,
        "Báo cáo cải cách hành chính 9 tháng",
        OFFICE,
        DOING,
        due=TODAY + timedelta(2),
        field="Chỉ đạo, điều hành",
        share=70,
    ),
    _task(
        5,
        "Khảo sát mức độ hài lòng của người dân, tổ chức",
        CULTURE,
        WAITING,
        due=TODAY + timedelta(5),
        field="Chỉ đạo, điều hành",
        share=100,
    ),
    _task(
        6,
        "Công khai dự toán, quyết toán ngân sách xã quý III",
        MONEY,
        DOING,
        due=TODAY + timedelta(12),
        field="Cải cách tài chính công",
        share=25,
    ),
    _task(
        7,
        "Tuyên truyền cải cách hành chính trên đài truyền thanh xã",
        CULTURE,
        DOING,
        due=TODAY + timedelta(20),
        field="Chỉ đạo, điều hành",
        share=55,
    ),
    _task(
        8,
        "Số hóa kết quả giải quyết thủ tục hành chính còn hiệu lực lĩnh vực hộ tịch",
        JUSTICE,
        DOING,
        due=TODAY + timedelta(45),
        field="Chính quyền điện tử",
        share=35,
    ),
    _task(
        9,
        "Cử cán bộ, công chức tham gia bồi dưỡng kỹ năng giao tiếp",
        ("", ""),
        TODO,
        due=TODAY + timedelta(61),
        field="Cải cách chế độ công vụ",
    ),
    _task(
        10,
        "Rà soát văn bản quy phạm pháp luật do HĐND, UBND xã ban hành",
        JUSTICE,
        FINISHED,
        due=TODAY - timedelta(30),
        done=TODAY - timedelta(34),
        field="Cải cách thể chế",
        share=100,
    ),
    _task(
        11,
        "Kiện toàn Ban chỉ đạo cải cách hành chính",
        OFFICE,
        FINISHED,
        due=TODAY - timedelta(90),
        done=TODAY - timedelta(86),
        field="Chỉ đạo, điều hành",
        share=100,
    ),
    _task(
        12,
        "Duy trì hệ thống quản lý chất lượng TCVN ISO 9001:2015",
        OFFICE,
        TODO,
        due=None,
        field="Chính quyền điện tử",
        share=0,
    ),
)
