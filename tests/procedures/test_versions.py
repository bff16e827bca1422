"""Versions: effect, refusal and trace of each step; which version holds on a day."""

import json
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.audit.models import Entry
from motcua.audit.queries import verify
from motcua.core.errors import Stale
from motcua.core.workflow import StepNotAllowed
from motcua.org.permissions import NotAllowed
from motcua.procedures import actions
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.permissions import NationalVersion, version_steps
from motcua.procedures.queries import in_force_on, version_on
from motcua.procedures.rules import CodeWrong, Limit, LimitUnit
from tests.procedures import scenes
from tests.procedures.scenes import AT, BIRTH, TODAY

pytestmark = pytest.mark.django_db


def test_a_draft_is_not_in_force(org):
    version = scenes.drafted(org)
    assert (version.status, version.no, version.is_complete) == ("draft", 1, True)
    assert version_on(version.procedure, org.commune, TODAY) is None
    assert version.content.limit == Limit(LimitUnit.SAME_DAY)
    entry = Entry.objects.get(action="procedures.draft_version")
    assert json.loads(entry.data)["code"] == BIRTH


def test_one_draft_at_a_time(org):
    scenes.drafted(org)
    with pytest.raises(actions.DraftExists):
        scenes.drafted(org)
    with pytest.raises(CodeWrong):
        scenes.drafted(org, code="khai sinh")


@pytest.mark.parametrize("name", ["tuphap", "chutich", "hoangngoc"])
def test_who_may_not_write_versions(org, name):
    with pytest.raises(NotAllowed):
        actions.draft_version(
            agency=org.commune, code=BIRTH, content=scenes.content(), by=org.people[name], at=AT
        )
    assert not Procedure.objects.exists()


def test_a_draft_is_edited_until_it_is_published(org):
    draft = scenes.drafted(org)
    edited = actions.edit_version(
        version=draft,
        content=scenes.content(limit="2 giờ"),
        by=org.vanphong,
        at=AT,
        lock=draft.lock,
    )
    assert (edited.limit_unit, edited.limit_value) == ("hour", 2)
    with pytest.raises(Stale):
        actions.edit_version(
            version=draft, content=scenes.content(), by=org.vanphong, at=AT, lock=draft.lock
        )
    actions.discard_version(version=draft, by=org.vanphong, at=AT)
    with pytest.raises(StepNotAllowed):
        actions.edit_version(
            version=draft, content=scenes.content(), by=org.vanphong, at=AT, lock=None
        )
    assert Entry.objects.filter(action__startswith="procedures.").count() == 3


def test_publishing_ends_the_version_before(org):
    first = scenes.published(org, valid_from=date(2024, 1, 1))
    second = scenes.published(org, valid_from=TODAY, limit="1 ngày làm việc")
    first.refresh_from_db()
    assert (first.status, first.valid_to) == ("published", date(2024, 2, 29))
    assert second.no == 2
    held = [
        version_on(first.procedure, org.commune, day)
        for day in (date(2023, 12, 31), date(2024, 2, 29), TODAY, date(2030, 1, 1))
    ]
    assert held == [None, first, second, second]
    assert verify().breaks == []


def test_publishing_needs_a_decision_all_parts_and_a_later_beginning(org):
    scenes.published(org, valid_from=TODAY)
    draft = scenes.drafted(org)
    asked = {"decided_on": TODAY, "by": org.vanphong, "at": AT, "version": draft}
    with pytest.raises(actions.DecisionMissing):
        actions.publish_version(**asked, decision=" ", valid_from=date(2024, 4, 1))
    with pytest.raises(actions.BeginningTaken, match="01/03/2024"):
        actions.publish_version(**asked, decision="1/QĐ-UBND", valid_from=TODAY)
    actions.edit_version(
        version=draft,
        content=scenes.content(papers=[], limit="", online="partial"),
        by=org.vanphong,
        at=AT,
        lock=None,
    )
    with pytest.raises(actions.PartsMissing, match="thời hạn giải quyết, lý do chưa toàn trình"):
        actions.publish_version(**asked, decision="1/QĐ-UBND", valid_from=date(2024, 4, 1))
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_the_draft_of_another_commune_is_not_published(org):
    draft = scenes.drafted(org)
    with pytest.raises(NotAllowed):
        actions.publish_version(
            version=draft, decision="1", decided_on=TODAY, valid_from=TODAY, by=org.hoangngoc, at=AT
        )


