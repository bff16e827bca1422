"""The official slips: each form's fields, reprints, cancelled ones, who may print them."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

import docx
import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.documents.layout import Table
from motcua.dossiers.actions import elsewhere, ending, fees, handling, mending, waiting
from motcua.dossiers.actions import intake as desk
from motcua.dossiers.documents.control import control_page
from motcua.dossiers.documents.docx import slip_docx
from motcua.dossiers.documents.forms import FORMS, Given, page_of
from motcua.dossiers.documents.page import Field, SlipPage
from motcua.dossiers.documents.pdf import slip_pdf
from motcua.dossiers.documents.qr import public_address
from motcua.dossiers.models import Dossier, PayWay, ReturnWay, Slip
from motcua.dossiers.rules import SlipKind
from tests.dossiers import scenes
from tests.dossiers.scenes import at
from tests.procedures import scenes as procedures

BASE = "https://motcua.example.vn"
REASON = "Thiếu bản chứng thực quyết định ly hôn"


def page(slip: Slip, *, why: bool = False) -> SlipPage:
    return page_of(Given.of(slip), base=BASE, why=why)


def pdf_text(content: bytes) -> str:
    """The words of a PDF in reading order, blanks squeezed."""
    pages = [one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(content)]
    return " ".join(" ".join(pages).split())


def docx_text(content: bytes) -> str:
    """The words of a DOCX, those of its tables after the others."""
    file = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(one.text for one in file.paragraphs), *cells]).split())


@pytest.fixture
def given(org: SimpleNamespace) -> dict[str, Slip]:
    """One slip of each kind, on dossiers of the state that gives it."""
    procedure = scenes.version(org)
    first = scenes.received(org, procedure=procedure)
    first = handling.forward(dossier=first, to=org.tuphap, by=org.motcua, at=at(4, 10))
    waiting.apologise(dossier=first, reason="Chờ xác minh", due_at=at(20), by=org.tuphap, at=at(5))
    fees.collect_fee(dossier=first, way=PayWay.CASH, by=org.motcua, at=at(5))
    sent = {"to": "Phòng Tư pháp", "until": at(8), "by": org.tuphap}
    elsewhere.send_out(dossier=first, **sent, note="Xác minh", at=at(5, 10))
    elsewhere.bring_back(dossier=first, to=None, by=org.tuphap, at=at(5, 11))
    waiting.ask_supplement(dossier=first, text=REASON, by=org.tuphap, at=at(6))
    refused = desk.turn_away(
        agency=org.commune,
        intake=scenes.typed(
            procedure, papers=[], filer=desk.ApplicantData("Lê Văn Cam", phone="0912000777")
        ),
        reason="Không thuộc thẩm quyền",
        by=org.motcua,
        at=at(4, 14),
    )
    Dossier.objects.filter(pk=first.pk).update(rules="2025")
    first.refresh_from_db()
    ending.stop(dossier=first, reason="Theo đơn của ông/bà", by=org.chutich, at=at(7))
    fees.refund_fee(dossier=first, reason="Dừng giải quyết", by=org.motcua, at=at(7, 10))
    rows = [*first.slips.all(), *refused.slips.all()]
    return {row.kind: row for row in rows}


#: What each form must say, beside the list of fields that desks print.
FIELDS = {
    SlipKind.RECEIPT: {
        "Ông/Bà, tổ chức": "Trần Thị Bưởi",
        "Địa chỉ": "Thôn 3",
        "Số điện thoại": "0912000001",
        "Số giấy tờ tùy thân": "038190000001",
        "Nội dung yêu cầu giải quyết": "Xác nhận tình trạng hôn nhân",
        "Số lượng hồ sơ": "1 bộ",
        "Hình thức nộp": "Trực tiếp",
        "Phí, lệ phí": "15.000 đồng",
        "Thời hạn giải quyết theo quy định": "5 ngày làm việc",
        "Thời gian nhận hồ sơ": "09 giờ 00 phút, ngày 04/03/2024",
        "Thời gian trả kết quả": "17 giờ 00 phút, ngày 11/03/2024",
        "Vào sổ theo dõi hồ sơ": "năm 2024, số thứ tự 1",
    },
    SlipKind.SUPPLEMENT: {
        "Ông/Bà, tổ chức": "Trần Thị Bưởi",
        "Địa chỉ": "Thôn 3",
        "Số điện thoại": "0912000001",
        "Thư điện tử": "",
        "Yêu cầu hoàn thiện hồ sơ gồm": REASON,
    },
    SlipKind.REFUSAL: {
        "Ông/Bà, tổ chức": "Lê Văn Cam",
        "Chủ hồ sơ": "Trần Thị Bưởi",
        "Địa chỉ chủ hồ sơ": "Thôn 3",
        "Lý do không tiếp nhận, không giải quyết": "Không thuộc thẩm quyền",
        "Thời gian nhận hồ sơ": "chưa tiếp nhận",
    },
    SlipKind.APOLOGY: {
        "Thời gian nhận hồ sơ": "09 giờ 00 phút, ngày 04/03/2024",
        "Thời gian hẹn trả kết quả": "17 giờ 00 phút, ngày 11/03/2024",
        "Lý do": "Chờ xác minh",
        "Thời gian hẹn lại": "09 giờ 00 phút, ngày 20/03/2024",
    },
    SlipKind.STOP: {"Lý do": "Theo đơn của ông/bà"},
    SlipKind.FEE: {
        "Người nộp tiền": "Trần Thị Bưởi",
        "Cộng": "15.000 đồng",
        "Hình thức thu": "Tiền mặt",
    },
    SlipKind.REFUND: {
        "Người nhận tiền": "Trần Thị Bưởi",
        "Số tiền hoàn": "15.000 đồng",
        "Lý do hoàn": "Dừng giải quyết",
        "Hình thức hoàn": "Tiền mặt",
    },
    SlipKind.TRANSFER: {
        "Chủ hồ sơ": "Trần Thị Bưởi",
        "Nội dung đề nghị": "Xác minh",
        "Hạn cơ quan nhận trả lại": "09 giờ 00 phút, ngày 08/03/2024",
        "Hạn trả kết quả cho người dân": "09 giờ 00 phút, ngày 20/03/2024",
    },
}


def test_every_kind_that_a_step_gives_has_a_form() -> None:
    assert set(FORMS) == set(FIELDS) == set(SlipKind) - {SlipKind.CONTROL, SlipKind.REGISTER}


@pytest.mark.parametrize("kind", FIELDS)
def test_a_form_says_its_fields(given: dict[str, Slip], kind: SlipKind) -> None:
    shown = {p.label: p.value for p in page(given[kind]).parts if isinstance(p, Field)}
    assert FIELDS[kind].items() <= shown.items()


@pytest.mark.parametrize("kind", FIELDS)
def test_pdf_and_docx_say_the_same(given: dict[str, Slip], kind: SlipKind) -> None:
    shown = page(given[kind])
    texts = [pdf_text(slip_pdf(shown)), docx_text(slip_docx(shown))]
    for value in [shown.title, shown.number, *filter(None, FIELDS[kind].values())]:
        for text in texts:
            assert value in text


def test_a_guide_names_the_required_papers_that_did_not_come(org: SimpleNamespace) -> None:
    dossier = desk.guide(
        agency=org.commune,
        intake=scenes.typed(scenes.version(org), papers=[]),
        text=REASON,
        by=org.motcua,
        at=at(4),
    )
    shown = page(dossier.slips.get())
    (table,) = (one for one in shown.parts if isinstance(one, Table))
    assert [row[1:3] for row in table.rows] == [["Tờ khai", "1"]]  # not the conditional one
    assert shown.subtitle == ""
    before = dossier.slips.get()  # one that was given before slips kept what was missing
    del before.data["wanted"]
    assert page(before).parts == shown.parts


def test_a_result_by_post_is_not_collected_at_the_desk(org: SimpleNamespace) -> None:
    slip = scenes.received(org, return_way=ReturnWay.POST).slips.get()
    shown = {p.label: p.value for p in page(slip).parts if isinstance(p, Field)}
    assert shown["Nhận kết quả tại"] == "Nhận qua bưu chính"


def test_a_procedure_is_named_once(org: SimpleNamespace) -> None:
    slip = scenes.received(org, summary="").slips.get()
    shown = {p.label: p.value for p in page(slip).parts if isinstance(p, Field)}
    named = "Cấp giấy xác nhận tình trạng hôn nhân (1.000894)"
    assert shown["Nội dung yêu cầu giải quyết"] == named
    assert "Thủ tục hành chính" not in shown


def test_many_papers_go_over_the_page_with_their_head(org: SimpleNamespace) -> None:
    names = [f"Giấy tờ thứ {n} " + "có tên rất dài " * 12 for n in range(1, 16)]
    procedure = scenes.version(org, papers=[{"name": name, "originals": 1} for name in names])
    papers = [desk.PaperData(name.strip(), originals=1) for name in names]
    slip = scenes.received(org, procedure=procedure, papers=papers).slips.get()
    text = pdf_text(slip_pdf(page(slip)))
    assert text.count("Tên giấy tờ") == 2
    assert all(f"Giấy tờ thứ {n} có" in text for n in range(1, 16))


# --- reprints -------------------------------------------------------------------------------------


def test_a_reprint_reads_as_it_was_given_whatever_changed_since(
    org: SimpleNamespace, given: dict[str, Slip]
) -> None:
    first = pdf_text(slip_pdf(page(given["receipt"], why=True)))
    Dossier.objects.update(summary="Khác", fee=99999, return_way="post", due_at=at(29))
    org.commune.name, org.commune.place = "UBND phường Mới", "Mới"
    org.commune.save()
    org.motcua.full_name = "Người Khác"
    org.motcua.save()
    again = Slip.objects.select_related("dossier__version").get(pk=given["receipt"].pk)
    assert pdf_text(slip_pdf(page(again, why=True))) == first


def test_what_was_missing_reads_as_it_was_said_though_the_procedure_is_corrected(
    org: SimpleNamespace,
) -> None:
    first = scenes.received(org, papers=[desk.PaperData("Tờ khai", originals=1)])
    asked = waiting.ask_supplement(dossier=first, text=REASON, by=org.motcua, at=at(4, 10))
    slip = asked.slips.get(kind="supplement")
    before = pdf_text(slip_pdf(page(slip)))
    waiting.supply(dossier=asked, text="Đủ", by=org.motcua, at=at(4, 11))
    other = procedures.published(
        org,
        "1.001193",
        name="Đăng ký khai sinh",
        limit="1 ngày làm việc",
        papers=[{"name": "Giấy chứng sinh", "originals": 1}],
        steps=scenes.STEPS,
    )
    mending.correct(dossier=asked, version=other, reason="Nhầm", by=org.motcua, at=at(4, 14))
    again = Slip.objects.select_related("dossier__version").get(pk=slip.pk)
    assert again.dossier.version == other
    assert pdf_text(slip_pdf(page(again))) == before


def test_what_slips_are_printed_from_is_written_once(org: SimpleNamespace) -> None:
    dossier = scenes.received(org)
    for row in (dossier.applicant, dossier.papers.first()):
        with pytest.raises(TypeError):
            row.save()


def test_the_same_slip_gives_the_same_bytes(given: dict[str, Slip]) -> None:
    shown = page(given["receipt"])
    assert slip_pdf(shown) == slip_pdf(shown)
    assert slip_docx(shown) == slip_docx(shown)


def test_the_way_to_the_promise_is_printed_on_demand(given: dict[str, Slip]) -> None:
    line = "09/03/2024 (Thứ Bảy): nghỉ cuối tuần, không tính."
    assert line in pdf_text(slip_pdf(page(given["receipt"], why=True)))
    assert line not in pdf_text(slip_pdf(page(given["receipt"])))


@pytest.mark.parametrize("kind", FIELDS)
def test_on_half_the_paper_a_slip_says_the_same(given: dict[str, Slip], kind: SlipKind) -> None:
    shown = page(given[kind])
    small = slip_pdf(shown, "a5")
    width, height = pypdfium2.PdfDocument(small)[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (148, 210)
    letters = [pdf_text(one).replace(" ", "") for one in (small, slip_pdf(shown))]
    assert sorted(letters[0]) == sorted(letters[1])


def test_a_slip_in_landscape_is_always_a4(org: SimpleNamespace) -> None:
    shown = control_page(scenes.received(org), at(5))
    assert slip_pdf(shown, "a5") == slip_pdf(shown)


def test_a_cancelled_slip_says_so_across_the_page(org: SimpleNamespace) -> None:
    dossier = mending.correct(
        dossier=scenes.received(org),
        reason="Nhầm nội dung",
        summary="Đúng nội dung",
        by=org.motcua,
        at=at(4, 10),
    )
    old, new = dossier.slips.order_by("pk")
    for text in (pdf_text(slip_pdf(page(old))), docx_text(slip_docx(page(old)))):
        assert "ĐÃ HỦY: Nhầm nội dung" in text
    assert pdf_text(slip_pdf(page(old))).count("ĐÃ HỦY") == 2
    assert "ĐÃ HỦY" not in pdf_text(slip_pdf(page(new)))
    assert page(new).number == "Số: 02/2024"


def test_slips_are_numbered_by_agency_kind_and_year(org: SimpleNamespace) -> None:
    procedure = scenes.version(org)
    moments = [at(4), at(5), at(6, month=1).replace(year=2025)]
    slips = [
        scenes.received(org, moment, procedure=procedure, summary=str(n)).slips.get()
        for n, moment in enumerate(moments)
    ]
    assert [page(one).number for one in slips] == ["Số: 01/2024", "Số: 02/2024", "Số: 01/2025"]


def test_since_july_2025_the_forms_are_those_of_the_new_circular(org: SimpleNamespace) -> None:
    dossier = scenes.received(org)
    Dossier.objects.update(rules="2025")
    dossier.refresh_from_db()
    mending.correct(dossier=dossier, reason="Nhầm", by=org.motcua, at=at(4, 10))
    old, new = (page(one) for one in dossier.slips.order_by("pk"))
    assert (old.desk, new.desk) == (
        "Bộ phận Tiếp nhận và Trả kết quả",
        "Trung tâm Phục vụ hành chính công",
    )
    assert new.qr == f"{BASE}/h/{dossier.code}"


@pytest.mark.parametrize(
    ("code", "address"),
    [
        ("H56.1-20260304-0000001", "https://x.vn/h/H56.1-20260304-0000001"),
        ("H56/1 2", "https://x.vn/h/H56%2F1%202"),
    ],
)
def test_the_public_address_of_a_dossier(code: str, address: str) -> None:
    assert public_address("https://x.vn", code) == address


# --- who may print --------------------------------------------------------------------------------


def address(slip: Slip, form: str = "pdf") -> str:
    return reverse("dossiers:slip", args=[slip.dossier_id, slip.pk, form])


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_the_desk_prints_a_slip(
    org: SimpleNamespace, given: dict[str, Slip], signed_in: Any, form: str, begins: bytes
) -> None:
    answer = signed_in(org.motcua).get(address(given["receipt"], form), {"why": "1"})
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert answer["Cache-Control"] == "private, no-store"


def test_strangers_print_nothing(
    org: SimpleNamespace, given: dict[str, Slip], signed_in: Any, client: Client
) -> None:
    assert client.get(address(given["receipt"])).status_code == 302
    assert signed_in(org.hoangngoc).get(address(given["receipt"])).status_code == 404


def test_a_slip_of_another_dossier_is_not_there(
    org: SimpleNamespace, given: dict[str, Slip], signed_in: Any
) -> None:
    wrong = reverse("dossiers:slip", args=[given["refusal"].dossier_id, given["receipt"].pk, "pdf"])
    assert signed_in(org.motcua).get(wrong).status_code == 404


def test_a_slip_costs_few_queries(
    org: SimpleNamespace, given: dict[str, Slip], signed_in: Any
) -> None:
    client = signed_in(org.motcua)
    client.get(address(given["receipt"]))
    with CaptureQueriesContext(connection) as queries:
        client.get(address(given["receipt"]))
    assert len(queries) <= 15  # those of rights are remembered


# --- the control slip -----------------------------------------------------------------------------


def test_the_control_slip_is_a_view_of_the_steps(org: SimpleNamespace) -> None:
    dossier = scenes.signing(org)
    shown = control_page(dossier, at(8))
    table = shown.parts[-1]
    assert isinstance(table, Table)
    taken = [(row[1], row[2], row[3], row[7]) for row in table.rows]
    desk_clerk, official, chairman = (
        one.full_name for one in (org.motcua, org.tuphap, org.chutich)
    )
    assert taken == [
        ("Tiếp nhận", "", desk_clerk, "Trước hạn"),
        ("Thẩm định", desk_clerk, official, "Trước hạn"),
        ("Ký", official, chairman, "Trong hạn"),
        ("Trả kết quả", "", "Bộ phận Một cửa", ""),
    ]
    for text in (pdf_text(slip_pdf(shown)), docx_text(slip_docx(shown))):
        assert "PHIẾU KIỂM SOÁT" in text
        assert official in text


def test_the_control_slip_is_for_who_sees_the_dossier(org: SimpleNamespace, signed_in: Any) -> None:
    dossier = scenes.received(org)
    wanted = reverse("dossiers:control", args=[dossier.pk, "pdf"])
    assert signed_in(org.hoangngoc).get(wanted).status_code == 404
    client = signed_in(org.motcua)
    assert client.get(wanted).content.startswith(b"%PDF-")
    with CaptureQueriesContext(connection) as queries:
        client.get(wanted)
    assert len(queries) <= 14  # those of rights are remembered


def test_the_newest_slip_is_one_key_away(org: SimpleNamespace, signed_in: Any) -> None:
    dossier = scenes.received(org)
    mending.correct(dossier=dossier, reason="Nhầm", by=org.motcua, at=at(4, 10))
    old, new = dossier.slips.order_by("pk")
    text = signed_in(org.motcua).get(reverse("dossiers:dossier", args=[dossier.pk])).content
    assert f'href="{address(new)}" target="_blank" data-key="p"' in text.decode()
    assert address(old, "docx") in text.decode()
