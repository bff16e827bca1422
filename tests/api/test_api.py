"""The machine's face: keys, problems, entity tags, idempotency, cursors, the same actions."""

import json
from itertools import pairwise

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.api.actions import forget_answers
from motcua.api.models import IdempotentAnswer
from motcua.org.actions import create_token, revoke_token
from motcua.planning.models import Plan, Task
from tests import scenes

pytestmark = pytest.mark.django_db


class Caller:
    """A program that calls with a person's key."""

    def __init__(self, client, secret):
        self.client, self.secret = client, secret

    def call(self, method, path, data=None, **headers):
        values = {"Authorization": f"Bearer {self.secret}", **headers}
        body = {} if data is None else {"data": json.dumps(data)}
        send = getattr(self.client, method)
        more = {"content_type": "application/json"} if method != "get" else {}
        return send(f"/api/v1{path}", headers=values, **body, **more)

    def get(self, path, **headers):
        return self.call("get", path, **headers)

    def post(self, path, data=None, **headers):
        return self.call("post", path, data or {}, **headers)


@pytest.fixture
def caller(org, now, client):
    def as_person(person, scopes=()):
        _token, secret = create_token(
            person=person, agency=org.commune, name="thử", scopes=scopes, at=now
        )
        return Caller(client, secret)

    return as_person


def test_a_stranger_gets_a_problem(client):
    answer = client.get("/api/v1/tasks")
    assert answer.status_code == 401
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.json()["code"] == "not_authenticated"


def test_a_wrong_or_ended_key_is_refused(org, now, client):
    token, secret = create_token(
        person=org.vanphong, agency=org.commune, name="x", scopes=[], at=now
    )
    revoke_token(token=token, agency=org.commune, by=org.vanphong.actor, at=now)
    assert Caller(client, secret).get("/tasks").status_code == 401


def test_a_signed_in_person_needs_no_key(org, signed_in):
    assert signed_in(org.vanphong).get("/api/v1/org/me").json()["full_name"] == "Phạm Thị Thu Hà"


def test_the_whole_way_by_api(org, caller):
    clerk, boss = caller(org.vanphong), caller(org.chutich)
    file = SimpleUploadedFile("ke-hoach.txt", scenes.SMALL_PLAN.encode())
    headers = {"Authorization": f"Bearer {clerk.secret}"}
    preview = clerk.client.post("/api/v1/plans/preview", {"file": file}, headers=headers)
    assert len(preview.json()["tasks"]) == 4
    assert not Plan.objects.exists()
    file.seek(0)
    made = clerk.client.post("/api/v1/plans", {"file": file, "agency": "15997"}, headers=headers)
    assert made.status_code == 201
    path = f"/plans/{made.json()['plan_id']}/versions/1"
    whole = clerk.get(path).json()
    for item in whole["items"]:
        if item["kind"] == "task":
            sent = {"lead": "office", "due_on": "2024-06-30", "helpers": ["land"]}
            assert clerk.call("patch", f"/plan-items/{item['id']}", sent).status_code == 200
    for warning in whole["warnings"]:
        clerk.post(f"/plan-warnings/{warning['id']}/settle", {"state": "accepted"})
    assert clerk.post(f"{path}/steps/submit_plan").json()["status"] == "submitted"
    assert boss.post(f"{path}/steps/approve_plan").json()["status"] == "in_force"
    assert Task.objects.filter(lead_person=org.vanphong).exists()


def test_a_refusal_is_a_problem_with_its_sentence(running, org, caller):
    answer = caller(org.tuphap).post(f"/plans/{running.plan.pk}/amend", {})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")
    assert "Người có quyền" in answer.json()["detail"]


def test_bad_input_says_where(running, org, caller):
    answer = caller(org.vanphong).post("/tasks", {"agency": "15997", "due_on": "hôm nay"})
    assert answer.status_code == 422
    assert any("due_on" in error["place"] for error in answer.json()["errors"])


def test_other_agencies_are_not_there(running, org, caller):
    task = running.tasks["2.1.1"]
    assert caller(org.hoangngoc).get(f"/tasks/{task.pk}").status_code == 404
    assert caller(org.hoangngoc).get("/tasks").json()["results"] == []


def test_scopes_narrow_a_key(running, org, caller):
    reader = caller(org.vanphong, ["planning.view"])
    assert reader.get("/tasks").json()["results"]
    answer = reader.post(
        "/steering",
        {
            "agency": "15997",
            "kind": "notice",
            "number": "1/TB",
            "issued_on": "2024-02-01",
            "issuer": "UBND huyện",
            "summary": "Thông báo",
        },
    )
    assert answer.status_code == 403


def test_a_task_s_steps(running, org, caller):
    task = running.tasks["2.1.1"]
    worker = caller(org.tuphap)
    shown = worker.get(f"/tasks/{task.pk}")
    assert set(shown.json()["allowed_steps"]) == {"take_on_task", "report_progress", "submit_task"}
    progress = {"percent": 40, "text": "Đang soạn"}
    done = worker.post(f"/tasks/{task.pk}/steps/report_progress", progress)
    assert (done.json()["percent"], done.json()["status"]) == (40, "in_progress")
    assert worker.post(f"/tasks/{task.pk}/steps/no_such").status_code == 404


