"""The pages of procedures."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from motcua.procedures.models import InternalProcedure, ProcedureVersion, ReviewPlan
from motcua.procedures.sheets import write_xlsx, write_yaml
from tests.procedures import scenes
from tests.procedures.scenes import BIRTH, TODAY
from tests.procedures.test_reviews import approved_plan, assessed, entered

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"procedures:{name}", args=args)


def addresses(version, review):
    place = (version.procedure.code, version.no)
    return [
        url("catalogue"),
        url("catalogue_state", "drafts"),
        url("catalogue_state", "ended"),
        url("new"),
        url("import"),
        url("export", "yaml"),
        url("export", "xlsx"),
        url("internal"),
        url("new_internal"),
        url("review_plans"),
        url("new_review_plan"),
        url("procedure", place[0]),
        url("draft", place[0]),
        url("version", *place),
        url("edit", *place),
        url("internal_procedure", review.procedure_id),
        url("edit_internal", review.procedure_id),
        url("review_plan", review.plan_id),
        url("review", review.pk),
        url("assess_review", review.pk),
    ]


def test_strangers_are_sent_to_the_log_in(client, org):
    version, review = scenes.drafted(org), assessed(org)
    more = [
        url("step", BIRTH, version.no, "publish_version"),
        url("end_internal", review.procedure_id),
        url("approve_review_plan", review.plan_id),
        url("decide_review", review.pk),
    ]
    for address in [*addresses(version, review), *more]:
        answer = client.get(address)
        assert (answer.status_code, "login" in answer.headers["Location"]) == (302, True), address


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_is_shown(signed_in, org, language):
    scenes.load()
    scenes.published(org)
    version, review = scenes.drafted(org, limit="2 giờ", online_limit="1 giờ"), assessed(org)
    client = signed_in(org.vanphong)
    client.cookies["django_language"] = language
    for address in addresses(version, review):
        assert client.get(address).status_code == 200, address
    assert signed_in(org.chutich).get(url("decide_review", review.pk)).status_code == 200


def test_another_commune_sees_nothing(signed_in, org):
    version, review = scenes.drafted(org), assessed(org)
    client = signed_in(org.hoangngoc)
    for address in addresses(version, review)[13:]:
        assert client.get(address).status_code == 404, address
    assert client.get(url("procedure", BIRTH)).status_code == 404
    assert client.get(url("catalogue_state", "nothing")).status_code == 404
    assert review.procedure.name not in client.get(url("internal")).content.decode()
    sent = client.post(url("step", BIRTH, version.no, "discard_version"))
    assert sent.status_code == 404


def test_partners_have_no_catalogue(signed_in, org):
    scenes.load(BIRTH)
    client = signed_in(org.mattran)
    assert client.get(url("catalogue")).status_code == 403
    assert client.get(url("export", "yaml")).status_code == 403
    assert client.get(url("procedure", BIRTH)).status_code == 404


def test_the_list_costs_the_same_for_many(signed_in, org, django_assert_max_num_queries):
    client = signed_in(org.tuphap)
    scenes.load(BIRTH, "1.000894")
    client.get(url("catalogue"))
    with django_assert_max_num_queries(40) as few:
        client.get(url("catalogue"))
    asked = len(few)
    scenes.load(valid_from=date(2024, 1, 2))
    client.get(url("catalogue"))  # the catalogue changed: what was remembered is asked again
    with django_assert_max_num_queries(asked):
        page = client.get(url("catalogue")).content.decode()
    assert "410" in page


def test_the_list_is_filtered_and_searched(signed_in, org):
    scenes.load()
    client = signed_in(org.tuphap)
    page = client.get(url("catalogue"), {"q": "giay doc than"}).content.decode()
    assert "1.004873" in page
    page = client.get(url("catalogue"), {"q": "2.0008"}).content.decode()
    assert "2.000815" in page
    assert "1.001193" not in page
    page = client.get(url("catalogue"), {"field": "Chứng thực", "desk": "on"}).content.decode()
    assert page.count("data-item") == 11
    page = client.get(url("catalogue"), {"q": "zzzz"}).content.decode()
    assert "data-item" not in page
    assert client.get(url("catalogue"), {"export": "csv"}).status_code == 200


def test_the_search_of_the_whole_product_finds_procedures(signed_in, org):
    scenes.load()
    page = signed_in(org.tuphap).get(reverse("search"), {"q": "giay doc than"}).content.decode()
    assert url("procedure", "1.004873") in page
    page = signed_in(org.mattran).get(reverse("search"), {"q": "giay doc than"}).content.decode()
    assert "1.004873" not in page


def posted(**changes):
    """A form as a browser sends it."""
    data = {
        "name": "Thủ tục đăng ký khai sinh",
        "field": "Hộ tịch",
        "authority": "UBND xã",
        "level": "commune",
        "at_desk": "on",
        "limit": "trong ngày",
        "channels": ["desk"],
        "online": "full",
        "legal_bases": "60/2014/QH13",
    }
    for name in ("papers", "steps", "fees", "results"):
        data |= {f"{name}-TOTAL_FORMS": 1, f"{name}-INITIAL_FORMS": 0}
    data |= {"papers-0-name": "Giấy chứng sinh", "papers-0-originals": "1"}
    data |= {"steps-0-name": "Giải quyết", "steps-0-post": "justice", "steps-0-share": "100"}
    data |= {"fees-0-name": "Lệ phí", "fees-0-amount": "10.000", "fees-0-exemptions": "a\nb"}
    data |= {"fees-0-verified": "on", "results-0-name": "Giấy khai sinh"}
    return data | changes


def test_a_version_is_written_edited_published_and_withdrawn(signed_in, org):
    scenes.load(BIRTH)
    client = signed_in(org.vanphong)
    answer = client.post(url("new"), {"code": f"{BIRTH}.H38"})
    assert answer.headers["Location"] == url("draft", BIRTH)
    assert "Giấy khai sinh" in client.get(url("draft", BIRTH)).content.decode()
    answer = client.post(url("draft", BIRTH), posted())
    draft = ProcedureVersion.objects.get(status="draft")
    assert answer.headers["Location"] == url("version", BIRTH, draft.no)
    (fee,) = draft.content.fees
    assert (fee.exemptions, fee.verified) == (("a", "b"), True)
    again = client.post(url("draft", BIRTH), posted())
    assert (again.status_code, "đã có bản nháp" in again.content.decode()) == (422, True)

    edit = url("edit", BIRTH, draft.no)
    kept = {"papers-INITIAL_FORMS": 0, "lock": draft.lock}
    kept["fees-0-verified"] = ""  # not ticked
    assert client.post(edit, posted(limit="2 giờ", **kept)).status_code == 303
    assert not ProcedureVersion.objects.get(pk=draft.pk).content.fees[0].verified
    stale = client.post(edit, posted(limit="3 giờ", **kept))
    page = stale.content.decode()
    assert stale.status_code == 422
    assert "3 giờ" in page  # what was typed is kept
    assert f"{org.vanphong.full_name} đã lưu bản khác" in page
    assert f'name="lock" value="{draft.lock + 1}"' in page  # saving again is meant

    publish = url("step", BIRTH, draft.no, "publish_version")
    wrong = client.post(publish, {"decision": ""})
    assert wrong.status_code == 422
    days = {"decided_on": "1/3/2024", "valid_from": "1/3/2024"}
    client.post(publish, days | {"decision": "5/QĐ-UBND"})
    page = client.get(url("procedure", BIRTH)).content.decode()
    assert "Đang áp dụng" in page
    assert "5/QĐ-UBND" in page
    assert "2 giờ làm việc" in page
    assert "Tư pháp–hộ tịch" in page
    client.post(publish, days | {"decision": "6/QĐ-UBND"})  # refused, said on the next page
    assert "Không thể" in client.get(url("version", BIRTH, draft.no)).content.decode()

    withdraw = url("step", BIRTH, draft.no, "withdraw_version")
    client.post(withdraw, {"withdrawal": "7/QĐ-UBND", "last_day": "2/3/2024"})
    assert "7/QĐ-UBND" in client.get(url("version", BIRTH, draft.no)).content.decode()
    assert client.post(url("step", BIRTH, draft.no, "lose")).status_code == 404


def test_what_was_typed_wrong_is_kept_and_explained(signed_in, org):
    client = signed_in(org.vanphong)
    sent = posted(limit="sớm", **{"steps-0-share": "90", "papers-0-originals": "hai"})
    answer = client.post(url("draft", BIRTH), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in ("Không hiểu thời hạn", "cộng lại là 90%", "không phải số nguyên", "hai"):
        assert words in page, words
    assert not ProcedureVersion.objects.exists()
    assert client.post(url("draft", BIRTH), posted(name="")).status_code == 422
    assert client.post(url("new"), {"code": "khai sinh"}).status_code == 422


@pytest.mark.parametrize("kind", ["yaml", "xlsx"])
def test_a_file_is_looked_at_and_imported(signed_in, org, kind):
    scenes.load(BIRTH, "1.000894")
    rows = ProcedureVersion.objects.select_related("procedure")
    content = (write_yaml if kind == "yaml" else write_xlsx)(rows)
    client = signed_in(org.vanphong)
    days = {"decided_on": "1/3/2024", "valid_from": "1/3/2024", "decision": "5/QĐ-UBND"}
    file = SimpleUploadedFile(f"a.{kind}", content)
    page = client.post(url("import"), days | {"file": file})
    assert "2 thủ tục sẽ có bản mới" in page.content.decode()
    assert ProcedureVersion.objects.count() == 2
    sealed = page.context["sealed"]
    answer = client.post(url("import"), {"sealed": sealed}, follow=True)
    assert answer.redirect_chain[-1][0] == url("catalogue")
    assert rows.filter(agency=org.commune, decision="5/QĐ-UBND").count() == 2
    client.post(url("import"), {"sealed": sealed})  # twice: nothing more
    assert ProcedureVersion.objects.count() == 4
    assert client.post(url("import"), {"sealed": "x"}).headers["Location"] == url("import")


def test_faulty_files_are_explained_by_row(signed_in, org):
    client = signed_in(org.vanphong)
    days = {"decided_on": "1/3/2024", "valid_from": "1/3/2024", "decision": "5/QĐ-UBND"}
    file = SimpleUploadedFile("a.yaml", b"[{code: x, name: a}]")
    answer = client.post(url("import"), days | {"file": file})
    assert (answer.status_code, "còn trống" in answer.content.decode()) == (422, True)
    file = SimpleUploadedFile("a.yaml", b"a: 1")
    answer = client.post(url("import"), days | {"file": file})
    assert "không có danh sách" in answer.content.decode()
    assert client.get(url("export", "pdf")).status_code == 404


def test_an_import_refused_in_the_end_is_said(signed_in, org):
    scenes.load(BIRTH)
    content = write_yaml(ProcedureVersion.objects.select_related("procedure"))
    client = signed_in(org.vanphong)
    days = {"decided_on": "1/3/2024", "valid_from": "1/3/2024", "decision": "5/QĐ-UBND"}
    file = SimpleUploadedFile("a.yaml", content)
    sealed = client.post(url("import"), days | {"file": file}).context["sealed"]
    scenes.published(org, valid_from=TODAY)
    answer = client.post(url("import"), {"sealed": sealed}, follow=True)
    assert "chưa nhập dòng nào" in answer.content.decode()


def test_internal_procedures_and_their_review(signed_in, org):
    client = signed_in(org.vanphong)
    entry = {"code": "NB-01", "name": "Đánh giá công chức", "field": "Nội vụ", "scope": "within"}
    entry |= {"valid_from": "1/1/2024"}
    client.post(url("new_internal"), entry)
    found = InternalProcedure.objects.get()
    assert client.post(url("new_internal"), entry).status_code == 422
    edit = url("edit_internal", found.pk)
    client.post(edit, entry | {"name": "Đánh giá", "lock": found.lock})
    assert client.post(edit, entry | {"lock": found.lock}).status_code == 422  # saved in between
    assert "Đánh giá" in client.get(url("internal"), {"q": "danh gia"}).content.decode()

    client.post(url("new_review_plan"), {"year": "2024"})
    assert client.post(url("new_review_plan"), {"year": "2024"}).status_code == 422
    plan = ReviewPlan.objects.get()
    post = org.commune.posts.get(code="office")
    line = {"procedure": found.pk, "post": post.pk, "due_on": "30/6/2024", "ground": "Rườm rà"}
    client.post(url("review_plan", plan.pk), line)
    assert client.post(url("review_plan", plan.pk), line).status_code == 422
    assert "Hạn ban hành là 30/01/2024" in client.get(url("review_plan", plan.pk)).content.decode()
    signed_in(org.chutich).post(url("approve_review_plan", plan.pk), {"number": "3/KH-UBND"})

    client = signed_in(org.vanphong)
    review = plan.reviews.get()
    costs = {"hourly_pay": "50.000", "subjects": "100", "times": "1", "lock": review.lock}
    costs |= {"before_prepare_hours": "2,5", "before_fee_paid": "10.000", "after_fee_paid": "0"}
    assert client.post(url("assess_review", review.pk), costs).status_code == 422
    client.post(url("assess_review", review.pk), costs | {"proposal": "Bỏ một bản sao."})
    page = client.get(url("review", review.pk)).content.decode()
    assert "135.000" in page
    assert "13.500.000" in page
    stale = client.post(url("assess_review", review.pk), costs | {"proposal": "Khác."})
    assert stale.status_code == 422
    client = signed_in(org.chutich)
    done = {"outcome": "simplified", "decision": "", "decided_on": "1/3/2024"}
    assert client.post(url("decide_review", review.pk), done).status_code == 422
    client.post(url("decide_review", review.pk), done | {"decision": "8/QĐ-UBND"})
    assert "8/QĐ-UBND" in client.get(url("review", review.pk)).content.decode()
    assert "100%" in client.get(url("review_plan", plan.pk)).content.decode()


def test_a_plan_is_not_issued_without_number_and_a_procedure_ends(signed_in, org):
    plan = approved_plan(org)
    client = signed_in(org.chutich)
    client.post(url("approve_review_plan", plan.pk), {"number": ""})
    assert "Không thể" in client.get(url("review_plan", plan.pk)).content.decode()
    found = entered(org, "NB-09")
    client = signed_in(org.vanphong)
    end = url("end_internal", found.pk)
    assert client.post(end, {"last_day": ""}).status_code == 422
    client.post(end, {"last_day": "1/1/2020"})
    assert "Ngày áp dụng cuối" in client.get(url("internal_procedure", found.pk)).content.decode()
    client.post(end, {"last_day": "1/3/2024"})
    found.refresh_from_db()
    assert found.valid_to == TODAY
