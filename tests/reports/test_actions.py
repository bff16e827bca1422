"""The steps of a report: what they do, what they refuse, what they leave in the trace."""

from datetime import datetime, timedelta

import pytest

from motcua.audit.models import Entry
from motcua.audit.queries import verify
from motcua.core.errors import Stale
from motcua.core.periods import NotAPeriod
from motcua.core.workflow import StepNotAllowed
from motcua.org.permissions import NotAllowed
from motcua.reports import actions
from motcua.reports.models import Report
from tests.reports import scenes
from tests.reports.scenes import CUT, ZONE

pytestmark = pytest.mark.django_db


def value(report, key):
    return report.figures.get(key=key).value


def test_a_draft_tells_the_state_of_the_cut_off_date(org, running):
    scenes.hand_in(org, running, datetime(2024, 3, 14, 16, tzinfo=ZONE))
    late = datetime(2024, 4, 20, 8, tzinfo=ZONE)
    report = actions.draft_report(agency=org.commune, period="2024-Q1", by=org.vanphong, at=late)
    assert (report.status, str(report.cut_off)) == ("draft", "2024-03-14")
    assert value(report, "plan.tasks.done") == "1"
    assert value(report, "legal.issued") == ""
    rows = report.figures.get(key="plan.tasks.done").rows
    assert rows[0]["state"] == "Hoàn thành ngày 14/03/2024"
    sections = {section.code: section for section in report.sections.all()}
    assert "01/" in sections["I"].text
    assert not any(section.is_edited for section in sections.values())
    assert Entry.objects.filter(action="reports.draft_report").count() == 1


@pytest.mark.parametrize(
    ("period", "refusal"),
    [
        ("2024-03", actions.NotReported),
        ("2024-H1", actions.CutOffAhead),
        ("quý một", NotAPeriod),
    ],
)
def test_periods_that_cannot_be_reported(org, period, refusal):
    with pytest.raises(refusal):
        actions.draft_report(agency=org.commune, period=period, by=org.vanphong, at=CUT)


def test_one_report_per_period(org):
    scenes.drafted(org)
    with pytest.raises(actions.ReportExists):
        scenes.drafted(org)


@pytest.mark.parametrize("name", ["tuphap", "chutich", "hoangngoc"])
def test_only_the_drafter_drafts(org, name):
    with pytest.raises(NotAllowed):
        actions.draft_report(agency=org.commune, period="2024-Q1", by=org.people[name], at=CUT)
    assert not Report.objects.exists()


def test_a_commune_without_a_plan_has_no_invented_numbers(org):
    report = scenes.drafted(org)
    assert not report.figures.exclude(value="").exists()
    assert "chưa có dữ liệu" in report.sections.get(code="I").text


def test_a_section_is_saved(org, running):
    section = scenes.drafted(org).sections.get(code="V")
    saved = actions.save_section(
        section=section, text=" Đề nghị tập huấn. \n", by=org.vanphong, at=CUT, lock=section.lock
    )
    assert (saved.text, saved.edited_by, saved.is_edited) == (
        "Đề nghị tập huấn.",
        org.vanphong,
        True,
    )
    assert Entry.objects.filter(action="reports.save_section").count() == 1


@pytest.mark.parametrize("edited", [True, False])
def test_two_people_one_section(org, running, edited):
    section = scenes.drafted(org).sections.get(code="V")
    if edited:
        actions.save_section(section=section, text="Bản một.", by=org.vanphong, at=CUT)
    with pytest.raises(Stale, match=org.vanphong.full_name if edited else "—"):
        actions.save_section(
            section=section, text="Bản hai.", by=org.vanphong, at=CUT, lock=section.lock - 1
        )
    section.refresh_from_db()
    assert section.text != "Bản hai."


def test_a_section_is_not_emptied(org, running):
    report = scenes.drafted(org)
    with pytest.raises(actions.NothingSaid):
        actions.save_section(
            section=report.sections.get(code="V"), text="  ", by=org.vanphong, at=CUT
        )
    heading = report.sections.get(code="II")  # it has no text of its own
    assert actions.save_section(section=heading, text="", by=org.vanphong, at=CUT).text == ""


def test_redrafting_keeps_what_people_wrote(org, running):
    report = scenes.drafted(org)
    actions.save_section(
        section=report.sections.get(code="V"), text="Đề nghị tập huấn.", by=org.vanphong, at=CUT
    )
    scenes.hand_in(org, running, datetime(2024, 3, 13, 9, tzinfo=ZONE))
    report = actions.redraft(report=report, by=org.vanphong, at=CUT + timedelta(hours=3))
    assert value(report, "plan.tasks.done") == "1"
    assert report.sections.get(code="V").text == "Đề nghị tập huấn."
    assert report.sections.get(code="II.1").text.startswith("Đến ngày 14/03/2024, đã hoàn thành 01")
    entry = Entry.objects.get(action="reports.redraft")
    assert '"kept":["V"]' in entry.data.replace(" ", "")


def test_approval_freezes(org, running):
    report = scenes.approved(org)
    assert (report.status, report.number, report.approved_by) == (
        "approved",
        "05/BC-UBND",
        org.chutich,
    )
    before = list(report.figures.values("key", "value", "rows"))
    scenes.hand_in(org, running, datetime(2024, 3, 14, 9, tzinfo=ZONE))
    section = report.sections.get(code="I")
    text = section.text
    for step in (
        lambda: actions.redraft(report=report, by=org.vanphong, at=CUT),
        lambda: actions.save_section(section=section, text="Khác.", by=org.vanphong, at=CUT),
        lambda: actions.return_report(report=report, reason="Sửa.", by=org.chutich, at=CUT),
    ):
        with pytest.raises(StepNotAllowed):
            step()
    assert list(report.figures.values("key", "value", "rows")) == before
    section.refresh_from_db()
    assert section.text == text
    assert verify().breaks == []


def test_only_the_chairman_approves(org, running):
    report = scenes.submitted(org)
    with pytest.raises(NotAllowed, match="Chủ tịch"):
        actions.approve_report(report=report, by=org.vanphong, at=CUT)
    report.refresh_from_db()
    assert report.status == "submitted"


def test_a_report_is_returned_with_a_reason(org, running):
    report = scenes.submitted(org)
    with pytest.raises(actions.ReturnReasonMissing):
        actions.return_report(report=report, reason=" ", by=org.chutich, at=CUT)
    report = actions.return_report(
        report=report, reason="Bổ sung kiến nghị.", by=org.chutich, at=CUT
    )
    assert (report.status, report.why) == ("draft", "Bổ sung kiến nghị.")
    assert "Bổ sung" in Entry.objects.get(action="reports.return_report").data


def test_what_each_may_do_now(org, running):
    report = scenes.drafted(org)
    assert actions.allowed_steps(report, org.vanphong, CUT) == [
        "save_section",
        "redraft",
        "submit_report",
        "set_urgency",
    ]
    assert actions.allowed_steps(report, org.tuphap, CUT) == []
    assert actions.allowed_steps(report, None, CUT) == []
    report = actions.submit_report(report=report, by=org.vanphong, at=CUT)
    assert actions.allowed_steps(report, org.chutich, CUT) == ["return_report", "approve_report"]
