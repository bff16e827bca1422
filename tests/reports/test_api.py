"""Reports by API."""

import json
from datetime import date, datetime

import pytest

from tests.reports import scenes
from tests.reports.scenes import ZONE

pytestmark = pytest.mark.django_db
REPORTS = "/api/v1/reports"


@pytest.fixture(autouse=True)
def the_day(settings):
    settings.TODAY = date(2024, 3, 16)


@pytest.fixture
def send(client):
    """Call as a signed-in person."""

    def call(person, method, path="", data=None, **headers):
        client.force_login(person.account)
        body = {"data": json.dumps(data)} if data is not None else {}
        more = {} if method == "get" else {"content_type": "application/json"}
        return getattr(client, method)(f"{REPORTS}{path}", headers=headers, **body, **more)

    return call


def test_a_report_lives_by_api(send, org, running):
    scenes.hand_in(org, running, datetime(2024, 3, 13, 9, tzinfo=ZONE))
    data = {"agency": org.commune.code, "period": "2024-Q1"}
    answer = send(org.vanphong, "post", "", data)
    made = answer.json()
    assert (answer.status_code, made["status"]) == (201, "draft")
    path = f"/{made['id']}"
    figures = {figure["key"]: figure["value"] for figure in made["figures"]}
    assert (figures["plan.tasks.done"], figures["legal.issued"]) == ("1", None)
    rows = send(org.chutich, "get", f"{path}/figures/plan.tasks.done").json()["rows"]
    assert [row["code"] for row in rows] == ["2.1.1"]
    assert send(org.vanphong, "post", f"{path}/redraft").status_code == 200
    assert send(org.vanphong, "post", f"{path}/submit").json()["status"] == "submitted"
    back = send(org.chutich, "post", f"{path}/return", {"reason": "Bổ sung."})
    assert back.json()["why"] == "Bổ sung."
    send(org.vanphong, "post", f"{path}/submit")
    done = send(org.chutich, "post", f"{path}/approve", {"number": "05/BC-UBND"}).json()
    assert (done["status"], done["number"], done["allowed_steps"]) == (
        "approved",
        "05/BC-UBND",
        [],
    )
    listed = send(org.chutich, "get").json()["results"]
    assert [row["period"] for row in listed] == ["2024-Q1"]
    assert send(org.chutich, "get", f"{path}/file/pdf").content.startswith(b"%PDF")


def test_two_programs_one_section(send, org, running):
    path = f"/{scenes.drafted(org).pk}/sections/V"
    tag = send(org.vanphong, "get", path).headers["ETag"]
    first = send(org.vanphong, "patch", path, {"text": "Bản một."}, **{"If-Match": tag})
    assert (first.status_code, first.json()["text"]) == (200, "Bản một.")
    second = send(org.vanphong, "patch", path, {"text": "Bản hai."}, **{"If-Match": tag})
    assert (second.status_code, second.json()["current"]["text"]) == (412, "Bản một.")


def test_refusals_are_problems(send, org, running):
    report = scenes.drafted(org)
    assert send(org.tuphap, "post", f"/{report.pk}/submit").json()["code"] == "not_allowed"
    data = {"agency": org.commune.code, "period": "2024-Q1"}
    assert send(org.vanphong, "post", "", data).json()["code"] == "report_exists"


def test_another_commune_and_strangers_see_nothing(send, client, org, running):
    report = scenes.drafted(org)
    assert client.get(f"{REPORTS}/{report.pk}").status_code == 401
    assert send(org.hoangngoc, "get", f"/{report.pk}").status_code == 404
    assert send(org.hoangngoc, "get").json()["results"] == []
    data = {"agency": org.commune.code, "period": "2023-Q4"}
    assert send(org.hoangngoc, "post", "", data).status_code == 404


def test_the_entity_tag_of_a_report_grows(send, org, running):
    report = scenes.drafted(org)
    before = send(org.vanphong, "get", f"/{report.pk}").headers["ETag"]
    send(org.vanphong, "post", f"/{report.pk}/redraft")
    assert send(org.vanphong, "get", f"/{report.pk}").headers["ETag"] != before
