"""The index of Decision 766/QĐ-TTg: points by table, sums, what is not known."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from motcua.core.measures import Scope
from motcua.dossiers.actions import handling
from motcua.indicators.packs import index_sets, indicators
from motcua.indicators.queries.index import Index, index_of
from motcua.indicators.rules import Known, PackInvalid, Value
from motcua.indicators.rules.index import Component, Score, points_of, read_sets, score, set_on
from tests.dossiers.scenes import at, signing

PART = Component("x", "x", Decimal(6), Decimal(80), frozenset())
NOTHING = Value(None, 0, 0, Known.NOTHING)
UNKNOWN = Value(None, None, None, Known.UNKNOWN)


def share(top, bottom):
    return Value(Decimal(100 * top) / bottom, top, bottom, Known.VALUE)


@pytest.mark.parametrize(
    ("value", "points"),
    [
        (share(8, 10), "6.00"),
        (share(10, 10), "6.00"),
        (share(4, 10), "3.00"),
        (share(0, 10), "0.00"),
        (share(1, 3), "2.50"),
        (share(79996, 100000), "6.00"),
        (NOTHING, None),
        (UNKNOWN, None),
    ],
)
def test_points_follow_the_share_up_to_the_threshold(value, points):
    assert points_of(PART, value) == (None if points is None else Decimal(points))


def test_what_is_not_known_is_neither_nothing_nor_all():
    found = score([(PART, share(4, 10)), (PART, NOTHING), (PART, UNKNOWN)])
    assert (found.points, found.scored, found.unknown, found.idle) == (3, 6, 6, 6)
    assert found.share == Decimal("50.00")
    assert score([(PART, UNKNOWN)]).share is None


ROW = {
    "valid_from": date(2022, 6, 23),
    "name": "bộ",
    "whole": 6,
    "levels": [[90, "Xuất sắc"], [0, "Yếu"]],
    "groups": [
        {
            "code": "g",
            "name": "nhóm",
            "components": [{"code": "1", "indicator": "x", "max": 6, "full_at": 80}],
        }
    ],
}


@pytest.mark.parametrize(
    ("changes", "full_at", "fault"),
    [({"whole": 7}, 80, "cộng lại"), ({}, 0, "ngưỡng"), ({}, 101, "ngưỡng")],
)
def test_a_set_that_does_not_add_up_is_refused(changes, full_at, fault):
    component = {"code": "1", "indicator": "x", "max": 6, "full_at": full_at}
    groups = [{"code": "g", "name": "nhóm", "components": [component]}]
    with pytest.raises(PackInvalid, match=fault):
        read_sets([ROW | {"groups": groups} | changes])


def test_a_later_set_holds_from_its_day():
    old, new = read_sets([ROW | {"valid_from": date(2026, 7, 1), "name": "mới"}, ROW])
    assert (old.name, new.name) == ("bộ", "mới")
    days = {date(2020, 1, 1): "bộ", date(2026, 6, 30): "bộ", date(2026, 7, 1): "mới"}
    assert {day: set_on((old, new), day).name for day in days} == days
    assert [old.level(Decimal(n)) for n in (90, 89)] == ["Xuất sắc", "Yếu"]


def test_the_pack_is_made_of_indicators_and_adds_up():
    (regime,) = index_sets()
    assert {one.indicator for one in regime.components} <= set(indicators())
    wholes = {g.code: sum(one.most for one in g.components) for g in regime.groups}
    assert wholes == {
        "openness": 18,
        "progress": 20,
        "online": 12,
        "payment": 10,
        "digital": 22,
        "satisfaction": 18,
    }


@pytest.fixture
def one(org):
    return handling.sign(dossier=signing(org), number="7", by=org.chutich, at=at(8))


@pytest.mark.django_db
def test_the_index_is_counted_from_the_records(org, one):
    scope = Scope((org.commune.pk,), date(2024, 3, 1), date(2024, 3, 31), date(2024, 3, 18))
    found = index_of(scope, [replace(scope, since=date(2024, 2, 1), until=date(2024, 2, 29))])
    rows = {row.component.no: row for group in found.groups for row in group.rows}
    assert rows["2.1"].points == Decimal(20)
    assert rows["4.1"].points == 0  # a result without a file
    assert rows["1.4"].points is None
    assert found.score.unknown > 0
    assert found.level == ""  # less than half of it is known
    february = found.months[0]
    assert february.idle >= Decimal(20)  # no dossiers in February


@pytest.mark.parametrize(
    ("points", "scored", "level"),
    [(3, 3, "Xuất sắc"), (2, 2, ""), (0, 0, ""), (4, 6, "Yếu")],
)
def test_a_level_needs_half_of_the_index(points, scored, level):
    [regime] = read_sets([ROW])
    unknown = regime.whole - scored
    found = Index(regime, [], Score(Decimal(points), Decimal(scored), unknown, Decimal(0)), [])
    assert found.level == level


@pytest.mark.django_db
def test_the_page_and_the_api_tell_the_same(org, one, signed_in, settings):
    settings.TODAY = date(2024, 3, 18)
    client = signed_in(org.vanphong)
    text = client.get(reverse("indicators:index"), {"period": "2024-03"}).content.decode()
    assert "2.1 Tiến độ giải quyết theo Bộ chỉ số 766" in text
    assert "không tính là 0" in text
    assert "chưa đối chiếu văn bản" in text
    told = client.get("/api/v1/index-766", {"period": "2024-03"}).json()
    row = next(one for one in told["components"] if one["no"] == "2.1")
    assert (row["points"], row["max"], row["value"]) == ("20.00", "20", "100.00")
    assert told["level"] == ""
    assert "chưa xếp loại" in text
    answer = client.get("/api/v1/index-766", {"period": "2024-03", "form": "csv"})
    assert len(answer.content.decode().splitlines()) == 1 + len(told["components"])
