"""Steering documents: entered once, with their file; tasks are given from them."""

from datetime import date

import pytest

from motcua.audit.models import Entry
from motcua.files.models import Attachment
from motcua.org.permissions import NotAllowed
from motcua.planning.actions import Upload, assign_task, enter_steering
from motcua.planning.actions.confirming import TextMissing
from motcua.planning.actions.steering import SteeringKnown
from motcua.planning.models import SteeringDocument
from motcua.planning.rules import SteeringKind

pytestmark = pytest.mark.django_db


def enter(org, now, **changes):
    values = {
        "agency": org.commune,
        "kind": SteeringKind.NOTICE,
        "number": " 15/TB-UBND ",
        "issued_on": date(2024, 2, 20),
        "issuer": "UBND huyện",
        "summary": "Đẩy nhanh tiến độ",
        "by": org.chutich,
        "at": now,
    }
    return enter_steering(**values | changes)


def test_a_document_is_entered_with_its_file(org, now):
    document = enter(org, now, files=[Upload("tb.txt", b"thong bao")])
    assert document.number == "15/TB-UBND"
    assert Attachment.objects.of(document).get().kind == "source"
    assert Entry.objects.about(document).first().action == "planning.enter_steering"


def test_the_same_document_is_entered_once(org, now):
    enter(org, now)
    with pytest.raises(SteeringKnown):
        enter(org, now, summary="Lần nữa")
    assert SteeringDocument.objects.count() == 1


@pytest.mark.parametrize("missing", ["number", "summary"])
def test_a_document_without_words(org, now, missing):
    with pytest.raises(TextMissing):
        enter(org, now, **{missing: " "})


def test_who_may_not(org, now):
    with pytest.raises(NotAllowed):
        enter(org, now, by=org.tuphap)


def test_its_tasks_carry_its_name(org, now):
    document = enter(org, now)
    task = assign_task(
        agency=org.commune,
        text="Báo cáo kết quả",
        field="steering",
        lead=org.tuphap.appointments.get().post,
        due_on=date(2024, 4, 1),
        steering=document,
        by=org.chutich,
        at=now,
    )
    assert (task.code, task.steering) == ("CĐ1", document)