def test_what_is_withdrawn_holds_to_its_last_day(org):
    version = scenes.published(org)
    with pytest.raises(actions.DecisionMissing):
        actions.withdraw_version(
            version=version, withdrawal="", last_day=TODAY, by=org.chutich, at=AT
        )
    with pytest.raises(actions.LastDayWrong):
        actions.withdraw_version(
            version=version,
            withdrawal="30/QĐ-UBND",
            last_day=TODAY - timedelta(days=1),
            by=org.chutich,
            at=AT,
        )
    done = actions.withdraw_version(
        version=version, withdrawal="30/QĐ-UBND", last_day=TODAY, by=org.chutich, at=AT
    )
    assert version_on(version.procedure, org.commune, TODAY) == done
    assert version_on(version.procedure, org.commune, TODAY + timedelta(days=1)) is None
    assert "30/QĐ-UBND" in Entry.objects.get(action="procedures.withdraw_version").data


def test_a_superseded_version_is_not_withdrawn_beyond_its_end(org):
    first = scenes.published(org, valid_from=date(2024, 1, 1))
    scenes.published(org, valid_from=TODAY)
    with pytest.raises(actions.LastDayWrong, match="29/02/2024"):
        actions.withdraw_version(
            version=first, withdrawal="30/QĐ-UBND", last_day=TODAY, by=org.chutich, at=AT
        )


def test_a_withdrawn_version_can_be_followed_by_a_new_one(org):
    version = scenes.published(org, valid_from=date(2024, 1, 1))
    actions.withdraw_version(
        version=version, withdrawal="30/QĐ-UBND", last_day=date(2024, 1, 31), by=org.chutich, at=AT
    )
    again = scenes.published(org, valid_from=TODAY)
    version.refresh_from_db()
    assert (version.valid_to, again.valid_from) == (date(2024, 1, 31), TODAY)


def test_national_versions_change_by_pack_only(org):
    (national,) = scenes.load(BIRTH)
    assert version_steps(national, org.vanphong, AT) == []
    with pytest.raises(NationalVersion):
        actions.withdraw_version(
            version=national, withdrawal="1", last_day=TODAY, by=org.vanphong, at=AT
        )


def test_the_nearest_agency_decides(org):
    (national,) = scenes.load(BIRTH)
    own = scenes.published(org)
    procedure = own.procedure
    assert version_on(procedure, org.commune, TODAY) == own
    assert version_on(procedure, org.neighbour, TODAY) == national
    assert version_on(procedure, org.province, TODAY) == national
    assert in_force_on(org.commune, TODAY) == {BIRTH: own}
    assert in_force_on(org.commune, date(2024, 2, 1)) == {BIRTH: national}


def test_steps_that_each_may_take_now(org):
    draft = scenes.drafted(org)
    steps = ["edit_version", "publish_version", "discard_version"]
    assert version_steps(draft, org.vanphong, AT) == steps
    assert version_steps(draft, org.tuphap, AT) == []


def test_the_database_holds_what_must_be_true(org):
    version = scenes.published(org)
    for change in (
        {"limit_value": 3},
        {"status": "lost"},
        {"valid_from": None},
        {"valid_to": date(2020, 1, 1)},
        {"status": "withdrawn"},
        {"online": "half"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProcedureVersion.objects.filter(pk=version.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Procedure.objects.create(code="khaisinh")
    version.pk, version.no = None, 2
    version.valid_from = date(2025, 1, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save(force_insert=True)
