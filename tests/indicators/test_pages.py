"""Screens and API of indicators: values, rows, cut-offs, rights, bad input."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from motcua.core.measures import Scope
from motcua.dossiers.actions import handling
from motcua.dossiers.actions.intake import ApplicantData
from motcua.dossiers.models import Dossier
from motcua.indicators import packs
from motcua.indicators.queries.values import agencies_of, values_of
from motcua.indicators.rules import read_indicators
from motcua.org.models import Agency
from tests.dossiers.scenes import at, received, signing
from tests.indicators.test_rules import COUNT

pytestmark = pytest.mark.django_db
TODAY = date(2024, 3, 18)


@pytest.fixture(autouse=True)
def _today(settings):
    settings.TODAY = TODAY


@pytest.fixture
def one(org):
    """A dossier received on 4 March, settled on the 8th."""
    return handling.sign(dossier=signing(org), number="7", by=org.chutich, at=at(8))


@pytest.fixture
def ask(org, signed_in):
    """Ask for an address as somebody, the coordinator unless said."""

    def get(url, person=None, **query):
        return signed_in(person or org.vanphong).get(url, query)

    return get


def text_of(answer):
    return answer.content.decode()


def test_the_list_tells_each_value_or_why_there_is_none(ask, one):
    text = text_of(ask(reverse("indicators:indicators")))
    assert "chưa có dữ liệu" in text  # followed
    assert "không phát sinh" in text  # internal procedures
    assert "(1/1)" in text


def test_the_list_asks_the_same_for_any_number_of_dossiers(
    ask, org, one, django_assert_max_num_queries
):
    url = reverse("indicators:indicators")
    ask(url)
    with django_assert_max_num_queries(32):
        ask(url)


def test_an_indicator_leads_to_its_rows_and_they_are_those(ask, one):
    text = text_of(ask(reverse("indicators:indicator", args=["on_time"])))
    assert "Tháng 3 năm 2024" in text
    way = "/indicators/rows/dossiers.settled.punctual/?agency=15997&amp;since=2024-03-01"
    assert way in text
    rows = ask(
        reverse("indicators:rows", args=["dossiers.settled.punctual"]),
        agency="15997",
        since="2024-03-01",
        until="2024-03-31",
    )
    assert one.code in text_of(rows)
    assert f"/dossiers/{one.pk}/" in text_of(rows)


def test_a_cut_off_shows_what_was_known(ask, one):
    url = reverse("indicators:indicator", args=["on_time"])
    text = text_of(ask(url, period="2024-03", on="2024-03-07"))
    assert "như ở cuối ngày 07/03/2024" in text
    assert "không phát sinh" in text
    rows = text_of(
        ask(
            reverse("indicators:rows", args=["dossiers.open"]),
            since="2024-03-01",
            until="2024-03-31",
            on="2024-03-07",
        )
    )
    assert one.code in rows


def test_who_may_see_the_number_but_not_the_rows_is_told(ask, org, one):
    from motcua.org.models import Grant, Role

    role = Role.objects.create(code="reader", name="Người đọc", permissions=["indicators.view"])
    Grant.objects.filter(person=org.ketoan).delete()
    Grant.objects.create(
        person=org.ketoan, role=role, agency=org.commune, valid_from=date(2023, 1, 1)
    )
    text = text_of(ask(reverse("indicators:indicator", args=["on_time"]), org.ketoan))
    assert "Bạn xem được con số" in text
    assert "/indicators/rows/" not in text
    answer = ask(reverse("indicators:rows", args=["dossiers.settled"]), org.ketoan)
    assert answer.status_code == 403
    assert "Người có quyền" in text_of(answer)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"period": "quý một"}, 422),
        ({"on": "hôm qua"}, 422),
        ({"agency": "nowhere"}, 404),
        ({"on": "7/3/2024"}, 200),
        ({"on": "2030-01-01"}, 200),
        ({"period": "2023"}, 200),
        ({"period": "2024-W10", "by": "week"}, 200),
        ({"by": "quarter"}, 200),
        ({"by": "century"}, 200),
        ({"period": "2030"}, 200),
    ],
)
def test_what_an_address_asks_for_is_checked(ask, one, query, status):
    assert ask(reverse("indicators:indicator", args=["on_time"]), **query).status_code == status


def test_unknown_codes_are_not_found(ask, org):
    assert ask(reverse("indicators:indicator", args=["nothing"])).status_code == 404
    assert ask(reverse("indicators:rows", args=["dossiers.rated"])).status_code == 404
    backwards = {"since": "2024-03-02", "until": "2024-03-01"}
    rows = reverse("indicators:rows", args=["dossiers.open"])
    assert ask(rows, **backwards).status_code == 422


def test_a_merged_commune_keeps_its_history_and_adds_up_in_the_new_one(org, one):
    old = Dossier.objects.get().agency
    new = Agency.objects.create(
        code="N1", name="UBND xã mới", kind="commune", valid_from=date(2025, 7, 1)
    )
    Agency.objects.filter(pk=old.pk).update(successor=new, valid_to=date(2025, 6, 30))
    assert agencies_of(new) == (new.pk, old.pk)
    assert agencies_of(old) == (old.pk,)
    year = {"since": date(2024, 1, 1), "until": date(2024, 12, 31), "on": date(2025, 7, 2)}
    known = [packs.indicators()["dossiers_received"]]
    for agency in (old, new):
        parts, _series = values_of(known, Scope(agencies_of(agency), **year))["dossiers_received"]
        assert parts[0].value.amount == 1


@pytest.mark.parametrize(
    ("year", "status"), [("0001", 422), ("1900", 200), ("2199", 200), ("9999", 422)]
)
def test_years_at_the_ends_of_the_calendar_are_no_periods(ask, one, year, status):
    assert ask(reverse("indicators:indicators"), period=year).status_code == status
    rows = reverse("indicators:rows", args=["dossiers.received"])
    days = {"since": "1900-01-01", "until": f"{year}-12-31"}
    assert ask(rows, **days).status_code == status


def test_a_definition_that_changes_within_the_period_is_shown_in_parts(ask, org, one, monkeypatch):
    said = COUNT | {"top": "dossiers.received", "unit": "hồ sơ", "owner": "office"}
    versions = [
        said | {"name": "Cách cũ", "valid_to": date(2024, 3, 9)},
        said | {"name": "Cách mới", "valid_from": date(2024, 3, 10), "top": "dossiers.settled"},
    ]
    changed = read_indicators([{"code": "changed", "group": "plan", "versions": versions}])
    monkeypatch.setattr(packs, "indicators", lambda: {"changed": changed[0]})
    text = text_of(ask(reverse("indicators:indicator", args=["changed"])))
    assert "01/01/2024 – 09/03/2024: Cách cũ" in text
    assert "10/03/2024 – 18/03/2024: Cách mới" in text
    assert "hai phần không cộng với nhau" in text
    assert "định nghĩa đổi trong kỳ" in text_of(ask(reverse("indicators:indicators")))


# --- API ------------------------------------------------------------------------------------------


def test_the_dictionary_says_what_is_kept(ask, org):
    rows = {row["code"]: row for row in ask("/api/v1/measures").json()["results"]}
    assert rows["dossiers.received"]["kept"] is True
    assert rows["dossiers.rated"]["kept"] is False
    assert all(row["definition"] for row in rows.values())


def test_values_as_json_and_csv_are_the_same(ask, one):
    rows = ask("/api/v1/indicators", period="2024-03").json()["results"]
    told = {row["indicator"]: row for row in rows}
    assert told["on_time"] | {"value": "100.00", "top": 1, "bottom": 1} == told["on_time"]
    assert (told["followed"]["value"], told["followed"]["known"]) == (None, "unknown")
    answer = ask("/api/v1/indicators", period="2024-03", form="csv")
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [line["indicator"] for line in lines] == [row["indicator"] for row in rows]
    assert "indicators-15997-2024-03.csv" in answer.headers["Content-Disposition"]


def test_an_indicator_tells_its_definitions_and_its_course(ask, one):
    told = ask("/api/v1/indicators/on_time").json()
    assert told["versions"][0]["measures"] == ["dossiers.settled.punctual", "dossiers.settled"]
    assert [piece["period"] for piece in told["course"]] == ["2024-01", "2024-02", "2024-03"]
    assert told["values"][0]["value"] == "100.00"
    answer = ask("/api/v1/indicators/on_time", form="csv", by="quarter")
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [line["period"] for line in lines] == ["2024-Q1"]
    assert ask("/api/v1/indicators/nothing").status_code == 404


def test_rows_by_api_are_those_that_the_number_counts(ask, org, one):
    someone = ApplicantData("Lê Văn Năm", address="Thôn 3")
    received(org, at(12), procedure=one.version, applicant=someone)
    url, span = "/api/v1/measures/dossiers.received/rows", {"agency": "15997"}
    span |= {"since": "2024-03-01", "until": "2024-03-31"}
    assert len(ask(url, **span).json()["results"]) == 2
    assert [row["id"] for row in ask(url, **span, on="2024-03-08").json()["results"]] == [one.pk]
    first = ask(url, **span, limit=1).json()
    second = ask(url, **span, limit=1, cursor=first["next"]).json()
    assert {first["results"][0]["id"], second["results"][0]["id"]} == set(
        Dossier.objects.values_list("pk", flat=True)
    )
    assert first["results"][0]["code"] == one.code


def test_a_target_is_connected_by_api(org, running, ask, signed_in):
    target = next(row for row in running.targets.values() if row.field == "procedures")
    url = f"/api/v1/targets/{target.pk}/indicator"
    fits = ask(url).json()
    assert (fits["indicator"], fits["proposed"][0]["indicator"]) == (None, "on_time")
    client = signed_in(org.vanphong)
    made = client.post(url, {"indicator": "on_time"}, content_type="application/json")
    assert (made.status_code, made.json()["indicator"]) == (201, "on_time")
    assert client.delete(url).json()["indicator"] is None
    assert client.delete(url).status_code == 409


def test_a_goal_that_nothing_lies_beyond_has_no_sign(ask, one):
    text = text_of(ask(reverse("indicators:indicators")))
    assert "≥ 98%" in text
    assert "≥ 100%" not in text
    assert "≤ 0" not in text


def test_a_line_of_shares_near_the_goal_begins_above_zero(ask, org, one):
    url = reverse("indicators:indicator", args=["on_time"])
    assert "trục bắt đầu từ" not in text_of(ask(url))  # one month is no line
    handling.sign(dossier=_signing_again(org, one), number="8", by=org.chutich, at=at(14))
    text = text_of(ask(url, by="week"))
    assert "trục bắt đầu từ 80%" in text


def _signing_again(org, one):
    """Another dossier before the chairman, a week later."""
    someone = ApplicantData("Lê Văn Năm", address="Thôn 3")
    row = received(org, at(11), procedure=one.version, applicant=someone)
    row = handling.forward(dossier=row, to=org.tuphap, by=org.motcua, at=at(11, 10))
    return handling.present(dossier=row, to=org.chutich, by=org.tuphap, at=at(12))


def test_a_mean_is_in_the_unit_that_it_says(org, one):
    known = [packs.indicators()["mean_time"]]
    scope = Scope((org.commune.pk,), date(2024, 3, 1), date(2024, 3, 31), TODAY)
    (reading,), _series = values_of(known, scope)["mean_time"]
    assert reading.value.amount == Decimal("32.00")  # four working days
