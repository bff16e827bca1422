"""Who may take which step on which thing."""

from datetime import date, timedelta

import pytest

from motcua.core.errors import Stale
from motcua.org.actions import delegate
from motcua.org.models import Person
from motcua.org.permissions import NotAllowed
from motcua.planning import permissions
from motcua.planning.actions import ask_extension
from motcua.planning.permissions import (
    allowed_task_steps,
    allowed_version_steps,
    can_ask_extension,
    can_decide_extension,
    check_lock,
    check_task_step,
    check_view,
)
from tests import scenes

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(running):
    return running.tasks["2.1.1"]


@pytest.mark.parametrize(
    ("who", "steps"),
    [
        ("tuphap", ["take_on_task", "report_progress", "submit_task"]),
        ("motcua", []),
        ("chutich", ["take_on_task", "report_progress", "submit_task", "cancel_task"]),
        ("vanphong", ["take_on_task", "report_progress", "submit_task", "cancel_task"]),
        ("noivu", []),
        ("hoangngoc", []),
    ],
)
def test_steps_on_a_task(task, org, now, who, steps):
    assert allowed_task_steps(task, org.people[who], now) == steps


def test_a_stranger_may_nothing(task, running, org, now):
    extension = ask_extension(
        task=task, new_due_on=date(2024, 5, 1), reason="Chờ", by=org.tuphap, at=now
    )
    assert allowed_task_steps(task, None, now) == []
    assert allowed_version_steps(running.version, None, now) == []
    assert not can_ask_extension(task, None, now)
    assert not can_decide_extension(extension, None, now)


def test_who_asks_for_time_and_who_decides(task, org, now):
    assert can_ask_extension(task, org.tuphap, now)
    assert not can_ask_extension(task, org.motcua, now)
    extension = ask_extension(
        task=task, new_due_on=date(2024, 5, 1), reason="Chờ", by=org.tuphap, at=now
    )
    assert can_decide_extension(extension, org.chutich, now)
    assert not can_decide_extension(extension, org.tuphap, now)


def test_who_stands_in_for_the_lead_reports_in_their_name(task, org, now):
    delegate(
        giver=org.tuphap,
        receiver=org.quantri,
        agency=org.commune,
        reason="Nghỉ phép",
        valid_from=now.date(),
        valid_to=now.date() + timedelta(days=7),
        at=now,
    )
    stand_in = Person.objects.get(pk=org.quantri.pk)
    actor = check_task_step(task, "report_progress", stand_in, now)
    assert actor.on_behalf_of == org.tuphap.full_name


@pytest.mark.parametrize(
    ("who", "steps"), [("vanphong", ["submit_plan", "discard_plan"]), ("tuphap", [])]
)
def test_steps_on_a_draft(org, now, who, steps):
    version = scenes.draft_plan(org)
    assert allowed_version_steps(version, org.people[who], now) == steps


def test_nobody_supersedes_a_plan_by_hand(running, org, now):
    assert allowed_version_steps(running.version, org.chutich, now) == []


def test_a_draft_is_edited_by_who_confirms(org, now):
    version = scenes.draft_plan(org)
    assert permissions.check_editable(version, org.vanphong, now).name == org.vanphong.full_name
    with pytest.raises(NotAllowed):
        permissions.check_editable(version, org.tuphap, now)


def test_an_old_state_is_refused(task):
    check_lock(task, None, "—")
    check_lock(task, task.lock, "—")
    with pytest.raises(Stale):
        check_lock(task, task.lock + 1, "—")


def test_a_neighbour_does_not_look(org, now):
    assert check_view(org.commune, org.noivu, now).name == org.noivu.full_name
    with pytest.raises(NotAllowed):
        check_view(org.commune, org.hoangngoc, now)
