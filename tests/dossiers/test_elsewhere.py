"""A dossier that another agency settles in part: sent, held there, late there, brought back."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from motcua.core.errors import Refused
from motcua.core.workflow import StepNotAllowed
from motcua.dossiers.actions import elsewhere, ending, handling, waiting
from motcua.dossiers.actions.common import NotServing
from motcua.dossiers.documents.control import control_page
from motcua.dossiers.documents.page import Field
from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import NotYourStep, allowed_steps
from motcua.dossiers.rules.elsewhere import (
    AnswerAfterPromise,
    AnswerDayPast,
    Elsewhere,
    NotElsewhere,
    check_answer_day,
    check_whereabouts,
)
from motcua.dossiers.views.slips import page_of_slip
from tests.dossiers import scenes
from tests.dossiers.scenes import at

ABOVE = "Phòng Tư pháp huyện"

# --- rules ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "away_to", "refusal"),
    [
        ("hear", "", None),
        ("hear", ABOVE, Elsewhere),
        ("transfer", ABOVE, Elsewhere),
        ("apologise", ABOVE, None),
        ("bring_back", ABOVE, None),
        ("bring_back", "", NotElsewhere),
    ],
)
def test_whereabouts(step: str, away_to: str, refusal: type[Refused] | None) -> None:
    if refusal is None:
        check_whereabouts(step, away_to)
    else:
        with pytest.raises(refusal):
            check_whereabouts(step, away_to)


@pytest.mark.parametrize(
    ("until", "promised", "refusal"),
    [
        (at(6), at(11), None),
        (at(11), at(11), None),
        (at(12), at(11), AnswerAfterPromise),
        (at(12), at(4), None),  # the promise is broken already
        (at(12), None, None),
        (at(5), at(11), AnswerDayPast),
        (at(4), at(11), AnswerDayPast),
    ],
)
def test_answer_days(
    until: datetime, promised: datetime | None, refusal: type[Refused] | None
) -> None:
    if refusal is None:
        check_answer_day(at(5), until, promised)
    else:
        with pytest.raises(refusal):
            check_answer_day(at(5), until, promised)


# --- actions --------------------------------------------------------------------------------------


def sent(org: SimpleNamespace, **more: Any) -> Dossier:
    said = {"to": ABOVE, "until": at(7), "by": org.tuphap, "at": at(5), "note": "Xác minh"} | more
    return elsewhere.send_out(dossier=scenes.processing(org), **said)


def test_a_dossier_goes_to_another_agency_and_comes_back(org: SimpleNamespace) -> None:
    dossier = sent(org)
    assert (dossier.status, dossier.away_to, dossier.person, dossier.post) == (
        "consulting",
        ABOVE,
        None,
        None,
    )
    assert (dossier.step_due_at, dossier.order_at) == (at(7), at(7))
    assert allowed_steps(dossier, org.tuphap, at(5).date()) == ["bring_back", "apologise"]
    back = elsewhere.bring_back(dossier=dossier, to=None, by=org.tuphap, at=at(6), note="Đủ")
    assert (back.status, back.away_to, back.person, back.step_name) == (
        "processing",
        None,
        org.tuphap,
        "Thẩm định",
    )
    names = list(back.steps.order_by("position").values_list("name", flat=True))
    assert names == [
        "Tiếp nhận",
        "Thẩm định",
        f"Giải quyết tại {ABOVE}",
        "Thẩm định",
        "Ký",
        "Trả kết quả",
    ]
    signing = handling.present(dossier=back, to=org.chutich, by=org.tuphap, at=at(6, 10))
    assert signing.step_name == "Ký"


def test_both_dates_stand_on_the_slip_and_lateness_at_the_other_agency(
    org: SimpleNamespace,
) -> None:
    dossier = sent(org)
    shown = page_of_slip(dossier.slips.get(kind="transfer"), why=False)
    fields = {part.label: part.value for part in shown.parts if isinstance(part, Field)}
    assert fields["Hạn cơ quan nhận trả lại"] == "09 giờ 00 phút, ngày 07/03/2024"
    assert fields["Hạn trả kết quả cho người dân"] == "17 giờ 00 phút, ngày 11/03/2024"
    assert (shown.title, shown.form) == ("PHIẾU CHUYỂN HỒ SƠ", "")
    late = elsewhere.bring_back(dossier=dossier, to=None, by=org.tuphap, at=at(8))
    control = control_page(late, at(8))
    row = next(one for one in control.parts[-1].rows if ABOVE in one[1])
    assert row[2:4] == ["Trần Đức Long", ABOVE]
    assert row[7] == "Quá hạn"


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"to": " "}, elsewhere.OtherAgencyMissing),
        ({"to": "UBND xã Hoằng Đông"}, elsewhere.OtherAgencyMissing),
        ({"until": at(5, 8)}, AnswerDayPast),
        ({"until": at(12)}, AnswerAfterPromise),
    ],
)
def test_it_is_not_sent_without_a_place_and_a_day(
    org: SimpleNamespace, more: dict[str, Any], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        sent(org, **more)
    assert not Dossier.objects.exclude(away_to=None).exists()


def test_what_is_elsewhere_is_not_handled_here(org: SimpleNamespace) -> None:
    dossier = sent(org)
    leader = {"by": org.chutich, "at": at(5, 10)}
    with pytest.raises(Elsewhere):
        handling.transfer(dossier=dossier, to=org.vanhoa, reason="x", **leader)
    with pytest.raises(Elsewhere):
        handling.hear(dossier=dossier, answer="x", **leader)
    with pytest.raises(StepNotAllowed):
        handling.present(dossier=dossier, to=org.chutich, **leader)
    with pytest.raises(NotServing):
        elsewhere.bring_back(dossier=dossier, to=org.hoangngoc, **leader)
    asked = handling.consult(
        dossier=handling.forward(
            dossier=scenes.received(org, at(5), procedure=dossier.version),
            to=org.tuphap,
            by=org.motcua,
            at=at(5, 10),
        ),
        of="Công an xã",
        text="Nơi cư trú",
        by=org.tuphap,
        at=at(5, 11),
    )
    with pytest.raises(NotElsewhere):
        elsewhere.bring_back(dossier=asked, to=None, by=org.tuphap, at=at(6))
    with pytest.raises(NotYourStep):
        elsewhere.send_out(
            dossier=handling.hear(dossier=asked, answer="Có", by=org.tuphap, at=at(6)),
            to=ABOVE,
            until=at(7),
            by=org.diachinh,
            at=at(6, 10),
        )


def test_a_new_promise_leaves_the_other_agencys_day(org: SimpleNamespace) -> None:
    dossier = sent(org)
    moved = waiting.apologise(
        dossier=dossier, reason="Chờ huyện", due_at=at(20), by=org.tuphap, at=at(6)
    )
    assert (moved.step_due_at, moved.due_at) == (at(7), at(20))
    assert moved.steps.get(at_agency=ABOVE).due_at == at(7)


def test_one_that_is_stopped_there_is_nowhere_any_more(org: SimpleNamespace) -> None:
    gone = ending.withdraw(dossier=sent(org), reason="Theo đơn", by=org.motcua, at=at(6))
    assert (gone.away_to, gone.steps.get(at_agency=ABOVE).ended_at) == (None, at(6))


def test_a_procedure_without_steps_can_be_sent_out(org: SimpleNamespace) -> None:
    dossier = scenes.processing(org)
    dossier.steps.all().delete()
    out = elsewhere.send_out(dossier=dossier, to=ABOVE, until=at(7), by=org.tuphap, at=at(5))
    back = elsewhere.bring_back(dossier=out, to=org.vanhoa, by=org.tuphap, at=at(6))
    assert (back.step_name, back.person) == ("Giải quyết", org.vanhoa)


def test_whoever_goes_on_gets_time_when_the_promise_moves(org: SimpleNamespace) -> None:
    back = elsewhere.bring_back(dossier=sent(org), to=None, by=org.tuphap, at=at(6))
    asked = waiting.ask_supplement(dossier=back, text="Bản chính", by=org.tuphap, at=at(7))
    moved = waiting.supply(dossier=asked, text="Có", by=org.motcua, at=at(8))
    assert at(8) < moved.step_due_at < moved.due_at


# --- pages ----------------------------------------------------------------------------------------


def test_by_form_the_list_says_where_it_is(
    org: SimpleNamespace, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.jobs.clock.now", lambda: at(5))
    dossier = scenes.processing(org)
    client = signed_in(org.tuphap)
    step = lambda name: reverse("dossiers:step", args=[dossier.pk, name])  # noqa: E731 # short
    client.post(
        step("send_out"), {"to": "UBND huyện Hoằng Hóa", "until": "7/3/2024", "lock": dossier.lock}
    )
    dossier.refresh_from_db()
    assert dossier.steps.get(at_agency="UBND huyện Hoằng Hóa").agency == org.district
    shown = client.get(reverse("dossiers:dossiers")).content.decode()
    assert "Đang ở cơ quan khác" in shown.partition("<tbody")[2]
    narrowed = client.get(reverse("dossiers:dossiers"), {"away": "on"}).content.decode()
    assert dossier.code in narrowed
    assert "UBND huyện Hoằng Hóa" in shown
    page = client.get(reverse("dossiers:dossier", args=[dossier.pk])).content.decode()
    assert "Giải quyết tại UBND huyện Hoằng Hóa" in page
    client.post(step("bring_back"), {"note": "Đủ", "lock": dossier.lock})
    dossier.refresh_from_db()
    assert (dossier.away_to, dossier.person) == (None, org.tuphap)


def test_by_api_to_an_agency_that_is_known_by_its_code(
    org: SimpleNamespace, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.jobs.clock.now", lambda: at(5))
    dossier = scenes.processing(org)
    client = signed_in(org.tuphap)

    def post(step: str, **body: Any) -> Any:
        return client.post(
            f"/api/v1/dossiers/{dossier.pk}/steps/{step}", body, content_type="application/json"
        )

    until = "2024-03-07T17:00:00+07:00"
    assert post("send_out", agency="999999", until=until).status_code == 404
    assert post("send_out", agency="399", until="2024-03-07T17:00:00").status_code == 422
    told = post("send_out", agency="399", until=until).json()
    assert (told["away_to"], told["allowed_steps"][0]) == ("UBND huyện Hoằng Hóa", "bring_back")
    turn = next(one for one in told["steps"] if one["at_agency"])
    assert (turn["at_agency"], turn["ended_at"]) == ("UBND huyện Hoằng Hóa", None)
    assert post("bring_back", note="Đủ").json()["away_to"] is None
    collected = signed_in(org.motcua).post(
        f"/api/v1/dossiers/{dossier.pk}/steps/collect_fee",
        {"way": "transfer", "reference": "FT1"},
        content_type="application/json",
    )
    assert (collected.json()["paid"], collected.json()["charges"][0]["way"]) == (15000, "transfer")
