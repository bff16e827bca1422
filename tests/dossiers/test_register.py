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

from motcua.dossiers.actions import elsewhere, ending, handling, waiting
from motcua.dossiers.documents.pdf import slip_pdf
from motcua.dossiers.documents.register import register_page
from motcua.dossiers.models import Dossier, Event
from motcua.dossiers.queries.figures import Figures, figures_of, handed_in, register_rows
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
    Event.objects.create(dossier=made, at=received, step="told", status=status)
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
    rows = list(register_rows(Dossier.objects.all(), *MARCH, APRIL))
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


def test_a_long_register_is_printed_in_parts(
    org: SimpleNamespace, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    procedure = scenes.version(org)
    for n in (1, 3, 5):
        scenes.received(org, at(4, 8, n), procedure=procedure, summary=f"Việc{n}")
    monkeypatch.setattr(register, "PDF_LIMIT", 2)
    client = signed_in(org.motcua)
    page = client.get(reverse("dossiers:register"), ASKED).content.decode()
    assert "part=2" in page
    assert "part=3" not in page
    second = client.get(reverse("dossiers:register_pdf"), ASKED | {"part": "2"})
    text = pdf_text(second.content).replace(" ", "")
    assert "tập2/2" in text
    assert "Việc5" in text
    assert "Việc3" not in text
    for wrong in ("0", "3", "x"):
        answer = client.get(reverse("dossiers:register_pdf"), ASKED | {"part": wrong})
        assert answer.status_code == 404


# --- a period that is over ------------------------------------------------------------------------


def test_what_happens_after_a_period_changes_no_figure_of_it(org: SimpleNamespace) -> None:
    """One waits at the end of March and is supplied in April, one is redated, one settled."""
    procedure = scenes.version(org)
    limit = {"by": org.tuphap}
    paused, redated, done = (
        handling.forward(
            dossier=scenes.received(org, at(26, 8, n), procedure=procedure, summary=str(n)),
            to=org.tuphap,
            by=org.motcua,
            at=at(26, 10),
        )
        for n in range(3)
    )
    waiting.ask_supplement(dossier=paused, text="Thiếu", at=at(28), **limit)
    then = march(at(31, 23, 59))
    april = at(3, month=4)
    waiting.supply(dossier=paused, text="Đủ", by=org.motcua, at=at(1, month=4))
    waiting.apologise(
        dossier=redated, reason="x", due_at=at(20, month=4), at=at(1, month=4), **limit
    )
    handling.settle(dossier=done, number="", at=april, **limit)
    late = at(15, month=5)
    assert march(late) == then
    rows = {one.summary: one for one in register_rows(Dossier.objects.all(), *MARCH, late)}
    assert [rows[str(n)].status_then for n in range(3)] == ["waiting", "processing", "processing"]
    assert rows["1"].due_then == redated.due_at
    assert rows["0"].due_then == paused.due_at
    running = register_rows(Dossier.objects.all(), *MARCH, at(31, 12))
    assert [one.status_then for one in running] == ["processing", "processing", "settled"]


def test_a_past_register_says_how_it_stood_and_how_it_stands(
    org: SimpleNamespace, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.jobs.clock.now", lambda: at(15, month=4))
    ending.withdraw(
        dossier=scenes.received(org, at(26)), reason="Theo đơn", by=org.motcua, at=at(2, month=4)
    )
    page = signed_in(org.motcua).get(reverse("dossiers:register"), ASKED).content.decode()
    assert "nay: đã rút" in page
    assert "trong hạn 1, quá hạn 0" in page


# --- interlinked dossiers -------------------------------------------------------------------------


def test_an_interlinked_dossier_counts_once_at_every_office(
    org: SimpleNamespace, signed_in: Any
) -> None:
    """Sent twice to the district, late the second time: one at the commune, one at the district."""
    dossier = scenes.processing(org)
    by = {"by": org.tuphap}
    there = {"to": "", "agency": org.district, **by}
    elsewhere.send_out(dossier=dossier, until=at(6), at=at(5), **there)
    elsewhere.bring_back(dossier=dossier, to=None, at=at(5, 14), **by)
    elsewhere.send_out(dossier=dossier, until=at(7), at=at(6), **there)
    district = lambda now: handed_in(org.district, *MARCH, now)  # noqa: E731 # short
    assert (district(at(6, 10)).received, district(at(6, 10)).in_time) == (1, 1)
    assert district(at(8)).overdue == 1
    elsewhere.bring_back(dossier=dossier, to=None, at=at(8, 10), **by)
    assert (district(APRIL).received, district(APRIL).late, district(APRIL).whole) == (1, 1, 1)
    assert march() == Figures(**dict.fromkeys(Figures.__slots__, 0) | {"received": 1, "overdue": 1})
    after = handed_in(org.district, date(2024, 4, 1), date(2024, 4, 30), at(30, month=4))
    assert after.whole == 0
    assert handed_in(org.commune, *MARCH, APRIL).whole == 0
    asked = {"agency": org.district.code, "start": "2024-03-01", "end": "2024-03-31"}
    told = signed_in(org.noivu).get(f"{API}/register/figures", asked).json()
    assert (told["received"], told["late"], told["handed_in"]) == (1, 1, 1)
    page = signed_in(org.noivu).get(
        reverse("dossiers:register"), ASKED | {"agency": org.district.code}
    )
    assert "trong đó 1 do cơ quan khác chuyển đến" in page.content.decode()


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
        "handed_in": 0,
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


@pytest.mark.parametrize("page", ["register", "fees", "guidance"])
def test_days_at_the_ends_of_the_calendar_are_days(
    org: SimpleNamespace, signed_in: Any, page: str
) -> None:
    scenes.received(org)
    days = {"start": "0001-01-01", "end": "9999-12-31"}
    assert signed_in(org.motcua).get(reverse(f"dossiers:{page}"), days).status_code == 200
    asked = {"agency": org.commune.code, **days}
    answer = signed_in(org.motcua).get("/api/v1/dossiers/register/figures", asked)
    assert (answer.status_code, answer.json()["received"]) == (200, 1)
