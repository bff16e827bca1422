"""The morning's digest and what is told to the chairman."""

from datetime import datetime, timedelta

import pytest

from motcua.audit.models import Entry
from motcua.jobs.periodic import all_periodic
from motcua.notify.models import Message
from motcua.org.actions import end_service
from motcua.org.permissions import NotAllowed, actor_of
from motcua.planning.actions import remind_task, send_digests
from motcua.planning.actions.reminders import NobodyToRemind
from motcua.planning.actions.visits import mark_visit
from motcua.planning.jobs import send_all_digests

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(running):
    return running.tasks["2.1.1"]


def morning(task, days, now):
    """The morning so many days after a task's deadline."""
    on = task.due_on + timedelta(days=days)
    return on, datetime.combine(on, now.timetz())


def send(task, org, now, days):
    on, at = morning(task, days, now)
    return send_digests(agency=org.commune, on=on, at=at)


def bell(person, kind):
    return Message.objects.bell(person.account_id).filter(kind=f"planning.{kind}")


def test_nothing_due_tells_nobody(task, org, now):
    assert send(task, org, now, -30) == 0


@pytest.mark.parametrize(("days", "words"), [(-3, "hạn 30/03/2024"), (1, "trễ 1 ngày")])
def test_what_is_near_or_late_is_told_once_a_day(task, org, now, days, words):
    assert send(task, org, now, days) >= 1
    assert words in bell(org.tuphap, "digest").get().body
    assert send(task, org, now, days) == 0


@pytest.mark.parametrize(("days", "told"), [(2, 0), (3, 1), (5, 0), (10, 1)])
def test_what_stays_late_reaches_the_chairman(task, org, now, days, told):
    send(task, org, now, days)
    assert bell(org.chutich, "escalation").count() == told
    assert not bell(org.vanphong, "escalation").exists()


def test_who_left_is_told_nothing(task, org, now):
    end_service(
        person=org.tuphap, agency=org.commune, on=now.date(), by=actor_of(org.quantri), at=now
    )
    send(task, org, now, 1)
    assert not bell(org.tuphap, "digest").exists()


def test_a_task_without_a_person_is_escalated_by_its_post(task, org, now):
    task.lead_person = None
    task.save(update_fields=["lead_person"])
    send(task, org, now, 3)
    assert task.lead_post.name in bell(org.chutich, "escalation").get().body


def test_the_job_serves_every_agency_with_a_plan(task, org, settings):
    settings.TODAY = task.due_on
    assert send_all_digests.func() >= 1
    assert "planning.digests" in [one.name for one in all_periodic()]


def test_a_visit_is_remembered(org, now):
    assert mark_visit(person=org.chutich, page="today", at=now) is None
    later = now + timedelta(hours=1)
    assert mark_visit(person=org.chutich, page="today", at=later) == now
    assert mark_visit(person=org.chutich, page="other", at=later) is None


def test_a_person_is_reminded_once_a_day(task, org, now):
    for _twice in range(2):
        remind_task(task=task, text="Nhớ nộp", by=org.chutich, at=now)
    assert task.notes.filter(step="remind_task").count() == 1
    remind_task(task=task, text="Nhớ nộp", by=org.chutich, at=now + timedelta(days=1))
    told = Message.objects.bell(org.tuphap.account_id).filter(kind="planning.reminder")
    assert told.count() == 2
    assert Entry.objects.about(task).first().action == "planning.remind_task"


def test_nobody_is_reminded_of_what_nobody_leads(task, org, now):
    task.lead_person = None
    task.save()
    with pytest.raises(NobodyToRemind):
        remind_task(task=task, by=org.chutich, at=now)


def test_who_may_not_assign_may_not_remind(task, org, now):
    with pytest.raises(NotAllowed):
        remind_task(task=task, by=org.tuphap, at=now)
