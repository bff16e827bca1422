"""The wrong procedure corrected: steps, posts, promise, papers, fee and slips of the right one."""

from __future__ import annotations

import dataclasses
import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from motcua.dossiers.actions import elsewhere, handling, mending, waiting
from motcua.dossiers.actions.intake import FeeData, PaperData
from motcua.dossiers.documents.forms import Given, page_of
from motcua.dossiers.models import Dossier, Slip
from motcua.dossiers.rules import SlipKind
from motcua.dossiers.rules.rulesets import AfterSupplement
from motcua.procedures.models import ProcedureVersion
from tests.dossiers import scenes
from tests.dossiers.scenes import at
from tests.dossiers.test_slips import docx_text, slip_docx
from tests.dossiers.traces import last_entry
from tests.procedures import scenes as procedures

STEPS = [
    {"name": "Tiếp nhận", "post": "one_stop", "share": 10},
    {"name": "Kiểm tra đất", "post": "land", "share": 40},
    {"name": "Soát xét", "post": "justice", "share": 30},
    {"name": "Ký", "post": "chairman", "share": 20},
]
PAPERS = [{"name": "Tờ khai", "originals": 1}, {"name": "Sơ đồ thửa đất", "certified": 2}]
FEES = [{"name": "Phí trích lục", "amount": 4000, "per": "copy"}]


def right(org: SimpleNamespace, **changes: Any) -> ProcedureVersion:
    """Three working days, four steps of other posts, another paper, a fee by copies."""
    said = {"name": "Trích lục", "limit": "3 ngày làm việc", "steps": STEPS, "papers": PAPERS}
    return procedures.published(org, "1.000656", **said | {"fees": FEES} | changes)


def correct(org: SimpleNamespace, dossier: Dossier, **more: Any) -> Dossier:
    said = {"reason": "Nhầm thủ tục", "by": org.motcua, "at": at(4, 14)} | more
    return mending.correct(dossier=dossier, **said)


def way(dossier: Dossier) -> list[tuple[int, str, str, str]]:
    """Each step: where, what, whose, how far."""
    rows = dossier.steps.select_related("post", "person").order_by("position")
    return [
        (
            row.position,
            row.name,
            row.post.code if row.post else row.at_agency,
            "done" if row.ended_at else "runs" if row.started_at else "ahead",
        )
        for row in rows
    ]


def test_at_the_desk_the_dossier_gets_the_right_steps_posts_and_deadlines(
    org: SimpleNamespace,
) -> None:
    mended = correct(org, scenes.received(org), version=right(org))
    assert way(mended) == [
        (1, "Tiếp nhận", "one_stop", "runs"),
        (2, "Kiểm tra đất", "land", "ahead"),
        (3, "Soát xét", "justice", "ahead"),
        (4, "Ký", "chairman", "ahead"),
    ]
    assert (mended.step_name, mended.person, mended.post.code) == (
        "Tiếp nhận",
        org.motcua,
        "one_stop",
    )
    deadlines = list(mended.steps.order_by("position").values_list("due_at", flat=True))
    assert deadlines[-1] == mended.due_at == mended.first_due_at == at(7, 17)
    assert deadlines == sorted(deadlines)
    assert mended.step_due_at == deadlines[0]
    assert mended.steps.get(position=1).started_at == at(4)


def test_forwarded_already_it_waits_for_the_right_post(org: SimpleNamespace) -> None:
    mended = correct(org, scenes.processing(org), version=right(org))
    assert way(mended) == [
        (1, "Tiếp nhận", "one_stop", "done"),
        (2, "Kiểm tra đất", "land", "runs"),
        (3, "Soát xét", "justice", "ahead"),
        (4, "Ký", "chairman", "ahead"),
    ]
    assert (mended.step_name, mended.person, mended.post.code) == (
        "Kiểm tra đất",
        None,
        "land",
    )
    gone_on = handling.hand_on(dossier=mended, to=org.tuphap, by=org.diachinh, at=at(4, 15))
    assert (gone_on.step_name, gone_on.person) == ("Soát xét", org.tuphap)


