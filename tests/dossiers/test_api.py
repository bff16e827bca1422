"""Dossiers by API: the same lists, intake, steps and files as on screen."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from motcua.api.urls import api
from motcua.audit.queries import verify
from motcua.dossiers.actions import ON_DOSSIER
from motcua.dossiers.api.steps import BODIES
from motcua.dossiers.forms import STEP_FORMS
from motcua.dossiers.models import Dossier
from motcua.jobs import clock
from motcua.org.actions import create_token
from motcua.procedures.models import Procedure
from tests.dossiers import scenes
from tests.dossiers.scenes import MARRIAGE, at

pytestmark = pytest.mark.django_db
PATH = "/api/v1/dossiers"
MORNING, FRIDAY, LATER = (at(day, hour).isoformat() for day, hour in ((4, 8), (8, 17), (28, 17)))


class Caller:
    """A program with a person's key, at a moment."""

    def __init__(self, secret: str) -> None:
        self.client, self.headers = Client(), {"Authorization": f"Bearer {secret}"}

    def get(self, path: str = "", **query: Any) -> Any:
        return self.client.get(f"{PATH}{path}", query, headers=self.headers)

    def post(self, path: str = "", data: Any = None, **headers: str) -> Any:
        return self.client.post(
            f"{PATH}{path}",
            data or {},
            content_type="application/json",
            headers=self.headers | headers,
        )


