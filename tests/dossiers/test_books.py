"""The desk's book of guidance and refusals: how often a person was asked for more."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.urls import reverse

from motcua.dossiers.actions import intake, waiting
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.guidance import guidance_of, told_of
from tests.dossiers import scenes
from tests.dossiers.scenes import MONDAY, at


def asked_twice(org: SimpleNamespace) -> Dossier:
    """Guided while it waited online, then asked again once it was received."""
    procedure = scenes.version(org)
    made = intake.submit(
        agency=org.commune, intake=scenes.typed(procedure), by=org.motcua, at=MONDAY
    )
    by = {"by": org.motcua}
    intake.ask_completion(dossier=made, text="Thiếu tờ khai", at=at(4, 10), **by)
    intake.complete(dossier=made, text="Đã có", at=at(4, 11), **by)
    intake.accept(dossier=made, at=at(4, 14), **by)
    return waiting.ask_supplement(dossier=made, text="Thiếu bản sao", at=at(5), **by)


def test_a_second_request_stands_out(org: SimpleNamespace) -> None:
    dossier = asked_twice(org)
    day = at(4).date()
    rows = guidance_of(org.commune, day, at(5).date()).order_by("pk")
    assert [(row.step, row.times) for row in rows] == [("ask_completion", 1), ("ask_supplement", 2)]
    intake.turn_away(
        agency=org.commune,
        intake=scenes.typed(dossier.version, papers=[], summary="khác"),
        reason="Không thuộc thẩm quyền",
        by=org.motcua,
        at=at(5, 10),
    )
    told = told_of(org.commune, day, at(5).date())
    assert (told.guided, told.refused, told.again) == (2, 1, 1)
    first = told_of(org.commune, day, day)
    assert (first.guided, first.refused, first.again) == (1, 0, 0)
    assert told_of(org.neighbour, day, at(5).date()).guided == 0


def test_the_book_says_what_was_said_and_how_often(
    org: SimpleNamespace,
    signed_in: Any,
    monkeypatch: Any,
    django_assert_max_num_queries: Any,
) -> None:
    monkeypatch.setattr("motcua.jobs.clock.now", lambda: at(6))
    asked_twice(org)
    client = signed_in(org.motcua)
    with django_assert_max_num_queries(25):
        page = client.get(reverse("dossiers:guidance")).content.decode()
    assert "Thiếu bản sao" in page
    assert "lần 2" in page
    none = client.get(reverse("dossiers:guidance"), {"step": "refuse"}).content.decode()
    assert "Thiếu bản sao" not in none
    file = client.get(reverse("dossiers:guidance"), {"export": "csv"})
    text = b"".join(file.streaming_content).decode() if file.streaming else file.content.decode()
    assert "Yêu cầu bổ sung" in text
