"""Procedures by API."""

import json
from datetime import date

import pytest

from tests.procedures import scenes
from tests.procedures.scenes import BIRTH, BIRTH_RAW, TODAY
from tests.procedures.test_reviews import AFTER, BEFORE, assessed, entered

pytestmark = pytest.mark.django_db
CATALOGUE = "/api/v1/procedures"
INTERNAL = "/api/v1/internal-procedures"


@pytest.fixture
def send(client):
    """Call as a signed-in person."""

    def call(person, method, path, data=None, **headers):
        client.force_login(person.account)
        body = {"data": json.dumps(data, default=str)} if data is not None else {}
        more = {} if method == "get" else {"content_type": "application/json"}
        return getattr(client, method)(path, headers=headers, **body, **more)

    return call


def test_the_catalogue_is_read_and_searched(send, org):
    scenes.load()
    first = send(org.tuphap, "get", f"{CATALOGUE}?limit=3").json()
    assert (len(first["results"]), bool(first["next"])) == (3, True)
    found = send(org.tuphap, "get", f"{CATALOGUE}?q=giay doc than").json()["results"]
    assert found[0]["code"] == "1.004873"
    full = send(org.tuphap, "get", f"{CATALOGUE}?field=Hộ tịch&online=full").json()["results"]
    assert {row["field"] for row in full} == {"Hộ tịch"}
    assert send(org.tuphap, "get", f"{CATALOGUE}/file/yaml").content.startswith(b"- code")
    past = send(org.tuphap, "get", f"{CATALOGUE}/{BIRTH}?on=2020-01-01")
    assert (past.status_code, past.json()["code"]) == (404, "not_in_force")


def test_a_version_lives_by_api(send, org):
    path = f"{CATALOGUE}/{BIRTH}/versions"
    made = send(org.vanphong, "post", path, {"content": BIRTH_RAW})
    assert (made.status_code, made.json()["no"]) == (201, 1)
    tag = send(org.vanphong, "get", f"{path}/1").headers["ETag"]
    longer = {"content": BIRTH_RAW | {"limit": "3 ngày"}}
    assert send(org.vanphong, "put", f"{path}/1", longer, **{"If-Match": tag}).status_code == 200
    stale = send(org.vanphong, "put", f"{path}/1", longer, **{"If-Match": tag})
    assert (stale.status_code, stale.json()["current"]["content"]["limit"]) == (412, "3 ngày")
    said = {"decision": "5/QĐ-UBND", "decided_on": TODAY, "valid_from": TODAY}
    assert send(org.tuphap, "post", f"{path}/1/publish", said).json()["code"] == "not_allowed"
    done = send(org.vanphong, "post", f"{path}/1/publish", said).json()
    assert (done["status"], done["allowed_steps"]) == ("published", ["withdraw_version"])
    send(org.vanphong, "post", path, {"content": BIRTH_RAW})
    (change,) = send(org.vanphong, "get", f"{path}/2/changes/1").json()
    assert (change["part"], change["before"]) == ("limit", ["3 ngày"])
    assert send(org.vanphong, "post", f"{path}/2/discard").json()["status"] == "discarded"
    gone = {"withdrawal": "9/QĐ-UBND", "last_day": TODAY}
    assert send(org.vanphong, "post", f"{path}/1/withdraw", gone).json()["status"] == "withdrawn"
    assert [row["no"] for row in send(org.vanphong, "get", path).json()] == [2, 1]
    wrong = send(org.vanphong, "post", path, {"content": {"name": "x"}})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "procedure_faulty")


def test_a_date_and_a_fee_explain_themselves(send, org):
    scenes.load(BIRTH, "2.000815")
    asked = f"{CATALOGUE}/{BIRTH}/due?received=2024-03-04T15:20:00"
    due = send(org.tuphap, "get", asked).json()
    assert due["due"].startswith("2024-03-05T17:00")
    assert due["why"][1] == "Sau 15:00 nên tính như nhận lúc 07:00 ngày 05/03/2024."
    zone = f"{CATALOGUE}/{BIRTH}/due?received=2024-03-04T08:20:00Z&channel=online"
    assert send(org.tuphap, "get", zone).json()["due"] == due["due"]
    copies = {"pages": 10, "copies": 2}
    fee = send(org.tuphap, "post", f"{CATALOGUE}/2.000815/fees", copies).json()
    assert (fee["total"], len(fee["lines"])) == (24_000, 1)
    late = {"exemptions": {"Lệ phí hộ tịch (đăng ký quá hạn)": "Đăng ký đúng hạn"}}
    assert send(org.tuphap, "post", f"{CATALOGUE}/{BIRTH}/fees", {}).json()["total"] is None
    assert send(org.tuphap, "post", f"{CATALOGUE}/{BIRTH}/fees", late).json()["total"] == 0


