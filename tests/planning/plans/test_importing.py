"""From a reading to a draft: what is stored, what is refused."""

from dataclasses import replace
from datetime import date

import pytest

from motcua.core.due import parse_due
from motcua.org.models import Post
from motcua.org.permissions import NotAllowed
from motcua.planning.actions import discard_plan, import_plan
from motcua.planning.actions.importing import (
    PlanYearTaken,
    YearUnknown,
    due_of,
    match_post,
    recurrence_of,
    split_posts,
    task_rows,
)
from motcua.planning.models import Plan, PlanVersion
from motcua.planning.rules import ItemKind
from tests import scenes

pytestmark = pytest.mark.django_db


def store(org, text=scenes.SMALL_PLAN, **changes):
    values = {"agency": org.commune, "read": scenes.read_text(text), "by": org.vanphong}
    return import_plan(**values | {"at": scenes.START} | changes)


def test_a_draft_holds_what_was_read(org):
    version = store(org)
    kinds = {k: version.items.filter(kind=k).count() for k in ItemKind}
    assert kinds == {"purpose": 1, "requirement": 1, "target": 2, "task": 4, "duty": 2}
    assert version.items.get(code="2.1.1").due_on == date(2024, 3, 30)
    assert version.items.get(code="2.1.2").recurrence == "quarter"
    assert version.items.get(code="2.2.1.CT1").parent.code == "2.2.1"


def test_a_lead_is_proposed_with_its_reason(org):
    item = store(org).items.get(code="2.1.1")
    assert item.lead_post.code == "justice"
    assert item.lead_reason


def test_the_same_file_sent_twice_is_one_draft(org):
    assert store(org).pk == store(org).pk
    assert Plan.objects.count() == 1


def test_another_file_for_the_year_is_refused(org):
    store(org)
    with pytest.raises(PlanYearTaken, match="2024"):
        store(org, scenes.SMALL_PLAN + "\n- Thêm.\n")


def test_after_a_discarded_draft_the_year_is_free(org):
    first = store(org)
    discard_plan(version=first, reason="Nhầm tệp", by=org.vanphong, at=scenes.START)
    second = store(org)
    assert (second.no, second.plan_id) == (2, first.plan_id)


def test_a_year_that_is_not_said_must_be_chosen(org):
    read = scenes.read_text(scenes.SMALL_PLAN)
    nameless = replace(read, reading={**read.reading, "year": None, "title": None, "period": None})
    with pytest.raises(YearUnknown):
        store(org, read=nameless)
    version = store(org, read=nameless, year=2025)
    assert (version.plan.year, version.title) == (2025, "Kế hoạch năm 2025")
    assert version.starts_on == date(2025, 1, 1)


def test_a_plan_of_several_years_keeps_its_period(org):
    read = scenes.read_text(scenes.SMALL_PLAN)
    period = {"start": "2024-01-01", "end": "2025-12-31"}
    version = store(org, read=replace(read, reading={**read.reading, "period": period}))
    assert version.ends_on == date(2025, 12, 31)


def test_who_may_not_import_is_refused_and_nothing_stays(org):
    with pytest.raises(NotAllowed):
        store(org, by=org.tuphap)
    assert not PlanVersion.objects.exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Văn phòng thống kê", "office"),
        ("Công chức Tư pháp - Hộ tịch", "justice"),
        ("Chủ tịch UBND xã", "chairman"),
        ("Phó Chủ tịch UBND xã", "vice_chairman"),
        ("Kế tóan - tài chính", "finance"),
        ("MTTQ", "front"),
        ("Trường tiểu học", None),
        ("", None),
        (None, None),
    ],
)
def test_a_wording_is_matched_with_a_post(org, words, code):
    posts = list(Post.objects.filter(agency=org.commune).order_by("order"))
    found = match_post(words, posts)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("words", "parts"),
    [(None, []), ("Địa chính; Tư pháp và Văn phòng.", ["Địa chính", "Tư pháp", "Văn phòng"])],
)
def test_helpers_are_listed(words, parts):
    assert split_posts(words) == parts


def task(text, code="2.1.1", **more):
    nothing = dict.fromkeys(("lead", "with", "due", "product", "cost"))
    return {"code": code, "text": text, "field": "institutions", "targets": [], **nothing, **more}


def annex(text, **more):
    return {"no": None, "task": text, "field": "other", "span": [0, 1], **more}


def test_the_annex_completes_the_sentence():
    rows = task_rows(
        {
            "tasks": [task("Ban hành kế hoạch rà soát văn bản", product="Kế hoạch")],
            "annex": [annex("Ban hành kế hoạch rà soát", lead="Tư pháp", product="Khác")],
        }
    )
    assert len(rows) == 1
    assert (rows[0]["lead"], rows[0]["product"]) == ("Tư pháp", "Kế hoạch")


def test_a_row_of_the_annex_alone_is_a_task():
    rows = task_rows(
        {"tasks": [], "annex": [annex("Một"), annex("Hai", no="1"), annex("Ba", no="1")]}
    )
    assert [row["code"] for row in rows] == ["PL.1", "PL.1-2", "PL.1-3"]


def test_an_annex_row_brings_helpers_due_and_cost(org):
    read = scenes.read_text(scenes.SMALL_PLAN)
    row = annex(
        "Ban hành kế hoạch rà soát văn bản quy phạm pháp luật năm 2024",
        lead="Tư pháp–hộ tịch",
        **{"with": "Văn phòng thống kê, Địa chính"},
        due="Quý II",
        product="Kế hoạch",
        cost="2 triệu đồng",
    )
    version = store(org, read=replace(read, reading={**read.reading, "annex": [row]}))
    item = version.items.get(code="2.1.1")
    assert {post.code for post in item.with_posts.all()} == {"office", "land"}
    assert (item.cost, item.product) == (2_000_000, "Kế hoạch")


@pytest.mark.parametrize(
    ("phrase", "recurrence"),
    [("hằng tháng", "month"), ("định kỳ 6 tháng", "half"), ("quý II", ""), (None, "")],
)
def test_recurrence_of_a_phrase(phrase, recurrence):
    assert recurrence_of(parse_due(phrase) if phrase else None) == recurrence


def test_a_deadline_before_the_plan_is_left_to_the_person(org):
    version = store(org)
    assert due_of(parse_due("trước ngày 01/02/2023"), version) is None
    assert due_of(None, version) is None


def test_the_chosen_year_wins_over_the_text_s(org):
    version = store(org, year=2025)
    assert (version.plan.year, version.title) == (2025, "Cải cách hành chính năm 2025")
    assert (version.starts_on, version.ends_on) == (date(2025, 1, 1), date(2025, 12, 31))
    assert version.warnings.filter(code="year_chosen", message__contains="2024").exists()
    item = version.items.get(code="2.1.1")
    assert (item.due_on, item.due_text) == (date(2025, 3, 30), "trước ngày 31/3/2024")
    assert "năm 2024" in item.text
    assert version.reading["year"] == 2024
