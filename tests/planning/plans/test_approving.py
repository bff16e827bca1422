"""In force, returned, amended: live tasks follow their sentences."""

from datetime import date, timedelta

import pytest

from motcua.audit.models import Entry
from motcua.core.errors import Stale
from motcua.org.models import Post
from motcua.org.permissions import NotAllowed
from motcua.planning import actions
from motcua.planning.actions.amending import NothingToAmend
from motcua.planning.actions.confirming import ReasonMissing
from motcua.planning.models import PlanVersion, Task
from motcua.planning.rules import ItemKind
from tests import scenes

pytestmark = pytest.mark.django_db
LATER = scenes.START + timedelta(days=40)  # 14 February 2024


def amended(running, org, change):
    """A second version in force, changed by ``change(version)`` while it was a draft."""
    version = actions.amend_plan(
        plan=running.plan, reason="Theo chỉ đạo của huyện", by=org.vanphong, at=LATER
    )
    change(version)
    version = actions.submit_plan(version=version, by=org.vanphong, at=LATER)
    return actions.approve_plan(version=version, by=org.chutich, at=LATER)


def test_only_the_chairman_approves(org):
    version = scenes.submitted_plan(org)
    with pytest.raises(NotAllowed):
        actions.approve_plan(version=version, by=org.vanphong, at=LATER)


def test_a_version_changed_since_is_not_approved_unseen(org):
    version = scenes.submitted_plan(org)
    with pytest.raises(Stale):
        actions.approve_plan(version=version, by=org.chutich, at=LATER, lock=version.lock - 1)
    PlanVersion.objects.filter(pk=version.pk).update(made_by=None)
    with pytest.raises(Stale, match="—"):
        actions.approve_plan(version=version, by=org.chutich, at=LATER, lock=0)


def test_a_returned_plan_is_a_draft_again_with_its_reason(org):
    version = scenes.submitted_plan(org)
    with pytest.raises(ReasonMissing):
        actions.return_plan(version=version, reason="", by=org.chutich, at=LATER)
    back = actions.return_plan(version=version, reason="Thiếu hạn", by=org.chutich, at=LATER)
    assert (back.status, back.why) == ("draft", "Thiếu hạn")


def test_tasks_know_their_people(running, org):
    task = running.tasks["2.1.1"]
    assert (task.lead_person, task.status) == (org.tuphap, "assigned")
    assert task.assignees.get(leads=True).person == org.tuphap


def test_an_undated_task_ends_with_the_plan(running):
    assert running.tasks["2.2.1"].due_on == date(2024, 12, 31)


def test_periods_over_before_the_approval_make_no_task(org):
    version = scenes.submitted_plan(org)
    actions.approve_plan(version=version, by=org.chutich, at=scenes.START + timedelta(days=120))
    periods = Task.objects.filter(series__isnull=False).values_list("period", flat=True)
    assert sorted(periods) == ["2024-Q2", "2024-Q3", "2024-Q4"]


def test_an_amendment_keeps_progress_and_supersedes(running, org):
    task = running.tasks["2.1.1"]
    actions.report_progress(task=task, percent=40, text="Đang làm", by=org.tuphap, at=LATER)
    office = Post.objects.get(agency=org.commune, code="office")

    def change(version):
        for code in ("2.1.1", "2.1.2"):
            actions.edit_item(
                item=version.items.get(code=code),
                changes={"lead_post": office, "text": f"Câu mới {code}"},
                by=org.vanphong,
                at=LATER,
                with_posts=[Post.objects.get(agency=org.commune, code="land")],
            )

    amended(running, org, change)
    task.refresh_from_db()
    assert (task.percent, task.text, task.lead_person) == (40, "Câu mới 2.1.1", org.vanphong)
    assert {t.lead_person for t in running.tasks["2.1.2"].instances.all()} == {org.vanphong}
    running.version.refresh_from_db()
    assert running.version.status == "superseded"
    assert Task.objects.filter(plan=running.plan).count() == 8