def test_whoever_is_of_the_right_post_goes_on(org: SimpleNamespace) -> None:
    steps = [STEPS[0], STEPS[2] | {"share": 90}]
    mended = correct(org, scenes.processing(org), version=right(org, steps=steps))
    assert (mended.step_name, mended.person) == ("Soát xét", org.tuphap)


def without_steps(org: SimpleNamespace) -> ProcedureVersion:
    """As rows of the national catalogue can be."""
    return procedures.drafted(org, steps=[])


def test_a_procedure_without_steps_is_received_as_one(org: SimpleNamespace) -> None:
    first = right(org, papers=PAPERS[:1])
    mended = correct(org, scenes.received(org, procedure=first), version=without_steps(org))
    assert (way(mended), mended.step_name, mended.person, mended.step_due_at) == (
        [],
        "",
        None,
        None,
    )
    back = correct(org, mended, version=first, at=at(4, 15))
    assert (back.step_name, back.person, back.steps.count()) == ("Tiếp nhận", org.motcua, 4)


def test_forwarded_under_a_procedure_without_steps_somebody_still_has_it(
    org: SimpleNamespace,
) -> None:
    dossier = scenes.received(org, procedure=right(org, papers=PAPERS[:1]))
    handled = handling.forward(dossier=dossier, to=org.diachinh, by=org.motcua, at=at(4, 10))
    mended = correct(org, handled, version=without_steps(org))
    assert way(mended)[1:] == [(2, "Giải quyết", "", "runs")]
    assert mended.step_due_at == mended.due_at


def test_before_the_signer_or_elsewhere_it_stays_where_it_is(org: SimpleNamespace) -> None:
    version = right(org)
    signed = mending.repair(
        dossier=scenes.signing(org), reason="x", by=org.chutich, at=at(6, 10), version=version
    )
    assert way(signed)[2:] == [(3, "Ký", "chairman", "runs"), (4, "Ký", "chairman", "ahead")]
    assert signed.person == org.chutich


def test_what_another_agency_holds_comes_back_to_the_right_step(org: SimpleNamespace) -> None:
    away = elsewhere.send_out(
        dossier=scenes.processing(org), to="Phòng Tư pháp", until=at(7), by=org.tuphap, at=at(5)
    )
    mended = mending.repair(
        dossier=away, reason="x", by=org.chutich, at=at(5, 10), version=right(org)
    )
    assert way(mended) == [
        (1, "Tiếp nhận", "one_stop", "done"),
        (2, "Thẩm định", "justice", "done"),
        (3, "Giải quyết tại Phòng Tư pháp", "Phòng Tư pháp", "runs"),
        (4, "Kiểm tra đất", "land", "ahead"),
        (5, "Soát xét", "justice", "ahead"),
        (6, "Ký", "chairman", "ahead"),
    ]
    assert (mended.away_to, mended.step_due_at) == ("Phòng Tư pháp", at(7))
    back = elsewhere.bring_back(dossier=mended, to=None, by=org.tuphap, at=at(6))
    assert (back.step_name, back.away_to) == ("Kiểm tra đất", None)


def test_a_settled_dossiers_way_is_behind_it(org: SimpleNamespace) -> None:
    settled = handling.settle(dossier=scenes.received(org), number="", by=org.motcua, at=at(4, 10))
    before = way(settled)
    mended = mending.repair(
        dossier=settled, reason="x", by=org.chutich, at=at(4, 11), version=right(org)
    )
    assert way(mended) == before


def test_a_name_that_nobody_typed_is_the_right_procedures(org: SimpleNamespace) -> None:
    version = right(org)
    first = scenes.version(org)
    unnamed = correct(org, scenes.received(org, procedure=first, summary=""), version=version)
    assert unnamed.summary == "Trích lục"
    assert "trich luc" in unnamed.folded
    typed = scenes.received(org, at(4, 9, 5), procedure=first)
    assert correct(org, typed, version=version).summary == typed.summary


# --- papers ---------------------------------------------------------------------------------------


def counted(dossier: Dossier) -> list[tuple[str, int]]:
    return [(one.name, one.count) for one in dossier.papers.order_by("position")]


