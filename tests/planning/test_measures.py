"""Numbers of tasks, counted and opened, as they stood."""

from datetime import date

import pytest

from motcua.core.measures import Scope
from motcua.planning import actions
from motcua.planning.measures import FAMILY, count
from motcua.planning.measures import rows as rows_of
from tests.planning.test_as_of import at, handed_in  # noqa: F401 # a fixture

pytestmark = pytest.mark.django_db


def scope(org, end, since=date(2024, 1, 1), on=None):
    return Scope((org.commune.pk,), since, end, on or end)


def both(one):
    """The numbers, once counting and opening agree on them."""
    told = {code: values[0] for code, values in count([one]).items()}
    assert told == {code: rows_of(code, one).count() for code in told}
    return {code.removeprefix("planning.tasks").strip("."): n for code, n in told.items() if n}


@pytest.mark.parametrize(
    ("end", "told"),
    [
        (date(2024, 3, 13), {}),
        (date(2024, 3, 14), {"done": 1, "done.on_time": 1}),
        (date(2024, 3, 31), {"done": 1, "done.on_time": 1, "due": 2}),
    ],
)
def test_a_task_is_done_from_its_hand_in(org, handed_in, end, told):  # noqa: F811 # the fixture
    numbers = both(scope(org, end))
    del numbers[""]  # all tasks
    assert {code: n for code, n in numbers.items() if code != "due"} == {
        code: n for code, n in told.items() if code != "due"
    }


def test_a_late_task_is_late_until_it_is_handed_in(org, running):
    task = running.tasks["2.1.1"]  # by 31 March
    assert both(scope(org, date(2024, 4, 5)))["late"] >= 1
    actions.submit_task(task=task, text="Xong.", by=org.tuphap, at=at(4, 3))
    actions.accept_task(task=task, by=org.chutich, at=at(4, 4))
    numbers = both(scope(org, date(2024, 4, 5)))
    assert (numbers["done"], numbers.get("done.on_time", 0)) == (1, 0)
    before = both(scope(org, date(2024, 4, 5), on=date(2024, 4, 2)))
    assert "done" not in before


def test_a_product_proves_a_task_from_its_day(org, running):
    file = actions.Upload("ke-hoach.txt", b"noi dung")
    task = running.tasks["2.1.1"]
    actions.submit_task(task=task, text="Xong.", files=[file], by=org.tuphap, at=at(3, 14))
    actions.accept_task(task=task, by=org.chutich, at=at(3, 20))
    assert both(scope(org, date(2024, 3, 31)))["done.proved"] == 1


def test_a_cancelled_task_does_not_count(org, running):
    whole = both(scope(org, date(2024, 3, 31)))[""]
    actions.cancel_task(task=running.tasks["2.1.1"], reason="Trùng.", by=org.chutich, at=at(3, 1))
    assert both(scope(org, date(2024, 3, 31)))[""] == whole - 1


def test_queries_do_not_depend_on_the_months(org, running, django_assert_num_queries):
    months = [scope(org, date(2024, month, 28)) for month in range(1, 13)]
    with django_assert_num_queries(5):
        count(months)


def test_a_row_leads_to_its_task(org, running):
    row = rows_of("planning.tasks", scope(org, date(2024, 3, 31))).first()
    assert FAMILY.address(row) == f"/tasks/{row.pk}/"
