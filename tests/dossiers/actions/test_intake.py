"""Taking in: numbers, promises, refusals, trace."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from motcua.core.errors import Refused
from motcua.dossiers.actions import intake
from motcua.dossiers.actions.common import ReasonMissing
from motcua.dossiers.models import (
    NO_DEADLINE,
    Applicant,
    ApplicantKind,
    Counter,
    Dossier,
)
from motcua.procedures.rules.parts import Channel
from tests.dossiers import scenes
from tests.dossiers.scenes import MONDAY, at
from tests.dossiers.traces import last_entry, slips


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
