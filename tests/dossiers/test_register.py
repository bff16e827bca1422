"""The register of a period: figures that add up, the form, the files."""

from __future__ import annotations

import io
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from motcua.dossiers.actions import ending
from motcua.dossiers.documents.pdf import slip_pdf
from motcua.dossiers.documents.register import register_page
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.figures import Figures, figures_of, register_rows
from motcua.dossiers.views import register
from tests.dossiers import scenes
from tests.dossiers.scenes import at
from tests.dossiers.test_slips import pdf_text

FEBRUARY = at(20, month=2)
MARCH = (date(2024, 3, 1), date(2024, 3, 31))
DUE = at(14, 17)

#: Received, due, settled, supplements, status → the figure of March that it counts in besides
#: "carried" or "received"; none: it is not of March.
CASES: dict[str, tuple[datetime, datetime | None, datetime | None, int, str, str]] = {
    "ended before the period": (FEBRUARY, DUE, at(29, month=2), 0, "returned", ""),
    "received after it": (at(1, month=4), at(8, month=4), None, 0, "processing", ""),
    "the day before": (at(4), DUE, at(13, 17), 0, "settled", "early"),
    "the same day": (at(4), DUE, at(14, 9), 0, "settled", "on_time"),
    "collected much later": (FEBRUARY, DUE, at(14, 17), 0, "returned", "on_time"),
    "a minute late": (FEBRUARY, DUE, at(14, 17, 1), 0, "settled", "late"),
    "asked twice for supplements": (at(4), DUE, at(5), 2, "settled", "late"),
    "without a promise": (at(4), None, at(29), 0, "settled", "on_time"),
    "settled after the period": (at(4), at(9, month=4), at(2, month=4), 0, "settled", "in_time"),
    "still running": (at(4), at(9, month=4), None, 0, "processing", "in_time"),
    "running late": (FEBRUARY, DUE, None, 0, "processing", "overdue"),
    "paused past its day": (at(4), DUE, None, 1, "waiting", "in_time"),
    "the first moment": (at(1, 0), at(9, month=4), None, 0, "received", "in_time"),
    "the last moment": (at(31, 23, 59), at(9, month=4), None, 0, "received", "in_time"),
}


def make(org: SimpleNamespace, name: str, procedure: Any) -> Dossier:
    """A dossier of a case, by its columns."""
    received, due, settled, supplements, status, _counted = CASES[name]
    made = scenes.received(org, procedure=procedure, summary=name)
    Dossier.objects.filter(pk=made.pk).update(
        received_at=received,
        due_at=due,
        settled_at=settled,
        supplements=supplements,
        status=status,
        returned_at=settled if status == "returned" else None,
    )
    return made


APRIL = at(15, month=4)


def march(now: datetime = APRIL) -> Figures:
    return figures_of(Dossier.objects.all(), *MARCH, now)


@pytest.mark.parametrize("name", CASES)
def test_where_a_dossier_counts(org: SimpleNamespace, name: str) -> None:
    make(org, name, scenes.version(org))
    received, *_others, counted = CASES[name]
    begun = "carried" if received.month == 2 else "received"
    expected = dict.fromkeys(Figures.__slots__, 0)
    assert march() == Figures(**expected | ({begun: 1, counted: 1} if counted else {}))


def test_the_figures_add_up(org: SimpleNamespace) -> None:
    procedure = scenes.version(org)
    for name in CASES:
        make(org, name, procedure)
    figures = march()
    assert (figures.carried, figures.received) == (3, 9)
    assert figures.whole == figures.done + figures.open == 12
    with CaptureQueriesContext(connection) as queries:
        march()
    assert len(queries) == 1


def test_a_withdrawal_ends_a_dossier_when_it_happens(org: SimpleNamespace) -> None:
    dossier = scenes.received(org)
    ending.withdraw(dossier=dossier, reason="Theo đơn", by=org.motcua, at=at(6))
    assert (march().early, march().open) == (1, 0)


def test_a_period_that_runs_is_judged_now(org: SimpleNamespace) -> None:
    make(org, "running late", scenes.version(org))
    assert march(at(10)).in_time == 1
    assert march(at(20)).overdue == 1