@pytest.fixture
def clocked(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set the clock of requests."""

    def to(moment: Any) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)
        monkeypatch.setattr(clock, "today", lambda: moment.date())

    to(at(4, 10))
    return to


@pytest.fixture
def caller(org: SimpleNamespace, now: Any) -> Any:
    def of(person: Any) -> Caller:
        _token, secret = create_token(
            person=person, agency=org.commune, name="thử", scopes=[], at=now
        )
        return Caller(secret)

    return of


def typed(**changes: Any) -> dict[str, Any]:
    said = {
        "agency": "15997",
        "procedure": MARRIAGE,
        "applicant": {"full_name": "Trần Thị Bưởi", "id_number": "038190000001"},
        "papers": [{"name": "Tờ khai", "originals": 1}],
        "summary": "Xác nhận tình trạng hôn nhân",
    }
    return said | changes


# --- reading --------------------------------------------------------------------------------------


def test_strangers_see_nothing(org: SimpleNamespace, caller: Any) -> None:
    dossier = scenes.received(org)
    assert Client().get(PATH).status_code == 401
    neighbour = caller(org.hoangngoc)
    assert neighbour.get().json()["results"] == []
    assert neighbour.get(f"/{dossier.pk}").status_code == 404
    assert neighbour.post(f"/{dossier.pk}/steps/forward").status_code == 404


def test_a_list_narrows_searches_and_pages(org: SimpleNamespace, caller: Any, clocked: Any) -> None:
    version = scenes.version(org)
    for n, day in enumerate((4, 5, 6)):
        scenes.received(org, at(day), procedure=version, summary=f"Việc số {n}")
    first = Dossier.objects.get(summary="Việc số 0")
    ON_DOSSIER["forward"](dossier=first, to=org.tuphap, by=org.motcua, at=at(6, 10))
    desk = caller(org.motcua)

    def found(**query: Any) -> list[str]:
        answer = desk.get(**query)
        assert answer.status_code == 200, answer.content
        return [row["summary"][-1] for row in answer.json()["results"]]

    assert found() == ["1", "2", "0"]
    assert found(order="received") == ["2", "1", "0"]
    assert found(status="processing") == found(person_id=org.tuphap.pk) == ["0"]
    assert found(mine=True) == ["1", "2"]
    assert found(received_from="2024-03-05", received_to="2024-03-05") == ["1"]
    assert found(q=first.code) == found(q="240304 bưởi") == ["0"]
    assert found(q="038190000001", stage="open") == ["1", "2", "0"]
    assert found(agency="15994") == found(channel="post") == found(procedure="1.000001") == []
    assert found(suspect=True) == found(stage="closed") == []
    clocked(at(28))
    assert found(late=True) == ["1", "2", "0"]
    page = desk.get(limit=2).json()
    assert [row["summary"][-1] for row in page["results"]] == ["1", "2"]
    assert found(limit=2, cursor=page["next"]) == ["0"]


def test_a_list_asks_as_often_for_one_row_as_for_many(
    org: SimpleNamespace, caller: Any, clocked: Any
) -> None:
    version, desk = scenes.version(org), caller(org.motcua)
    desk.get()  # notes the key's day of use
    counts = []
    for day in (4, 5, 6):
        scenes.received(org, at(day), procedure=version, summary=str(day))
        desk.get()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.get()
        counts.append(len(queries))
    assert len(set(counts)) == 1


def test_one_dossier_tells_all(org: SimpleNamespace, caller: Any, clocked: Any) -> None:
    dossier = scenes.processing(org)
    answer = caller(org.tuphap).get(f"/{dossier.pk}")
    told = answer.json()
    assert answer.headers["ETag"] == f'"dossier-{dossier.pk}-{dossier.lock}"'
    assert (told["code"], told["national_status"]) == ("15997-240304-0001", 4)
    assert told["applicant"]["id_number"] == "038190000001"
    assert told["why"][0].startswith("Nhận lúc 09:00 ngày")
    assert [step["name"] for step in told["steps"]] == [one["name"] for one in scenes.STEPS]
    assert all(step["due_at"] for step in told["steps"])
    assert [slip["kind"] for slip in told["slips"]] == ["receipt"]
    assert told["papers"][0]["originals"] == 1
    assert told["charges"][0]["amount"] == 15000
    assert "present" in told["allowed_steps"]
    assert "hand_over" not in told["allowed_steps"]
    events = caller(org.tuphap).get(f"/{dossier.pk}/events").json()["results"]
    assert [one["step"] for one in events] == ["forward", "receive"]
    assert events[1]["label"] == "Tiếp nhận hồ sơ"


# --- intake ---------------------------------------------------------------------------------------


def test_intake_gives_a_code_once(org: SimpleNamespace, caller: Any, clocked: Any) -> None:
    scenes.version(org)
    desk = caller(org.motcua)
    answers = [desk.post(data=typed(), **{"Idempotency-Key": "k1"}) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["code"] == "15997-240304-0001"
    assert answers[0].headers["ETag"] == answers[1].headers["ETag"]
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"do": "submit", "channel": "online"}, "submitted"),
        ({"do": "guide", "papers": [], "text": "Thiếu tờ khai"}, "incomplete"),
        ({"do": "turn_away", "text": "Không thuộc thẩm quyền"}, "refused"),
        (
            {"filer": {"full_name": "Lê Thị Ổi"}, "received_at": MORNING},
            "received",
        ),
    ],
)
def test_the_desk_may_also_note_guide_and_turn_away(
    org: SimpleNamespace, caller: Any, clocked: Any, changes: Any, status: str
) -> None:
    scenes.version(org)
    answer = caller(org.motcua).post(data=typed(**changes))
    assert (answer.status_code, answer.json()["status"]) == (201, status)
    assert answer.json()["is_suspect"] == ("received_at" in changes)


def test_a_dossier_comes_again(org: SimpleNamespace, caller: Any, clocked: Any) -> None:
    first = scenes.received(org)
    answer = caller(org.motcua).post(data=typed(again_id=first.pk))
    assert answer.json()["is_suspect"]
    assert caller(org.motcua).post(data=typed(again_id=10**6)).status_code == 404


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"papers": []}, 422, "papers_missing"),
        ({"applicant": {"full_name": "A", "id_number": "1"}}, 422, "id_number_wrong"),
        ({"procedure": "1.009999"}, 404, "not_found"),
        ({"agency": "15994"}, 404, "not_found"),
        ({"do": "eat"}, 422, "invalid"),
        ({"received_at": "2024-03-04T08:00:00"}, 422, "invalid"),
        ({"received_at": "2024-03-05T08:00:00+07:00"}, 422, "received_in_future"),
        ({"do": "guide"}, 422, "reason_missing"),
    ],
)
def test_intake_refuses_with_a_sentence(
    org: SimpleNamespace, caller: Any, clocked: Any, changes: Any, status: int, code: str
) -> None:
    scenes.version(org)
    answer = caller(org.motcua).post(data=typed(**changes))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["detail"]
    assert not Dossier.objects.exists()


def test_a_procedure_out_of_force_is_not_taken_in(
    org: SimpleNamespace, caller: Any, clocked: Any
) -> None:
    Procedure.objects.create(code=MARRIAGE)
    answer = caller(org.motcua).post(data=typed())
    assert (answer.status_code, answer.json()["code"]) == (422, "procedure_not_in_force")


def test_only_the_desk_takes_in(org: SimpleNamespace, caller: Any, clocked: Any) -> None:
    scenes.version(org)
    answer = caller(org.tuphap).post(data=typed())
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


def test_many_are_judged_row_by_row(org: SimpleNamespace, caller: Any, clocked: Any) -> None:
    scenes.version(org)
    rows = [
        typed(summary="Một"),
        typed(papers=[]),
        typed(procedure="1.009999"),
        typed(summary="Hai", applicant={"full_name": "Trần Thị Chanh"}),
    ]
    answer = caller(org.motcua).post("/together", {"rows": rows}, **{"Idempotency-Key": "k2"})
    told = answer.json()["rows"]
    assert [row.get("code") or row["error"] for row in told] == [
        "15997-240304-0001",
        "papers_missing",
        "not_found",
        "15997-240304-0002",
    ]
    assert "Tờ khai" in told[1]["detail"]
    assert Dossier.objects.count() == 2
    assert verify().breaks == []


# --- steps ----------------------------------------------------------------------------------------


def test_every_step_on_a_dossier_is_served_as_on_the_pages() -> None:
    assert BODIES.keys() == ON_DOSSIER.keys() == STEP_FORMS.keys()
    paths = api.get_openapi_schema()["paths"]
    served = {path.rsplit("/", 1)[1] for path in paths if path.startswith(f"{PATH}/{{pk}}/steps/")}
    assert served == set(ON_DOSSIER)


#: Who takes which step with which words, from intake to hand-over.
WAY = (
    ("motcua", "ask_completion", {"text": "Thiếu chữ ký"}, "incomplete"),
    ("motcua", "complete", {"text": "Đã ký"}, "submitted"),
    ("motcua", "accept", {}, "received"),
    ("motcua", "correct", {"reason": "Ghi nhầm", "summary": "Việc khác"}, "received"),
    ("motcua", "forward", {"to": "tuphap", "note": "Gấp"}, "processing"),
    ("tuphap", "ask_supplement", {"text": "Thiếu"}, "waiting"),
    ("motcua", "supply", {"text": "Đủ"}, "processing"),
    ("tuphap", "ask_payment", {"text": "Thuế"}, "owing"),
    ("tuphap", "confirm_payment", {}, "processing"),
    (
        "tuphap",
        "consult",
        {"of": "Công an xã", "text": "Cho ý kiến", "until": FRIDAY},
        "consulting",
    ),
    ("tuphap", "hear", {"answer": "Đồng ý"}, "processing"),
    (
        "tuphap",
        "apologise",
        {"reason": "Xác minh", "due_at": LATER},
        "processing",
    ),
    ("tuphap", "transfer", {"to": "vanhoa", "reason": "Nghỉ phép"}, "processing"),
    ("chutich", "repair", {"reason": "Sai thủ tục", "procedure": MARRIAGE}, "processing"),
    ("vanhoa", "hand_on", {"to": "vanhoa"}, "processing"),
    ("vanhoa", "present", {"to": "chutich"}, "signing"),
    ("chutich", "send_back", {"reason": "Sửa lại"}, "processing"),
    ("vanhoa", "present", {"to": "chutich"}, "signing"),
    ("chutich", "sign", {"number": "12/XN"}, "settled"),
    ("motcua", "hand_over", {"to": "Trần Thị Bưởi", "way": "post"}, "returned"),
)


def test_a_dossier_goes_its_way_by_api(org: SimpleNamespace, caller: Any, clocked: Any) -> None:
    scenes.version(org, limit="12 ngày làm việc")
    callers = {
        name: caller(getattr(org, name)) for name in ("motcua", "tuphap", "vanhoa", "chutich")
    }
    answer = callers["motcua"].post(data=typed(do="submit"))
    pk = answer.json()["id"]
    for who, step, words, status in WAY:
        sent = {
            name: getattr(org, value).pk if name == "to" and step != "hand_over" else value
            for name, value in words.items()
        }
        tag = answer.headers["ETag"]
        answer = callers[who].post(f"/{pk}/steps/{step}", sent, **{"If-Match": tag})
        assert answer.status_code == 200, (step, answer.content.decode())
        assert answer.json()["status"] == status, step
    assert answer.json()["returned_to"] == "Trần Thị Bưởi"
    assert verify().breaks == []


@pytest.mark.parametrize(
    ("start", "who", "step", "words", "status"),
    [
        ("received", "motcua", "settle", {"number": "1"}, "settled"),
        ("received", "motcua", "withdraw", {"reason": "Thôi"}, "withdrawn"),
        ("processing", "tuphap", "decline", {"reason": "Không đủ"}, "stopped"),
        ("processing", "chutich", "stop", {"reason": "Dừng"}, "stopped"),
    ],
)
def test_a_dossier_ends_otherwise_by_api(
    org: SimpleNamespace,
    caller: Any,
    clocked: Any,
    start: str,
    who: str,
    step: str,
    words: Any,
    status: str,
) -> None:
    dossier = getattr(scenes, start)(org)
    answer = caller(getattr(org, who)).post(f"/{dossier.pk}/steps/{step}", words)
    assert (answer.status_code, answer.json()["status"]) == (200, status)


def test_refusing_and_letting_lapse_by_api(org: SimpleNamespace, caller: Any, clocked: Any) -> None:
    scenes.version(org)
    desk = caller(org.motcua)
    keys = [
        desk.post(data=typed(do=do, text="Thiếu", summary=do)).json()["id"]
        for do in ("submit", "guide")
    ]
    answer = desk.post(f"/{keys[0]}/steps/refuse", {"reason": "Sai nơi"})
    assert answer.json()["status"] == "refused"
    early = desk.post(f"/{keys[1]}/steps/expire")
    assert (early.status_code, early.json()["code"]) == (409, "not_expired")
    clocked(at(30, month=4))
    assert desk.post(f"/{keys[1]}/steps/expire").json()["status"] == "stopped"


def test_a_stale_step_is_refused_with_the_stored_state(
    org: SimpleNamespace, caller: Any, clocked: Any
) -> None:
    dossier = scenes.received(org)
    desk, words = caller(org.motcua), {"to": org.tuphap.pk}
    stale = desk.post(f"/{dossier.pk}/steps/forward", words, **{"If-Match": '"dossier-1-0"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    assert stale.json()["current"]["version"] == dossier.lock
    assert desk.post(f"/{dossier.pk}/steps/forward", words).status_code == 200
    again = desk.post(f"/{dossier.pk}/steps/forward", words)
    assert (again.status_code, again.json()["code"]) == (409, "step_not_allowed")
    nobody = desk.post(
        f"/{scenes.received(org, at(5), procedure=dossier.version).pk}/steps/forward",
        {"to": org.hoangngoc.pk},
    )
    assert nobody.status_code == 404


def test_an_unknown_step_is_not_there(org: SimpleNamespace, caller: Any) -> None:
    dossier = scenes.received(org)
    assert caller(org.motcua).post(f"/{dossier.pk}/steps/eat").status_code in (404, 405)


# --- files ----------------------------------------------------------------------------------------

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def send(caller: Caller, pk: int, **more: str) -> Any:
    file = SimpleUploadedFile("to-khai.pdf", PDF, "application/pdf")
    data = {"files": file, **more}
    return caller.client.post(f"{PATH}/{pk}/files", data, headers=caller.headers)


def test_files_come_and_go(org: SimpleNamespace, caller: Any, clocked: Any) -> None:
    dossier = scenes.processing(org)
    for who, kind in (("motcua", "paper"), ("tuphap", "draft")):
        answer = send(caller(getattr(org, who)), dossier.pk, kind=kind)
        assert (answer.status_code, answer.json()[0]["kind"]) == (201, kind)
    listed = caller(org.chutich).get(f"/{dossier.pk}/files").json()
    assert [one["kind"] for one in listed] == ["paper", "draft"]
    content = caller(org.chutich).get(f"/{dossier.pk}/files/{listed[0]['id']}")
    assert content.content == PDF
    other = scenes.received(org, at(5), procedure=dossier.version)
    assert caller(org.chutich).get(f"/{other.pk}/files/{listed[0]['id']}").status_code == 404
    assert verify().breaks == []


def test_files_are_refused(org: SimpleNamespace, caller: Any, clocked: Any) -> None:
    dossier = scenes.processing(org)
    assert send(caller(org.noivu), dossier.pk).status_code == 403
    strange = send(caller(org.motcua), dossier.pk, kind="song")
    assert (strange.status_code, strange.json()["code"]) == (422, "file_kind_unknown")
    Dossier.objects.filter(pk=dossier.pk).update(outside_owner="Cổng quốc gia")
    outside = send(caller(org.motcua), dossier.pk)
    assert (outside.status_code, outside.json()["code"]) == (409, "outside_record")
