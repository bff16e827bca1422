"""The pages of reports."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from motcua.core.periods import Period
from motcua.reports.actions import draft_report
from motcua.reports.models import Report
from tests.reports import scenes
from tests.reports.scenes import CUT, ZONE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day(settings):
    """Pages are looked at two days after the first quarter's cut-off."""
    settings.TODAY = date(2024, 3, 16)


def addresses(report):
    return [
        reverse("reports:reports"),
        reverse("reports:new"),
        reverse("reports:report", args=[report.pk]),
        reverse("reports:section", args=[report.pk, "V"]),
        reverse("reports:figure", args=[report.pk, "plan.tasks.total"]),
        reverse("reports:download", args=[report.pk, "pdf"]),
        reverse("reports:download", args=[report.pk, "docx"]),
    ]


def post(client, report, step, **data):
    return client.post(reverse("reports:step", args=[report.pk, step]), data)


def test_strangers_are_sent_to_the_log_in(client, org, running):
    report = scenes.drafted(org)
    for url in [*addresses(report), reverse("reports:step", args=[report.pk, "redraft"])]:
        answer = client.get(url)
        assert (answer.status_code, "login" in answer.headers["Location"]) == (302, True), url


def test_another_commune_sees_nothing(signed_in, org, running):
    report = scenes.drafted(org)
    client = signed_in(org.hoangngoc)
    for url in addresses(report)[2:]:
        assert client.get(url).status_code == 404, url
    assert post(client, report, "submit_report").status_code == 404
    assert report.title not in client.get(reverse("reports:reports")).content.decode()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_is_shown(signed_in, org, running, language):
    report = scenes.drafted(org)
    client = signed_in(org.vanphong)
    client.cookies["django_language"] = language
    for url in addresses(report):
        assert client.get(url).status_code == 200, url


def test_the_list_costs_the_same_for_many(signed_in, org, running, django_assert_max_num_queries):
    client = signed_in(org.vanphong)
    scenes.drafted(org)
    url = reverse("reports:reports")
    client.get(url)
    with django_assert_max_num_queries(50) as few:
        client.get(url)
    for period in ("2023-Q4", "2023", "2023-M9"):
        draft_report(agency=org.commune, period=period, by=org.vanphong, at=CUT)
    with django_assert_max_num_queries(len(few)):
        page = client.get(url).content.decode()
    assert page.count("Kết quả công tác cải cách hành chính") >= 4


def test_a_new_report_is_drafted(signed_in, org, running):
    client = signed_in(org.vanphong)
    url = reverse("reports:new")
    page = client.get(url).content.decode()
    assert page.index("2024-Q1") < page.index("2023-Q4")
    answer = client.post(url, {"period": "2024-Q1"})
    report = Report.objects.get()
    assert answer.headers["Location"] == reverse("reports:report", args=[report.pk])
    assert client.post(url, {"period": "2024-Q1"}).status_code == 422  # it is there already


def test_who_may_not_draft_is_told_who_may(signed_in, org, running):
    answer = signed_in(org.tuphap).get(reverse("reports:new"))
    assert answer.status_code == 403
    assert "Văn phòng" in answer.content.decode()


def test_numbers_lead_to_their_rows(signed_in, org, running):
    scenes.hand_in(org, running, datetime(2024, 3, 13, 9, tzinfo=ZONE))
    report = scenes.drafted(org)
    client = signed_in(org.chutich)
    link = reverse("reports:figure", args=[report.pk, "plan.tasks.done"])
    assert link in client.get(reverse("reports:report", args=[report.pk])).content.decode()
    page = client.get(link).content.decode()
    assert f"/tasks/{running.tasks['2.1.1'].pk}/" in page
    assert "Hoàn thành ngày 13/03/2024" in page


