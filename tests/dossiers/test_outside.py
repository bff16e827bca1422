"""Dossiers that another system owns: told, told again, read here, handled there."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.audit.models import Entry
from motcua.core.errors import Refused
from motcua.core.measures import Scope
from motcua.dossiers import measures, sheets
from motcua.dossiers.actions import ON_DOSSIER, outside
from motcua.dossiers.actions.intake import ApplicantData, IdNumberWrong
from motcua.dossiers.actions.intake.typed import MirroredElsewhere
from motcua.dossiers.actions.outside import Mirrored, OutsideData
from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import OutsideRecord, allowed_steps
from motcua.dossiers.queries.figures import figures_of
from motcua.dossiers.rules import DossierStatus as D
from motcua.dossiers.rules import outside as rules
from motcua.files.rules import FileDamaged
from motcua.org.permissions import NotAllowed
from tests.dossiers import scenes
from tests.dossiers.scenes import MARRIAGE, at

PORTAL, CODE = "Cổng Dịch vụ công quốc gia", "G22.99-240304-0001"
NOW = at(20)

# --- rules ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("national", "is_received", "ours"),
    [
        (1, False, D.SUBMITTED),
        (2, True, D.RECEIVED),
        (3, False, D.REFUSED),
        (4, True, D.PROCESSING),
        (5, True, D.WAITING),
        (5, False, D.INCOMPLETE),
        (6, True, D.OWING),
        (7, True, D.WITHDRAWN),
        (8, True, D.STOPPED),
        (9, True, D.SETTLED),
        (10, True, D.RETURNED),
    ],
)
def test_each_national_status_has_ours(national: int, is_received: bool, ours: D) -> None:
    assert rules.status_of(national, is_received=is_received) == ours


@pytest.mark.parametrize("national", [0, 11, -1])
def test_there_are_ten_national_statuses(national: int) -> None:
    with pytest.raises(rules.StatusUnknown):
        rules.status_of(national, is_received=True)


def moments(**more: datetime | None) -> dict[str, datetime | None]:
    none = dict.fromkeys(("received_at", "settled_at", "returned_at"))
    return {"submitted_at": at(4), **none, **more}


@pytest.mark.parametrize(
    ("status", "more", "refusal"),
    [
        (D.SUBMITTED, {}, None),
        (D.PROCESSING, {"received_at": at(4)}, None),
        (D.WITHDRAWN, {}, None),
        (D.SETTLED, {"received_at": at(5, 9), "settled_at": at(5, 0)}, None),
        (D.RETURNED, {"received_at": at(5), "settled_at": at(6), "returned_at": at(6)}, None),
        (D.SUBMITTED, {"submitted_at": None}, rules.MomentMissing),
        (D.PROCESSING, {}, rules.MomentMissing),
        (D.SETTLED, {"received_at": at(5)}, rules.MomentMissing),
        (D.RETURNED, {"received_at": at(5), "settled_at": at(6)}, rules.MomentMissing),
        (D.PROCESSING, {"received_at": at(5), "settled_at": at(6)}, rules.MomentTooMuch),
        (
            D.SETTLED,
            {"received_at": at(5), "settled_at": at(6), "returned_at": at(6)},
            rules.MomentTooMuch,
        ),
        (D.PROCESSING, {"received_at": at(1)}, rules.MomentsDisordered),
        (D.PROCESSING, {"received_at": at(21)}, rules.MomentInFuture),
    ],
)
def test_moments_fit_the_status(
    status: D, more: dict[str, datetime | None], refusal: type[Refused] | None
) -> None:
    if refusal is None:
        rules.check_moments(status, moments(**more), NOW)
    else:
        with pytest.raises(refusal):
            rules.check_moments(status, moments(**more), NOW)


# --- actions --------------------------------------------------------------------------------------


def data(**more: Any) -> OutsideData:
    said = {
        "procedure": MARRIAGE,
        "applicant": ApplicantData("Trần Thị Bưởi", id_number="038190000001"),
        "national": 4,
        "submitted_at": at(4, 8),
        "received_at": at(4, 9),
        "due_at": at(11, 17),
    }
    return OutsideData(**said | more)


def mirrored(org: SimpleNamespace, said: OutsideData | None = None, **more: Any) -> Any:
    how = {"agency": org.commune, "owner": PORTAL, "code": CODE, "by": org.ketnoi, "at": NOW} | more
    return outside.mirror(said=said or data(), **how)


@pytest.fixture
def catalogue(org: SimpleNamespace) -> SimpleNamespace:
    scenes.version(org)
    return org


def test_a_record_told_twice_is_written_once(catalogue: SimpleNamespace) -> None:
    made, done = mirrored(catalogue)
    assert (done, made.status, made.code, made.outside_owner) == (
        Mirrored.NEW,
        "processing",
        CODE,
        PORTAL,
    )
    again, done = mirrored(catalogue)
    assert (done, again.pk, again.lock) == (Mirrored.SAME, made.pk, 1)
    assert (Dossier.objects.count(), Entry.objects.about(made).count()) == (1, 1)
    settled = data(national=9, settled_at=at(8))
    after, done = mirrored(catalogue, settled)
    assert (done, after.status, after.settled_at) == (Mirrored.CHANGED, "settled", at(8))
    assert [one.step for one in after.events.order_by("pk")] == ["mirror", "mirror"]
    assert Entry.objects.about(made)[0].action == "dossiers.mirror"


def test_a_changed_applicant_is_a_new_row(catalogue: SimpleNamespace) -> None:
    nameless = data(applicant=ApplicantData("Trần Thị Bưởi"))
    first = mirrored(catalogue, nameless)[0].applicant_id
    assert mirrored(catalogue, nameless)[1] is Mirrored.SAME
    moved = data(applicant=ApplicantData("Trần Thị Bưởi", address="Thôn 5"))
    again, done = mirrored(catalogue, moved)
    assert (done, again.applicant_id == first) == (Mirrored.CHANGED, False)


def test_one_that_is_not_received_has_no_code_of_ours(catalogue: SimpleNamespace) -> None:
    made, _done = mirrored(catalogue, data(national=1, received_at=None, due_at=None))
    assert (made.code, made.outside_code, made.status) == (None, CODE, "submitted")


@pytest.mark.parametrize("step", sorted(ON_DOSSIER))
def test_every_step_refuses_what_another_system_owns(catalogue: SimpleNamespace, step: str) -> None:
    made, _done = mirrored(catalogue)
    words = {
        "reason": "x", "text": "x", "answer": "x", "of": "x", "to": None, "number": "",
        "way": "cash", "until": at(21), "due_at": at(21),
    }  # fmt: skip
    wanted = ON_DOSSIER[step].__wrapped__.__kwdefaults__ or {}
    taken = {
        name: words[name]
        for name in ON_DOSSIER[step].__wrapped__.__annotations__
        if name in words and name not in wanted
    }
    if step in ("hand_over", "send_out"):
        taken["to"] = "x"
    by = (
        catalogue.motcua
        if step not in ("send_back", "sign", "stop", "repair")
        else (catalogue.chutich)
    )
    with pytest.raises(OutsideRecord) as refused:
        ON_DOSSIER[step](dossier=made, by=by, at=NOW, **taken)
    assert PORTAL in refused.value.sentence()
    assert allowed_steps(made, by, NOW.date()) == []


def test_one_dossier_is_counted_once(catalogue: SimpleNamespace) -> None:
    own = scenes.received(catalogue, at(5), procedure=scenes_version(), outside_code="P-7")
    for code in ("P-7", own.code):
        with pytest.raises(outside.OurOwn):
            mirrored(catalogue, code=code)
    mirrored(catalogue)
    mirrored(catalogue)
    figures = figures_of(Dossier.objects.all(), at(1).date(), at(20).date(), NOW)
    assert (figures.received, figures.open) == (2, 2)
    with pytest.raises(MirroredElsewhere):
        scenes.received(catalogue, at(6), procedure=scenes_version(), outside_code=CODE)


def scenes_version() -> Any:
    from motcua.procedures.models import ProcedureVersion

    return ProcedureVersion.objects.select_related("procedure").get(procedure__code=MARRIAGE)


@pytest.mark.parametrize(
    ("said", "more", "refusal"),
    [
        ({}, {"owner": " "}, outside.OwnerMissing),
        ({}, {"code": ""}, outside.OwnerMissing),
        ({"procedure": "9.999999"}, {}, outside.ProcedureUnknown),
        ({"national": 12}, {}, rules.StatusUnknown),
        ({"national": 9}, {}, rules.MomentMissing),
        ({"applicant": ApplicantData("A", id_number="1")}, {}, IdNumberWrong),
    ],
)
def test_a_record_that_cannot_be_is_refused(
    catalogue: SimpleNamespace, said: dict[str, Any], more: dict[str, Any], refusal: Any
) -> None:
    with pytest.raises(refusal):
        mirrored(catalogue, data(**said), **more)
    assert not Dossier.objects.exists()


def test_a_code_has_one_owner_and_one_agency(catalogue: SimpleNamespace) -> None:
    mirrored(catalogue)
    with pytest.raises(outside.OthersRecord):
        mirrored(catalogue, owner="Hệ thống khác")
    Dossier.objects.update(agency=catalogue.neighbour)
    with pytest.raises(outside.OthersRecord):
        mirrored(catalogue)


def test_a_code_that_was_given_meanwhile_is_refused(catalogue: SimpleNamespace) -> None:
    """Told before its receipt a record has no code of ours; another may take it first."""
    first, _done = mirrored(catalogue, data(national=1, received_at=None, due_at=None))
    mirrored(catalogue, owner="Hệ thống khác")
    with pytest.raises(outside.OthersRecord):
        mirrored(catalogue)
    first.refresh_from_db()
    assert (first.code, first.status) == (None, "submitted")


def test_a_record_told_as_stopped_by_mistake_is_open_again(catalogue: SimpleNamespace) -> None:
    mirrored(catalogue, data(national=8), at=at(10))
    mirrored(catalogue, data(national=4), at=at(11))
    figures = figures_of(Dossier.objects.all(), at(1).date(), at(20).date(), NOW)
    assert (figures.done, figures.open) == (0, 1)
    days = (at(1).date(), at(20).date(), at(20).date())
    scope = Scope((catalogue.commune.pk,), *days, NOW)
    for code, n in (("dossiers.settled", 0), ("dossiers.open", 1)):
        assert (measures.count([scope])[code], measures.rows(code, scope).count()) == ([n], n)


def test_only_the_connection_tells(catalogue: SimpleNamespace) -> None:
    for person in (catalogue.motcua, catalogue.chutich):
        with pytest.raises(NotAllowed):
            mirrored(catalogue, by=person)


# --- API ------------------------------------------------------------------------------------------


def test_put_is_idempotent_and_shown_with_its_owner(
    catalogue: SimpleNamespace, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.jobs.clock.now", lambda: NOW)
    client = signed_in(catalogue.ketnoi)
    body = {
        "agency": "15997",
        "procedure": MARRIAGE,
        "applicant": {"full_name": "Trần Thị Bưởi"},
        "status": 4,
        "submitted_at": "2024-03-04T08:00:00+07:00",
        "received_at": "2024-03-04T09:00:00+07:00",
    }

    def put(**more: Any) -> Any:
        return client.put(
            f"/api/v1/dossiers/outside/{PORTAL}/{CODE}",
            json.dumps(body | more),
            content_type="application/json",
        )

    answers = [put(), put(), put(status=8)]
    assert [one.status_code for one in answers] == [201, 200, 200]
    assert [one.json()["done"] for one in answers] == ["new", "same", "changed"]
    assert answers[0].json()["outside_owner"] == PORTAL
    assert put(status=9).status_code == 422
    assert put(agency="15994").status_code == 404
    page = signed_in(catalogue.motcua).get(reverse("dossiers:dossiers"), {"q": CODE})
    assert PORTAL in page.content.decode()
    register = client.get(
        reverse("dossiers:register"), {"start": "1/3/2024", "end": "31/3/2024"}
    ).content.decode()
    assert PORTAL in register


# --- lists ----------------------------------------------------------------------------------------

HEADINGS = ["Mã hồ sơ", "Mã thủ tục", "Chủ hồ sơ", "Trạng thái", "Ngày nộp", "Tiếp nhận", "Hẹn trả"]
GOOD = [
    "P-1",
    MARRIAGE,
    "Trần Thị Bưởi",
    4,
    at(4, 8).replace(tzinfo=None),
    "05/03/2024",
    "11/3/2024",
]


def book(*rows: list[Any], headings: list[str] = HEADINGS) -> bytes:
    workbook = openpyxl.Workbook()
    for row in (headings, *rows):
        workbook.active.append(row)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def test_a_list_is_judged_row_by_row(
    catalogue: SimpleNamespace, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.jobs.clock.now", lambda: NOW)
    client = signed_in(catalogue.ketnoi)
    assert "Mã thủ tục" in client.get(reverse("dossiers:outside")).content.decode()
    bad = ["P-2", "9.999999", "Lê Thị Ổi", 4, "04/03/2024", "05/03/2024", ""]
    worse = ["P-3", MARRIAGE, "Lê Thị Ổi", 4, "hôm qua", "", ""]
    file = SimpleUploadedFile("hồ sơ.xlsx", book(GOOD, bad, [None] * 7, worse))
    page = client.post(reverse("dossiers:outside"), {"owner": PORTAL, "file": file})
    text = page.content.decode()
    assert "không nhận: <strong>2</strong>" in text
    assert "ghi nhận mới: <strong>1</strong>" in text
    assert "9.999999" in text
    assert "hôm qua" in text
    made = Dossier.objects.get()
    assert (made.code, made.due_at, made.received_at) == ("P-1", at(11, 17), at(5, 0))
    again = SimpleUploadedFile("hồ sơ.xlsx", book(GOOD))
    page = client.post(reverse("dossiers:outside"), {"owner": PORTAL, "file": again})
    assert "không đổi: <strong>1</strong>" in page.content.decode()


def test_a_day_in_a_cell_begins_at_midnight() -> None:
    line = sheets.read_lines("a.xlsx", book([*GOOD[:4], date(2024, 3, 4), None, None]))[0]
    assert line.data().submitted_at == at(4, 0)


def test_a_file_that_is_no_list_is_refused_with_a_sentence(
    catalogue: SimpleNamespace, signed_in: Any
) -> None:
    client = signed_in(catalogue.ketnoi)
    file = SimpleUploadedFile("a.csv", "Tên;Tuổi\n".encode())
    answer = client.post(reverse("dossiers:outside"), {"owner": PORTAL, "file": file})
    assert answer.status_code == 422
    assert "Tệp thiếu cột: Mã hồ sơ" in answer.content.decode()


CSV = "Mã hồ sơ,Mã thủ tục,Chủ hồ sơ,Trạng thái,Kênh nộp,Ngày nộp\n"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("P-1,1,A,bốn,1,04/03/2024", "Trạng thái"),
        ("P-1,1,A,4,9,04/03/2024", "Kênh nộp"),
        ("P-1,1,A,4,1,", "Ngày nộp"),
        ("P-1,1,A,4,1,31/02/2024", "Ngày nộp"),
        ("P-1,1,A,4,1,01/01/0001", "Ngày nộp"),
        ("P-1,1,A,4,1,31/12/9999 23:00", "Ngày nộp"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(row: str, column: str) -> None:
    line = sheets.read_lines("a.csv", (CSV + row).encode())[0]
    with pytest.raises(sheets.CellWrong) as refused:
        line.data()
    assert column in refused.value.sentence()


@pytest.mark.parametrize(
    "typed", ["04/03/2024 08:30", "08:30 04/03/2024", "2024-03-04 08:30:00", "20240304083000"]
)
def test_moments_are_read_as_systems_write_them(typed: str) -> None:
    line = sheets.read_lines("a.csv", (CSV + f"P-1,1,A,4,3,{typed}").encode())[0]
    assert line.data().submitted_at == at(4, 8, 30)
    assert str(line.data().channel) == "post"


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("a.csv", CSV.encode() + b"\xff\xfe", FileDamaged),
        ("a.csv", (CSV + "P,1,A,4,1,1/1/2024\n" * 1001).encode(), sheets.TooManyLines),
        ("a.csv", (CSV + '"' + "P" * 200_000).encode(), FileDamaged),
        ("a.xlsx", book(headings=["Mã hồ sơ"]), sheets.NoDossierList),
    ],
)
def test_a_bad_file_says_why(name: str, content: bytes, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        sheets.read_lines(name, content)
