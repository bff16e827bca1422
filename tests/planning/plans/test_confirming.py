"""The person makes the reading right: effect, refusal, trace."""

from datetime import date

import pytest

from motcua.audit.models import Entry
from motcua.core.errors import Stale
from motcua.core.workflow import StepNotAllowed
from motcua.org.models import Post
from motcua.org.permissions import NotAllowed
from motcua.planning import actions
from motcua.planning.actions import confirming
from motcua.planning.models import PlanItem, PlanVersion
from motcua.planning.rules import ItemKind, WarningState
from tests import scenes

pytestmark = pytest.mark.django_db
AT = scenes.START


@pytest.fixture
def draft(org):
    return scenes.draft_plan(org)


def last_action():
    return Entry.objects.order_by("-pk").values_list("action", flat=True)[0]


def item(draft, code="2.1.1"):
    return draft.items.get(code=code)


def edit(org, draft, changes, code="2.1.1", **more):
    return actions.edit_item(
        item=item(draft, code), changes=changes, by=org.vanphong, at=AT, **more
    )


def test_a_correction_confirms_and_is_traced_with_both_texts(org, draft):
    done = edit(org, draft, {"text": "Ban hành kế hoạch", "kind": "ignored"})
    assert (done.text, done.state, done.kind) == ("Ban hành kế hoạch", "confirmed", "task")
    assert "before" in Entry.objects.order_by("-pk")[0].data


def test_a_chosen_lead_takes_the_proposal_s_reason_away(org, draft):
    office = Post.objects.get(agency=org.commune, code="office")
    done = edit(org, draft, {"lead_post": office}, with_posts=[office])
    assert done.lead_reason == ""
    assert not done.with_posts.exists()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"text": " "}, confirming.TextMissing),
        ({"due_on": date(2023, 12, 31)}, confirming.DueOutside),
        ({"due_on": date(2025, 1, 1)}, confirming.DueOutside),
    ],
)
def test_a_wrong_correction_changes_nothing(org, draft, changes, refusal):
    with pytest.raises(refusal):
        edit(org, draft, changes)
    assert item(draft).state == "proposed"


def test_a_stale_form_overwrites_nothing(org, draft):
    edit(org, draft, {"product": "Kế hoạch"}, lock=draft.lock)
    with pytest.raises(Stale, match="Phạm Thị Thu Hà"):
        edit(org, draft, {"product": "Khác"}, lock=draft.lock)
    assert item(draft).product == "Kế hoạch"


def test_a_draft_nobody_made_names_nobody(org, draft):
    PlanVersion.objects.filter(pk=draft.pk).update(made_by=None)
    with pytest.raises(Stale, match="—"):
        edit(org, draft, {"product": "x"}, lock=99)


def test_who_may_not_confirm(org, draft):
    with pytest.raises(NotAllowed):
        actions.edit_item(item=item(draft), changes={}, by=org.tuphap, at=AT)


def test_a_submitted_plan_is_not_edited(org):
    version = scenes.submitted_plan(org)
    with pytest.raises(StepNotAllowed):
        edit(org, version, {"product": "x"})


def test_confirming_counts_what_is_new(org, draft):
    rows = list(draft.items.all())
    assert actions.confirm_items(items=rows, by=org.vanphong, at=AT) == len(rows)
    entries = Entry.objects.count()
    assert actions.confirm_items(items=rows, by=org.vanphong, at=AT) == 0
    assert actions.confirm_items(items=[], by=org.vanphong, at=AT) == 0
    assert Entry.objects.count() == entries


def test_a_split_gives_two_with_a_free_code(org, draft):
    row = item(draft)
    left, right = actions.split_item(item=row, at_offset=9, by=org.vanphong, at=AT)
    assert (left.code, right.code) == ("2.1.1", "2.1.1b")
    assert right.text[0].isupper()
    _again, third = actions.split_item(item=right, at_offset=9, by=org.vanphong, at=AT)
    assert third.code == "2.1.1bb"


def test_a_split_of_a_codeless_item(org, draft):
    purpose = draft.items.get(kind="purpose")
    _left, right = actions.split_item(item=purpose, at_offset=9, by=org.vanphong, at=AT)
    assert right.code == ""


@pytest.mark.parametrize("offset", [0, 10_000])
def test_a_split_at_the_edge_is_refused(org, draft, offset):
    with pytest.raises(confirming.SplitOutside):
        actions.split_item(item=item(draft), at_offset=offset, by=org.vanphong, at=AT)


def merge(org, first, second):
    return actions.merge_items(first=first, second=second, by=org.vanphong, at=AT)


def test_neighbours_merge_in_the_order_of_the_text(org, draft):
    one, two = item(draft), item(draft, "2.1.2")
    merged = merge(org, two, one)
    assert merged.pk == one.pk
    assert merged.span_end == two.span_end
    assert PlanItem.objects.get(pk=two.pk).drop_reason == "Gộp vào 2.1.1"