def test_a_section_is_edited_and_drafted_again(signed_in, org, running):
    report = scenes.drafted(org)
    client = signed_in(org.vanphong)
    url = reverse("reports:section", args=[report.pk, "V"])
    section = report.sections.get(code="V")
    client.post(url, {"text": "Đề nghị tập huấn.", "lock": section.lock})
    page = client.get(reverse("reports:report", args=[report.pk])).content.decode()
    assert "Đề nghị tập huấn." in page
    section.refresh_from_db()
    client.post(url, {"text": "Khác.", "lock": section.lock, "again": "1"})
    section.refresh_from_db()
    assert section.text == section.drafted


def test_two_people_one_section_lose_nothing(signed_in, org, running):
    report = scenes.drafted(org)
    client = signed_in(org.vanphong)
    url = reverse("reports:section", args=[report.pk, "V"])
    lock = report.sections.get(code="V").lock
    client.post(url, {"text": "Bản của người thứ nhất.", "lock": lock})
    answer = client.post(url, {"text": "Bản của người thứ hai.", "lock": lock})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Bản của người thứ nhất." in page
    assert "Bản của người thứ hai." in page
    again = client.post(url, {"text": "Bản chung.", "lock": lock + 1})
    assert again.status_code == 303


def test_an_empty_section_is_refused_on_its_page(signed_in, org, running):
    report = scenes.drafted(org)
    url = reverse("reports:section", args=[report.pk, "V"])
    lock = report.sections.get(code="V").lock
    answer = signed_in(org.vanphong).post(url, {"text": " ", "lock": lock})
    assert answer.status_code == 422
    assert "Mục này chưa có nội dung" in answer.content.decode()


def test_from_the_drafter_to_the_chairman_and_back(client, org, running):
    report = scenes.drafted(org)
    page = reverse("reports:report", args=[report.pk])
    client.force_login(org.vanphong.account)
    assert "Trình duyệt" in client.get(page).content.decode()
    post(client, report, "submit_report")
    assert "Trình duyệt" not in client.get(page).content.decode()
    client.force_login(org.chutich.account)
    assert "Phê duyệt" in client.get(page).content.decode()
    post(client, report, "return_report", reason="")
    assert "Hãy ghi lý do trả lại" in client.get(page).content.decode()
    post(client, report, "return_report", reason="Bổ sung kiến nghị.")
    assert "Bổ sung kiến nghị." in client.get(page).content.decode()
    client.force_login(org.vanphong.account)
    post(client, report, "redraft")
    post(client, report, "submit_report")
    client.force_login(org.chutich.account)
    post(client, report, "approve_report", number="05/BC-UBND")
    shown = client.get(page).content.decode()
    assert "05/BC-UBND" in shown
    assert "giữ nguyên như lúc duyệt" in shown
    report.refresh_from_db()
    assert report.approved_at - CUT > timedelta(0)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("section", ["IX"]),
        ("figure", ["no.such"]),
        ("download", ["exe"]),
    ],
)
def test_what_is_not_there(signed_in, org, running, name, args):
    report = scenes.drafted(org)
    url = reverse(f"reports:{name}", args=[report.pk, *args])
    assert signed_in(org.vanphong).get(url).status_code == 404


def test_no_other_steps_than_the_pages_own(signed_in, org, running):
    report = scenes.drafted(org)
    assert post(signed_in(org.vanphong), report, "draft_report").status_code == 404


def test_files_are_documents(signed_in, org, running):
    report = scenes.drafted(org)
    client = signed_in(org.chutich)
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = client.get(reverse("reports:download", args=[report.pk, form]))
        assert answer.content.startswith(start)
        assert f"bao-cao-cchc-2024-Q1.{form}" in answer.headers["Content-Disposition"]


def test_two_people_draft_the_same_period(signed_in, org, running, monkeypatch):
    """The second form was opened before the first was sent."""
    client = signed_in(org.vanphong)
    waiting = [Period.parse("2024-Q1")]
    monkeypatch.setattr("motcua.reports.views.due_periods", lambda *_: waiting)
    scenes.drafted(org)
    answer = client.post(reverse("reports:new"), {"period": "2024-Q1"})
    assert answer.status_code == 422
    assert "Đã có báo cáo quý I năm 2024" in answer.content.decode()
