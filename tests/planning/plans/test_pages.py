"""The pages of plans, walked as a person walks them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.planning.models import Plan, PlanItem, PlanVersion
from tests import scenes

pytestmark = pytest.mark.django_db


def url(name, version, *more):
    return reverse(f"planning:{name}", args=[version.plan_id, version.no, *more])


CONTENT = scenes.SMALL_PLAN.encode()


def upload(content=CONTENT, name="ke-hoach.txt"):
    return SimpleUploadedFile(name, content)


def test_a_plan_is_looked_at_before_it_is_stored(org, signed_in):
    client = signed_in(org.vanphong)
    page = client.post(reverse("planning:import"), {"file": upload()})
    assert page.status_code == 200
    assert page.context["reading"]["year"] == 2024
    assert not Plan.objects.exists()
    sent = {"sealed": page.context["sealed"], "year": "2024"}
    for _double_click in range(2):
        stored = client.post(reverse("planning:import"), sent)
        assert stored.status_code == 303
    assert PlanVersion.objects.get().status == "draft"


def test_a_chosen_year_other_than_the_text_s_is_said_before(org, signed_in):
    sent = {"file": upload(), "year": "2025"}
    page = signed_in(org.vanphong).post(reverse("planning:import"), sent)
    assert page.context["year"] == 2025
    assert "kế hoạch được lập cho năm 2025" in page.content.decode()


def test_pasted_text_is_read_as_well(org, signed_in):
    page = signed_in(org.vanphong).post(reverse("planning:import"), {"text": scenes.SMALL_PLAN})
    assert len(page.context["reading"]["tasks"]) == 4


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "ke-hoach.txt", "trống"),
        (b"PK\x03\x04 cut", "ke-hoach.docx", "hỏng"),
        (b"%PDF-1.7 cut", "ke-hoach.pdf", "tệp"),
        ("Hôm nay trời đẹp.".encode(), "tho.txt", "kế hoạch"),
        (b"MZ", "a.exe", "docx"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(org, signed_in, content, name, words):
    page = signed_in(org.vanphong).post(reverse("planning:import"), {"file": upload(content, name)})
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Plan.objects.exists()


def test_nothing_chosen_is_said(org, signed_in):
    page = signed_in(org.vanphong).post(reverse("planning:import"), {})
    assert "Hãy chọn tệp" in page.content.decode()


def test_a_second_plan_for_the_year_leads_to_the_first(running, org, signed_in):
    client = signed_in(org.vanphong)
    page = client.post(reverse("planning:import"), {"file": upload()})
    refused = client.post(reverse("planning:import"), {"sealed": page.context["sealed"]})
    assert refused.status_code == 409
    assert reverse("planning:plan", args=[running.plan.pk]) in refused.content.decode()


def test_a_forged_preview_is_not_stored(org, signed_in):
    signed_in(org.vanphong).post(reverse("planning:import"), {"sealed": "forged"})
    assert not Plan.objects.exists()


def test_the_whole_way_to_a_plan_in_force(org, signed_in, client):
    version = scenes.draft_plan(org)
    client = signed_in(org.vanphong)
    assert client.get(url("version", version)).status_code == 200
    for warning in version.warnings.all():
        client.post(url("warning", version, warning.pk), {"state": "accepted"})
    for field in ("institutions", "procedures"):
        post = org.vanphong.appointments.get().post
        client.post(url("lead_many", version), {"part": f"task:{field}", "post": post.pk})
    client.post(url("confirm_many", version))
    client.post(url("version_step", version, "submit_plan"))
    version.refresh_from_db()
    assert version.status == "submitted"
    client.force_login(org.chutich.account)
    assert "Phê duyệt" in client.get(url("version", version)).content.decode()
    client.post(url("version_step", version, "approve_plan"))
    version.refresh_from_db()
    assert version.status == "in_force"
    assert client.get(reverse("planning:plan", args=[version.plan_id])).context["total"] == 7


def test_what_is_missing_is_said_and_nothing_changes(org, signed_in):
    version = scenes.draft_plan(org)
    page = signed_in(org.vanphong).post(url("version_step", version, "submit_plan"), follow=True)
    version.refresh_from_db()
    assert version.status == "draft"
    assert "Còn" in page.content.decode()


def test_an_item_is_corrected(org, signed_in):
    version = scenes.draft_plan(org)
    item = version.items.get(code="2.1.1")
    client = signed_in(org.vanphong)
    form = client.get(url("item", version, item.pk)).context["form"]
    sent = {n: form[n].value() for n in form.fields if form[n].value()}
    sent |= {"text": "Ban hành kế hoạch rà soát", "due_on": "15/03/2024", "cost": "2.000.000"}
    assert client.post(url("item", version, item.pk), sent).status_code == 303
    item.refresh_from_db()
    assert (item.text, str(item.due_on), item.cost) == (
        "Ban hành kế hoạch rà soát",
        "2024-03-15",
        2_000_000,
    )


def test_two_people_do_not_overwrite_each_other(org, signed_in):
    version = scenes.draft_plan(org)
    item = version.items.get(code="2.1.1")
    client = signed_in(org.vanphong)
    sent = {"text": "Bản của tôi", "field": "institutions", "lock": "0"}
    page = client.post(url("item", version, item.pk), sent)
    assert page.status_code == 422
    assert "Bản của tôi" in page.content.decode()
    item.refresh_from_db()
    assert item.text != "Bản của tôi"


@pytest.mark.parametrize(
    ("step", "data", "state"),
    [
        ("confirm", {}, "confirmed"),
        ("drop", {"reason": "Không thuộc thẩm quyền"}, "dropped"),
        ("drop", {"reason": ""}, "proposed"),
        ("split", {"offset": "10"}, "confirmed"),
        ("split", {}, "proposed"),
        ("merge", {}, "proposed"),
    ],
)
def test_steps_on_an_item(org, signed_in, step, data, state):
    version = scenes.draft_plan(org)
    item = version.items.get(code="2.1.1")
    client = signed_in(org.vanphong)
    assert client.post(url("item_step", version, item.pk, step), data).status_code == 303
    item.refresh_from_db()
    assert item.state == state


def test_a_dropped_item_comes_back_and_neighbours_merge(org, signed_in):
    version = scenes.draft_plan(org)
    first, second = version.items.get(code="2.1.1"), version.items.get(code="2.1.2")
    client = signed_in(org.vanphong)
    client.post(url("item_step", version, second.pk, "merge"))
    assert PlanItem.objects.get(pk=second.pk).state == "dropped"
    assert "theo dõi" in PlanItem.objects.get(pk=first.pk).text
    client.post(url("item_step", version, second.pk, "restore"))
    assert PlanItem.objects.get(pk=second.pk).state == "confirmed"


def test_a_step_that_does_not_exist(org, signed_in):
    version = scenes.draft_plan(org)
    client = signed_in(org.vanphong)
    item = version.items.first()
    assert client.post(url("item_step", version, item.pk, "explode")).status_code == 404
    assert client.post(url("version_step", version, "explode")).status_code == 404


def test_an_item_is_added(org, signed_in):
    version = scenes.draft_plan(org)
    client = signed_in(org.vanphong)
    assert client.get(url("add_item", version)).status_code == 200
    client.post(url("add_item", version), {"kind": "task", "text": "Tổ chức hội nghị đối thoại"})
    assert version.items.filter(code="BS1", state="confirmed").exists()
    assert client.post(url("add_item", version), {"kind": "task"}).status_code == 422


def test_the_head_is_corrected(org, signed_in):
    version = scenes.draft_plan(org)
    client = signed_in(org.vanphong)
    sent = {
        "title": "Kế hoạch CCHC 2024",
        "number": "15/KH-UBND",
        "budget": "65.000.000",
        "starts_on": "01/01/2024",
        "ends_on": "31/12/2024",
    }
    assert client.post(url("version_head", version), sent).status_code == 303
    version.refresh_from_db()
    assert (version.number, version.budget) == ("15/KH-UBND", 65_000_000)
    assert client.post(url("version_head", version), sent | {"lock": "0"}).status_code == 422
    reversed_dates = sent | {"ends_on": "01/12/2023"}
    assert client.post(url("version_head", version), reversed_dates).status_code == 422


def test_an_amendment_and_its_difference(running, org, signed_in):
    client = signed_in(org.vanphong)
    page = client.post(
        reverse("planning:amend", args=[running.plan.pk]), {"reason": "Thêm nhiệm vụ"}, follow=True
    )
    version = PlanVersion.objects.get(no=2)
    assert page.status_code == 200
    client.post(url("add_item", version), {"kind": "task", "text": "Nhiệm vụ mới"})
    dropped = version.items.get(code="2.2.2")
    client.post(url("item_step", version, dropped.pk, "drop"), {"reason": "Đã xong năm trước"})
    shown = client.get(url("diff", version))
    assert {change.kind for change in shown.context["changes"]} == {"added", "dropped"}
    assert client.get(url("diff", running.version)).status_code == 404
    again = client.post(reverse("planning:amend", args=[running.plan.pk]), {"reason": "Nữa"})
    assert again.status_code == 422


def test_the_source_file_comes_back(running, org, signed_in):
    response = signed_in(org.chutich).get(url("source", running.version))
    assert response.content == scenes.SMALL_PLAN.encode()
    assert "attachment" in response.headers["Content-Disposition"]


def test_other_agencies_do_not_see_it(running, org, signed_in):
    client = signed_in(org.hoangngoc)
    for address in (
        reverse("planning:plan", args=[running.plan.pk]),
        url("version", running.version),
        url("source", running.version),
    ):
        assert client.get(address).status_code == 404
    assert running.plan.title not in client.get(reverse("planning:plans")).content.decode()


def test_the_district_sees_but_does_not_write(running, org, signed_in):
    client = signed_in(org.noivu)
    assert client.get(url("version", running.version)).status_code == 200
    assert client.get(reverse("planning:import")).status_code == 403


def test_a_stranger_is_sent_to_log_in(running, client):
    item = running.version.items.first()
    for address in (
        reverse("planning:plans"),
        reverse("planning:import"),
        reverse("planning:plan", args=[running.plan.pk]),
        reverse("planning:amend", args=[running.plan.pk]),
        *(
            url(name, running.version)
            for name in (
                "version",
                "version_head",
                "diff",
                "source",
                "confirm_many",
                "lead_many",
                "add_item",
            )
        ),
        url("version_step", running.version, "submit_plan"),
        url("item", running.version, item.pk),
        url("item_step", running.version, item.pk, "confirm"),
        url("warning", running.version, 1),
    ):
        response = client.get(address)
        assert response.status_code == 302, address
        assert "/account/login/" in response.url


def test_the_confirm_screen_costs_the_same_for_any_length(
    org, signed_in, django_assert_max_num_queries
):
    version = scenes.draft_plan(org)
    client = signed_in(org.vanphong)
    client.get(url("version", version))
    with django_assert_max_num_queries(32):
        client.get(url("version", version))
    for number in range(30):
        PlanItem.objects.create(
            version=version, kind="task", position=900 + number, text="Thêm", field="other"
        )
    with django_assert_max_num_queries(32):
        client.get(url("version", version))
