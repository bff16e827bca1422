"""Waiting: the clock stops, restarts, shifts."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from motcua.dossiers.actions import waiting
from tests.dossiers import scenes
from tests.dossiers.scenes import at
from tests.dossiers.traces import slips


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

    def sorry(moment, due):  # type: ignore[no-untyped-def] # a short hand of this test
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
