"""Values of targets: typed with their evidence, corrected, refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from motcua.audit.models import Entry
from motcua.files.models import Attachment
from motcua.org.permissions import NotAllowed
from motcua.planning.actions import Upload, record_value
from motcua.planning.actions.targets import EvidenceMissing, ValueInFuture, ValueOutside

pytestmark = pytest.mark.django_db

DAY = date(2024, 2, 1)


@pytest.fixture
def target(running):
    return next(one for one in running.targets.values() if one.unit == "%")


def enter(target, org, now, **changes):
    values = {"on": DAY, "by": org.tuphap, "at": now, "evidence": "Sổ theo dõi"}
    return record_value(target=target, **values | changes)


def test_a_number_is_entered(target, org, now):
    entered = enter(target, org, now, value=Decimal("97.5"))
    assert (entered.value, entered.by) == (Decimal("97.5"), org.tuphap)
    assert Entry.objects.about(target).first().action == "planning.record_value"


def test_a_share_is_counted_from_its_parts(target, org, now):
    entered = enter(target, org, now, numerator=2, denominator=3)
    assert entered.value == Decimal("66.67")


def test_a_file_is_evidence(target, org, now):
    file = Upload("so.txt", b"so theo doi")
    entered = enter(target, org, now, value=Decimal(1), evidence="", files=[file])
    assert Attachment.objects.of(entered).get().name == "so.txt"


def test_a_correction_replaces_and_keeps_the_first(target, org, now):
    enter(target, org, now, value=Decimal(90))
    enter(target, org, now, value=Decimal(91))
    values = target.values.order_by("pk").values_list("value", "replaced")
    assert list(values) == [(Decimal(90), True), (Decimal(91), False)]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"value": Decimal(90), "evidence": " "}, EvidenceMissing),
        ({"value": Decimal(90), "on": date(2024, 3, 2)}, ValueInFuture),
        ({"value": None}, ValueOutside),
        ({"value": Decimal(101)}, ValueOutside),
        ({"value": Decimal(-1)}, ValueOutside),
        ({"numerator": 3, "denominator": 2}, ValueOutside),
        ({"numerator": 3, "denominator": 0}, ValueOutside),
    ],
)
def test_a_value_that_cannot_be(target, org, now, changes, refusal):
    with pytest.raises(refusal):
        enter(target, org, now, **changes)
    assert not target.values.exists()


def test_another_commune_does_not_measure(target, org, now):
    with pytest.raises(NotAllowed):
        enter(target, org, now + timedelta(days=1), value=Decimal(1), by=org.hoangngoc)
