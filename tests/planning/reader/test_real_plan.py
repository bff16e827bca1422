"""The real plan: everything that a careful reader finds in it, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from motcua.planning.reader import Reading, read_plan
from motcua.planning.reader.result import Comparison, Signatory

PLAN = Path("motcua/packs/demo/plan-hoang-dong-2024.txt")


@pytest.fixture(scope="module")
def plan() -> Reading:
    return read_plan(PLAN.read_bytes(), PLAN.name)


def test_the_head(plan: Reading) -> None:
    assert plan.kind == "kế hoạch"
    assert plan.title == "Cải cách hành chính năm 2024"
    assert (plan.year, plan.issuer) == (2024, "UBND xã Hoằng Đông")
    assert plan.period is not None
    assert plan.period.start == dt.date(2024, 1, 1)
    assert plan.period.end == dt.date(2024, 12, 31)


def test_preamble_and_closing(plan: Reading) -> None:
    assert [item.text[:25] for item in plan.preamble] == [
        "Thực hiện Quyết định số 5",
        "Để thực hiện có hiệu quả ",
    ]
    assert len(plan.closing) == 1
    assert plan.closing[0].text.startswith("Thực hiện công tác cải cách hành chính là một")
    assert plan.closing[0].text.endswith("nghiêm túc thực hiện./.")


def test_purposes_and_requirements(plan: Reading) -> None:
    assert [item.text[:14] for item in plan.purposes] == [
        "Tiếp tục đẩy m",
        "Cụ thể hóa các",
        "Xác định công ",
    ]
    assert [item.text[:13] for item in plan.requirements] == [
        "Triển khai có",
        "Xác định rõ n",
        "Gắn kết chặt ",
    ]
    assert "đơn vị mình. Xác định rõ trách nhiệm" in plan.purposes[2].text


def test_targets(plan: Reading) -> None:
    goals = [(target.comparison, target.value, target.unit) for target in plan.targets]
    assert goals.count((Comparison.EQ, 100, "%")) == 6
    assert goals.count((None, None, None)) == 1
    paragraphs = {plan.text.rfind("\n- ", 0, target.span[0] + 2) for target in plan.targets}
    assert len(paragraphs) == 5
    assert plan.targets[3].scope == "đủ điều kiện theo quy định của pháp luật"
    assert plan.targets[4].subject == "TTHC nội bộ được rà soát, đơn giản hóa"


def test_tasks(plan: Reading) -> None:
    by_heading = Counter(task.code.rpartition(".")[0] for task in plan.tasks)
    assert by_heading == {"2.1": 5, "2.2": 7, "2.3": 4, "2.4": 3, "2.5": 5, "2.6": 8, "2.7": 6}
    assert [task.field for task in plan.tasks if task.code.endswith(".1")] == [
        "institutions",
        "procedures",
        "organisation",
        "civil_service",
        "public_finance",
        "digital_government",
        "steering",
    ]
    assert plan.tasks[9].code == "2.2.5"
    inspection = next(task for task in plan.tasks if task.code == "2.7.5")
    assert inspection.text.endswith("giám sát thực hiện công tác cải cách hành chính.")
    assert plan.tasks[9].heading == "Cải cách thủ tục hành chính"


def test_targets_inside_tasks(plan: Reading) -> None:
    inside = {
        task.code: [(goal.comparison, goal.value, goal.unit) for goal in task.targets]
        for task in plan.tasks
        if task.targets
    }
    assert inside == {
        "2.2.2": [("ge", 98, "%"), ("eq", 100, "%")],
        "2.2.3": [("eq", 100, "%")],
        "2.2.4": [("eq", 100, "%")],
        "2.6.4": [("eq", 100, "%")],
    }
    assert plan.tasks[6].targets[0].subject == "tỷ lệ giải quyết đúng hạn"


def test_nothing_is_made_up_about_tasks(plan: Reading) -> None:
    """The annexes are missing: who, until when and for how much stands nowhere."""
    said = [(task.lead, task.with_, task.due, task.product, task.cost) for task in plan.tasks]
    assert set(said) == {(None, None, None, None, None)}
    assert plan.annex == ()


def test_responsibilities(plan: Reading) -> None:
    assert [(post.post, len(post.duties)) for post in plan.responsibilities] == [
        ("Chủ tịch UBND xã", 2),
        ("Văn phòng thống kê", 6),
        ("Tư pháp- Hộ Tịch", 2),
        ("Văn hóa - Xã hội, Thông tin tuyên truyền", 1),
        ("Kế toán- tài chính", 3),
        ("MTTQ và các đoàn thể", 1),
    ]
    office = plan.responsibilities[1]
    assert office.text is not None
    assert office.text.endswith("tổ chức thực hiện các nhiệm vụ sau:")


def test_funding_and_the_end(plan: Reading) -> None:
    assert plan.funding is not None
    assert plan.funding.text.startswith("Kinh phí thực hiện các nhiệm vụ")
    assert [(recipient.name, recipient.mode) for recipient in plan.recipients] == [
        ("UBND huyện", "b/c"),
        ("TT Đảng ủy-HĐND xã", "b/c"),
        ("Công chức chuyên môn", "t/h"),
        ("VT", "lưu"),
    ]
    assert plan.signatory == Signatory("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trương Khắc Đạt")


def test_references(plan: Reading) -> None:
    found = [(r.number, r.kind, r.issuer, r.date and r.date.isoformat()) for r in plan.references]
    assert found == [
        ("5272/QĐ-UBND", "quyết định", "UBND huyện Hoằng Hoá", "2023-12-29"),
        ("3611/QĐ-UBND", "quyết định", "Chủ tịch UBND tỉnh", "2022-10-26"),
        ("62/2020/NĐ-CP", "nghị định", "Chính phủ", "2020-06-01"),
        ("106/2020/NĐ-CP", "nghị định", "Chính phủ", "2020-09-10"),
        ("99/NQ-CP", "nghị quyết", "Chính phủ", "2020-06-24"),
        ("TCVN ISO 9001:2015", "tiêu chuẩn", None, None),
    ]


@pytest.mark.parametrize(
    ("code", "words", "place"),
    [
        ("annex_missing", "các phụ lục đính kèm", "tasks"),
        ("year_mismatch", "năm 2023", "requirements"),
        ("repeated_text", "giám sát, đánh giá việc giải quyết thủ tục hành chính", "tasks"),
        ("outdated_term", "mức độ 3, mức độ 4", "tasks"),
        ("spelling", "kỹ cương", "requirements"),
        ("spelling", "tác tác", "responsibilities"),
        ("spelling", "quyêt", "responsibilities"),
    ],
)
def test_warnings(plan: Reading, code: str, words: str, place: str) -> None:
    spans = [
        warning.span
        for warning in plan.warnings
        if warning.code == code
        and plan.text[slice(*warning.span)].replace("\n", " ").startswith(words)
    ]
    assert len(spans) == 1
    part = getattr(plan, place)
    assert any(entry.span[0] <= spans[0][0] < entry.span[1] for entry in part)


def test_only_what_is_wrong_is_pointed_out(plan: Reading) -> None:
    codes = Counter(warning.code for warning in plan.warnings)
    assert codes == {
        "annex_missing": 1,
        "year_mismatch": 1,
        "repeated_text": 1,
        "outdated_term": 1,
        "spelling": 4,
        "no_deadline": 1,
        "target_not_measurable": 1,
        "authority_unknown": 1,
    }


def test_everything_is_understood(plan: Reading) -> None:
    assert plan.not_understood == ()
