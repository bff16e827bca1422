"""Days and moments near the ends of the calendar: an answer in words, never a fault."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from motcua.dossiers.models import Dossier
from motcua.ui.forms import DateField
from motcua.ui.machine import of_our_time
from tests.dossiers import scenes
from tests.dossiers.scenes import at

MOMENTS = ["0001-01-01T00:00:00+07:00", "0001-01-01T00:00:00-12:00", "9999-12-31T23:59:59-12:00"]
DAYS = ["0001-01-01", "9999-12-31"]
API = "/api/v1"


@pytest.mark.parametrize(
    ("year", "fits"), [(1, False), (1899, False), (1900, True), (2199, True), (2200, False)]
)
def test_years_of_our_time(year: int, fits: bool) -> None:
    moment = at(4).replace(year=year)
    if fits:
        assert of_our_time(moment) is moment
    else:
        with pytest.raises(ValueError, match="1900 to 2199"):
            of_our_time(moment)


@pytest.fixture
def desk(org: SimpleNamespace, signed_in: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("motcua.jobs.clock.now", lambda: at(4, 10))
    client = signed_in(org.motcua)
    client.raise_request_exception = False
    return client


def send(client: Any, method: str, path: str, body: dict[str, Any]) -> int:
    answer = getattr(client, method)(f"{API}{path}", body, content_type="application/json")
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    return int(answer.status_code)


@pytest.mark.parametrize("moment", MOMENTS)
def test_no_step_takes_such_a_moment(org: SimpleNamespace, desk: Any, moment: str) -> None:
    procedure = scenes.version(org)
    intake = {
        "agency": org.commune.code,
        "procedure": procedure.procedure.code,
        "applicant": {"full_name": "Lê Thị Na"},
        "papers": [{"name": "Tờ khai", "originals": 1}],
    }
    assert send(desk, "post", "/dossiers", intake | {"received_at": moment}) == 422
    born = intake | {"applicant": {"full_name": "Lê Thị Na", "born_on": moment[:10]}}
    assert send(desk, "post", "/dossiers", born) == 422
    many = {"rows": [intake | {"received_at": moment}]}
    assert send(desk, "post", "/dossiers/together", many) == 422
    assert not Dossier.objects.exists()
    dossier = scenes.received(org, procedure=procedure)
    step = f"/dossiers/{dossier.pk}/steps"
    assert send(desk, "post", f"{step}/apologise", {"reason": "x", "due_at": moment}) == 422
    assert send(desk, "post", f"{step}/send_out", {"to": "Công an", "until": moment}) == 422
    asked = {"of": "Công an", "text": "x", "until": moment}
    assert send(desk, "post", f"{step}/consult", asked) == 422


@pytest.mark.parametrize("name", ["submitted_at", "received_at", "due_at", "settled_at"])
@pytest.mark.parametrize("moment", MOMENTS)
def test_no_record_of_another_system_has_such_a_moment(
    org: SimpleNamespace, desk: Any, signed_in: Any, name: str, moment: str
) -> None:
    procedure = scenes.version(org)
    told = {
        "agency": org.commune.code,
        "procedure": procedure.procedure.code,
        "applicant": {"full_name": "Lê Thị Na"},
        "status": 4,
        "submitted_at": "2024-03-04T08:00:00+07:00",
        name: moment,
    }
    client = signed_in(org.ketnoi)
    client.raise_request_exception = False
    assert send(client, "put", "/dossiers/outside/Cong/G1", told) == 422


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(
    "path",
    [
        "/dossiers?received_from={}",
        "/dossiers?received_to={}",
        "/tasks?due_from={}",
        "/tasks?due_to={}",
        "/procedures/1.000894?on={}",
        "/procedures/1.000894/due?received={}T00:00:00",
        "/procedures/1.000894/due?received={}T23:59:59-12:00",
    ],
)
def test_no_list_is_asked_for_such_a_day(
    org: SimpleNamespace, desk: Any, path: str, day: str
) -> None:
    scenes.version(org)
    assert desk.get(f"{API}{path.format(day)}").status_code == 422


@pytest.mark.parametrize("typed", ["1/1/0101", "31/12/9999", "1/1/1899", "31/12/2200"])
def test_no_form_takes_such_a_day(org: SimpleNamespace, desk: Any, typed: str) -> None:
    procedure = scenes.version(org)
    sent = {"full_name": "Lê Thị Na", "born_on": typed, "paper0": "on", "do": "receive"}
    address = reverse("dossiers:new", args=[procedure.procedure.code])
    answer = desk.post(address, sent)
    assert (answer.status_code, "không phải là ngày" in answer.content.decode()) == (422, True)
    listed = desk.get(reverse("dossiers:dossiers"), {"received_to": typed})
    assert listed.status_code < 500


def test_ordinary_days_are_days() -> None:
    assert DateField().clean("29/2/2024").year == 2024
