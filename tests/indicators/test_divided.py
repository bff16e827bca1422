"""Indicators by procedure, by field, by post: pages, rows, API."""

from datetime import date

import pytest
from django.urls import reverse

from motcua.core.measures import Part
from motcua.dossiers.actions import handling
from motcua.dossiers.actions.intake import ApplicantData
from motcua.indicators.packs import indicators
from motcua.indicators.queries.values import Scope, read
from tests.dossiers.scenes import STEPS, at, received, version
from tests.procedures import scenes as procedures

pytestmark = pytest.mark.django_db
OTHER = "1.000656"
YEAR = date(2024, 1, 1), date(2024, 12, 31), date(2024, 3, 18)


@pytest.fixture(autouse=True)
def _today(settings):
    settings.TODAY = date(2024, 3, 18)


@pytest.fixture
def settled(org):
    """Of one procedure two in time, of the other one late."""
    said = {"limit": "5 ngày làm việc", "papers": [{"name": "Tờ khai", "originals": 1}]}
    other = procedures.published(
        org, OTHER, name="Đăng ký khai tử", field="Hộ tịch khác", fees=[], steps=STEPS, **said
    )
    made = []
    for n, (procedure, day) in enumerate([(version(org), 8), (None, 7), (other, 15)]):
        procedure = procedure or made[0].version
        someone = ApplicantData(f"Trần Thị {n}", address="Thôn 3")
        row = received(org, procedure=procedure, applicant=someone)
        row = handling.forward(dossier=row, to=org.tuphap, by=org.motcua, at=at(4, 10))
        made.append(handling.settle(dossier=row, number=str(n), by=org.tuphap, at=at(day)))
    return made


@pytest.fixture
def get(org, signed_in):
    def ask(url, person=None, **query):
        return signed_in(person or org.vanphong).get(url, {"agency": "15997", **query})

    return ask


def text_of(answer):
    return answer.content.decode()


def test_an_indicator_by_procedure_leads_to_the_rows_of_each(get, settled):
    page = get(reverse("indicators:divided", args=["on_time", "procedure"]))
    text = text_of(page)
    assert "Cấp giấy xác nhận tình trạng hôn nhân" in text
    assert "Đăng ký khai tử" in text
    assert "part=procedure%3A1.000656" in text
    url = reverse("indicators:rows", args=["dossiers.settled"])
    days = {"since": "2024-01-01", "until": "2024-12-31"}
    rows = text_of(get(url, **days, part=f"procedure:{OTHER}"))
    assert settled[2].code in rows
    assert settled[0].code not in rows
    assert "Đăng ký khai tử" in rows


def test_an_indicator_by_field(get, settled):
    text = text_of(get(reverse("indicators:divided", args=["on_time", "field"])))
    assert "Hộ tịch khác" in text
    assert "part=field%3AH" in text


def test_what_cannot_be_told_apart_is_not_there(get, settled):
    for code, kind in (
        ("tasks_on_time", "procedure"), ("on_time", "post"), ("none", "field"),
        ("index-766", "post"),
    ):  # fmt: skip
        assert get(f"/indicators/{code}/by/{kind}/").status_code == 404
        way = "index-766" if code == "index-766" else f"indicators/{code}"
        assert get(f"/api/v1/{way}/by/{kind}").status_code == 404
    assert "/by/procedure/" not in text_of(get("/indicators/tasks_on_time/"))
    assert "/by/procedure/" in text_of(get("/indicators/on_time/"))
    rows = reverse("indicators:rows", args=["dossiers.settled"])
    assert get(rows, part="post:justice").status_code == 404
    assert get(rows, part="procedure:9.999999").status_code == 200


def test_the_index_by_procedure(get, settled):
    url = reverse("indicators:divided", args=["index-766", "procedure"])
    text = text_of(get(url))
    assert "Đăng ký khai tử" in text
    rows = get("/api/v1/index-766/by/procedure").json()["results"]
    points = {row["part"]: float(row["points"]) for row in rows}
    assert points[f"procedure:{OTHER}"] < points["procedure:1.000894"]
    assert "/by/procedure/" in text_of(get(reverse("indicators:index")))


def test_posts_are_told_their_steps(get, settled):
    text = text_of(get(reverse("indicators:posts")))
    assert "Tư pháp–hộ tịch" in text
    assert "part=post%3Ajustice" in text
    rows = {row["part"]: row for row in get("/api/v1/posts").json()["results"]}
    justice = rows["post:justice"]
    assert (justice["steps.ended"], justice["steps.late"]) == (3, 1)
    days = {"since": "2024-01-01", "until": "2024-12-31"}
    url = reverse("indicators:rows", args=["steps.late"])
    assert "Tư pháp–hộ tịch" in text_of(get(url, **days, part="post:justice"))
    asked = get("/api/v1/measures/steps.late/rows", **days, part="post:justice").json()
    assert len(asked["results"]) == 1


def test_the_same_by_api_as_json_and_csv(get, settled):
    url = "/api/v1/indicators/on_time/by/procedure"
    rows = {row["part"]: row for row in get(url).json()["results"]}
    assert (rows[f"procedure:{OTHER}"]["top"], rows[f"procedure:{OTHER}"]["bottom"]) == (0, 1)
    assert rows["procedure:1.000894"]["value"] == "100.00"
    assert OTHER in text_of(get(url, form="csv"))


def test_a_period_without_anything(get, settled):
    for url in (
        reverse("indicators:posts"),
        reverse("indicators:divided", args=["on_time", "field"]),
        reverse("indicators:divided", args=["index-766", "field"]),
    ):
        assert "không phát sinh" in text_of(get(url, period="2023"))


def test_who_may_not_see_rows_sees_the_number(get, org, settled):
    from motcua.org.models import Grant, Role

    role = Role.objects.create(code="reader", name="Người đọc số", permissions=["indicators.view"])
    Grant.objects.filter(person=org.ketoan).delete()
    Grant.objects.create(
        person=org.ketoan, role=role, agency=org.commune, valid_from=date(2023, 1, 1)
    )
    url = reverse("indicators:divided", args=["on_time", "procedure"])
    seen = text_of(get(url, person=org.ketoan))
    assert "Đăng ký khai tử" in seen
    assert "/indicators/rows/" not in seen
    assert "/indicators/rows/" not in text_of(get(reverse("indicators:posts"), person=org.ketoan))


def test_typed_numbers_are_of_the_whole_agency(org, settled):
    definition = indicators()["satisfied"].on(YEAR[2])
    scope = Scope((org.commune.pk,), *YEAR, part=Part("procedure", OTHER))
    assert read([(definition, scope)])[0].value.amount is None


def test_queries_do_not_grow_with_the_parts(get, settled, django_assert_max_num_queries):
    url = reverse("indicators:divided", args=["on_time", "procedure"])
    get(url)
    with django_assert_max_num_queries(28):
        get(url)
    with django_assert_max_num_queries(28):
        get(reverse("indicators:posts"))
