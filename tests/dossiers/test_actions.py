"""What can be done with a dossier: effect, refusal and trace of each step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from motcua.audit.models import Entry
from motcua.core.errors import Refused, Stale
from motcua.core.workflow import StepNotAllowed
from motcua.dossiers.actions import elsewhere, ending, fees, handling, intake, waiting
from motcua.dossiers.actions.common import NotServing, ReasonMissing
from motcua.dossiers.models import (
    NO_DEADLINE,
    Applicant,
    ApplicantKind,
    Counter,
    Dossier,
    ReturnWay,
)
from motcua.dossiers.permissions import NotYourStep, OutsideRecord, allowed_steps
from motcua.dossiers.rules import STEPS, SlipKind
from motcua.dossiers.rules.rulesets import PLAIN
from motcua.org.permissions import NotAllowed
from motcua.procedures.actions import import_rows
from motcua.procedures.national import national_rows
from motcua.procedures.rules.parts import Channel
from tests.dossiers import scenes
from tests.dossiers.scenes import MONDAY, at


def last_entry(dossier: Dossier) -> Entry:
    return Entry.objects.about(dossier)[0]


def slips(dossier: Dossier) -> list[str]:
    return [slip.kind for slip in dossier.slips.order_by("pk")]


# --- intake ---------------------------------------------------------------------------------------


def test_receiving_numbers_promises_and_begins(org: SimpleNamespace) -> None:
    dossier = scenes.received(org)
    assert (dossier.code, dossier.rules) == ("15997-240304-0001", "2018")
    assert (dossier.due_at, dossier.first_due_at) == (at(11, 17), at(11, 17))
    assert (dossier.fee, dossier.paid) == (15000, 0)
    assert [one.name for one in dossier.steps.order_by("position")] == [
        "Tiếp nhận",
        "Thẩm định",
        "Ký",
        "Trả kết quả",
    ]
    assert (dossier.step_name, dossier.person) == ("Tiếp nhận", org.motcua)
    assert (
        dossier.order_at == dossier.step_due_at == dossier.steps.order_by("position").first().due_at
    )
    assert list(dossier.steps.order_by("position"))[-1].due_at == dossier.due_at
    assert slips(dossier) == ["receipt"]
    entry = last_entry(dossier)
    assert (entry.action, entry.actor_name) == ("dossiers.receive", org.motcua.full_name)
    assert "038190000001" not in entry.data + entry.label


def test_numbers_run_on_each_day_and_each_agency(org: SimpleNamespace) -> None:
    procedure = scenes.version(org)
    days = [at(4), at(4, 10), at(5)]
    codes = [scenes.received(org, day, procedure=procedure, summary=str(day)).code for day in days]
    assert codes == ["15997-240304-0001", "15997-240304-0002", "15997-240305-0001"]


def test_a_failed_intake_gives_its_number_back(org: SimpleNamespace) -> None:
    procedure = scenes.version(org)
    with pytest.raises(intake.IdNumberWrong):
        scenes.received(
            org, procedure=procedure, applicant=intake.ApplicantData("A", id_number="1")
        )
    assert Counter.objects.count() == 0
    assert scenes.received(org, procedure=procedure).code == "15997-240304-0001"


def test_two_people_of_one_name_have_a_dossier_each(org: SimpleNamespace) -> None:
    first = scenes.received(org)
    other = intake.ApplicantData("Trần Thị Bưởi", id_number="038190000002")
    second = scenes.received(org, procedure=first.version, applicant=other)
    assert first.code != second.code


def test_the_same_form_sent_twice_makes_one_dossier(org: SimpleNamespace) -> None:
    procedure = scenes.version(org)
    first = scenes.received(org, procedure=procedure)
    assert scenes.received(org, MONDAY + timedelta(seconds=20), procedure=procedure) == first
    assert scenes.received(org, MONDAY + timedelta(minutes=2), procedure=procedure) != first


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"papers": []}, intake.PapersMissing),
        ({"papers": [intake.PaperData("Tờ khai")]}, intake.PapersMissing),
        ({"applicant": intake.ApplicantData("  ")}, intake.NameMissing),
        ({"applicant": intake.ApplicantData("A", id_number="12345678")}, intake.IdNumberWrong),
        ({"applicant": intake.ApplicantData("A", id_number="03819000000X")}, intake.IdNumberWrong),
    ],
)
def test_an_incomplete_dossier_is_not_received(
    org: SimpleNamespace, changes: dict[str, object], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        scenes.received(org, **changes)
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("number", ["", "012345678", "038190000001", "038-190-000-001"])
def test_numbers_of_identity(org: SimpleNamespace, number: str) -> None:
    dossier = scenes.received(org, applicant=intake.ApplicantData("Đoàn Ý", id_number=number))
    assert Dossier.objects.matching(number).filter(pk=dossier.pk).exists() is bool(number)


def test_an_organisation_has_any_number(org: SimpleNamespace) -> None:
    who = intake.ApplicantData("HTX O'Lời", ApplicantKind.ORGANISATION, id_number="2800-1")
    assert scenes.received(org, applicant=who).applicant.id_number == "28001"


def test_the_known_applicant_is_recalled_and_a_changed_one_kept_beside(
    org: SimpleNamespace,
) -> None:
    procedure = scenes.version(org)
    first = scenes.received(org, procedure=procedure)
    same = scenes.received(org, at(5), procedure=procedure)
    moved = intake.ApplicantData("Trần Thị Bưởi", id_number="038190000001", address="Thôn 5")
    changed = scenes.received(org, at(6), procedure=procedure, applicant=moved)
    assert same.applicant == first.applicant
    assert changed.applicant != first.applicant
    first.applicant.refresh_from_db()
    assert first.applicant.address == "Thôn 3"
    known = Applicant.objects.known_as(org.commune, "038 190 000 001")
    assert list(known) == [changed.applicant, first.applicant]
    assert not Applicant.objects.known_as(org.neighbour, "038190000001").exists()


def test_a_back_dated_dossier_stands_out(org: SimpleNamespace) -> None:
    procedure = scenes.version(org)
    dossier = intake.receive(
        agency=org.commune,
        intake=scenes.typed(procedure),
        by=org.motcua,
        at=at(6),
        received_at=at(5, 15),
    )
    assert dossier.is_suspect
    assert dossier.code == "15997-240305-0001"
    with pytest.raises(intake.ReceivedInFuture):
        intake.receive(
            agency=org.commune,
            intake=scenes.typed(procedure),
            by=org.motcua,
            at=at(6, 11),
            received_at=at(7),
        )


def test_a_procedure_of_another_day_is_not_taken_in(org: SimpleNamespace) -> None:
    procedure = scenes.version(org)
    with pytest.raises(intake.NotInForce):
        scenes.received(org, at(28, month=2), procedure=procedure)


def test_the_exempt_pay_nothing(org: SimpleNamespace) -> None:
    dossier = scenes.received(org, fee=intake.FeeData(exemption="Hộ nghèo"))
    assert (dossier.fee, dossier.charges.get().exemption) == (0, "Hộ nghèo")


def test_a_fee_that_is_not_known_here_is_no_charge(org: SimpleNamespace) -> None:
    dossier = scenes.received(org, procedure=scenes.version(org, fees=[{"name": "Lệ phí"}]))
    assert not dossier.charges.exists()


def test_from_afar_there_is_no_code_before_a_clerk_receives(org: SimpleNamespace) -> None:
    asked = scenes.typed(scenes.version(org), channel=Channel.ONLINE)
    dossier = intake.submit(agency=org.commune, intake=asked, by=org.motcua, at=MONDAY)
    assert (dossier.code, dossier.status) == (None, "submitted")
    assert dossier.order_at == at(5)  # eight working hours to answer
    accepted = intake.accept(dossier=dossier, by=org.motcua, at=at(4, 14))
    assert (accepted.code, accepted.received_at) == ("15997-240304-0001", at(4, 14))
    assert slips(accepted) == ["receipt"]
    assert not accepted.is_suspect


def test_what_is_missing_is_said_once_then_comes(org: SimpleNamespace) -> None:
    asked = scenes.typed(scenes.version(org), channel=Channel.POST)
    dossier = intake.submit(agency=org.commune, intake=asked, by=org.motcua, at=MONDAY)
    waits = intake.ask_completion(dossier=dossier, text="Tờ khai", by=org.motcua, at=at(4, 10))
    assert (waits.status, slips(waits)) == ("incomplete", ["supplement"])
    assert waits.order_at == waits.pauses.get().until
    came = intake.complete(dossier=waits, text="Đã có", by=org.motcua, at=at(5))
    assert (came.status, came.pauses.get().answer) == ("submitted", "Đã có")
    assert intake.accept(dossier=came, by=org.motcua, at=at(5, 10)).supplements == 0


def test_the_desk_guides_and_turns_away_in_writing(org: SimpleNamespace) -> None:
    asked = scenes.typed(scenes.version(org), papers=[])
    guided = intake.guide(
        agency=org.commune, intake=asked, text="Thiếu tờ khai", by=org.motcua, at=MONDAY
    )
    away = intake.turn_away(
        agency=org.commune, intake=asked, reason="Sai thẩm quyền", by=org.motcua, at=MONDAY
    )
    assert (guided.status, slips(guided)) == ("incomplete", ["supplement"])
    assert (away.status, slips(away)) == ("refused", ["refusal"])
    assert away.order_at == NO_DEADLINE
    refused = intake.refuse(dossier=guided, reason="Không bổ sung", by=org.motcua, at=at(5))
    assert refused.status == "refused"
    assert not refused.pauses.filter(ended_at=None).exists()
    with pytest.raises(ReasonMissing):
        intake.turn_away(agency=org.commune, intake=asked, reason=" ", by=org.motcua, at=MONDAY)


# --- handling -------------------------------------------------------------------------------------


def test_a_dossier_walks_to_its_result(org: SimpleNamespace) -> None:
    dossier = scenes.processing(org)
    assert (dossier.status, dossier.person, dossier.post.code) == (
        "processing",
        org.tuphap,
        "justice",
    )
    presented = handling.present(dossier=dossier, to=org.chutich, by=org.tuphap, at=at(6))
    assert (presented.status, presented.person) == ("signing", org.chutich)
    signed = handling.sign(dossier=presented, number="15/XN-UBND", by=org.chutich, at=at(7))
    assert (signed.status, signed.settled_at, signed.result_number) == (
        "settled",
        at(7),
        "15/XN-UBND",
    )
    done = ending.hand_over(
        dossier=signed, to="Trần Thị Bưởi", way=ReturnWay.DESK, by=org.motcua, at=at(8)
    )
    assert (done.status, done.returned_at, done.settled_at) == ("returned", at(8), at(7))
    assert all(step.ended_at for step in done.steps.order_by("position"))
    assert [event.step for event in done.events.order_by("pk")] == [
        "receive",
        "forward",
        "present",
        "sign",
        "hand_over",
    ]


def test_the_signer_sends_back(org: SimpleNamespace) -> None:
    dossier = scenes.signing(org)
    back = handling.send_back(dossier=dossier, reason="Sai họ tên", by=org.chutich, at=at(6, 14))
    assert (back.status, back.person, back.step_name) == ("processing", org.tuphap, "Thẩm định")
    again = handling.present(dossier=back, to=org.chutich, by=org.tuphap, at=at(7))
    assert (again.status, again.step_name) == ("signing", "Ký")
    names = [step.name for step in again.steps.order_by("position")]
    assert names == ["Tiếp nhận", "Thẩm định", "Ký", "Thẩm định", "Ký", "Trả kết quả"]


def test_a_simple_dossier_is_settled_at_once(org: SimpleNamespace) -> None:
    dossier = scenes.received(org)
    assert handling.settle(dossier=dossier, number="", by=org.motcua, at=at(4, 10)).status == (
        "settled"
    )


def test_without_steps_of_the_procedure_there_is_one_to_work_in(org: SimpleNamespace) -> None:
    desk_only = [{"name": "Tiếp nhận", "post": "one_stop", "share": 100}]
    dossier = scenes.received(org, procedure=scenes.version(org, steps=desk_only))
    forwarded = handling.forward(dossier=dossier, to=org.tuphap, by=org.motcua, at=at(4, 10))
    assert (forwarded.step_name, forwarded.step_due_at) == ("Giải quyết", forwarded.due_at)
    with pytest.raises(handling.NoNextStep):
        handling.hand_on(dossier=forwarded, to=None, by=org.tuphap, at=at(5))
    assert handling.transfer(
        dossier=forwarded, to=org.vanhoa, reason="Nghỉ ốm", by=org.chutich, at=at(5)
    ).person == (org.vanhoa)


def test_handing_on_ends_one_step_and_begins_the_next(org: SimpleNamespace) -> None:
    dossier = handling.hand_on(
        dossier=scenes.processing(org), to=None, by=org.tuphap, at=at(5), note="Đủ điều kiện"
    )
    assert (dossier.step_name, dossier.person) == ("Ký", None)
    assert dossier.steps.get(name="Thẩm định").note == "Đủ điều kiện"


def test_a_transfer_gives_the_step_away(org: SimpleNamespace) -> None:
    dossier = scenes.processing(org)
    with pytest.raises(NotServing):
        handling.transfer(dossier=dossier, to=org.hoangngoc, reason="x", by=org.tuphap, at=at(5))
    moved = handling.transfer(
        dossier=dossier, to=org.vanhoa, reason="Đi họp", by=org.tuphap, at=at(5)
    )
    assert (moved.person, moved.steps.get(name="Thẩm định").person) == (org.vanhoa, org.vanhoa)
    with pytest.raises(NotYourStep):
        handling.hand_on(dossier=moved, to=None, by=org.tuphap, at=at(5, 10))
    received = scenes.received(org, at(5), procedure=dossier.version, summary="khác")
    received.steps.update(started_at=None)
    assert handling.transfer(
        dossier=received, to=org.vanhoa, reason="Đi họp", by=org.motcua, at=at(5, 14)
    ).person == (org.vanhoa)


def test_another_agency_is_asked_and_the_clock_runs_on(org: SimpleNamespace) -> None:
    dossier = scenes.processing(org)
    asked = handling.consult(
        dossier=dossier, of="Công an xã", text="Xác minh", by=org.tuphap, at=at(5), until=at(7)
    )
    assert (asked.status, asked.due_at) == ("consulting", dossier.due_at)
    heard = handling.hear(dossier=asked, answer="Đúng", by=org.tuphap, at=at(6))
    assert (heard.status, heard.due_at) == ("processing", dossier.due_at)
    assert heard.pauses.get().answer == "Đúng"


def test_to_decline_is_said_in_writing(org: SimpleNamespace) -> None:
    dossier = handling.decline(
        dossier=scenes.signing(org), reason="Không đủ điều kiện", by=org.chutich, at=at(7)
    )
    assert (dossier.status, slips(dossier)) == ("stopped", ["receipt", "refusal"])


# --- waiting --------------------------------------------------------------------------------------


def test_a_supplement_stops_the_clock_and_restarts_it(org: SimpleNamespace) -> None:
    dossier = scenes.processing(org)
    asked = waiting.ask_supplement(dossier=dossier, text="Bản chính", by=org.tuphap, at=at(5))
    assert (asked.status, asked.supplements, asked.order_at) == (
        "waiting",
        1,
        asked.pauses.get().until,
    )
    given = waiting.supply(dossier=asked, text="Đã nộp", by=org.motcua, at=at(13, 10))
    assert (given.status, given.due_at, given.first_due_at) == (
        "processing",
        at(20, 17),
        at(11, 17),
    )
    assert given.steps.get(name="Trả kết quả").due_at == at(20, 17)
    pause = given.pauses.get()
    assert (pause.due_before, pause.due_after) == (at(11, 17), at(20, 17))
    assert slips(given) == ["receipt", "supplement"]


def test_an_unanswered_request_expires_on_its_day(org: SimpleNamespace) -> None:
    dossier = scenes.processing(org)
    asked = waiting.ask_supplement(dossier=dossier, text="Bản chính", by=org.tuphap, at=at(5))
    with pytest.raises(waiting.NotExpired):
        waiting.expire(dossier=asked, by=org.motcua, at=at(25))
    gone = waiting.expire(dossier=asked, by=org.motcua, at=at(10, month=4))
    assert (gone.status, gone.person) == ("stopped", None)
    assert "Bản chính" in gone.closed_reason


def test_a_financial_duty_moves_the_promise(org: SimpleNamespace) -> None:
    dossier = scenes.processing(org)
    owing = waiting.ask_payment(dossier=dossier, text="Thuế", by=org.tuphap, at=at(5, 9))
    paid = waiting.confirm_payment(dossier=owing, text="Biên lai 5", by=org.tuphap, at=at(6, 9))
    assert (paid.status, paid.due_at) == ("processing", at(12, 17))


def test_one_apology_before_the_day_names_one_new_date(org: SimpleNamespace) -> None:
    dossier = scenes.processing(org)

    def sorry(moment, due):  # type: ignore[no-untyped-def]
        return waiting.apologise(
            dossier=dossier, reason="Chờ xác minh", due_at=due, by=org.tuphap, at=moment
        )

    with pytest.raises(waiting.ApologyTooLate):
        sorry(at(11, 8), at(15, 17))
    with pytest.raises(waiting.NotLater):
        sorry(at(8), at(11, 17))
    dated = sorry(at(8), at(15, 17))
    assert (dated.due_at, dated.first_due_at, dated.redatings) == (at(15, 17), at(11, 17), 1)
    assert slips(dated) == ["receipt", "apology"]
    with pytest.raises(waiting.RedatedOften):
        sorry(at(8, 10), at(20, 17))


def test_without_a_promise_there_is_nothing_to_apologise_for(org: SimpleNamespace) -> None:
    procedure = scenes.version(org, limit="không quy định")
    dossier = scenes.received(org, procedure=procedure)
    assert dossier.due_at is None
    with pytest.raises(waiting.NoPromise):
        waiting.apologise(dossier=dossier, reason="x", due_at=at(20), by=org.motcua, at=at(4, 10))


# --- ending and mending ---------------------------------------------------------------------------


@pytest.mark.parametrize("act", [ending.withdraw, ending.stop])
def test_a_dossier_ends_with_its_reason(org: SimpleNamespace, act: Callable[..., Dossier]) -> None:
    dossier = waiting.ask_supplement(
        dossier=scenes.processing(org), text="Bản chính", by=org.tuphap, at=at(5)
    )
    by = org.motcua if act is ending.withdraw else org.chutich
    ended = act(dossier=dossier, reason="Theo đơn", by=by, at=at(6))
    assert (ended.person, ended.closed_reason) == (None, "Theo đơn")
    assert not ended.pauses.filter(ended_at=None).exists()
    assert not allowed_steps(ended, org.chutich, at(6).date())


def test_a_stop_has_its_own_form_since_2025(org: SimpleNamespace) -> None:
    dossier = scenes.processing(org)
    Dossier.objects.filter(pk=dossier.pk).update(rules="2025")
    stopped = ending.stop(dossier=dossier, reason="Theo đơn", by=org.chutich, at=at(6))
    assert slips(stopped) == ["receipt", "stop"]


def test_a_result_is_handed_to_somebody(org: SimpleNamespace) -> None:
    dossier = handling.settle(dossier=scenes.received(org), number="", by=org.motcua, at=at(4, 10))
    with pytest.raises(ending.ReceiverMissing):
        ending.hand_over(dossier=dossier, to=" ", way=ReturnWay.POST, by=org.motcua, at=at(5))


def test_todays_mistake_is_corrected_with_a_new_slip(org: SimpleNamespace) -> None:
    dossier = scenes.received(org)
    other = scenes.procedures.published(
        org, limit="3 ngày làm việc", papers=[{"name": "Tờ khai", "originals": 1}]
    )
    mended = ending.correct(
        dossier=dossier, reason="Nhầm thủ tục", by=org.motcua, at=at(4, 16), version=other
    )
    assert (mended.code, mended.procedure, mended.due_at) == (
        dossier.code,
        other.procedure,
        at(7, 17),
    )
    old, new = mended.slips.order_by("pk")
    assert (old.cancelled_reason, new.cancelled_at, new.number) == ("Nhầm thủ tục", None, 2)
    assert mended.is_suspect
    with pytest.raises(ending.NotTheSameDay):
        ending.correct(dossier=mended, reason="x", by=org.motcua, at=at(5), summary="khác")


def test_a_repair_needs_its_own_right(org: SimpleNamespace) -> None:
    dossier = scenes.processing(org)
    with pytest.raises(NotAllowed):
        ending.repair(dossier=dossier, reason="x", by=org.motcua, at=at(6), summary="khác")
    mended = ending.repair(
        dossier=dossier, reason="Sai trích yếu", by=org.chutich, at=at(6), summary="Đúng"
    )
    assert (mended.summary, mended.version_id) == ("Đúng", dossier.version_id)
    assert last_entry(mended).action == "dossiers.repair"


# --- what holds for every step --------------------------------------------------------------------


def test_two_clerks_do_not_overwrite_each_other(org: SimpleNamespace) -> None:
    dossier = scenes.received(org)
    handling.forward(dossier=dossier, to=org.tuphap, by=org.motcua, at=at(4, 10))
    with pytest.raises(Stale) as refused:
        waiting.ask_supplement(
            dossier=dossier, text="x", by=org.tuphap, at=at(4, 11), lock=dossier.lock
        )
    assert org.motcua.full_name in str(refused.value)


def test_who_saved_last_may_be_the_system(org: SimpleNamespace) -> None:
    dossier = scenes.received(org)
    dossier.events.update(by=None)
    with pytest.raises(Stale, match="hệ thống"):
        handling.forward(dossier=dossier, to=None, by=org.motcua, at=at(4, 10), lock=99)


def test_an_outside_dossier_is_only_read(org: SimpleNamespace) -> None:
    dossier = scenes.received(org)
    Dossier.objects.filter(pk=dossier.pk).update(outside_owner="Cổng DVCQG")
    dossier.refresh_from_db()
    with pytest.raises(OutsideRecord):
        handling.forward(dossier=dossier, to=None, by=org.motcua, at=at(4, 10))
    assert allowed_steps(dossier, org.motcua, MONDAY.date()) == []


def test_strangers_take_no_step(org: SimpleNamespace) -> None:
    dossier = scenes.received(org)
    for stranger in (org.hoangngoc, org.mattran, org.noivu):
        assert allowed_steps(dossier, stranger, MONDAY.date()) == []
        with pytest.raises(NotAllowed):
            handling.forward(dossier=dossier, to=None, by=stranger, at=at(4, 10))
    assert not Dossier.objects.visible_to(org.hoangngoc, MONDAY.date()).exists()
    assert Dossier.objects.visible_to(org.noivu, MONDAY.date()).exists()


def test_a_step_out_of_the_table_is_refused(org: SimpleNamespace) -> None:
    dossier = scenes.received(org)
    with pytest.raises(StepNotAllowed):
        handling.sign(dossier=dossier, number="", by=org.chutich, at=at(4, 10))
    assert allowed_steps(dossier, org.tuphap, MONDAY.date()) == []
    assert "forward" in allowed_steps(dossier, org.motcua, MONDAY.date())


def test_the_database_itself_refuses_a_received_dossier_without_code(org: SimpleNamespace) -> None:
    dossier = scenes.received(org)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk).update(code=None, received_at=None)


def test_what_will_be_late_first_stands_first(org: SimpleNamespace) -> None:
    procedure = scenes.version(org)
    later = scenes.received(org, at(5), procedure=procedure)
    sooner = scenes.received(org, at(4), procedure=procedure)
    assert list(Dossier.objects.open().work_order()) == [sooner, later]
    assert list(Dossier.objects.running_late(at(11, 18))) == [sooner]


@pytest.mark.parametrize(
    "asked", ["15997-240304-0001", "15997-240304-0001 ", "buoi", "tran thi bu", "0912000001"]
)
def test_a_dossier_is_found_by_code_name_and_number(org: SimpleNamespace, asked: str) -> None:
    dossier = scenes.received(org)
    assert list(Dossier.objects.matching(asked)) == [dossier]
    assert not Dossier.objects.matching("buoi khac").exists()


def test_every_step_has_an_action_and_a_role() -> None:
    modules = (intake, handling, elsewhere, waiting, ending, fees)
    actions = {name for module in modules for name in dir(module)}
    assert {step.name for step in STEPS} <= actions


def test_only_slips_with_an_official_form_are_given(org: SimpleNamespace) -> None:
    dossier = scenes.received(org)
    assert set(dossier.rule_set.slips) == set(SlipKind) - {SlipKind.STOP, *PLAIN}


def test_a_national_version_without_steps_is_forwarded_all_the_same(org: SimpleNamespace) -> None:
    procedure = scenes.procedures.load("1.000894")[0]
    asked = scenes.typed(
        procedure,
        papers=[intake.PaperData(paper.name, originals=1) for paper in procedure.content.papers],
    )
    dossier = intake.receive(agency=org.commune, intake=asked, by=org.motcua, at=MONDAY)
    forwarded = handling.forward(dossier=dossier, to=org.tuphap, by=org.motcua, at=at(4, 9, 30))
    assert forwarded.person == org.tuphap


# --- by itself, and again -------------------------------------------------------------------------


def test_the_worker_closes_what_nobody_answered(
    org: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from motcua.dossiers import jobs

    asked = waiting.ask_supplement(
        dossier=scenes.processing(org), text="Bản chính", by=org.tuphap, at=at(5)
    )
    answered = waiting.ask_supplement(
        dossier=scenes.received(org, at(5, 10), procedure=asked.version, summary="khác"),
        text="Tờ khai",
        by=org.motcua,
        at=at(5, 11),
    )
    waiting.supply(dossier=answered, text="Có", by=org.motcua, at=at(6))
    monkeypatch.setattr("motcua.jobs.clock.now", lambda: at(20))
    assert jobs.expire_all.func() == 0
    monkeypatch.setattr("motcua.jobs.clock.now", lambda: at(10, month=4))
    assert jobs.expire_all.func() == 1
    assert jobs.expire_all.func() == 0
    asked.refresh_from_db()
    entry = last_entry(asked)
    assert (asked.status, entry.action, entry.actor_kind) == (
        "stopped",
        "dossiers.expire",
        "system",
    )


def test_one_that_was_answered_meanwhile_is_left_alone(org: SimpleNamespace) -> None:
    dossier = scenes.processing(org)
    assert waiting._expire_by_itself(dossier.pk, at(10, month=4)) is False


def test_to_end_a_dossier_and_take_it_in_again_stands_out(org: SimpleNamespace) -> None:
    first = scenes.processing(org)
    ending.withdraw(dossier=first, reason="Theo đơn", by=org.motcua, at=at(6))
    again = scenes.received(org, at(7), procedure=first.version)
    assert (again.again, again.is_suspect) == (first, True)
    later = scenes.received(org, at(20, month=6), procedure=first.version)
    assert (later.again, later.is_suspect) == (None, False)
    nameless = intake.ApplicantData("Trần Thị Bưởi")
    assert not scenes.received(org, at(8), procedure=first.version, applicant=nameless).is_suspect


def test_a_procedure_without_steps_goes_straight_to_its_result(org: SimpleNamespace) -> None:
    rows = [row for row in national_rows() if row.code == scenes.MARRIAGE]
    bare = [replace(row, content=replace(row.content, steps=())) for row in rows]
    procedure = import_rows(agency=None, rows=bare, valid_from=at(1, month=1).date(), at=MONDAY)[0]
    papers = [intake.PaperData(paper.name, originals=1) for paper in procedure.content.papers]
    dossier = scenes.received(org, procedure=procedure, papers=papers)
    assert (dossier.step_name, dossier.person) == ("", None)
    settled = handling.settle(dossier=dossier, number="", by=org.motcua, at=at(4, 10))
    done = ending.hand_over(
        dossier=settled, to="Bưởi", way=ReturnWay.DESK, by=org.motcua, at=at(4, 11)
    )
    assert not done.steps.exists()


def test_the_desk_may_name_the_dossier_before(org: SimpleNamespace) -> None:
    first = scenes.received(org)
    again = scenes.received(org, at(5), procedure=first.version, again=first)
    assert (again.again, again.is_suspect) == (first, True)
