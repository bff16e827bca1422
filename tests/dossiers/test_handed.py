"""A dossier at the agency to which it was handed: read there, given back, and nothing beside it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers.actions import elsewhere, handling, papers
from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import allowed_steps, holder_of
from motcua.dossiers.queries import time_of_turn
from motcua.dossiers.rules.elsewhere import NotElsewhere, NotWithUs
from motcua.dossiers.work import handed_of
from motcua.org.permissions import NotAllowed
from tests.dossiers import scenes
from tests.dossiers.scenes import at
from tests.dossiers.traces import last_entry


def handed(org: SimpleNamespace, dossier: Dossier | None = None, **more: Any) -> Dossier:
    """To the neighbour commune, on Tuesday, until Thursday."""
    said = {"to": "", "agency": org.neighbour, "until": at(7), "by": org.tuphap, "at": at(5)}
    return elsewhere.send_out(dossier=dossier or scenes.processing(org), **said | more)


def other(org: SimpleNamespace, dossier: Dossier, n: int) -> Dossier:
    """One more with the specialist."""
    who = scenes.desk.ApplicantData(f"Lê Văn {n}", address="Thôn 1")
    more = scenes.received(org, procedure=dossier.version, applicant=who)
    return handling.forward(dossier=more, to=org.tuphap, by=org.motcua, at=at(4, 10))


def test_the_office_gives_it_back_to_whoever_sent_it(org: SimpleNamespace) -> None:
    dossier = handed(org)
    day = at(5).date()
    assert allowed_steps(dossier, org.hoangngoc, day) == ["give_back"]
    assert "give_back" not in allowed_steps(dossier, org.tuphap, day)
    back = elsewhere.give_back(dossier=dossier, note="Đúng", by=org.hoangngoc, at=at(6))
    assert (back.status, back.away_to, back.person, back.step_name) == (
        "processing",
        None,
        org.tuphap,
        "Thẩm định",
    )
    turn = back.steps.get(agency=org.neighbour)
    assert (turn.ended_at, turn.note) == (at(6), "Đúng")
    entry = last_entry(back)
    assert entry.action == "dossiers.give_back"
    assert entry.actor_name == org.hoangngoc.full_name
    assert allowed_steps(back, org.hoangngoc, day) == []
    with pytest.raises(NotAllowed):
        elsewhere.give_back(dossier=back, by=org.hoangngoc, at=at(6, 10))
    asked = handling.consult(dossier=back, of="Công an", text="?", by=org.tuphap, at=at(6, 11))
    with pytest.raises(NotElsewhere):
        elsewhere.give_back(dossier=asked, by=org.tuphap, at=at(6, 12))


def test_nobody_else_gives_it_back(org: SimpleNamespace) -> None:
    dossier = handed(org)
    for stranger in (org.tuphap, org.motcua, org.mattran):
        with pytest.raises(NotAllowed):
            elsewhere.give_back(dossier=dossier, by=stranger, at=at(6))
    named = handed(org, other(org, dossier, 1), agency=None, to="Công an xã")
    assert holder_of(named) is None
    assert allowed_steps(named, org.hoangngoc, at(5).date()) == []
    with pytest.raises(NotWithUs):
        elsewhere.give_back(dossier=named, by=org.tuphap, at=at(6))
    elsewhere.bring_back(dossier=dossier, to=None, by=org.tuphap, at=at(6))


def test_the_office_takes_no_other_step(org: SimpleNamespace) -> None:
    dossier = handed(org)
    with pytest.raises(NotAllowed):
        elsewhere.bring_back(dossier=dossier, to=None, by=org.hoangngoc, at=at(6))
    with pytest.raises(NotAllowed):
        handling.transfer(dossier=dossier, to=org.tuphap, reason="x", by=org.hoangngoc, at=at(6))


def test_what_the_office_found_is_kept_as_a_file(org: SimpleNamespace) -> None:
    dossier = handed(org)
    file = {"name": "tra-loi.txt", "content": "Đúng".encode(), "kind": "paper"}
    kept = papers.attach_file(dossier=dossier, by=org.hoangngoc, at=at(6), **file)
    assert kept.added_by == org.hoangngoc.full_name
    back = elsewhere.give_back(dossier=dossier, by=org.hoangngoc, at=at(6))
    with pytest.raises(NotAllowed):
        papers.attach_file(dossier=back, by=org.hoangngoc, at=at(6), **file)


@pytest.mark.parametrize(
    ("ended", "now", "state"),
    [
        (None, at(5), "in_time"),
        (None, at(6, 15), "soon"),
        (None, at(8), "late"),
        (at(6), at(8), "done"),
        (at(8), at(9), "done_late"),
    ],
)
def test_how_a_turn_stands(org: SimpleNamespace, ended: Any, now: Any, state: str) -> None:
    dossier = handed(org)
    if ended:
        elsewhere.give_back(dossier=dossier, by=org.hoangngoc, at=ended)
    turn = dossier.steps.get(agency=org.neighbour)
    assert time_of_turn(turn, now).state == state
    turn.due_at = None
    if ended:
        assert time_of_turn(turn, now).state == "done"


# --- pages and API --------------------------------------------------------------------------------


@pytest.fixture
def office(org: SimpleNamespace, signed_in: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("motcua.jobs.clock.now", lambda: at(6))
    return signed_in(org.hoangngoc)


def test_the_office_sees_it_and_not_its_neighbours(org: SimpleNamespace, office: Any) -> None:
    dossier = handed(org)
    beside = other(org, dossier, 1)
    text = office.get(reverse("dossiers:dossier", args=[dossier.pk])).content.decode()
    assert "Trần Thị Bưởi" in text
    assert "Gửi lại cơ quan đã chuyển" in text
    assert "UBND xã Hoằng Đông" in text
    assert "Đang ở cơ quan bạn" in text
    assert "Tiếp hồ sơ khác" not in text
    assert office.get(reverse("dossiers:dossier", args=[beside.pk])).status_code == 404
    assert office.get(f"/api/v1/dossiers/{beside.pk}").status_code == 404
    slip = dossier.slips.get(kind="transfer")
    assert (
        office.get(reverse("dossiers:slip", args=[dossier.pk, slip.pk, "pdf"])).status_code == 200
    )
    assert dossier.code not in office.get(reverse("dossiers:dossiers")).content.decode()
    listed = office.get(reverse("dossiers:handed")).content.decode()
    assert dossier.code in listed
    assert beside.code not in listed


def test_it_is_the_offices_work_until_it_goes_back(org: SimpleNamespace, office: Any) -> None:
    dossier = handed(org)
    text = office.get(reverse("planning:my_work")).content.decode()
    assert dossier.code in text
    assert "UBND xã Hoằng Đông chuyển đến" in text
    assert list(handed_of(org.tuphap, at(6))) == list(handed_of(org.mattran, at(6))) == []
    elsewhere.give_back(dossier=dossier, by=org.hoangngoc, at=at(6))
    assert list(handed_of(org.hoangngoc, at(6))) == []


def test_another_agency_finds_nothing(org: SimpleNamespace, signed_in: Any, office: Any) -> None:
    dossier = handed(org, agency=None, to="Công an xã")
    for address in (
        reverse("dossiers:dossier", args=[dossier.pk]),
        f"/api/v1/dossiers/{dossier.pk}",
        f"/api/v1/dossiers/{dossier.pk}/events",
    ):
        assert office.get(address).status_code == 404
    assert (
        office.post(
            reverse("dossiers:step", args=[dossier.pk, "give_back"]), {"note": ""}
        ).status_code
        == 404
    )
    assert dossier.code not in office.get(reverse("dossiers:handed")).content.decode()


def test_it_is_given_back_by_form_and_stays_in_the_offices_book(
    org: SimpleNamespace, office: Any
) -> None:
    dossier = handed(org)
    step = reverse("dossiers:step", args=[dossier.pk, "give_back"])
    assert office.post(step, {"note": "Đúng", "lock": dossier.lock}).status_code == 303
    page = office.get(reverse("dossiers:dossier", args=[dossier.pk])).content.decode()
    assert "Việc có thể làm" in page
    assert "<form" not in page.partition("Việc có thể làm")[2].partition("</section>")[0]
    here = lambda stage: office.get(reverse("dossiers:handed"), {"stage": stage}).content.decode()  # noqa: E731 # short
    assert dossier.code not in here("here")
    assert dossier.code in here("back")
    assert dossier.code in here("all")


def test_by_api(org: SimpleNamespace, office: Any) -> None:
    dossier = handed(org)
    told = office.get("/api/v1/dossiers/handed").json()["results"]
    assert [one["code"] for one in told] == [dossier.code]
    assert (told[0]["turn"]["agency"], told[0]["turn"]["given_back_at"]) == ("15994", None)
    whole = office.get(f"/api/v1/dossiers/{dossier.pk}").json()
    assert whole["allowed_steps"] == ["give_back"]
    sent = {"files": SimpleUploadedFile("tra-loi.txt", "Đúng".encode()), "kind": "paper"}
    assert office.post(f"/api/v1/dossiers/{dossier.pk}/files", sent).status_code == 201
    address = f"/api/v1/dossiers/{dossier.pk}/steps/"
    refused = office.post(f"{address}withdraw", {"reason": "x"}, content_type="application/json")
    assert refused.status_code == 403
    back = office.post(f"{address}give_back", {"note": "Đúng"}, content_type="application/json")
    assert back.json()["away_to"] is None
    assert office.get("/api/v1/dossiers/handed", {"here": True}).json()["results"] == []
    again = office.get("/api/v1/dossiers/handed").json()["results"]
    assert again[0]["turn"]["note"] == "Đúng"


def test_the_lists_cost_the_same_for_many(org: SimpleNamespace, office: Any) -> None:
    first = handed(org)
    costs: dict[str, list[int]] = {}
    for n in range(3):
        handed(org, other(org, first, n))
        for address in (reverse("dossiers:handed"), "/api/v1/dossiers/handed"):
            office.get(address)
            with CaptureQueriesContext(connection) as queries:
                office.get(address)
            costs.setdefault(address, []).append(len(queries))
    assert all(len(set(one)) == 1 for one in costs.values()), costs


def test_sent_twice_it_is_one_dossier_of_two_turns(org: SimpleNamespace, office: Any) -> None:
    dossier = handed(org)
    back = elsewhere.give_back(dossier=dossier, by=org.hoangngoc, at=at(5, 10))
    handed(org, back, at=at(5, 11))
    assert office.get(reverse("dossiers:dossier", args=[dossier.pk])).status_code == 200
    listed = office.get(reverse("dossiers:handed"), {"stage": "all"}).content.decode()
    assert listed.count(f'"/dossiers/{dossier.pk}/"') >= 2


def test_a_scanned_code_opens_it_at_the_office(org: SimpleNamespace, office: Any) -> None:
    dossier = handed(org)
    beside = other(org, dossier, 1)
    found = office.get(reverse("search"), {"q": dossier.code.replace("-", "")})
    assert found.headers["Location"] == reverse("dossiers:dossier", args=[dossier.pk])
    assert office.get(reverse("search"), {"q": beside.code}).status_code == 200


def test_a_search_finds_it_by_code_and_by_name(org: SimpleNamespace, office: Any) -> None:
    dossier = handed(org)
    beside = handed(org, other(org, dossier, 1))
    for words in (dossier.code, "buoi"):
        listed = office.get(reverse("dossiers:handed"), {"q": words}).content.decode()
        assert dossier.code in listed.partition("<tbody")[2]
        assert beside.code not in listed.partition("<tbody")[2]


def test_a_refused_step_shows_the_office_no_form_of_the_owners(
    org: SimpleNamespace, office: Any
) -> None:
    dossier = handed(org)
    for step in ("transfer", "withdraw", "collect_fee"):
        address = reverse("dossiers:step", args=[dossier.pk, step])
        answer = office.post(address, {"reason": "x", "to": str(org.tuphap.pk), "lock": "²"})
        assert answer.status_code in (403, 422)
        assert f'action="{address}"' not in answer.content.decode()
