"""Results that wait to be fetched, and results that came late."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers.actions import ending, handling
from motcua.dossiers.models import Dossier, ReturnWay
from motcua.dossiers.queries import deadlines_of, waiting_since
from motcua.dossiers.work import SHOWN_READY, ready_of
from tests.dossiers import scenes
from tests.dossiers.scenes import at

SETTLED = at(6)


def ready(org: SimpleNamespace, moment: datetime = SETTLED, **more: Any) -> Dossier:
    """Settled at a moment; promised for the 11th."""
    dossier = scenes.received(org, **more)
    return handling.settle(dossier=dossier, number="7", by=org.motcua, at=moment)


@pytest.mark.parametrize(
    ("now", "state", "words"),
    [
        (at(6, 17), "none", "có kết quả hôm nay"),
        (at(7, 8), "none", "chờ trả 1 ngày"),
        (at(8, 8), "none", "chờ trả 2 ngày"),
        (at(9, 8), "soon", "chờ trả 3 ngày"),
    ],
)
def test_how_long_a_result_waits(
    org: SimpleNamespace, now: datetime, state: str, words: str
) -> None:
    dossier = ready(org)
    waits = waiting_since(dossier, now)
    assert (waits.state, waits.phrase) == (state, words)
    assert [one.phrase for one in deadlines_of(dossier, now)] == ["xong đúng hạn", words]


def test_it_is_the_desks_work_and_nobody_elses(org: SimpleNamespace) -> None:
    dossier = ready(org)
    (row,) = ready_of(org.motcua, at(9))
    assert row.url == reverse("dossiers:dossier", args=[dossier.pk])
    assert row.note == "Chờ trả kết quả · Trần Thị Bưởi"
    for other in (org.tuphap, org.chutich, org.hoangngoc, org.mattran):
        assert list(ready_of(other, at(9))) == []
    given = {"to": "Bưởi", "way": ReturnWay.DESK, "by": org.motcua, "at": at(9)}
    ending.hand_over(dossier=dossier, **given)
    assert list(ready_of(org.motcua, at(9))) == []


def test_the_oldest_promise_first_and_no_more_than_a_page(org: SimpleNamespace) -> None:
    procedure = scenes.version(org)
    for n in range(SHOWN_READY + 1):
        who = scenes.desk.ApplicantData(f"Lê Văn {n}", address="Thôn 1")
        moment = at(5) if n else at(4)
        ready(org, procedure=procedure, applicant=who, moment=moment)
    with CaptureQueriesContext(connection) as queries:
        rows = list(ready_of(org.motcua, at(9)))
    assert len(rows) == SHOWN_READY
    assert len([q for q in queries if "dossiers_dossier" in q["sql"]]) == 1


def test_my_work_and_the_list_say_how_long(
    org: SimpleNamespace, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.jobs.clock.now", lambda: at(9))
    dossier = ready(org)
    client = signed_in(org.motcua)
    for address in ("planning:my_work", "planning:today"):
        text = client.get(reverse(address)).content.decode()
        assert dossier.code in text
        assert "chờ trả 3 ngày" in text
    listed = client.get(reverse("dossiers:dossiers"), {"stage": "ready"}).content.decode()
    assert "chờ trả 3 ngày" in listed


@pytest.mark.parametrize(
    ("settled", "words", "tone"),
    [(at(8), "Đã trả kết quả<", "done"), (at(12), "Đã trả kết quả, trễ hạn<", "late")],
)
def test_a_late_result_has_no_tick(
    org: SimpleNamespace,
    signed_in: Any,
    monkeypatch: pytest.MonkeyPatch,
    settled: datetime,
    words: str,
    tone: str,
) -> None:
    monkeypatch.setattr("motcua.jobs.clock.now", lambda: at(14))
    given = {"to": "Bưởi", "way": ReturnWay.DESK, "by": org.motcua, "at": at(13)}
    dossier = ending.hand_over(dossier=ready(org, moment=settled), **given)
    client = signed_in(org.motcua)
    for address, asked in (
        (reverse("dossiers:register"), {"start": "2024-03-01", "end": "2024-03-31"}),
        (reverse("dossiers:register"), {"start": "2024-03-01", "end": "2024-03-13"}),
        (reverse("dossiers:dossiers"), {"stage": "all"}),
        (reverse("dossiers:dossier", args=[dossier.pk]), {}),
    ):
        text = client.get(address, asked).content.decode()
        assert words in text, address
        assert f'class="tag tag-{tone}"' in text
        assert not (tone == "late" and 'class="tag tag-done"' in text.partition("<main")[2])
