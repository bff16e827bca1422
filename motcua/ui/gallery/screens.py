"""The screens of the gallery: every component, and what the faces are made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse

from motcua.ui import charts, elements
from motcua.ui.forms import DateField, FileField, Form, MoneyField, NumberField
from motcua.ui.gallery.samples import CULTURE, DESK, JUSTICE, MONEY, NOW, OFFICE, TASKS, TODAY
from motcua.ui.gallery.work import work_list


class SampleForm(Form):
    """A form with every kind of field."""

    title = forms.CharField(
        label="Tên nhiệm vụ", max_length=300, widget=forms.Textarea({"rows": 3})
    )
    lead = forms.ChoiceField(
        label="Người chủ trì",
        help_text="Người chịu trách nhiệm chính; người phối hợp chọn ở dưới.",
        choices=[("", "Chọn…"), *((w[0], f"{w[0]} – {w[1]}") for w in (OFFICE, JUSTICE, MONEY))],
    )
    due = DateField(label="Hạn hoàn thành", help_text="Gõ ngày/tháng/năm, ví dụ 05/02/2024.")
    share = NumberField(label="Kết quả đạt được", unit="%", required=False)
    cost = MoneyField(label="Kinh phí", required=False)
    repeat = forms.ChoiceField(
        label="Lặp lại",
        choices=[("", "Không"), ("quarter", "Hàng quý"), ("month", "Hàng tháng")],
        widget=forms.RadioSelect,
        required=False,
    )
    proof = FileField(
        label="Tài liệu kiểm chứng",
        suffixes=("pdf", "docx"),
        required=False,
        help_text="PDF hoặc DOCX, không quá 50 MB.",
    )
    remind = forms.BooleanField(
        label="Nhắc trước hạn 5 ngày làm việc",
        help_text="Nhắc trong phần mềm và qua thư điện tử.",
        required=False,
    )


WRONG = {"title": "", "lead": "", "due": "31/02/2024", "cost": "ba triệu", "share": "98,5"}
RIGHT = {
    "title": TASKS[0].title,
    "lead": OFFICE[0],
    "due": "20/09/2024",
    "share": "98,5",
    "cost": "1500000",
    "repeat": "quarter",
}


def _figures() -> dict[str, Any]:
    months = ["T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9", "T10", "T11", "T12"]
    known: list[float | None] = [92.1, 93.4, 95, 94.2, 96.1, 97.3, 96.8, 97.5, 97.9, 98.2, 98.4]
    points = [charts.Point(m, v) for m, v in zip(months, [*known, 98.7], strict=True)]
    quarters = [charts.Bar("Quý I", 94.5), charts.Bar("Quý II", 96.2), charts.Bar("Quý III", 97.6)]
    people = [
        charts.Bar(f"{OFFICE[0]}", 9, url="#"),
        charts.Bar(f"{DESK[0]}", 7, "late", url="#"),
        charts.Bar(f"{JUSTICE[0]}", 4, url="#"),
        charts.Bar(f"{CULTURE[0]}", 2, "soon", url="#"),
    ]
    names = ("Xong", "done"), ("Đang làm", "active"), ("Chưa làm", "waiting"), ("Trễ", "late")
    fields = (
        ("Thể chế", (3, 1, 1, 0)),
        ("Thủ tục hành chính", (2, 2, 1, 2)),
        ("Tổ chức bộ máy", (2, 2, 0, 0)),
        ("Chế độ công vụ", (1, 1, 1, 0)),
        ("Tài chính công", (2, 2, 1, 0)),
        ("Chính quyền điện tử, số", (2, 4, 1, 1)),
    )
    stacks = [
        charts.Stack(
            label, [charts.Segment(n, v, p) for (n, p), v in zip(names, values, strict=True)]
        )
        for label, values in fields
    ]
    return {
        "line": charts.line(
            "Hồ sơ giải quyết đúng hạn, đến 30/09/2024",
            points,
            unit="%",
            target=98,
            cut_off=8,
            floor=90,
        ),
        "bars": charts.bars(
            "Hồ sơ đúng hạn theo quý, đến 30/09/2024", quarters, unit="%", target=98
        ),
        "rows": charts.rows("Việc chưa xong theo người, ngày 30/09/2024", people),
        "stacks": charts.stacks("Nhiệm vụ theo lĩnh vực, ngày 30/09/2024", stacks),
        "spark": charts.spark([v for v in known if v], label="Xu hướng 11 tháng", target=98),
    }


def components(request: HttpRequest) -> dict[str, Any]:
    """Values for the page of all components."""
    entries = {
        TODAY - timedelta(3): [elements.Entry("Niêm yết thủ tục hành chính", "#", "late")],
        TODAY: [
            elements.Entry("Công khai xin lỗi", "#", "soon"),
            elements.Entry("Họp giao ban", "#"),
        ],
        TODAY - timedelta(18): [elements.Entry("Báo cáo tháng 8", "#", "done")],
    }
    return frame() | {
        "listing": work_list(request, full=False, bulk=False),
        "figures": _figures(),
        "today": TODAY,
        "now": NOW,
        "dues": [TODAY - timedelta(3), TODAY, TODAY + timedelta(4), TODAY + timedelta(40), None],
        "working_time": elements.TimeLeft("soon", "còn 1 ngày 3 giờ", TODAY + timedelta(1), "#"),
        "form": SampleForm(initial={"due": TODAY, "cost": 1500000}),
        "tabs": [
            elements.Tab("Danh sách", "#", current=True, count=38),
            elements.Tab("Bảng", "#"),
            elements.Tab("Lịch", "#"),
        ],
        "crumbs": [
            elements.Crumb("Kế hoạch", "#"),
            elements.Crumb("Kế hoạch năm 2024", "#"),
            elements.Crumb("Nhiệm vụ 2.2.5"),
        ],
        "events": EVENTS,
        "terms": [
            elements.Term("Chủ trì", "Lê Thị Hoài An"),
            elements.Term("Sản phẩm", "Báo cáo"),
            elements.Term("Kinh phí", "1.500.000 đồng", "nguồn ngân sách xã"),
        ],
        "files": [
            elements.FileItem("Biên bản rà soát.pdf", "#", 348_160, "Lê Thị Hoài An", NOW),
            elements.FileItem("Danh mục thủ tục niêm yết năm 2024.docx", "#", 1_258_291),
        ],
        "month": elements.month(
            TODAY,
            entries,
            today=TODAY,
            days_off={date(2024, 9, 2): "Quốc khánh", date(2024, 9, 3): "Nghỉ bù"},
            previous_url="#",
            next_url="#",
        ),
        "before": "100% thủ tục hành chính được công khai tại trụ sở",
        "after": "100% thủ tục hành chính được công khai đầy đủ tại trụ sở và trên trang thông tin",
        "tasks": TASKS,
    }


EVENTS = [
    elements.Event(
        NOW,
        "Xin gia hạn đến 15/10/2024",
        "Lê Thị Hoài An",
        "Chờ phòng Tư pháp huyện góp ý danh mục.",
        "active",
    ),
    elements.Event(NOW - timedelta(10), "Quá hạn", "", "", "late"),
    elements.Event(NOW - timedelta(80), "Giao việc", "Đỗ Minh Khang"),
]


def frame() -> dict[str, Any]:
    """The page frame as a person sees it."""
    item, group = elements.NavItem, elements.NavGroup
    return {
        "agency_name": "UBND xã Hoằng Đông",
        "person_name": "Lê Thị Hoài An",
        "person_post": "Công chức Văn phòng–thống kê",
        "search_url": "/search/",
        "demo_day": None,
        "nav": [
            group(
                "",
                (
                    item("Hôm nay", reverse("ui:gallery-today"), "sun"),
                    item("Việc của tôi", reverse("ui:gallery-work"), "check2-square", 5),
                ),
            ),
            group(
                "Kế hoạch",
                (
                    item("Kế hoạch năm", reverse("ui:gallery-confirm"), "journal-text"),
                    item("Nhiệm vụ", reverse("ui:gallery-form"), "list-task"),
                    item("Chỉ tiêu", "#", "bullseye"),
                    item("Văn bản chỉ đạo", "#", "megaphone"),
                ),
            ),
            group("Báo cáo", (item("Báo cáo định kỳ", "#", "file-earmark-text"),)),
            group(
                "Quản trị",
                (
                    item("Tổ chức, con người", "#", "diagram-3"),
                    item("Nhật ký", "#", "shield-check"),
                ),
            ),
        ],
    }


def work(request: HttpRequest) -> dict[str, Any]:
    """The clerk's dense work list."""
    rows = work_list(request)
    if request.GET.get("empty"):
        rows.objects = ()
    return frame() | {"listing": rows, "today": TODAY, "task": TASKS[0], "events": EVENTS}


