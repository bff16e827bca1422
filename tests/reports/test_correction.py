"""After approval: a correction that supersedes; one number a year; the box of urgency."""

import io
from datetime import timedelta

import pypdfium2
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from motcua.core.workflow import StepNotAllowed
from motcua.org.permissions import NotAllowed
from motcua.reports import actions
from motcua.reports.documents import build, render
from motcua.reports.models import Report
from motcua.reports.rules import Urgency
from tests.reports import scenes

pytestmark = pytest.mark.django_db
LATER = scenes.CUT + timedelta(days=5)


def corrected(org, reason="Sai số liệu mục II.1"):
    return actions.correct_report(
        report=scenes.approved(org), reason=reason, by=org.vanphong, at=LATER
    )


def signed(report, org, number="09/BC-UBND"):
    sent = actions.submit_report(report=report, by=org.vanphong, at=LATER)
    return actions.approve_report(report=sent, by=org.chutich, at=LATER, number=number)


def text_of(report):
    document = pypdfium2.PdfDocument(io.BytesIO(render(build(report), "pdf")))
    return " ".join(document[0].get_textpage().get_text_range().split())


def test_a_correction_begins_as_the_report_was_signed(org, running):
    made = corrected(org)
    old = made.corrects
    assert (made.no, made.status, made.number) == (2, "draft", "")
    assert made.opening == old.opening
    for name in ("sections", "figures"):
        rows = [getattr(report, name).order_by("pk") for report in (old, made)]
        assert rows[0].count() == rows[1].count() > 0
    assert [s.text for s in made.sections.order_by("position")] == [
        s.text for s in old.sections.order_by("position")
    ]


def test_signed_it_supersedes_and_the_old_one_stays_as_it_was(org, running):
    made = corrected(org)
    section = made.sections.get(code="V")
    actions.save_section(section=section, text="Kiến nghị mới.", by=org.vanphong, at=LATER)
    made = signed(made, org)
    old = Report.objects.get(pk=made.corrects_id)
    assert (made.status, old.status, old.number) == ("approved", "superseded", "05/BC-UBND")
    assert old.is_frozen
    assert "Kiến nghị mới" not in old.sections.get(code="V").text
    with pytest.raises(StepNotAllowed):
        actions.correct_report(report=old, reason="Lại sai", by=org.vanphong, at=LATER)
    third = actions.correct_report(report=made, reason="Còn sai", by=org.vanphong, at=LATER)
    assert third.no == 3


def test_the_page_says_what_it_replaces(org, running):
    made = signed(corrected(org), org)
    assert "(Thay thế Báo cáo số 05/BC-UBND ngày 15/03/2024)" in text_of(made)
    assert "Thay thế" not in text_of(made.corrects)
    assert render(build(made), "docx").startswith(b"PK")


def test_a_report_without_number_is_replaced_by_its_day(org, running):
    report = scenes.submitted(org)
    report = actions.approve_report(report=report, by=org.chutich, at=scenes.CUT)
    made = actions.correct_report(report=report, reason="Sai", by=org.vanphong, at=LATER)
    assert build(made).replaces == "Báo cáo ngày 15/03/2024"


def test_a_correction_needs_a_reason_a_signed_report_and_a_drafter(org, running):
    with pytest.raises(actions.CorrectionReasonMissing):
        corrected(org, reason=" ")
    report = Report.objects.get()
    with pytest.raises(NotAllowed):
        actions.correct_report(report=report, reason="Sai", by=org.tuphap, at=LATER)
    actions.correct_report(report=report, reason="Sai", by=org.vanphong, at=LATER)
    with pytest.raises(actions.CorrectionOpen):
        actions.correct_report(report=report, reason="Sai", by=org.vanphong, at=LATER)


def test_a_number_is_given_once_a_year(org, running):
    made = actions.submit_report(report=corrected(org), by=org.vanphong, at=LATER)
    with pytest.raises(actions.NumberTaken, match="05/BC-UBND"):
        actions.approve_report(report=made, by=org.chutich, at=LATER, number=" 05/BC-UBND ")
    old = Report.objects.get(pk=made.corrects_id)
    assert old.status == "approved"
    next_year = LATER + timedelta(days=320)
    again = actions.approve_report(report=made, by=org.chutich, at=next_year, number="05/BC-UBND")
    assert (again.number, again.number_year) == ("05/BC-UBND", 2025)


def test_the_database_holds_it_too(org, running):
    made = signed(corrected(org), org)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=made.pk).update(number="05/BC-UBND")


@pytest.mark.parametrize(
    ("urgency", "word"),
    [(Urgency.URGENT, "KHẨN"), (Urgency.EXPRESS, "HỎA TỐC"), (Urgency.NONE, "")],
)
def test_the_box_of_urgency(org, running, urgency, word):
    report = scenes.drafted(org)
    report = actions.set_urgency(report=report, urgency=urgency, by=org.vanphong, at=LATER)
    assert (word in text_of(report)) == bool(word) or not word
    assert render(build(report), "docx").startswith(b"PK")


def test_a_signed_report_does_not_become_urgent(org, running):
    with pytest.raises(StepNotAllowed):
        actions.set_urgency(
            report=scenes.approved(org), urgency=Urgency.URGENT, by=org.vanphong, at=LATER
        )


def test_on_the_pages(org, running, signed_in):
    client = signed_in(org.vanphong)
    report = scenes.drafted(org)
    step = reverse("reports:step", args=[report.pk, "set_urgency"])
    client.post(step, {"urgency": "urgent"})
    assert client.post(step, {"urgency": "soon"}).status_code == 404
    report.refresh_from_db()
    assert report.urgency == "urgent"
    report = actions.submit_report(report=report, by=org.vanphong, at=LATER)
    report = actions.approve_report(report=report, by=org.chutich, at=LATER, number="05/BC-UBND")
    page = reverse("reports:report", args=[report.pk])
    assert "Lập bản đính chính" in client.get(page).content.decode()
    correct = reverse("reports:correct", args=[report.pk])
    assert client.post(correct, {"reason": ""})["Location"] == page
    for _double_click in range(2):
        answer = client.post(correct, {"reason": "Sai số liệu"})
    made = Report.objects.get(no=2)
    assert answer["Location"] == reverse("reports:report", args=[made.pk])
    assert "Có bản đính chính" in client.get(page).content.decode()
    assert "thay thế báo cáo 05/BC-UBND" in client.get(answer["Location"]).content.decode()
    signed(made, org)
    assert "Đã thay bằng bản đính chính" in client.get(page).content.decode()


def test_strangers_correct_nothing(org, running, client):
    report = scenes.approved(org)
    assert client.post(reverse("reports:correct", args=[report.pk])).status_code == 302
    assert Report.objects.count() == 1


def test_by_api(org, running, signed_in):
    client = signed_in(org.vanphong)
    report = scenes.drafted(org)

    def post(path, data):
        address = f"/api/v1/reports/{report.pk}/{path}"
        return client.post(address, data, content_type="application/json")

    assert post("urgency", {"urgency": "express"}).json()["urgency"] == "express"
    assert post("correct", {"reason": "Sai"}).status_code == 409
    report = actions.submit_report(report=report, by=org.vanphong, at=LATER)
    actions.approve_report(report=report, by=org.chutich, at=LATER)
    made = post("correct", {"reason": "Sai số liệu"})
    assert made.status_code == 201
    assert made.json()["corrects_id"] == report.pk
    assert made.json()["figures"][0]["last_year"] is None
