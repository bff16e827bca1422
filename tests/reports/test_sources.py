"""Numbers and the records that they count."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from motcua.core.figures import Figure, Source, forget, register, sources
from motcua.core.periods import Period
from motcua.org.actions import delegate
from motcua.org.models import Post
from motcua.planning import actions as planning
from motcua.planning.models import PlanVersion
from motcua.planning.rules import SteeringKind
from motcua.reports.actions import approve_report, draft_report, submit_report
from motcua.reports.documents import build
from motcua.reports.queries import due_periods, facts_of
from motcua.reports.sources import figures_of
from tests import scenes as plan_scenes
from tests.reports import scenes
from tests.reports.scenes import CUT, ZONE

pytestmark = pytest.mark.django_db
ON = date(2024, 3, 14)


def at(day, hour=9):
    return datetime(2024, 3, day, hour, tzinfo=ZONE)


def figures(org):
    facts = facts_of(org.commune, Period.parse("2024-Q1"), ON)
    return {figure.key: figure for figure in figures_of(facts)}


@pytest.fixture
def document(org, running):
    return planning.enter_steering(
        agency=org.commune,
        kind=SteeringKind.NOTICE,
        number="12/TB-UBND",
        issued_on=date(2024, 3, 1),
        issuer="UBND huyện Hoằng Hóa",
        summary="Kết luận giao ban",
        by=org.vanphong,
        at=at(2),
    )


def give(org, document, text, due):
    return planning.assign_task(
        agency=org.commune,
        text=text,
        field="procedures",
        lead=Post.objects.get(agency=org.commune, code="justice"),
        due_on=date(2024, 3, due),
        steering=document,
        by=org.chutich,
        at=at(2),
    )


def test_tasks_of_superiors_fall_into_five_numbers(org, document):
    for text, due, handed_in in (
        ("Đúng hạn", 10, 8),
        ("Xong trễ", 5, 8),
        ("Quá hạn", 6, None),
        ("Trong hạn", 30, None),
    ):
        task = give(org, document, text, due)
        if handed_in:
            planning.submit_task(task=task, text="Xong.", by=org.tuphap, at=at(handed_in))
            planning.accept_task(task=task, by=org.chutich, at=at(handed_in, 15))
    found = figures(org)
    counts = {key: f.value for key, f in found.items() if key.startswith("assigned.")}
    assert counts == {
        "assigned.total": "4",
        "assigned.on_time": "1",
        "assigned.late_done": "1",
        "assigned.late_open": "1",
        "assigned.open": "1",
    }
    assert found["assigned.late_open"].rows[0]["label"] == "Quá hạn"
    assert found["steering.docs"].rows[0]["url"] == f"/steering/{document.pk}/"


def test_every_number_is_as_many_as_its_rows(org, document):
    give(org, document, "Trong hạn", 30)
    counted = [f for f in figures(org).values() if f.unit in {"nhiệm vụ", "văn bản"}]
    assert len(counted) > 10
    assert all(int(figure.value) == len(figure.rows) for figure in counted)


def test_targets_carry_the_value_of_the_day(org, running):
    target = next(iter(running.targets.values()))
    for day, value in ((1, "90"), (20, "95")):
        planning.record_value(
            target=target,
            on=date(2024, 3, day),
            value=Decimal(value),
            evidence="Báo cáo tháng",
            by=org.vanphong,
            at=at(20),
        )
    values = {key: f.value for key, f in figures(org).items() if key.startswith("target.")}
    assert [value for value in values.values() if value] == ["90%"]


def test_the_facts_cost_the_same_for_many_tasks(org, document, django_assert_num_queries):
    def read():
        facts_of(org.commune, Period.parse("2024-Q1"), ON)

    with django_assert_num_queries(24):
        read()
    for number in range(4):
        give(org, document, f"Việc {number}", 30)
    with django_assert_num_queries(24):
        read()


def test_due_periods_are_past_their_cut_off_and_without_report(org, running):
    today = CUT.date()
    assert [p.code for p in due_periods(org.commune, today)][:3] == ["2024-Q1", "2023-Q4", "2023"]
    scenes.drafted(org)
    assert due_periods(org.commune, today)[0].code == "2023-Q4"


def test_a_vice_chairman_signs_for_the_chairman(org, running):
    report = scenes.submitted(org)
    delegate(
        giver=org.chutich,
        receiver=org.phochutich,
        agency=org.commune,
        reason="Đi công tác",
        valid_from=CUT.date(),
        valid_to=CUT.date() + timedelta(days=5),
        at=CUT,
    )
    report = approve_report(report=report, by=org.phochutich, at=CUT + timedelta(hours=3))
    document = build(report)
    assert document.authority == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert document.signatory == org.phochutich.full_name


# --- other apps, and the year before --------------------------------------------------------------


@pytest.fixture
def source():
    told = Source(
        "tests",
        frozenset({"feedback.received"}),
        lambda agency, since, on: [
            Figure("feedback.received", f"Phản ánh của {agency}", "PAKN", str((on - since).days))
        ],
    )
    register(told)
    yield told
    forget(told.name)


def test_another_app_tells_its_numbers(org, running, source):
    assert source in sources()
    report = scenes.drafted(org)
    assert report.figures.get(key="feedback.received").value == "90"
    text = report.sections.get(code="II.2").text
    assert "PAKN tiếp nhận" not in text  # it is no longer unknown
    assert f"- Phản ánh của {org.commune.pk}: 90 PAKN." in text


def test_a_number_has_one_source(source):
    with pytest.raises(ValueError, match="feedback"):
        register(Source("others", source.keys, source.read))
    assert source in sources()


def test_without_a_year_before_it_says_so(org, running):
    report = scenes.drafted(org)
    assert "chưa có số liệu năm trước" in report.sections.get(code="I").text
    assert {figure.last_year for figure in report.figures.all()} == {""}


def test_the_approved_report_of_the_year_before_is_compared(org, running):
    """Last year's number is the one that was signed, whatever the records say today."""
    old = draft_report(agency=org.commune, period="2023-Q1", by=org.vanphong, at=CUT)
    values = {"plan.tasks.total": "20", "plan.tasks.done": "5", "target.other.CT9": "90%"}
    for key, value in values.items():
        label = "Thủ tục hành chính đủ điều kiện" if key.startswith("target") else key
        old.figures.update_or_create(key=key, defaults={"value": value, "label": label})
    approve_report(
        report=submit_report(report=old, by=org.vanphong, at=CUT), by=org.chutich, at=CUT
    )
    facts = facts_of(org.commune, Period.parse("2024-Q1"), ON)
    same = Figure("target.procedures.CT1", "THỦ TỤC HÀNH CHÍNH đủ điều kiện", "%", "")
    assert facts.year_before(same) == "90%"
    report = scenes.drafted(org)
    assert "Cùng kỳ năm 2023 đã hoàn thành 05/20 nhiệm vụ" in report.sections.get(code="I").text
    assert report.figures.get(key="plan.tasks.total").last_year == "20"


def test_records_of_the_year_before_are_compared_without_a_report(org):
    text = plan_scenes.SMALL_PLAN.replace("2024", "2023")
    version = plan_scenes.submitted_plan(org, text)
    start = datetime(2023, 1, 10, 8, tzinfo=ZONE)
    PlanVersion.objects.filter(pk=version.pk).update(submitted_at=start)
    planning.approve_plan(version=version, by=org.chutich, at=start)
    facts = facts_of(org.commune, Period.parse("2024-Q1"), ON)
    assert facts.last_year["plan.tasks.total"] == "7"
