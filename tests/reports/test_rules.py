"""The life of a report in its table; the sentences that are drafted."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from motcua.core.figures import Figure
from motcua.core.periods import Period
from motcua.planning.queries.as_of import TaskState
from motcua.planning.rules import TaskStatus
from motcua.reports.outline import outline_named, outline_on
from motcua.reports.rules import (
    REPORT_STEPS,
    Facts,
    PlanFact,
    ReportStatus,
    TargetFact,
    counted,
    following,
    opening,
    section_text,
    share,
    short,
)
from motcua.reports.rules.words import figure_line

ON = date(2024, 9, 14)
SPECS = {spec.code: spec for spec in outline_named("cchc-2024").sections}


def task(status="done", **changes):
    values = {
        "pk": 1,
        "code": "2.1.1",
        "field": "institutions",
        "text": "Rà soát văn bản.",
        "product": "Báo cáo rà soát",
        "lead": "Tư pháp–hộ tịch",
        "status": TaskStatus(status),
        "due_on": date(2024, 8, 30),
        "done_on": date(2024, 8, 20) if status == "done" else None,
        "note": "",
        "steering": "",
    }
    return TaskState(**values | changes)


def target(**changes):
    values = {
        "pk": 1,
        "code": "CT1",
        "field": "institutions",
        "subject": "tỷ lệ đúng hạn",
        "comparison": "ge",
        "goal": Decimal(98),
        "upper": None,
        "unit": "%",
        "value": Decimal("97.6"),
        "on": date(2024, 8, 31),
    }
    return TargetFact(**values | changes)


def facts(*tasks, targets=(), documents=(), plan=True, period="2024-M9"):
    return Facts(
        agency="ủy ban nhân dân xã Hoằng Đông",
        period=Period.parse(period),
        since=date(2023, 12, 15),
        on=ON,
        until=date(2024, 12, 14),
        plan=PlanFact("15/KH-UBND", date(2024, 1, 15), 2024) if plan else None,
        tasks=tasks,
        targets=targets,
        documents=documents,
    )


def text(code, *args, known=frozenset(), **kwargs):
    return section_text(facts(*args, **kwargs), SPECS[code], known)


def test_the_table_leads_somewhere():
    assert REPORT_STEPS.unreachable == frozenset()
    assert REPORT_STEPS.dead_ends == {ReportStatus.SUPERSEDED}


@pytest.mark.parametrize(
    ("n", "words"), [(0, "0 việc"), (1, "01 việc"), (9, "09 việc"), (1200, "1.200 việc")]
)
def test_numbers_below_ten_have_a_leading_zero(n, words):
    assert counted(n, "việc") == words


@pytest.mark.parametrize(
    ("part", "whole", "words"), [(26, 38, "68,4%"), (1, 2, "50%"), (5, 5, "100%"), (1, 10, "10%")]
)
def test_shares(part, whole, words):
    assert share(part, whole) == words


@pytest.mark.parametrize(
    ("given", "limit", "expected"),
    [
        ("Rà soát văn bản.", 200, "Rà soát văn bản"),
        ("Rà soát; công bố; báo cáo", 20, "Rà soát; công bố"),
        ("Rà soát văn bản. Công bố kết quả", 20, "Rà soát văn bản"),
        ("Rà soát, hệ thống hóa văn bản", 20, "Rà soát"),
        ("Không có chỗ nào để cắt ở đây cả", 20, "Không có chỗ nào để cắt ở đây cả"),
    ],
)
def test_sentences_are_cut_where_a_clause_ends(given, limit, expected):
    assert short(given, limit) == expected


@pytest.mark.parametrize(
    ("period", "next_one"),
    [("2024-Q1", "2024-Q2"), ("2024-Q4", "2025-Q1"), ("2024-M9", "2024-Q4"), ("2024", "2025")],
)
def test_what_comes_next(period, next_one):
    assert following(Period.parse(period)).code == next_one


@pytest.mark.parametrize(
    ("plan", "start"),
    [
        (
            True,
            "Thực hiện Kế hoạch số 15/KH-UBND ngày 15/01/2024 về cải cách hành chính năm 2024, "
            "ủy ban nhân dân xã Hoằng Đông báo cáo",
        ),
        (False, "Ủy ban nhân dân xã Hoằng Đông báo cáo"),
    ],
)
def test_the_opening_names_the_plan_and_the_days(plan, start):
    said = opening(facts(plan=plan))
    assert said.startswith(start)
    assert "từ ngày 15/12/2023 đến ngày 14/09/2024" in said


@pytest.mark.parametrize(
    ("states", "sentence"),
    [
        (["done", "done"], "Đến ngày 14/09/2024, đã hoàn thành cả 02 nhiệm vụ của lĩnh vực."),
        (
            ["done", "assigned"],
            "đã hoàn thành 01/02 nhiệm vụ của lĩnh vực (50%); 01 nhiệm vụ chưa có cập nhật tiến "
            "độ; không có nhiệm vụ trễ hạn.",
        ),
        (
            ["in_progress", "submitted"],
            "chưa hoàn thành nhiệm vụ nào trong 02 nhiệm vụ của lĩnh vực; 02 nhiệm vụ đang thực "
            "hiện trong hạn; không có nhiệm vụ trễ hạn.",
        ),
    ],
)
def test_how_far_a_field_is(states, sentence):
    rows = [task(status, due_on=date(2024, 12, 1)) for status in states]
    assert sentence in text("II.1", *rows)


def test_late_work_is_told_with_its_cause():
    said = text(
        "II.1",
        task("in_progress", note="Chậm do chờ hướng dẫn."),
        task("assigned", due_on=date(2024, 9, 13)),
        task("in_progress", text="Công bố", due_on=None),
        task("submitted", text="Báo cáo", period="2024-Q2"),
    )
    assert "02 nhiệm vụ trễ hạn." in said
    assert (
        "- Rà soát văn bản (hạn 30/08/2024, quá hạn 15 ngày); tình hình: chậm do chờ hướng dẫn;"
        in said
    )
    assert "quá hạn 01 ngày); tình hình: chưa ghi nguyên nhân." in said
    assert "- Công bố;" in said
    assert "- Báo cáo (quý II năm 2024, hạn 30/08/2024, đã báo hoàn thành, chờ xác nhận)." in said


def test_done_work_is_told_with_product_and_delay():
    said = text(
        "II.1",
        task(),
        task(done_on=date(2024, 9, 4), product=""),
        task(done_on=date(2023, 12, 1), text="Việc của kỳ trước"),
        task(due_on=None, product="QĐ ban hành"),
    )
    assert "- Rà soát văn bản; sản phẩm: báo cáo rà soát (hoàn thành ngày 20/08/2024);" in said
    assert "- Rà soát văn bản (hoàn thành ngày 04/09/2024, chậm 05 ngày);" in said
    assert "sản phẩm: QĐ ban hành (" in said
    assert "Việc của kỳ trước" not in said


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({}, "- Tỷ lệ đúng hạn: 97,6%, gần đạt mục tiêu từ 98% trở lên (số liệu ngày 31/08/2024)."),
        ({"value": Decimal(99)}, "đạt mục tiêu từ 98% trở lên"),
        ({"value": Decimal(50)}, "50%, chưa đạt mục tiêu từ 98% trở lên"),
        ({"value": None}, "- Tỷ lệ đúng hạn: chưa có dữ liệu."),
        ({"on": None}, "- Tỷ lệ đúng hạn: chưa có dữ liệu."),
        ({"goal": None, "comparison": ""}, "97,6% (số liệu ngày 31/08/2024)"),
        ({"comparison": ""}, "97,6% (số liệu ngày 31/08/2024)"),
        (
            {"comparison": "between", "upper": Decimal(99), "unit": "lần", "value": Decimal(98)},
            "98 lần, đạt mục tiêu từ 98 lần đến 99 lần",
        ),
    ],
)
def test_targets(changes, line):
    assert line in text("II.1", targets=[target(**changes)])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"before": Decimal("95.1")}, "tăng 2,5 điểm phần trăm so với kỳ trước (95,1%)"),
        ({"before": Decimal(98)}, "giảm 0,4 điểm phần trăm so với kỳ trước (98%)"),
        ({"before": Decimal("97.6")}, "từ 98% trở lên, bằng kỳ trước (số liệu"),
        (
            {"before": Decimal(90), "value": Decimal(99), "unit": "lần"},
            "tăng 9 lần so với kỳ trước (90 lần)",
        ),
    ],
)
def test_targets_are_compared_with_the_period_before(changes, words):
    assert words in text("II.1", targets=[target(**changes)])


def test_a_field_without_tasks():
    assert "Kế hoạch không có nhiệm vụ riêng của lĩnh vực này." in text("II.2")
    assert "Nhiệm vụ của lĩnh vực: chưa có dữ liệu." in text("II.2", plan=False)


def test_what_no_record_tells_is_named():
    said = text("II.1", known=frozenset({"legal.issued"}))
    assert said.endswith(
        "Chưa có dữ liệu về: số văn bản đã rà soát; số văn bản đã xử lý sau rà soát/kiểm tra."
    )
    assert text("II") == ""
    assert text("V") == "Kiến nghị, đề xuất trong kỳ: chưa có dữ liệu."


def test_heading_one_tells_plan_and_superiors():
    document = SimpleNamespace(number="125/TB-UBND", issued_on=date(2024, 4, 12), issuer="huyện")
    said = text(
        "I",
        task(),
        task(steering="125/TB-UBND"),
        task("cancelled"),
        documents=[document],
    )
    assert "đã hoàn thành cả 01 nhiệm vụ của Kế hoạch.\nRiêng trong kỳ đã hoàn thành 01" in said
    assert "Riêng trong kỳ" not in text("I", task(done_on=date(2023, 12, 1)))
    assert "01 văn bản chỉ đạo:\n- 125/TB-UBND ngày 12/04/2024 của huyện." in said
    assert "đã hoàn thành cả 01 nhiệm vụ được cấp trên giao." in said
    for empty in (text("I", plan=False), text("I")):
        assert "Kế hoạch cải cách hành chính năm 2024: chưa có dữ liệu." in empty


def test_the_review_tells_strengths_limits_and_causes():
    said = text(
        "III",
        task(),
        task(due_on=None),
        task(due_on=date(2024, 8, 1)),
        task("in_progress", note="Chờ hướng dẫn."),
        task("in_progress", note="Chờ hướng dẫn."),
        targets=[target(), target(field="", value=Decimal(99))],
    )
    assert "trong 03 nhiệm vụ của Kế hoạch đã hoàn thành có 02 nhiệm vụ đúng hạn (66,7%)." in said
    assert "Hạn chế: còn 02 nhiệm vụ trễ hạn." in said
    assert "Còn 01 chỉ tiêu chưa đạt mục tiêu của năm." in said
    assert said.count("Chờ hướng dẫn") == 1
    assert "Kết quả thực hiện các chỉ tiêu chung của Kế hoạch:\n- Tỷ lệ đúng hạn: 99%" in said


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([], "Tình hình thực hiện nhiệm vụ: chưa có dữ liệu."),
        ([task("assigned", due_on=None)], "Không có nhiệm vụ trễ hạn."),
        ([task("in_progress")], "Nguyên nhân: chưa có dữ liệu."),
    ],
)
def test_the_review_invents_nothing(rows, line):
    said = text("III", *rows)
    assert line in said
    assert "Ưu điểm" not in said


def test_the_next_period():
    said = text(
        "IV",
        task("in_progress"),
        task("assigned", text="Công bố.", due_on=date(2024, 10, 1)),
        task("assigned", text="Khảo sát.", due_on=date(2024, 11, 1), lead=""),
        task("assigned", text="Xa.", due_on=date(2025, 1, 1)),
    )
    assert "Tập trung hoàn thành 01 nhiệm vụ trễ hạn nêu trên." in said
    assert "Trong quý IV năm 2024 phải hoàn thành 02 nhiệm vụ đến hạn:" in said
    assert (
        "- Công bố (Tư pháp–hộ tịch chủ trì, hạn 01/10/2024);\n- Khảo sát (hạn 01/11/2024)." in said
    )
    assert "Nhiệm vụ đến hạn trong quý IV năm 2024: chưa có dữ liệu." in text("IV", task())


def test_outlines_are_dated():
    assert outline_on(date(2024, 9, 14)).id == "cchc-2024"
    assert outline_on(date(2000, 1, 1)).id == "cchc-2024"


@pytest.mark.parametrize(
    ("unit", "value", "before", "words"),
    [
        ("hồ sơ", "412", "398", "Hồ sơ: 412 hồ sơ (cùng kỳ năm trước: 398)"),
        ("%", "98,5", "", "Hồ sơ: 98,5%"),
    ],
)
def test_a_number_of_another_app_in_words(unit, value, before, words):
    assert figure_line(Figure("dossier", "hồ sơ", unit, value), before) == words
