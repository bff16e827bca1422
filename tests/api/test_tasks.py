"""Tasks by API: steps on many, filters, both versions of a stale write."""

import json

import pytest

from motcua.planning.actions import report_progress, submit_task
from motcua.planning.models import Task

pytestmark = pytest.mark.django_db


def post(client, path, data, **headers):
    return client.post(
        f"/api/v1{path}", json.dumps(data), content_type="application/json", headers=headers
    )


@pytest.fixture
def task(running):
    return running.tasks["2.1.1"]


def test_steps_on_many(task, org, signed_in, now):
    other = Task.objects.open().exclude(pk=task.pk).first()
    submit_task(task=task, text="Số 20/KH-UBND", by=org.tuphap, at=now)
    client = signed_in(org.chutich)
    ids = [task.pk, other.pk]
    answer = post(client, "/tasks/together/accept_task", {"ids": ids}).json()
    assert answer["done"] == [task.pk]
    (refused,) = answer["refused"]
    assert (refused["id"], refused["code"]) == (other.pk, "step_not_allowed")
    given = post(client, "/tasks/together/reassign", {"ids": [other.pk], "lead": "office"}).json()
    assert given["done"] == [other.pk]
    assert post(client, "/tasks/together/reassign", {"ids": ids, "lead": "none"}).status_code == 404
    assert post(client, "/tasks/together/remind_task", {"ids": [other.pk]}).json()["done"]
    assert post(client, "/tasks/together/explode", {"ids": ids}).status_code == 422


def test_what_is_not_seen_is_not_touched(task, org, signed_in):
    answer = post(signed_in(org.hoangngoc), "/tasks/together/take_on_task", {"ids": [task.pk]})
    assert answer.json() == {"done": [], "refused": []}


def test_a_task_is_taken_on_and_reminded_of(task, org, signed_in):
    done = post(signed_in(org.tuphap), "/tasks/together/take_on_task", {"ids": [task.pk]})
    assert done.json()["done"] == [task.pk]
    assert post(signed_in(org.chutich), f"/tasks/{task.pk}/steps/remind", {}).status_code == 200
    task.refresh_from_db()
    assert task.status == "in_progress"
    assert task.notes.filter(step="remind_task").exists()
    again = post(signed_in(org.tuphap), f"/tasks/{task.pk}/steps/take_on_task", {})
    assert again.json()["code"] == "step_not_allowed"


@pytest.mark.parametrize("query", ["period=2024-Q1", "steering_id=0", "person_id=0"])
def test_tasks_are_narrowed(running, org, signed_in, query):
    found = signed_in(org.chutich).get(f"/api/v1/tasks?{query}").json()["results"]
    assert len(found) < Task.objects.followed().count()


def test_a_wrong_period_is_refused(running, org, signed_in):
    answer = signed_in(org.chutich).get("/api/v1/tasks?period=never")
    assert answer.json()["code"] == "not_a_period"


def test_a_stale_write_shows_both_versions(task, org, signed_in, now):
    client = signed_in(org.tuphap)
    tag = client.get(f"/api/v1/tasks/{task.pk}").headers["ETag"]
    report_progress(task=task, percent=60, text="Đã trình", by=org.chutich, at=now)
    sent = {"percent": 40, "text": "Đang soạn"}
    answer = post(client, f"/tasks/{task.pk}/steps/report_progress", sent, **{"If-Match": tag})
    assert answer.status_code == 412
    assert answer.json()["sent"] == sent
    assert answer.json()["current"]["percent"] == 60
    assert answer.json()["current"]["notes"][0]["by"] == org.chutich.full_name