def test_items_added_by_hand_merge_without_spans(org, draft):
    first = actions.add_item(version=draft, kind=ItemKind.PURPOSE, text="A", by=org.vanphong, at=AT)
    second = actions.add_item(
        version=draft, kind=ItemKind.PURPOSE, text="B", by=org.vanphong, at=AT
    )
    merged = merge(org, first, second)
    assert (merged.text, merged.span_start) == ("A; B", None)


def test_strangers_do_not_merge(org, draft):
    with pytest.raises(confirming.MergeApart):
        merge(org, item(draft), item(draft, "2.2.1"))
    with pytest.raises(confirming.MergeApart):
        merge(org, item(draft), item(draft))
    with pytest.raises(confirming.MergeApart):
        merge(org, item(draft), item(draft, "CT1"))


def test_an_added_task_gets_a_code_and_its_place(org, draft):
    made = actions.add_item(
        version=draft,
        kind=ItemKind.TASK,
        text=" Việc mới ",
        values={"due_on": date(2024, 6, 30), "value": 3},
        span=(3, 9),
        by=org.vanphong,
        at=AT,
    )
    assert (made.code, made.text, made.field, made.span_end) == ("BS1", "Việc mới", "other", 9)
    assert last_action() == "planning.add_item"


def test_the_first_item_of_an_empty_version(org, draft):
    draft.items.filter(parent__isnull=False).delete()
    PlanItem.objects.filter(version=draft).delete()
    made = actions.add_item(version=draft, kind=ItemKind.TASK, text="A", by=org.vanphong, at=AT)
    assert made.position == 10


@pytest.mark.parametrize(
    ("text", "values", "refusal"),
    [
        ("  ", {}, confirming.TextMissing),
        ("A", {"due_on": date(2026, 1, 1)}, confirming.DueOutside),
    ],
)
def test_a_wrong_addition_is_refused(org, draft, text, values, refusal):
    with pytest.raises(refusal):
        actions.add_item(
            version=draft, kind=ItemKind.TASK, text=text, values=values, by=org.vanphong, at=AT
        )


def test_a_dropped_task_takes_its_targets_along_and_comes_back(org, draft):
    row = item(draft, "2.2.1")
    actions.drop_item(item=row, reason="Không thuộc xã", by=org.vanphong, at=AT)
    assert item(draft, "2.2.1.CT1").state == "dropped"
    assert actions.restore_item(item=row, by=org.vanphong, at=AT).state == "confirmed"
    with pytest.raises(confirming.ReasonMissing):
        actions.drop_item(item=row, reason=" ", by=org.vanphong, at=AT)


def test_the_head_is_checked(org, draft):
    def change(**changes):
        return actions.edit_version(
            version=draft, changes=changes, by=org.vanphong, at=AT, lock=None
        )

    assert change(number="15/KH-UBND").number == "15/KH-UBND"
    with pytest.raises(confirming.DueOutside):
        change(ends_on=date(2023, 1, 1))


def test_a_plan_is_submitted_only_when_nothing_is_missing(org, draft):
    def submit():
        return actions.submit_plan(version=draft, by=org.vanphong, at=AT)

    draft.items.filter(kind="task").update(lead_post=None)
    with pytest.raises(confirming.TasksWithoutLead, match="4 nhiệm vụ"):
        submit()
    office = Post.objects.get(agency=org.commune, code="office")
    draft.items.filter(kind="task").update(lead_post=office)
    draft.warnings.create(code="spelling", message="Lỗi chính tả")
    with pytest.raises(confirming.WarningsOpen):
        submit()
    for warning in draft.warnings.all():
        actions.settle_warning(
            warning=warning, state=WarningState.MENDED, note="Xong", by=org.vanphong, at=AT
        )
    assert submit().status == "submitted"
    assert not draft.items.filter(state="proposed").exists()


def test_many_leaderless_tasks_are_not_all_named(org, draft):
    for number in range(8):
        draft.items.create(kind="task", text="x", code=f"X{number}", position=500, field="other")
    with pytest.raises(confirming.TasksWithoutLead, match="…"):
        actions.submit_plan(version=draft, by=org.vanphong, at=AT)


def test_an_empty_plan_is_not_submitted(org, draft):
    draft.items.filter(kind="task").update(state="dropped", drop_reason="x")
    with pytest.raises(confirming.NothingToSubmit):
        actions.submit_plan(version=draft, by=org.vanphong, at=AT)


def test_a_discarded_draft_keeps_its_reason(org, draft):
    with pytest.raises(confirming.ReasonMissing):
        actions.discard_plan(version=draft, reason="", by=org.vanphong, at=AT)
    gone = actions.discard_plan(version=draft, reason="Nhầm", by=org.vanphong, at=AT)
    assert (gone.status, gone.why) == ("discarded", "Nhầm")
    assert last_action() == "planning.discard_plan"