def test_the_register_lists_what_was_received_in_the_period(org: SimpleNamespace) -> None:
    procedure = scenes.version(org)
    for name in CASES:
        make(org, name, procedure)
    rows = list(register_rows(Dossier.objects.all(), *MARCH))
    assert {one.summary for one in rows} == {n for n, case in CASES.items() if case[0].month == 3}
    assert rows == sorted(rows, key=lambda one: (one.received_at, one.pk))
    text = pdf_text(slip_pdf(register_page(org.commune, rows, march(), *MARCH, date(2024, 4, 1))))
    assert "SỔ THEO DÕI HỒ SƠ" in text
    assert "Từ ngày 01/03/2024 đến ngày 31/03/2024" in text
    assert "12 hồ sơ (kỳ trước chuyển sang 3, tiếp nhận trong kỳ 9)" in text


# --- screen and files -----------------------------------------------------------------------------

ASKED = {"start": "01/03/2024", "end": "31/03/2024"}


def test_the_register_on_the_screen_and_as_files(org: SimpleNamespace, signed_in: Any) -> None:
    dossier = scenes.received(org)
    client = signed_in(org.motcua)
    page = client.get(reverse("dossiers:register"), ASKED).content.decode()
    assert dossier.code in page
    assert "chuyển sang 0, tiếp nhận 1" in page
    book = client.get(reverse("dossiers:register"), ASKED | {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(book.streaming_content))).active
    cells = [str(one.value) for one in list(sheet.rows)[1]]
    assert {dossier.code, "Trần Thị Bưởi", "Thôn 3", "0912000001"} <= set(cells)
    printed = client.get(reverse("dossiers:register_pdf"), ASKED)
    assert "Trần Thị Bưởi" in pdf_text(printed.content)


def test_the_month_so_far_unless_other_days_are_typed(org: SimpleNamespace, signed_in: Any) -> None:
    client = signed_in(org.motcua)  # today is 1 March 2024
    scenes.received(org, at(1, 8))
    page = client.get(reverse("dossiers:register")).content.decode()
    assert "tiếp nhận 1" in page
    wrong = client.get(reverse("dossiers:register"), {"start": "32/13/2024"})
    assert wrong.status_code == 200
    assert client.get(reverse("dossiers:register_pdf"), {"start": "x"}).status_code == 302


def test_a_register_too_long_to_print_is_refused(
    org: SimpleNamespace, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenes.received(org)
    monkeypatch.setattr(register, "PDF_LIMIT", 0)
    answer = signed_in(org.motcua).get(reverse("dossiers:register_pdf"), ASKED)
    assert answer.status_code == 409


def test_the_register_costs_the_same_for_many(org: SimpleNamespace, signed_in: Any) -> None:
    procedure = scenes.version(org)
    client = signed_in(org.motcua)
    client.get(reverse("dossiers:register"), ASKED)
    costs = []
    for n in range(2):
        for k in range(1 + 4 * n):
            scenes.received(org, procedure=procedure, summary=f"{n} {k}")
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("dossiers:register"), ASKED)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_strangers_see_no_register(org: SimpleNamespace, signed_in: Any, client: Client) -> None:
    wanted = [reverse("dossiers:register"), reverse("dossiers:register_pdf")]
    for address in wanted:
        assert client.get(address).status_code == 302
    scenes.received(org)
    neighbour = signed_in(org.hoangngoc)
    for address in wanted:
        of_others = neighbour.get(address, ASKED | {"agency": org.commune.code})
        assert of_others.status_code == 404


# --- by API ---------------------------------------------------------------------------------------

API = "/api/v1/dossiers"


def test_the_figures_by_api(org: SimpleNamespace, signed_in: Any) -> None:
    scenes.received(org)
    asked = {"agency": org.commune.code, "start": "2024-03-01", "end": "2024-03-31"}
    answer = signed_in(org.motcua).get(f"{API}/register/figures", asked)
    assert answer.json() == {
        **dict.fromkeys(Figures.__slots__, 0),
        "received": 1,
        "in_time": 1,
        "done": 0,
        "open": 1,
    }
    assert signed_in(org.hoangngoc).get(f"{API}/register/figures", asked).status_code == 404


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_slips_by_api(org: SimpleNamespace, signed_in: Any, form: str, begins: bytes) -> None:
    dossier = scenes.received(org)
    client = signed_in(org.motcua)
    for address in (f"slips/{dossier.slips.get().pk}", "control"):
        answer = client.get(f"{API}/{dossier.pk}/{address}", {"form": form})
        assert answer.content.startswith(begins)
    assert client.get(f"{API}/{dossier.pk}/control", {"form": "odt"}).status_code == 422
    stranger = signed_in(org.hoangngoc)
    assert stranger.get(f"{API}/{dossier.pk}/control").status_code == 404
