"""A plan's way from the file to live tasks."""

import pytest

from motcua.audit.queries import verify
from motcua.planning.models import Task

pytestmark = pytest.mark.django_db


def test_an_approved_plan_lives(running):
    assert running.version.status == "in_force"
    assert {task.status for task in running.tasks.values()} == {"assigned"}
    assert running.tasks["2.1.1"].due_on.isoformat() == "2024-03-30"


def test_a_quarterly_task_makes_four_instances(running):
    series = running.tasks["2.1.2"]
    assert [t.period for t in Task.objects.filter(series=series).order_by("due_on")] == [
        "2024-Q1",
        "2024-Q2",
        "2024-Q3",
        "2024-Q4",
    ]


def test_every_step_left_its_trace(running):
    verdict = verify()
    assert verdict.breaks == []
    assert verdict.entries > 30
