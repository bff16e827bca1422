"""Numbers typed where no app keeps records: effect, refusal, trace, correction, cut-off."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from motcua.audit.models import Entry
from motcua.core.measures import Scope
from motcua.core.periods import Period
from motcua.indicators import actions, packs
from motcua.indicators.models import TypedCount
from motcua.indicators.queries.values import values_of
from motcua.indicators.rules import read_indicators
from motcua.org.permissions import NotAllowed
from tests.dossiers.scenes import at
from tests.indicators.test_rules import COUNT

pytestmark = pytest.mark.django_db
FEBRUARY = Period.parse("2024-02")


def typed(org, when=None, **changes):
    said = {
        "agency": org.commune,
        "indicator": "satisfied",
        "period": FEBRUARY,
        "counts": [9, 10],
        "evidence": "Sổ đánh giá tại quầy",
        "by": org.vanphong,
        "at": when or at(5),
    }
    return actions.type_counts(**said | changes)


def reading(org, on=date(2024, 3, 18), period=FEBRUARY, code="satisfied"):
    scope = Scope((org.commune.pk,), period.start, period.end, on)
    (found,), _series = values_of([packs.indicators()[code]], scope)[code]
    return found


def test_typed_numbers_make_the_value_and_say_who(org):
    typed(org)
    found = reading(org)
    assert found.value.amount == Decimal("90.00")
    assert {(row.by, row.evidence) for row in found.typed} == {
        (org.vanphong, "Sổ đánh giá tại quầy")
    }
    entry = Entry.objects.filter(action="indicators.type_counts").get()
    assert json.loads(entry.data)["counts"] == [9, 10]


def test_they_hold_for_just_their_period(org):
    typed(org)
    assert reading(org, period=Period.parse("2024-03")).value.amount is None
    assert reading(org, period=Period.parse("2024")).value.amount is None


def test_a_correction_replaces_and_the_past_reads_as_it_did(org):
    typed(org)
    typed(org, at(12), counts=[8, 10])
    assert reading(org).value.amount == Decimal("80.00")
    assert reading(org, on=date(2024, 3, 8)).value.amount == Decimal("90.00")
    assert reading(org, on=date(2024, 3, 1)).value.amount is None
    assert list(TypedCount.objects.order_by("pk").values_list("replaced", flat=True)) == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"indicator": "nothing"}, actions.IndicatorUnknown),
        ({"indicator": "on_time"}, actions.CountedByRecords),
        ({"evidence": "  "}, actions.EvidenceMissing),
        ({"period": Period.parse("2024-04")}, actions.PeriodAhead),
        ({"counts": [11, 10]}, actions.PartAboveWhole),
        ({"counts": [-1, 10]}, actions.PartAboveWhole),
        ({"counts": [9]}, actions.PartAboveWhole),
    ],
)
def test_what_cannot_be_is_refused(org, changes, refusal):
    with pytest.raises(refusal):
        typed(org, **changes)
    assert not TypedCount.objects.exists()


def test_only_who_enters_figures_may(org):
    with pytest.raises(NotAllowed):
        typed(org, by=org.hoangngoc)


def test_the_table_refuses_two_numbers_and_one_without_proof(org):
    row = typed(org)[0]
    for changes in ({}, {"until": date(2024, 1, 1)}, {"measure": "x", "evidence": ""}):
        said = {
            "agency": org.commune,
            "measure": row.measure,
            "since": row.since,
            "until": row.until,
            "count": 1,
            "evidence": "x",
            "by": org.vanphong,
            "at": at(5),
        }
        with pytest.raises(IntegrityError), transaction.atomic():
            TypedCount.objects.create(**said | changes)


def test_the_page_takes_them_and_shows_where_they_come_from(org, signed_in, settings):
    settings.TODAY = date(2024, 3, 18)
    client = signed_in(org.vanphong)
    url = reverse("indicators:indicator", args=["satisfied"]) + "?period=2024-02"
    assert "Nhập số liệu tháng 2 năm 2024" in client.get(url).content.decode()
    sent = {"count0": "9", "count1": "1.0", "evidence": ""}
    assert client.post(url, sent).status_code == 422
    wrong = client.post(url, sent | {"count1": "8", "evidence": "Sổ"})
    assert "Tử số phải từ 0 đến mẫu số" in wrong.content.decode()
    shown = client.post(url, sent | {"count1": "10", "evidence": "Sổ đánh giá"}, follow=True)
    assert "90%" in shown.content.decode()
    assert "lấy từ: Sổ đánh giá" in shown.content.decode()
    assert "Bạn xem được con số" not in shown.content.decode()


def test_a_count_is_typed_alone(org, signed_in, settings, monkeypatch):
    said = COUNT | {"top": "feedback.received", "unit": "PAKN", "name": "Phản ánh"}
    (known,) = read_indicators([{"code": "feedback", "group": "other", "versions": [said]}])
    for module in (packs, actions):
        monkeypatch.setattr(module, "indicators", lambda: {"feedback": known})
    settings.TODAY = date(2024, 3, 18)
    client = signed_in(org.vanphong)
    url = reverse("indicators:indicator", args=["feedback"]) + "?period=2024-02"
    shown = client.post(url, {"count0": "12", "evidence": "Sổ tiếp nhận"}, follow=True)
    assert "12\u00a0PAKN" in shown.content.decode()


def test_who_may_not_enter_figures_sees_no_form(org, signed_in, settings):
    settings.TODAY = date(2024, 3, 18)
    url = reverse("indicators:indicator", args=["satisfied"]) + "?agency=15997"
    assert "Nhập số liệu" not in signed_in(org.noivu).get(url).content.decode()


def test_what_the_records_tell_has_no_form(org, signed_in, settings):
    settings.TODAY = date(2024, 3, 18)
    client = signed_in(org.vanphong)
    url = reverse("indicators:indicator", args=["on_time"])
    assert "Nhập số liệu" not in client.get(url).content.decode()
    assert client.post(url, {"count0": "1"}).status_code == 200
    assert not TypedCount.objects.exists()


def test_they_are_typed_by_api(org, signed_in, settings):
    settings.TODAY = date(2024, 3, 18)
    client, url = signed_in(org.vanphong), "/api/v1/indicators/satisfied/counts"
    sent = {"period": "2024-02", "counts": [9, 10], "evidence": "Sổ"}
    made = client.post(url, sent, content_type="application/json")
    assert made.json() == {"measures": {"dossiers.rated.satisfied": 9, "dossiers.rated": 10}}
    rows = client.get("/api/v1/indicators", {"period": "2024-02"}).json()["results"]
    told = next(row for row in rows if row["indicator"] == "satisfied")
    assert (told["value"], told["typed"]) == ("90.00", True)