def test_what_came_stays_and_what_is_missing_is_named(org: SimpleNamespace) -> None:
    dossier = scenes.received(org)
    mended = correct(org, dossier, version=right(org))
    assert counted(mended) == [("Tờ khai", 1), ("Sơ đồ thửa đất", 0)]
    handled = handling.forward(dossier=mended, to=org.tuphap, by=org.motcua, at=at(4, 15))
    asked = waiting.ask_supplement(dossier=handled, text="Thiếu", by=org.tuphap, at=at(4, 16))
    wanted = asked.slips.get(kind=SlipKind.SUPPLEMENT).data["wanted"]
    assert [one["name"] for one in wanted] == ["Sơ đồ thửa đất"]


def test_what_came_for_the_right_procedure_is_noted_and_the_old_slip_reads_on(
    org: SimpleNamespace,
) -> None:
    dossier = scenes.received(org)
    old = dossier.slips.get()
    before = docx_text(slip_docx(page_of(Given.of(old), base="")))
    assert "Tờ khai" in before
    came = [PaperData("Sơ đồ thửa đất", certified=2), PaperData("Tờ khai", originals=9)]
    mended = correct(org, dossier, version=right(org), papers=came)
    assert counted(mended) == [("Tờ khai", 1), ("Sơ đồ thửa đất", 2)]
    cancelled, given = mended.slips.order_by("pk")
    shown = docx_text(slip_docx(page_of(Given.of(cancelled), base="")))
    assert "Sơ đồ thửa đất" not in shown
    assert shown.replace("ĐÃ HỦY: Nhầm thủ tục ", "") == before
    assert "Sơ đồ thửa đất" in docx_text(slip_docx(page_of(Given.of(given), base="")))
    again = correct(org, mended, version=dossier.version, at=at(4, 15))
    assert counted(again) == [("Tờ khai", 1), ("Sơ đồ thửa đất", 2), ("Quyết định ly hôn", 0)]
    assert [slip.data.get("papers") for slip in again.slips.order_by("pk")] == [1, 2, None]


def test_a_paper_that_was_missing_comes_with_a_correction(org: SimpleNamespace) -> None:
    dossier = scenes.received(
        org, papers=[PaperData("Tờ khai", originals=1), PaperData("Quyết định ly hôn")]
    )
    mended = correct(org, dossier, papers=[PaperData("Quyết định ly hôn", certified=1)])
    assert counted(mended)[-1] == ("Quyết định ly hôn", 1)
    assert mended.version_id == dossier.version_id


def test_a_component_of_the_national_list_is_known_by_its_code(org: SimpleNamespace) -> None:
    first = scenes.version(org, papers=[{"name": "Tờ khai", "originals": 1, "code": "000.1"}])
    dossier = scenes.received(
        org, procedure=first, papers=[PaperData("Tờ khai", originals=1, code="000.1")]
    )
    same = [{"name": "Tờ khai (mẫu mới)", "originals": 1, "code": "000.1"}]
    mended = correct(org, dossier, version=right(org, papers=same))
    assert counted(mended) == [("Tờ khai", 1)]


# --- fee, slips, chain ----------------------------------------------------------------------------


def test_the_fee_is_counted_by_what_was_told(org: SimpleNamespace) -> None:
    version = right(org)
    mended = correct(org, scenes.received(org), version=version, fee=FeeData(copies=5))
    assert mended.fee == 20000
    fewer = correct(org, mended, fee=FeeData(copies=2), at=at(4, 15))
    assert (fewer.fee, fewer.version) == (8000, version)
    entry = json.loads(last_entry(fewer).data)
    assert entry["before"]["fee"] == 20000
    assert (entry["cancelled"], entry["slip"]) == ("2/2024", "3/2024")
    numbers = fewer.slips.order_by("pk").values_list("number", "cancelled_reason")
    assert list(numbers) == [(1, "Nhầm thủ tục"), (2, "Nhầm thủ tục"), (3, "")]


# --- at the desk ----------------------------------------------------------------------------------


