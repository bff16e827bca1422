"""Targets that read the records: confirmed, shown, reported, taken back."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from motcua.audit.models import Entry
from motcua.core.periods import Period
from motcua.dossiers.actions import handling
from motcua.indicators import actions
from motcua.indicators.models import TargetIndicator
from motcua.org.permissions import NotAllowed
from motcua.planning.actions import record_value
from motcua.planning.queries.targets import standings
from motcua.planning.rules import Reading
from motcua.reports.queries import facts_of
from motcua.reports.rules import target_line
from tests.dossiers.scenes import at, signing

pytestmark = pytest.mark.django_db
AT = at(18)
DAY = AT.date()


@pytest.fixture
def target(running):
    """98 % of the dossiers on time."""
    return next(one for one in running.targets.values() if one.field == "procedures")


@pytest.fixture
def connected(org, target):
    actions.connect_target(target=target, indicator="on_time", by=org.vanphong, at=AT)
    return target


def settled(org):
    return handling.sign(dossier=signing(org), number="7", by=org.chutich, at=at(8))


def standing(target, on=DAY):
    return standings([target], on)[0]


def test_a_connection_is_traced_with_its_reason(org, connected):
    row = TargetIndicator.objects.get()
    assert (row.indicator, row.reason) == ("on_time", "giải quyết, đúng hạn")
    entry = Entry.objects.filter(action="indicators.connect_target").get()
    assert json.loads(entry.data) == {"indicator": "on_time", "reason": "giải quyết, đúng hạn"}


def test_saying_it_twice_makes_one(org, connected):
    actions.connect_target(target=connected, indicator="on_time", by=org.vanphong, at=AT)
    assert TargetIndicator.objects.count() == 1


def test_another_one_replaces_it_and_both_stay_on_record(org, connected):
    actions.connect_target(target=connected, indicator="tasks_on_time", by=org.vanphong, at=AT)
    first, second = TargetIndicator.objects.order_by("pk")
    assert (first.ended_by, second.ended_at, second.reason) == (org.vanphong, None, "")


def test_a_target_reads_one(org, connected):
    with pytest.raises(IntegrityError), transaction.atomic():
        TargetIndicator.objects.create(
            target=connected, indicator="x", confirmed_by=org.vanphong, confirmed_at=AT
        )


@pytest.mark.parametrize(
    ("indicator", "refusal"),
    [("nothing", actions.IndicatorUnknown), ("open_late", actions.UnitsDiffer)],
)
def test_what_does_not_fit_is_refused(org, target, indicator, refusal):
    with pytest.raises(refusal):
        actions.connect_target(target=target, indicator=indicator, by=org.vanphong, at=AT)


def test_the_partner_may_not(org, target):
    with pytest.raises(NotAllowed):
        actions.connect_target(target=target, indicator="on_time", by=org.hoangngoc, at=AT)
    with pytest.raises(NotAllowed):
        actions.disconnect_target(target=target, by=org.hoangngoc, at=AT)


def test_without_dossiers_nothing_arose(connected):
    live = standing(connected).live
    assert (live.value, live.why) == (None, "không phát sinh")
    assert standing(connected).reading is Reading.UNKNOWN


def test_the_value_is_read_as_it_stood(org, connected):
    settled(org)
    assert standing(connected).live.value == Decimal(100)
    assert standing(connected).reading is Reading.MET
    assert standing(connected).course == [("T1", None), ("T2", None), ("T3", 100.0)]
    assert standing(connected, date(2024, 3, 7)).live.value is None


def test_what_nobody_keeps_leaves_the_typed_value(org, target):
    actions.connect_target(target=target, indicator="followed", by=org.vanphong, at=AT)
    record_value(
        target=target, on=DAY, value=Decimal(99), evidence="Báo cáo", by=org.vanphong, at=AT
    )
    shown = standing(target)
    assert (shown.live.why, shown.reads, shown.reading) == ("chưa có dữ liệu", False, Reading.MET)
    facts = facts_of(org.commune, Period.parse("2024-Q1"), DAY)
    assert next(one for one in facts.targets if one.pk == target.pk).value == Decimal(99)


def test_the_report_says_what_the_records_say(org, connected):
    settled(org)
    facts = facts_of(org.commune, Period.parse("2024-Q1"), date(2024, 3, 14))
    fact = next(one for one in facts.targets if one.pk == connected.pk)
    assert (fact.value, fact.on) == (Decimal("100.00"), date(2024, 3, 14))
    assert "100%" in target_line(fact)
    figures = {figure.key: figure for figure in facts.elsewhere}
    assert figures["dossier.on_time"].value == "1"
    assert figures["dossier.on_time_pct"].value == "100,00"
    assert figures["dossier.open_in_time"].value == "0"
    (row,) = figures["dossier.late"].rows
    assert row["url"].startswith("/indicators/rows/dossiers.settled.late/?agency=15997&since=2023")


def test_an_agency_without_a_desk_tells_no_dossiers(org):
    facts = facts_of(org.commune, Period.parse("2024-Q1"), date(2024, 3, 14))
    assert [f.key for f in facts.elsewhere if f.key.startswith("dossier.")] == []


def test_taken_back_it_is_typed_again(org, connected):
    actions.disconnect_target(target=connected, by=org.vanphong, at=AT)
    assert standing(connected).live is None
    with pytest.raises(actions.NothingToTakeBack):
        actions.disconnect_target(target=connected, by=org.vanphong, at=AT)


def test_queries_do_not_grow_with_the_targets(org, running, django_assert_num_queries):
    found = [one for one in running.targets.values() if one.unit == "%"]
    for one in found:
        actions.connect_target(target=one, indicator="on_time", by=org.vanphong, at=AT)
    rows = type(found[0]).objects.select_related("agency", "plan").filter(unit="%")
    assert len(rows) > 1
    with django_assert_num_queries(9):  # values, connections, predecessors, six of dossiers
        standings(rows, DAY)


def test_the_api_of_the_plan_tells_it(org, connected, signed_in, settings):
    settings.TODAY = DAY
    settled(org)
    told = signed_in(org.vanphong).get(f"/api/v1/targets/{connected.pk}").json()["live"]
    assert (Decimal(told["value"]), told["numerator"], told["denominator"]) == (100, 1, 1)


# --- pages ----------------------------------------------------------------------------------------


@pytest.fixture
def page(org, signed_in, settings):
    settings.TODAY = DAY
    client = signed_in(org.vanphong)
    return lambda name, *args, **query: client.get(
        reverse(f"indicators:{name}", args=args), query, follow=True
    ).content.decode()


def test_a_target_proposes_and_one_click_confirms(org, target, signed_in, settings, page):
    settings.TODAY = DAY
    text = page("target", target.pk)
    assert "Hồ sơ giải quyết trước và đúng hạn" in text
    assert "giải quyết”, “đúng hạn" in text
    url = reverse("indicators:connect", args=[target.pk])
    signed_in(org.vanphong).post(url, {"indicator": "on_time"})
    assert TargetIndicator.objects.standing().get().indicator == "on_time"
    settled(org)
    assert "100%" in page("target", target.pk)
    shown = signed_in(org.vanphong).get(reverse("planning:target", args=[target.pk]))
    assert "Đọc từ hồ sơ" in shown.content.decode()
    assert "/indicators/on_time/?agency=15997" in shown.content.decode()
    listed = signed_in(org.vanphong).get(reverse("planning:targets")).content.decode()
    assert "/indicators/on_time/?agency=15997" in listed


def test_a_refusal_is_shown_where_it_happened(org, target, signed_in, settings):
    settings.TODAY = DAY
    client = signed_in(org.vanphong)
    url = reverse("indicators:connect", args=[target.pk])
    answer = client.post(url, {"indicator": "open_late"}, follow=True)
    assert "Hãy chọn chỉ số khác" in answer.content.decode()
    url = reverse("indicators:disconnect", args=[target.pk])
    assert "chưa nối với chỉ số" in client.post(url, follow=True).content.decode()


def test_a_target_is_taken_back_by_a_click(org, connected, signed_in, settings, page):
    settings.TODAY = DAY
    url = reverse("indicators:disconnect", args=[connected.pk])
    signed_in(org.vanphong).post(url)
    text = page("target", connected.pk)
    assert "đang nhập tay" in text
    assert "Đã nối trước đây" in text
