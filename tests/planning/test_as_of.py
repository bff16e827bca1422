"""Tasks as they stood on a day."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from motcua.org.models import Post
from motcua.planning import actions
from motcua.planning.queries.as_of import tasks_as_of

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(month, day, hour=9):
    return datetime(2024, month, day, hour, tzinfo=ZONE)


def state(org, code, month, day):
    states = tasks_as_of(org.commune, date(2024, month, day), 2024)
    return next(s for s in states if s.code == code)


@pytest.fixture
def handed_in(org, running):
    """2.1.1: reported on 1 March, handed in late on the 14th, accepted on the 20th."""
    task = running.tasks["2.1.1"]
    actions.report_progress(
        task=task, percent=40, text="Đang lấy ý kiến.", by=org.tuphap, at=at(3, 1)
    )
    actions.submit_task(task=task, text="Kế hoạch số 21/KH-UBND.", by=org.tuphap, at=at(3, 14, 23))
    actions.accept_task(task=task, by=org.chutich, at=at(3, 20))
    return task


@pytest.mark.parametrize(
    ("month", "day", "status", "done_on", "note"),
    [
        (2, 28, "assigned", None, ""),
        (3, 1, "in_progress", None, "Đang lấy ý kiến."),
        (3, 13, "in_progress", None, "Đang lấy ý kiến."),
        (3, 14, "done", date(2024, 3, 14), "Kế hoạch số 21/KH-UBND."),
        (3, 31, "done", date(2024, 3, 14), "Kế hoạch số 21/KH-UBND."),
    ],
)
def test_the_past_is_replayed(org, handed_in, month, day, status, done_on, note):
    found = state(org, "2.1.1", month, day)
    assert (found.status, found.done_on, found.note) == (status, done_on, note)


def test_a_hand_in_that_was_sent_back_is_not_done(org, running):
    task = running.tasks["2.1.1"]
    actions.submit_task(task=task, text="Xong.", by=org.tuphap, at=at(3, 14))
    actions.return_task(task=task, reason="Thiếu phụ lục.", by=org.chutich, at=at(3, 16))
    assert state(org, "2.1.1", 3, 14).status == "submitted"
    assert state(org, "2.1.1", 3, 16).status == "in_progress"


def test_a_reopened_task_was_done_until_then(org, handed_in):
    actions.reopen_task(task=handed_in, reason="Thiếu số liệu.", by=org.chutich, at=at(4, 5))
    assert state(org, "2.1.1", 4, 4).status == "done"
    after = state(org, "2.1.1", 4, 5)
    assert (after.status, after.done_on) == ("in_progress", None)


def test_a_cancelled_task_was_open_until_then(org, running):
    actions.cancel_task(
        task=running.tasks["2.1.1"], reason="Trùng việc khác.", by=org.chutich, at=at(4, 10)
    )
    assert state(org, "2.1.1", 4, 9).is_open
    assert state(org, "2.1.1", 4, 10).status == "cancelled"


def test_extensions_count_from_their_day(org, running):
    task = running.tasks["2.1.1"]
    for month, day, new in [(3, 20, date(2024, 4, 15)), (4, 10, date(2024, 5, 15))]:
        asked = actions.ask_extension(
            task=task, new_due_on=new, reason="Chờ hướng dẫn.", by=org.tuphap, at=at(month, day)
        )
        actions.decide_extension(extension=asked, grant=True, by=org.chutich, at=at(month, day, 15))
        task.refresh_from_db()
    dues = [state(org, "2.1.1", m, d).due_on for m, d in [(3, 19), (3, 20), (4, 9), (4, 10)]]
    assert dues == [date(2024, 3, 30), date(2024, 4, 15), date(2024, 4, 15), date(2024, 5, 15)]
    assert state(org, "2.1.1", 4, 9).late_on(date(2024, 4, 16))


def test_tasks_begin_with_the_plan_or_with_their_assignment(org, running):
    office = Post.objects.get(agency=org.commune, code="office")
    actions.assign_task(
        agency=org.commune,
        text="Báo cáo đột xuất",
        field="steering",
        lead=office,
        due_on=date(2024, 3, 10),
        by=org.chutich,
        at=at(3, 2),
    )
    assert tasks_as_of(org.commune, date(2024, 1, 5), 2024) == []
    before = {s.code for s in tasks_as_of(org.commune, date(2024, 3, 1), 2024)}
    after = {s.code for s in tasks_as_of(org.commune, date(2024, 3, 2), 2024)}
    assert after - before == {"G1"}
    assert "2.1.2" not in before  # a series: its instances are counted
    assert {"2.1.2/Q1", "2.1.2/Q4"} <= before


def test_an_amendment_ends_what_it_drops(org, running):
    version = actions.amend_plan(
        plan=running.plan, reason="Điều chỉnh nhiệm vụ.", by=org.vanphong, at=at(4, 1)
    )
    item = version.items.get(code="2.1.1")
    actions.drop_item(item=item, reason="Chuyển sang năm 2025.", by=org.vanphong, at=at(4, 1))
    actions.submit_plan(version=version, by=org.vanphong, at=at(4, 2))
    actions.approve_plan(version=version, by=org.chutich, at=at(4, 3))
    assert state(org, "2.1.1", 4, 2).status == "assigned"
    assert state(org, "2.1.1", 4, 3).status == "cancelled"


def test_three_queries_however_many_tasks(org, running, django_assert_num_queries):
    with django_assert_num_queries(3):
        few = len(tasks_as_of(org.commune, date(2024, 12, 31), 2024))
    office = Post.objects.get(agency=org.commune, code="office")
    for number in range(5):
        actions.assign_task(
            agency=org.commune,
            text=f"Việc {number}",
            field="steering",
            lead=office,
            due_on=date(2024, 5, 1),
            by=org.chutich,
            at=at(3, 2) + timedelta(minutes=number),
        )
    with django_assert_num_queries(3):
        assert len(tasks_as_of(org.commune, date(2024, 12, 31), 2024)) == few + 5