def test_many_at_once_whole_or_not_at_all(send, org):
    data = {
        "rows": [{"code": BIRTH} | BIRTH_RAW],
        "decision": "5/QĐ-UBND",
        "decided_on": TODAY,
        "valid_from": TODAY,
        "dry_run": True,
    }
    planned = send(org.vanphong, "post", f"{CATALOGUE}/import", data).json()
    assert planned["rows"] == [{"code": BIRTH, "what": "new"}]
    assert send(org.vanphong, "get", f"{CATALOGUE}/{BIRTH}").status_code == 404
    send(org.vanphong, "post", f"{CATALOGUE}/import", data | {"dry_run": False})
    found = send(org.vanphong, "get", f"{CATALOGUE}/{BIRTH}")
    assert (found.json()["decision"], "ETag" in found.headers) == ("5/QĐ-UBND", True)
    wrong = data | {"rows": [{"code": "x"}]}
    assert send(org.vanphong, "post", f"{CATALOGUE}/import", wrong).json()["code"] == (
        "import_faulty"
    )


def test_reviews_live_by_api(send, org):
    entry = {"code": "NB-01", "name": "Đánh giá", "field": "Nội vụ", "scope": "within"}
    made = send(org.vanphong, "post", INTERNAL, entry | {"valid_from": "2024-01-01"})
    assert made.status_code == 201
    assert send(org.vanphong, "get", INTERNAL).json()["results"][0]["code"] == "NB-01"
    plan = send(org.vanphong, "post", f"{INTERNAL}/plans", {"year": 2024}).json()
    path = f"{INTERNAL}/plans/{plan['id']}"
    line = {"procedure": "NB-01", "post": "office", "due_on": date(2024, 6, 30), "ground": "Dài"}
    review = send(org.vanphong, "post", f"{path}/reviews", line).json()
    send(org.chutich, "post", f"{path}/approve", {"number": "3/KH-UBND"})
    costs = {"before": BEFORE.as_mapping(), "after": AFTER.as_mapping(), "proposal": "Bớt."}
    one = f"{INTERNAL}/reviews/{review['id']}"
    assert send(org.vanphong, "post", f"{one}/assess", costs).json()["saved_percent"] == "60.00"
    said = {"outcome": "simplified", "decision": "8/QĐ-UBND", "decided_on": TODAY}
    assert send(org.chutich, "post", f"{one}/decide", said).json()["status"] == "decided"
    told = send(org.chutich, "get", path).json()
    assert (told["simplified_share"], told["saved_per_year"]) == ("100.0", 6000)


def test_another_commune_and_strangers_see_nothing(send, client, org):
    scenes.drafted(org)
    review = assessed(org)
    entered(org, "NB-02")
    assert client.get(CATALOGUE).status_code == 401
    assert client.get(INTERNAL).status_code == 401
    path = f"{CATALOGUE}/{BIRTH}/versions"
    assert send(org.hoangngoc, "get", path).json() == []
    assert send(org.hoangngoc, "get", f"{path}/1").status_code == 404
    assert send(org.hoangngoc, "post", f"{path}/1/discard").status_code == 404
    assert send(org.hoangngoc, "get", INTERNAL).json()["results"] == []
    plan = f"{INTERNAL}/plans/{review.plan_id}"
    assert send(org.hoangngoc, "get", plan).status_code == 404
    decided = {"outcome": "kept", "decided_on": TODAY}
    there = f"{INTERNAL}/reviews/{review.pk}/decide"
    assert send(org.hoangngoc, "post", there, decided).status_code == 404
    assert send(org.mattran, "get", f"{CATALOGUE}?q=khai sinh").json()["results"] == []
