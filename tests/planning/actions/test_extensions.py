"""More time: asked, granted, refused."""

from datetime import date

import pytest

from motcua.audit.models import Entry
from motcua.core.workflow import StepNotAllowed
from motcua.notify.models import Message
from motcua.org.permissions import NotAllowed
from motcua.planning.actions import ask_extension, cancel_task, decide_extension
from motcua.planning.actions.confirming import ReasonMissing
from motcua.planning.actions.extensions import ExtensionPending, NotLater

pytestmark = pytest.mark.django_db

LATER = date(2024, 5, 15)


@pytest.fixture
def task(running):
    return running.tasks["2.1.1"]


def ask(task, org, now, **changes):
    values = {"new_due_on": LATER, "reason": "Chờ hướng dẫn", "by": org.tuphap, "at": now}
    return ask_extension(task=task, **values | changes)


def test_more_time_is_asked(task, org, now):
    extension = ask(task, org, now)
    assert (extension.status, extension.old_due_on) == ("asked", task.due_on)
    assert task.notes.get().step == "ask_extension"
    assert Entry.objects.about(task).first().action == "planning.ask_extension"
    with pytest.raises(ExtensionPending):
        ask(task, org, now)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [({"reason": " "}, ReasonMissing), ({"new_due_on": date(2024, 3, 30)}, NotLater)],
)
def test_a_request_that_says_too_little(task, org, now, changes, refusal):
    with pytest.raises(refusal):
        ask(task, org, now, **changes)
    assert not task.extensions.exists()


def test_a_closed_task_gets_no_more_time(task, org, now):
    cancel_task(task=task, reason="Bỏ", by=org.chutich, at=now)
    with pytest.raises(StepNotAllowed):
        ask(task, org, now)


def test_granted_the_deadline_moves(task, org, now):
    first = task.due_on
    extension = ask(task, org, now)
    decide_extension(extension=extension, grant=True, by=org.chutich, at=now)
    task.refresh_from_db()
    assert (task.due_on, task.first_due_on) == (LATER, first)
    message = Message.objects.bell(org.tuphap.account_id).get(kind="planning.extension")
    assert message.subject.startswith("Đồng ý gia hạn")
    assert Entry.objects.about(task).first().action == "planning.grant_extension"
    with pytest.raises(StepNotAllowed):
        decide_extension(extension=extension, grant=True, by=org.chutich, at=now)


def test_refused_the_deadline_stays(task, org, now):
    first = task.due_on
    extension = ask(task, org, now)
    with pytest.raises(ReasonMissing):
        decide_extension(extension=extension, grant=False, by=org.chutich, at=now)
    decide_extension(extension=extension, grant=False, note="Việc gấp", by=org.chutich, at=now)
    task.refresh_from_db()
    extension.refresh_from_db()
    assert (task.due_on, extension.status) == (first, "refused")
    assert Entry.objects.about(task).first().action == "planning.refuse_extension"


def test_who_asks_does_not_decide(task, org, now):
    with pytest.raises(NotAllowed):
        decide_extension(extension=ask(task, org, now), grant=True, by=org.tuphap, at=now)
