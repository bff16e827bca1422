"""What happens by itself, and what comes again."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from motcua.dossiers.actions import ending, handling, intake, waiting
from motcua.dossiers.models import (
    ReturnWay,
)
from motcua.procedures.actions import import_rows
from motcua.procedures.national import national_rows
from tests.dossiers import scenes
from tests.dossiers.scenes import MONDAY, at
from tests.dossiers.traces import last_entry


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