def test_a_stale_write_is_refused_with_the_stored_version(running, org, caller):
    task = running.tasks["2.1.1"]
    worker = caller(org.tuphap)
    tag = worker.get(f"/tasks/{task.pk}").headers["ETag"]
    path = f"/tasks/{task.pk}/steps/report_progress"
    first = worker.post(path, {"percent": 10}, **{"If-Match": tag})
    second = worker.post(path, {"percent": 20}, **{"If-Match": tag})
    assert (first.status_code, second.status_code) == (200, 412)
    assert second.json()["current"]["percent"] == 10


def test_one_key_one_effect(running, org, caller):
    task = running.tasks["2.1.1"]
    worker = caller(org.tuphap)
    path, key = f"/tasks/{task.pk}/steps/comment", {"Idempotency-Key": "k-1"}
    answers = [worker.post(path, {"text": "Hỏi"}, **key) for _ in range(2)]
    assert [a.status_code for a in answers] == [200, 200]
    assert answers[1].headers["Idempotent-Replayed"] == "true"
    assert answers[0].content == answers[1].content
    assert task.notes.filter(step="comment_task").count() == 1
    reused = worker.post(path, {"text": "Khác"}, **key)
    assert reused.json()["code"] == "idempotency_key_reused"


def test_old_answers_are_forgotten(running, org, caller, now):
    worker = caller(org.tuphap)
    path = f"/tasks/{running.tasks['2.1.1'].pk}/steps/comment"
    worker.post(path, {"text": "Hỏi"}, **{"Idempotency-Key": "k-1"})
    made = IdempotentAnswer.objects.get().made_at
    assert forget_answers(before=made) == 0
    assert forget_answers(before=made.replace(year=made.year + 1)) == 1


def test_pages_follow_each_other(running, org, caller):
    reader = caller(org.vanphong)
    seen, cursor = [], None
    while True:
        more = f"&cursor={cursor}" if cursor else ""
        page = reader.get(f"/tasks?limit=3{more}").json()
        seen += [task["id"] for task in page["results"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 7
    assert reader.get("/tasks?cursor=broken").json()["code"] == "cursor_damaged"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("late=true", 0),
        ("mine=true", 0),
        ("field=procedures", 2),
        ("lead_post=justice", 5),
        ("due_to=2024-04-01", 2),
        ("q=ra soat van ban", 1),
        ("status=assigned&agency=15997", 7),
    ],
)
def test_tasks_are_narrowed(running, org, caller, query, count):
    results = caller(org.ketoan).get(f"/tasks?{query}").json()["results"]
    assert len(results) == count


def test_a_list_costs_the_same_for_any_length(running, org, caller, django_assert_max_num_queries):
    reader = caller(org.vanphong)
    reader.get("/tasks?limit=1")
    with django_assert_max_num_queries(8):
        reader.get("/tasks?limit=50")


def test_targets_and_their_values(running, org, caller):
    clerk = caller(org.vanphong)
    target = running.targets["2.2.1.CT1"]
    sent = {"on": "2024-02-29", "numerator": 99, "denominator": 100, "evidence": "Sổ theo dõi"}
    assert clerk.post(f"/targets/{target.pk}/values", sent).status_code == 201
    shown = clerk.get(f"/targets/{target.pk}").json()
    assert float(shown["latest"]) == 99
    assert len(clerk.get("/targets?agency=15997").json()["results"]) == 2


def test_more_time_by_api(running, org, caller):
    task = running.tasks["2.1.1"]
    sent = {"new_due_on": "2024-04-30", "reason": "Chờ huyện"}
    asked = caller(org.tuphap).post(f"/tasks/{task.pk}/extensions", sent)
    assert asked.status_code == 201
    answer = caller(org.chutich).post(f"/extensions/{asked.json()['id']}/decide", {"grant": True})
    assert answer.json()["status"] == "granted"


def test_the_organisation_by_api(org, caller):
    reader = caller(org.vanphong)
    assert reader.get("/org/agencies").json()["results"][0]["code"] == "15997"
    assert len(reader.get("/org/posts?agency=15997").json()["results"]) == 9
    people = reader.get("/org/people?agency=15997").json()["results"]
    other = next(p for p in people if p["full_name"] == "Trần Đức Long")
    sent = {
        "receiver_id": other["id"],
        "valid_from": "2024-03-01",
        "valid_to": "2024-03-03",
        "reason": "Nghỉ phép",
    }
    made = reader.post("/org/delegations", sent)
    assert made.status_code == 201
    assert reader.post(f"/org/delegations/{made.json()['id']}/revoke").json()["revoked_at"]
    assert reader.get("/org/day-roots").json()["results"] == []


def test_the_trace_by_api_can_be_checked_by_anyone(running, org, caller):
    entries = caller(org.chutich).get("/org/trace?limit=200").json()["results"]
    assert [e["seq"] for e in entries] == list(range(1, len(entries) + 1))
    assert all(a["hash"] == b["previous"] for a, b in pairwise(entries))


def test_the_openapi_document_stands(client):
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert len(document["paths"]) > 30
