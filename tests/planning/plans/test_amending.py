"""An amendment from a new text: lineages, corrected matches, what ends; by page and by API."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.audit.models import Entry
from motcua.org.models import Post
from motcua.org.permissions import NotAllowed
from motcua.planning import actions
from motcua.planning.actions.amending import NotComparable, NothingToAmend
from motcua.planning.actions.confirming import ReasonMissing
from motcua.planning.matching import Likeness
from motcua.planning.models import PlanVersion
from motcua.planning.queries.amending import comparison_of, preview_of
from motcua.planning.rules import ItemKind
from tests import scenes

pytestmark = pytest.mark.django_db
LATER = scenes.START + timedelta(days=40)
OTHER = "- Tổ chức hội nghị đối thoại với doanh nghiệp trên địa bàn xã."
#: One task reworded, one dropped, one new, the rest as it was.
NEW_TEXT = (
    scenes.SMALL_PLAN.replace("rà soát văn bản quy phạm", "kiểm tra, rà soát văn bản quy phạm")
    .replace("hoàn thành trước ngày 31/3/2024", "hoàn thành trước ngày 30/4/2024")
    .replace("- Báo cáo kết quả theo dõi thi hành pháp luật định kỳ hằng quý.", OTHER)
)


def begin(running, org, text=NEW_TEXT, **changes):
    values = {"plan": running.plan, "read": scenes.read_text(text), "reason": "Theo huyện"}
    return actions.amend_from_file(**values | {"by": org.vanphong, "at": LATER} | changes)


def likeness(version):
    return {pair.code: pair.likeness for pair in comparison_of(version).pairs if pair.code}


def test_sentences_keep_their_lineage(running, org):
    version = begin(running, org)
    assert (version.no, version.status, version.why) == (2, "draft", "Theo huyện")
    assert likeness(version) == {
        "CT1": Likeness.SAME,
        "2.1.1": Likeness.REWORDED,
        "2.1.2": Likeness.NEW,
        "2.2.1": Likeness.SAME,
        "2.2.1.CT1": Likeness.SAME,
        "2.2.2": Likeness.SAME,
    }
    assert [item.code for item in comparison_of(version).ended] == ["2.1.2"]


def test_what_people_decided_stays_where_the_words_stay(org):
    draft = scenes.draft_plan(org)
    scenes.settle(draft, org)
    land, justice = (Post.objects.get(agency=org.commune, code=c) for c in ("land", "justice"))
    item = draft.items.get(code="2.2.2")
    actions.edit_item(
        item=item,
        changes={"lead_post": land, "product": "Bảng niêm yết", "field": "other"},
        with_posts=[justice],
        by=org.vanphong,
        at=scenes.START,
    )
    purpose = draft.items.get(kind="purpose")
    actions.drop_item(item=purpose, reason="Trùng", by=org.vanphong, at=scenes.START)
    requirement = draft.items.get(kind="requirement")
    actions.drop_item(item=requirement, reason="Trùng", by=org.vanphong, at=scenes.START)
    version = actions.submit_plan(version=draft, by=org.vanphong, at=scenes.START)
    version = actions.approve_plan(version=version, by=org.chutich, at=scenes.START)
    text = NEW_TEXT.replace("trách nhiệm của từng công chức", "trách nhiệm của từng bộ phận")
    made = actions.amend_from_file(
        plan=version.plan,
        read=scenes.read_text(text),
        reason="Theo huyện",
        by=org.vanphong,
        at=LATER,
    )
    kept = made.items.get(code="2.2.2")
    assert (kept.lead_post, kept.product, kept.field) == (land, "Bảng niêm yết", "other")
    assert (list(kept.with_posts.all()), kept.state) == ([justice], "confirmed")
    assert made.items.get(kind="purpose").drop_reason == "Trùng"
    assert made.items.get(kind="requirement").state == "proposed"
    moved = made.items.get(code="2.1.1")
    assert (str(moved.due_on), moved.state) == ("2024-04-29", "proposed")


def test_a_lead_that_the_new_text_names_is_taken(running, org):
    text = NEW_TEXT.replace(
        "trong quý II năm 2024.",
        "trong quý II năm 2024 (cơ quan chủ trì: Địa chính; phối hợp: Văn phòng - thống kê).",
    )
    item = begin(running, org, text).items.get(code="2.2.2")
    assert item.lead_post.code == "land"
    assert [post.code for post in item.with_posts.all()] == ["office"]


def test_live_tasks_follow_on_approval(running, org):
    task, series = running.tasks["2.1.1"], running.tasks["2.1.2"]
    actions.report_progress(task=task, percent=40, text="Đang làm", by=org.tuphap, at=LATER)
    version = begin(running, org)
    scenes.settle(version, org)
    version = actions.submit_plan(version=version, by=org.vanphong, at=LATER)
    actions.approve_plan(version=version, by=org.chutich, at=LATER)
    task.refresh_from_db()
    series.refresh_from_db()
    assert (task.percent, series.status) == (40, "cancelled")
    assert "kiểm tra, rà soát" in task.text


def test_a_match_is_corrected_and_a_lineage_is_there_once(running, org):
    version = begin(running, org)
    old = running.version.items.get(code="2.1.2")
    new, other = version.items.get(code="2.1.2"), version.items.get(code="2.1.1")
    actions.match_item(item=new, old=old, by=org.vanphong, at=LATER)
    assert not comparison_of(version).ended
    actions.match_item(item=other, old=old, by=org.vanphong, at=LATER)
    new.refresh_from_db()
    assert likeness(version)["2.1.2"] == Likeness.NEW
    assert version.items.get(lineage=old.lineage) == other
    actions.match_item(item=other, old=None, by=org.vanphong, at=LATER)
    assert not version.items.filter(lineage=old.lineage).exists()
    assert Entry.objects.filter(action="planning.match_item").count() == 3


def test_a_match_stays_within_its_kind_and_its_plan(running, org):
    version = begin(running, org)
    item, target = version.items.get(code="2.1.1"), running.version.items.get(code="CT1")
    for old in (target, version.items.get(code="2.1.2")):
        with pytest.raises(NotComparable):
            actions.match_item(item=item, old=old, by=org.vanphong, at=LATER)
    with pytest.raises(NotComparable):
        actions.keep_item(version=version, old=item, by=org.vanphong, at=LATER)


def test_what_the_text_leaves_out_can_be_kept(running, org):
    version = begin(running, org, NEW_TEXT.replace("- Bảo đảm tỷ lệ", "- Xong.\n- Giữ tỷ lệ xã"))
    target = running.version.items.get(code="2.2.1.CT1")
    version.items.filter(lineage=target.lineage).delete()
    for _double_click in range(2):
        for code in ("2.1.2", "2.2.1.CT1"):
            old = running.version.items.get(code=code)
            actions.keep_item(version=version, old=old, by=org.vanphong, at=LATER)
    kept = version.items.get(lineage=running.version.items.get(code="2.1.2").lineage)
    assert (kept.state, kept.span_start) == ("confirmed", None)
    assert version.items.filter(lineage=target.lineage).count() == 1
    assert not comparison_of(version).ended


def test_the_same_file_twice_is_one_amendment(running, org):
    assert begin(running, org).pk == begin(running, org).pk
    with pytest.raises(NothingToAmend):
        begin(running, org, scenes.SMALL_PLAN)


def test_refusals_leave_nothing(running, org):
    with pytest.raises(ReasonMissing):
        begin(running, org, reason=" ")
    with pytest.raises(NotAllowed):
        begin(running, org, by=org.tuphap)
    assert PlanVersion.objects.count() == 1


def test_a_plan_that_is_not_in_force_has_nothing_to_compare(org):
    version = scenes.draft_plan(org)
    assert comparison_of(version) is None
    assert preview_of(version.plan, scenes.read_text(NEW_TEXT).reading) is None
    for call in (actions.match_item, actions.keep_item):
        named = {"item": version.items.first(), "old": None}
        if call is actions.keep_item:
            named = {"version": version, "old": version.items.first()}
        if call is actions.match_item:
            named["old"] = version.items.last()
            named["old"].kind = named["item"].kind
        with pytest.raises(NothingToAmend):
            call(**named, by=org.vanphong, at=LATER)


def test_the_comparison_asks_few_questions(running, org, django_assert_num_queries):
    version = begin(running, org)
    version.plan.pk  # noqa: B018  # the plan is loaded
    with django_assert_num_queries(3):
        comparison_of(version)


# --- pages ----------------------------------------------------------------------------------------


def upload(text=NEW_TEXT):
    return SimpleUploadedFile("moi.txt", text.encode())


def address(name, version, *more):
    return reverse(f"planning:{name}", args=[version.plan_id, version.no, *more])


def test_looked_at_then_stored_then_corrected(running, org, signed_in):
    client = signed_in(org.vanphong)
    amend = reverse("planning:amend", args=[running.plan.pk])
    looked = client.post(amend, {"reason": "Theo huyện", "file": upload()})
    assert "Không còn trong văn bản mới" in looked.content.decode()
    assert PlanVersion.objects.count() == 1
    sent = {"reason": "Theo huyện", "sealed": looked.context["sealed"]}
    stored = client.post(amend, sent)
    version = PlanVersion.objects.get(no=2)
    assert stored["Location"] == address("matches", version)
    page = client.get(address("matches", version))
    assert "Nối lại" in page.content.decode()
    old, new = running.version.items.get(code="2.1.2"), version.items.get(code="2.1.2")
    client.post(address("matches", version), {"item": new.pk, "old": old.pk})
    assert not comparison_of(version).ended
    client.post(address("matches", version), {"item": new.pk, "old": ""})
    client.post(address("keep_item", version), {"old": old.pk})
    assert not comparison_of(version).ended
    assert "So với bản đang thực hiện" in client.get(address("version", version)).content.decode()


def test_refusals_on_the_pages(running, org, signed_in):
    client = signed_in(org.vanphong)
    amend = reverse("planning:amend", args=[running.plan.pk])
    bad = client.post(amend, {"reason": "Theo huyện", "file": upload("Trời đẹp.")})
    assert bad.status_code == 422
    assert client.post(amend, {"reason": "x", "sealed": "forged"})["Location"] == amend
    version = begin(running, org)
    busy = client.post(amend, {"reason": "Theo huyện"})
    assert busy.status_code == 422
    scenes.settle(version, org)
    actions.submit_plan(version=version, by=org.vanphong, at=LATER)
    item, old = version.items.get(code="2.1.1"), running.version.items.get(code="2.1.2")
    client.post(address("matches", version), {"item": item.pk, "old": old.pk})
    client.post(address("keep_item", version), {"old": old.pk})
    assert [row.code for row in comparison_of(version).ended] == ["2.1.2"]
    assert client.get(address("matches", running.version)).status_code == 404
    client.force_login(org.chutich.account)
    assert client.get(amend).status_code == 403


def test_a_plan_not_in_force_takes_no_new_text(org, signed_in):
    plan = scenes.draft_plan(org).plan
    page = signed_in(org.vanphong).post(
        reverse("planning:amend", args=[plan.pk]), {"reason": "Theo huyện", "file": upload()}
    )
    assert page.status_code == 422


def test_strangers_see_nothing_of_it(running, org, client, signed_in):
    version = begin(running, org)
    for name in ("matches", "keep_item"):
        assert client.get(address(name, version)).status_code in {302, 405}
    client = signed_in(org.people["langgieng"]) if "langgieng" in org.people else None
    if client is not None:
        assert client.get(address("matches", version)).status_code == 404


def test_by_api(running, org, signed_in):
    client = signed_in(org.vanphong)
    base = f"/api/v1/plans/{running.plan.pk}"
    seen = client.post(f"{base}/amend/preview", {"file": upload()}).json()
    assert [item["code"] for item in seen["ended"]] == ["2.1.2"]
    made = client.post(f"{base}/amend/file", {"file": upload(), "reason": "Theo huyện"})
    assert (made.status_code, made.json()["no"]) == (201, 2)
    pairs = client.get(f"{base}/versions/2/matches").json()["pairs"]
    new = next(pair for pair in pairs if pair["likeness"] == "new")
    old = seen["ended"][0]["id"]

    def post(path, data):
        return client.post(f"/api/v1{path}", data, content_type="application/json")

    matched = post(f"/plan-items/{new['id']}/match", {"old_id": old})
    assert matched.json()["lineage"] == seen["ended"][0]["lineage"]
    post(f"/plan-items/{new['id']}/match", {"old_id": None})
    kept = post(f"/plans/{running.plan.pk}/versions/2/keep", {"old_id": old})
    assert kept.json()["kind"] == ItemKind.TASK
    assert client.get(f"{base}/versions/1/matches").status_code == 404
