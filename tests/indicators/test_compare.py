"""Communes beside each other: page, workbook, API; what stands out; merged communes; queries."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.urls import reverse

from motcua.core.periods import Period
from motcua.dossiers.actions import handling
from motcua.dossiers.actions.intake import ApplicantData
from motcua.dossiers.models import Dossier
from motcua.indicators import packs
from motcua.indicators.queries.compare import communes_below, compare
from motcua.indicators.rules.compare import Oddity
from motcua.org.models import Agency, Placement
from tests.dossiers.scenes import at, received

pytestmark = pytest.mark.django_db
TODAY = date(2024, 3, 18)
PAGE = "/indicators/compare/"


@pytest.fixture(autouse=True)
def _today(settings):
    settings.TODAY = TODAY


def dossiers(org, count, *, late=0, month=3):
    """Settled dossiers, the last ones after their promise."""
    made = []
    for n in range(count):
        someone = ApplicantData(f"Trần Thị {month} {n}", address="Thôn 3")
        known = Dossier.objects.first()
        procedure = known.version if known else None
        row = received(org, at(4, month=month), procedure=procedure, applicant=someone)
        row = handling.forward(dossier=row, to=org.tuphap, by=org.motcua, at=at(4, 10, month=month))
        day = at(15 if n >= count - late else 6, month=month)
        made.append(handling.settle(dossier=row, number=str(n), by=org.tuphap, at=day))
    return made


def give(rows, agency):
    """The dossiers happened elsewhere: no action moves one."""
    Dossier.objects.filter(pk__in=[row.pk for row in rows]).update(agency=agency)


@pytest.fixture
def two(org):
    """Hoằng Đông: 4 settled, one late; its neighbour 2, none late."""
    rows = dossiers(org, 6, late=1)
    give(rows[:2], org.neighbour)
    return org


@pytest.fixture
def ask(org, signed_in):
    def get(url=PAGE, person=None, **query):
        return signed_in(person or org.noivu).get(url, {"agency": "399", **query})

    return get


def test_communes_are_ranked_and_lead_to_their_pages(ask, two):
    text = ask().content.decode()
    assert "So sánh các xã" in text
    first, second = text.index("UBND xã Hoằng Ngọc"), text.rindex("UBND xã Hoằng Đông")
    assert first < second
    assert "/indicators/on_time/?agency=15997&amp;period=2024" in text
    assert "(3/4)" in text
    assert "trung vị" in text


def test_the_ranking_can_be_ordered_otherwise(ask, two):
    def names(**query):
        answer = ask(**query)
        return [tile.place.agency.code for tile in answer.context["rows"]]

    assert names() == ["15994", "15997"]
    assert names(sort="name") == ["15997", "15994"]  # Đông before Ngọc
    assert names(sort="-name") == ["15994", "15997"]
    assert names(sort="nonsense") == ["15994", "15997"]


def test_the_ranking_as_a_workbook(ask, two):
    answer = ask(export="xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = list(book.active.values)
    assert rows[1][:6] == (1, "15994", "UBND xã Hoằng Ngọc", 100, 2, 2)
    assert rows[2][:6] == (2, "15997", "UBND xã Hoằng Đông", 75, 3, 4)


def test_communes_by_the_index(ask, two):
    text = ask(indicator="index-766").content.decode()
    assert "quy về 100 điểm" in text
    assert "/indicators/index-766/?agency=15994" in text


def test_what_is_not_there_is_not_found(ask, two):
    assert ask(indicator="khong-co").status_code == 404
    assert ask(agency="khong-co").status_code == 404
    assert ask(period="khong").status_code in (400, 404, 422)


def test_one_sees_only_communes_of_ones_own(ask, two):
    answer = ask(person=two.vanphong, agency="15997")
    assert [tile.place.agency.code for tile in answer.context["rows"]] == ["15997"]
    assert ask(person=two.vanphong).status_code == 404


def test_no_commune_below_says_what_to_choose(ask, two, monkeypatch):
    monkeypatch.setattr("motcua.indicators.views.compare.communes_below", lambda *_all: [])
    assert "Hãy chọn cơ quan cấp trên" in ask().content.decode()


def test_a_merged_commune_adds_up_in_its_successor(two):
    new = Agency.objects.get(code="16000-2025")
    indicator = packs.indicators()["on_time"]
    on = date(2025, 7, 2)
    [place] = compare(indicator, [new], Period.parse("2024"), on).places
    assert (place.value.top, place.value.bottom) == (5, 6)


def test_queries_do_not_grow_with_the_communes(two, django_assert_max_num_queries):
    above = Placement.objects.get(agency=two.commune).path.rsplit("/", 2)[0]
    for n in range(20):
        made = Agency.objects.create(
            code=f"9{n:04}", name=f"Xã {n}", kind="commune", valid_from=date(2004, 1, 1)
        )
        Placement.objects.create(
            agency=made, path=f"{above}/{made.code}/", valid_from=date(2004, 1, 1)
        )
    seen = list(Agency.objects.values_list("pk", flat=True))
    agencies = communes_below(two.district, seen, TODAY)
    assert len(agencies) == 22
    with django_assert_max_num_queries(60):
        found = compare(packs.indicators()["on_time"], agencies, Period.parse("2024"), TODAY)
    assert [place.rank for place in found.places[:3]] == [1, 2, None]


def test_a_sudden_hundred_and_many_corrections_stand_out(two, monkeypatch):
    watches = packs.watches()[0]
    few = type(watches.sudden)(watches.sudden.before, 2, "đột ngột")
    shares = tuple(
        type(one)(one.code, one.top, one.bottom, one.words, one.least, one.times, 1)
        for one in watches.shares
    )
    lower = type(watches)(watches.valid_from, few, shares)
    monkeypatch.setattr(packs, "watches", lambda: (lower,))
    third = Agency.objects.create(
        code="90001", name="Xã Ba", kind="commune", valid_from=date(2004, 1, 1)
    )
    give(dossiers(two, 2, month=4), third)
    give(dossiers(two, 3, late=2, month=4), two.neighbour)
    give(dossiers(two, 2, month=6), two.neighbour)
    Dossier.objects.filter(agency=two.commune).update(is_suspect=True)
    on = date(2024, 6, 30)
    agencies = [two.commune, two.neighbour, third]
    found = compare(packs.indicators()["on_time"], agencies, Period.parse("2024"), on)
    told = [(odd.place.agency.code, odd.kind, odd.measure) for odd in found.odd]
    assert ("15994", Oddity.SUDDEN, "dossiers.settled.punctual") in told
    assert ("15997", Oddity.SHARE, "dossiers.suspect") in told
    assert len(told) == 2


def test_signs_open_to_rows_for_those_who_may_see_them(ask, two, monkeypatch):
    rows = reverse("indicators:rows", args=["dossiers.suspect"])
    answer = ask(rows, agency="15997", since="2024-03-01", until="2024-03-31", on="2024-03-18")
    assert answer.status_code == 200
    Dossier.objects.filter(agency=two.commune).update(is_suspect=True)
    answer = ask(rows, agency="15997", since="2024-03-01", until="2024-03-31", on="2024-03-18")
    assert "15997-240304-0003" in answer.content.decode()


def test_the_comparison_by_api(ask, two):
    told = ask("/api/v1/comparison").json()
    assert [row["agency"] for row in told["results"]] == ["15994", "15997"]
    assert told["results"][1] | {"why": ""} == {
        "rank": 2,
        "agency": "15997",
        "name": "UBND xã Hoằng Đông",
        "value": "75.00",
        "why": "",
        "numerator": 3,
        "denominator": 4,
        "change": None,
        "standing": "missed",
    }
    assert told["standing_out"] == []
    lines = ask("/api/v1/comparison", form="csv").content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("rank,agency,name,value")
    assert ask("/api/v1/comparison", indicator="index-766").json()["unit"] == "điểm"
    assert TODAY + timedelta(days=1) > date.fromisoformat(told["on"])


@pytest.mark.parametrize("address", [PAGE, "/indicators/", "/indicators/index-766/"])
@pytest.mark.parametrize(
    "query",
    [
        {"period": "9999-W52"},
        {"period": "0001"},
        {"period": "9999-12-31"},
        {"period": "0001-01"},
        {"on": "0001-01-01"},
        {"on": "9999-12-31"},
    ],
)
def test_the_ends_of_the_calendar_are_no_periods(ask, two, address, query):
    assert ask(address, **query).status_code == 422
    assert ask("/api/v1/comparison", **query).status_code == 422


def test_the_index_of_many_communes_reads_the_catalogue_once(two, django_assert_max_num_queries):
    agencies = [two.commune, two.neighbour, two.district, two.province]
    with django_assert_max_num_queries(70):
        compare(None, agencies, Period.parse("2024"), TODAY)