@pytest.fixture
def desk(org: SimpleNamespace, signed_in: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("motcua.jobs.clock.now", lambda: at(4, 14))
    return signed_in(org.motcua)


def test_by_form(org: SimpleNamespace, desk: Any) -> None:
    version = right(org)
    dossier = scenes.received(org)
    sent = {"version": version.pk, "came": "on", "copies": "3", "reason": "Nhầm thủ tục"}
    step = reverse("dossiers:step", args=[dossier.pk, "correct"])
    assert desk.post(step, sent | {"lock": dossier.lock}).status_code == 303
    dossier.refresh_from_db()
    assert (dossier.version, dossier.fee) == (version, 12000)
    assert counted(dossier) == [("Tờ khai", 1), ("Sơ đồ thửa đất", 2)]
    page = desk.get(reverse("dossiers:dossier", args=[dossier.pk])).content.decode()
    assert "Kiểm tra đất" in page
    assert ">còn thiếu<" not in page
    assert "đã hủy" in page


def test_by_form_what_is_missing_stands_out(org: SimpleNamespace, desk: Any) -> None:
    mended = correct(org, scenes.received(org), version=right(org))
    page = desk.get(reverse("dossiers:dossier", args=[mended.pk])).content.decode()
    assert page.count(">còn thiếu<") == 1


def test_by_form_an_exemption_stays(org: SimpleNamespace, desk: Any) -> None:
    version = right(org, fees=[FEES[0] | {"exemptions": ["Hộ nghèo"]}])
    dossier = scenes.received(org, fee=FeeData(exemption="Hộ nghèo"))
    step = reverse("dossiers:step", args=[dossier.pk, "correct"])
    sent = {"version": version.pk, "copies": "3", "reason": "Nhầm", "lock": dossier.lock}
    assert desk.post(step, sent).status_code == 303
    dossier.refresh_from_db()
    assert (dossier.fee, dossier.charges.get().exemption) == (0, "Hộ nghèo")


def test_by_api(org: SimpleNamespace, desk: Any) -> None:
    version = right(org)
    dossier = scenes.received(org)
    address = f"/api/v1/dossiers/{dossier.pk}/steps/correct"
    sent = {
        "reason": "Nhầm",
        "procedure": version.procedure.code,
        "papers": [{"name": "Sơ đồ thửa đất", "certified": 2}],
        "fee": {"copies": 2},
    }
    unknown = desk.post(address, sent | {"procedure": "9.999999"}, content_type="application/json")
    assert unknown.status_code == 422
    assert Slip.objects.count() == 1
    told = desk.post(address, sent, content_type="application/json").json()
    assert (told["fee"], [one["name"] for one in told["steps"]][1]) == (8000, "Kiểm tra đất")
    assert [one["certified"] for one in told["papers"]] == [0, 2]


@pytest.mark.parametrize(("rules", "due"), [("shift", at(19, 17)), ("restart", at(20, 17))])
def test_the_clock_stood_under_the_wrong_procedure_as_well(
    org: SimpleNamespace, rules: str, due: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Received on the 4th, waited from the 5th to the 15th: three days of the right procedure do
    not end on the 7th."""
    found = scenes.processing(org)
    found = waiting.ask_supplement(dossier=found, text="Thiếu", by=org.tuphap, at=at(5))
    found = waiting.supply(dossier=found, text="Đã nộp", by=org.motcua, at=at(15))
    after = dataclasses.replace(found.rule_set, supplement=AfterSupplement(rules))
    monkeypatch.setattr(Dossier, "rule_set", after)
    mended = mending.repair(
        dossier=found, reason="Nhầm thủ tục", by=org.chutich, at=at(15, 10), version=right(org)
    )
    assert mended.first_due_at == at(7, 17)
    assert mended.due_at == due


def test_the_clock_stood_for_a_duty_as_well(org: SimpleNamespace) -> None:
    found = scenes.processing(org)
    found = waiting.ask_payment(dossier=found, text="Thuế", by=org.tuphap, at=at(5))
    found = waiting.confirm_payment(dossier=found, text="Đã nộp", by=org.tuphap, at=at(6))
    mended = mending.repair(
        dossier=found, reason="Nhầm thủ tục", by=org.chutich, at=at(6, 10), version=right(org)
    )
    assert (mended.first_due_at, mended.due_at) == (at(7, 17), at(8, 17))