def today(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001  # one signature for all screens
    """The chairman's page."""
    return frame() | {
        "person_name": "Đỗ Minh Khang",
        "person_post": "Chủ tịch UBND xã",
        "today": TODAY,
        "late": [t for t in TASKS if t.tone == "late"],
        "figures": _figures(),
        "targets": [
            ("Hồ sơ giải quyết đúng hạn", 97.9, 98, "soon"),
            ("Thủ tục được công khai", 100, 100, ""),
            ("Hồ sơ trực tuyến toàn trình", 61.5, 80, "late"),
        ],
    }


def form(request: HttpRequest) -> dict[str, Any]:
    """A form, wrong at first; ``?ok=1`` shows it right."""
    data = RIGHT if request.GET.get("ok") else WRONG
    return frame() | {"form": SampleForm(data), "today": TODAY}


SOURCE = (
    "2.2. Cải cách thủ tục hành chính\n\n"
    "- Thực hiện nghiêm việc đánh giá tác động, rà soát thủ tục hành chính; công khai kịp thời "
    "100% thủ tục hành chính thuộc thẩm quyền giải quyết.\n\n"
    "- Nâng cao chất lượng hoạt động của Bộ phận Một cửa; tỷ lệ hồ sơ giải quyết đúng hạn đạt "
    "từ 98% trở lên; thực hiện công khai xin lỗi khi giải quyết trễ hạn theo quy định.\n\n"
    "- Tiếp nhận, xử lý phản ánh, kiến nghị của cá nhân, tổ chức.\n\n"
    "Nơi nhận: như trên\n"
)


def confirm(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001  # one signature for all screens
    """The plan's text beside what was understood of it."""
    starts = [m for m in range(len(SOURCE)) if SOURCE.startswith("\n\n", m)]
    edges = [0, *(m + 2 for m in starts), len(SOURCE)]
    pieces = [(a, b, SOURCE[a:b]) for a, b in pairwise(edges)]
    return frame() | {
        "today": TODAY,
        "pieces": pieces,
        "items": [
            {"code": f"2.2.{n}", "text": text.strip(" -\n"), "span": f"{a}:{b}", "accepted": n == 1}
            for n, (a, b, text) in enumerate(pieces[1:4], start=1)
        ],
    }


def detail(request: HttpRequest) -> dict[str, Any]:
    """One task, alone or beside the list."""
    wanted = request.GET.get("task", "1")
    task = next((t for t in TASKS if str(t.pk) == wanted), TASKS[0])
    return frame() | {"task": task, "events": EVENTS, "today": TODAY}


SCREENS: dict[str, Callable[[HttpRequest], dict[str, Any]]] = {
    "components": components,
    "work": work,
    "today": today,
    "form": form,
    "confirm": confirm,
    "detail": detail,
}
