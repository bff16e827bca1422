"""The desk's dashboard: each number is the rows that it leads to."""

from __future__ import annotations

import re
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from motcua.dossiers.actions import handling, intake, waiting
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.desk import ACROSS, LEFTS, desk_of, left_conditions
from motcua.dossiers.work import late_of
from motcua.org.permissions import NotAllowed
from tests.dossiers import scenes
from tests.dossiers.scenes import at

NOW = at(6, 8)  # a Wednesday


@pytest.fixture
def busy(org: SimpleNamespace, settings: Any) -> SimpleNamespace:
    """One in each stretch of time, one without a promise, paused, before receipt, ready."""
    settings.TODAY = NOW.date()
    procedure = scenes.version(org)
    dues = [at(5), at(6, 7), at(6, 9), at(7), at(11), at(13), at(20), at(21), None]
    for n, due in enumerate(dues):
        made = _come(org, procedure, n)
        Dossier.objects.filter(pk=made.pk).update(due_at=due)
    asked = handling.forward(
        dossier=_come(org, procedure, 20), to=org.tuphap, by=org.motcua, at=at(4, 10)
    )
    waiting.ask_supplement(dossier=asked, text="thiếu", by=org.tuphap, at=at(5))
    intake.submit(agency=org.commune, intake=scenes.typed(procedure), by=org.motcua, at=at(5, 10))
    row = handling.forward(
        dossier=_come(org, procedure, 21), to=org.tuphap, by=org.motcua, at=at(4, 10)
    )
    row = handling.present(dossier=row, to=org.chutich, by=org.tuphap, at=at(5))
    handling.sign(dossier=row, number="1", by=org.chutich, at=at(5, 10))
    return org


def _come(org: SimpleNamespace, procedure: Any, n: int) -> Dossier:
    someone = intake.ApplicantData(f"Lê Văn {n}", address="Thôn 3")
    return scenes.received(org, at(4), procedure=procedure, applicant=someone)


def test_every_open_dossier_is_in_one_stretch(busy: SimpleNamespace) -> None:
    told = desk_of(busy.commune, NOW)
    assert dict(told.lefts) == {
        "late": 2,  # yesterday's, and this morning's
        "today": 1,
        "1": 1,  # Thursday
        "3": 1,  # Friday and Monday
        "5": 1,  # Tuesday and Wednesday
        "10": 1,  # to Wednesday the week after
        "more": 1,
        "none": 1,
        "paused": 1,
        "answer": 1,
    }
    assert sum(told.lefts.values()) == Dossier.objects.open().count()
    assert (told.ready, told.counts["running"], told.counts["week"]) == (1, 9, 2)


def test_it_is_one_query(busy: SimpleNamespace, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        desk_of(busy.commune, NOW)


def test_posts_add_up_to_the_desk(busy: SimpleNamespace) -> None:
    told = desk_of(busy.commune, NOW)
    assert len(told.posts) > 1
    for key, whole in told.counts.items():
        assert sum(one.counts[key] for one in told.posts) == whole


def test_beyond_the_calendar_days_are_counted_as_they_come() -> None:
    end = datetime(2199, 12, 30, 8, tzinfo=NOW.tzinfo)
    assert set(left_conditions(end)) == {*LEFTS, *ACROSS}


def test_each_number_leads_to_as_many_rows(busy: SimpleNamespace, signed_in: Any) -> None:
    client = signed_in(busy.motcua)
    page = client.get(reverse("dossiers:desk"))
    text = page.content.decode()
    links = [
        (int(cell.count), cell.url)
        for line in [*page.context["lines"]]
        for cell in line.cells
        if cell.url
    ]
    links += [(one.count, one.url) for one in [*page.context["cells"], page.context["ready"]]]
    told = desk_of(busy.commune, page.context["now"])
    links += [(told.lefts[key], url) for key, url in _bars(text).items()]
    followed = [(n, url) for n, url in links if url]
    assert len(followed) > 15
    for n, url in followed:
        assert len(client.get(url).context["listing"].rows) == n, url


def _bars(text: str) -> dict[str, str]:
    found = re.findall(r'href="(/dossiers/\?agency=\d+&amp;left=(\w+))"', text)
    return {key: url.replace("&amp;", "&") for url, key in found if key in LEFTS}


def test_a_filter_by_post_knows_nobody(busy: SimpleNamespace, signed_in: Any) -> None:
    Dossier.objects.filter(status="received").update(post=None)
    client = signed_in(busy.motcua)
    page = client.get(reverse("dossiers:desk"))
    assert "Chưa giao" in [line.name for line in page.context["lines"]]
    rows = client.get("/dossiers/?post=none&left=running").context["listing"].rows
    assert len(rows) == 9
    assert client.get("/dossiers/?post=x").status_code == 200


def test_whose_desk(busy: SimpleNamespace, signed_in: Any) -> None:
    url = reverse("dossiers:desk")
    assert signed_in(busy.motcua).get(url, {"agency": "nowhere"}).status_code == 404
    assert signed_in(busy.motcua).get(url, {"agency": "15997"}).status_code == 200
    from motcua.org.models import Grant

    Grant.objects.filter(person=busy.ketoan).delete()
    answer = signed_in(busy.ketoan).get(url)
    assert answer.status_code == 403
    assert NotAllowed.message.split("%")[0] in answer.content.decode()


def test_who_has_no_agency_sees_the_first_of_those_seen(
    busy: SimpleNamespace, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from motcua.dossiers.views import desk

    monkeypatch.setattr(desk, "home_agency", lambda _person, _on: None)
    page = signed_in(busy.motcua).get(reverse("dossiers:desk"))
    assert page.context["agency"] == busy.commune
    from motcua.org.models import Grant

    Grant.objects.filter(person=busy.ketoan).delete()
    assert signed_in(busy.ketoan).get(reverse("dossiers:desk")).status_code == 404


def test_an_idle_desk_says_so(org: SimpleNamespace, signed_in: Any, settings: Any) -> None:
    settings.TODAY = date(2024, 3, 6)
    text = signed_in(org.motcua).get(reverse("dossiers:desk")).content.decode()
    assert "Không có hồ sơ nào đang mở" in text


def test_today_counts_what_is_late_and_what_will_be(busy: SimpleNamespace) -> None:
    late, soon = late_of(busy.chutich, NOW)
    assert (late.count, late.tone) == (2, "late")
    assert (soon.count, soon.tone, soon.url) == (2, "soon", "/dossiers/?left=week")
