"""Handling: the way to a result."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from motcua.dossiers.actions import ending, handling
from motcua.dossiers.actions.common import NotServing
from motcua.dossiers.models import (
    ReturnWay,
)
from motcua.dossiers.permissions import NotYourStep
from tests.dossiers import scenes
from tests.dossiers.scenes import at
from tests.dossiers.traces import slips


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