def test_a_dropped_task_ends_and_a_dropped_target_as_well(running, org):
    series = running.tasks["2.1.2"]
    done = series.instances.order_by("due_on")[0]
    actions.submit_task(task=done, text="Số 5/BC-UBND", by=org.tuphap, at=LATER)
    actions.accept_task(task=done, by=org.phochutich, at=LATER)

    def change(version):
        for code in ("2.1.2", "CT1"):
            row = version.items.get(code=code)
            actions.drop_item(item=row, reason="Thôi làm", by=org.vanphong, at=LATER)
        actions.add_item(
            version=version,
            kind=ItemKind.TASK,
            text="Việc thêm",
            values={"lead_post": Post.objects.get(agency=org.commune, code="office")},
            by=org.vanphong,
            at=LATER,
        )

    amended(running, org, change)
    states = sorted(series.instances.values_list("status", flat=True))
    assert states == ["cancelled", "cancelled", "cancelled", "done"]
    running.targets["CT1"].refresh_from_db()
    assert running.targets["CT1"].ended_on == LATER.date()
    assert Task.objects.get(text="Việc thêm").status == "assigned"


def test_a_granted_extension_outlives_an_amendment(running, org):
    task = running.tasks["2.1.1"]
    asked = actions.ask_extension(
        task=task, new_due_on=date(2024, 4, 30), reason="Chờ huyện", by=org.tuphap, at=LATER
    )
    actions.decide_extension(extension=asked, grant=True, by=org.chutich, at=LATER)
    amended(running, org, lambda _version: None)
    task.refresh_from_db()
    assert (task.due_on, task.first_due_on) == (date(2024, 4, 30), date(2024, 3, 30))


def test_a_deadline_moved_by_an_amendment_moves_the_task(running, org):
    def change(version):
        row = version.items.get(code="2.1.1")
        changes = {"due_on": date(2024, 5, 31), "lead_post": None}
        actions.edit_item(item=row, changes=changes, by=org.vanphong, at=LATER)
        land = Post.objects.get(agency=org.commune, code="land")
        actions.edit_item(item=row, changes={"lead_post": land}, by=org.vanphong, at=LATER)

    amended(running, org, change)
    running.tasks["2.1.1"].refresh_from_db()
    assert running.tasks["2.1.1"].due_on == date(2024, 5, 31)


def test_amending_needs_a_plan_in_force_and_a_reason(running, org):
    with pytest.raises(ReasonMissing):
        actions.amend_plan(plan=running.plan, reason="", by=org.vanphong, at=LATER)
    actions.amend_plan(plan=running.plan, reason="Một", by=org.vanphong, at=LATER)
    with pytest.raises(NothingToAmend):
        actions.amend_plan(plan=running.plan, reason="Hai", by=org.vanphong, at=LATER)
    assert Entry.objects.filter(action="planning.amend_plan").count() == 1


def test_a_draft_is_not_amended(org):
    version = scenes.draft_plan(org)
    with pytest.raises(NothingToAmend):
        actions.amend_plan(plan=version.plan, reason="Một", by=org.vanphong, at=LATER)


def test_a_target_inside_a_task_without_field_takes_the_task_s(org):
    version = scenes.draft_plan(org)
    version.items.filter(code="2.2.1.CT1").update(field="")
    scenes.settle(version, org)
    actions.submit_plan(version=version, by=org.vanphong, at=LATER)
    actions.approve_plan(version=version, by=org.chutich, at=LATER)
    assert version.plan.targets.get(code="2.2.1.CT1").field == "procedures"


def test_a_task_whose_lead_is_taken_away_stays_without(org):
    """The database may hold a version approved before its lead was known."""
    version = scenes.submitted_plan(org)
    version.items.filter(code="2.2.2").update(lead_post=None)
    actions.approve_plan(version=version, by=org.chutich, at=LATER)
    task = version.plan.tasks.get(code="2.2.2")
    assert task.lead_person is None
    assert not task.assignees.filter(leads=True).exists()
