"""What holds for every step: locks, rights, the table."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from motcua.core.errors import Stale
from motcua.core.workflow import StepNotAllowed
from motcua.dossiers.actions import elsewhere, ending, fees, handling, intake, mending, waiting
from motcua.dossiers.models import (
    Dossier,
)
from motcua.dossiers.permissions import OutsideRecord, allowed_steps
from motcua.dossiers.rules import STEPS, SlipKind
from motcua.dossiers.rules.rulesets import PLAIN
from motcua.org.permissions import NotAllowed
from tests.dossiers import scenes
from tests.dossiers.scenes import MONDAY, at


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
    modules = (intake, handling, elsewhere, waiting, ending, mending, fees)
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
