"""The confirm screen's help: warnings at once, passages, splitting at a word, parts by htmx."""

import pytest
from django.urls import reverse

from motcua.audit.models import Entry
from motcua.planning import actions
from motcua.planning.actions.confirming import SpanOutside
from motcua.planning.queries.plans import cuts_of, passage_of, pieces_of
from motcua.planning.rules import ItemKind, WarningState
from tests import scenes

pytestmark = pytest.mark.django_db
#: Two slips of one kind and a year of another plan: three warnings and what there was.
SLIPS = (
    scenes.SMALL_PLAN.replace("Nâng cao chất", "Nâng cao cao chất")
    .replace("Xác định rõ trách", "Xác định định rõ trách")
    .replace("từng công chức.", "từng công chức trong năm 2023.")
)
HTMX = {"HTTP_HX_REQUEST": "true"}


def url(name, version, *more):
    return reverse(f"planning:{name}", args=[version.plan_id, version.no, *more])


def lost(version, passage="Nâng cao chất lượng"):
    """A draft whose reading did not understand a passage that belongs to no item."""
    start = version.text.index("2. Yêu cầu")
    span = [start, start + len("2. Yêu cầu")]
    version.reading["not_understood"] = [{"text": passage, "span": span, "reason": ""}]
    version.save(update_fields=["reading"])
    return span


def test_all_warnings_of_a_kind_or_all(org):
    version = scenes.draft_plan(org, SLIPS)
    kinds = list(version.warnings.order_by("code").values_list("code", flat=True))
    kinds.sort(key=kinds.count, reverse=True)
    common = {"version": version, "by": org.vanphong, "at": scenes.START}
    first = actions.settle_warnings(code=kinds[0], state=WarningState.ACCEPTED, **common)
    assert first == kinds.count(kinds[0])
    rest = actions.settle_warnings(state=WarningState.MENDED, note="Đã sửa", **common)
    assert rest == len(kinds) - first
    assert actions.settle_warnings(state=WarningState.ACCEPTED, **common) == 0
    assert Entry.objects.filter(action="planning.settle_warnings").count() == 2


def test_all_warnings_by_the_page(org, signed_in):
    version = scenes.draft_plan(org, SLIPS)
    client = signed_in(org.vanphong)
    assert "Chấp nhận cả" in client.get(url("version", version)).content.decode()
    client.post(url("warnings", version), {"code": version.warnings.first().code})
    client.post(url("warnings", version))
    assert not version.warnings.filter(state="open").exists()
    scenes.settle(version, org)
    actions.submit_plan(version=version, by=org.vanphong, at=scenes.START)
    assert client.post(url("warnings", version), follow=True).status_code == 200


def test_all_warnings_by_api(org, signed_in):
    version = scenes.draft_plan(org)
    address = f"/api/v1/plans/{version.plan_id}/versions/{version.no}/warnings/settle"
    waiting = version.warnings.count()
    sent = signed_in(org.vanphong).post(address, {}, content_type="application/json")
    assert sent.json() == {"settled": waiting}


def test_a_passage_nobody_understood_is_a_piece_of_its_own(org):
    version = scenes.draft_plan(org)
    start, end = lost(version)
    pieces = pieces_of(version)
    assert "".join(piece.text for piece in pieces) == version.text
    assert [(p.start, p.end) for p in pieces if p.state == "lost"] == [(start, end)]
    assert {piece.state for piece in pieces} == {"known", "lost", "between"}


def test_pieces_that_overlap_are_shown_once(org):
    version = scenes.draft_plan(org)
    first = version.items.order_by("span_start").first()
    version.items.exclude(pk=first.pk).filter(parent=None).update(
        span_start=first.span_start + 1, span_end=first.span_end
    )
    assert "".join(piece.text for piece in pieces_of(version)) == version.text


@pytest.mark.parametrize(
    ("asked", "words"),
    [("0:8", "KẾ HOẠCH"), ("8:9", None), ("a:9", None), ("", None), ("5", None)],
)
def test_a_passage_by_its_place(org, asked, words):
    found = passage_of(scenes.draft_plan(org), asked)
    assert (found[1] if found else None) == words


def test_an_item_comes_from_a_passage(org, signed_in):
    version = scenes.draft_plan(org)
    start, end = lost(version)
    client = signed_in(org.vanphong)
    asked = f"?from={start}:{end}"
    assert asked in client.get(url("version", version)).content.decode()
    page = client.get(url("add_item", version) + asked)
    assert page.context["form"].initial["text"] == "2. Yêu cầu"
    sent = {"kind": "task", "text": "Việc mới", "field": "steering", "passage": f"{start}:{end}"}
    client.post(url("add_item", version), sent)
    item = version.items.get(text="Việc mới")
    assert (item.span_start, item.span_end, item.field) == (start, end, "steering")
    wrong = sent | {"passage": f"{start}:999999"}
    assert client.post(url("add_item", version), wrong).status_code == 422


def test_a_passage_outside_the_text_is_refused(org):
    version = scenes.draft_plan(org)
    for span in ((5, 5), (0, len(version.text) + 1)):
        with pytest.raises(SpanOutside):
            actions.add_item(
                version=version,
                kind=ItemKind.TASK,
                text="Việc",
                span=span,
                by=org.vanphong,
                at=scenes.START,
            )


def test_a_passage_by_api(org, signed_in):
    version = scenes.draft_plan(org)
    made = signed_in(org.vanphong).post(
        f"/api/v1/plans/{version.plan_id}/versions/{version.no}/items",
        {"kind": "task", "text": "Việc", "span": [0, 8]},
        content_type="application/json",
    )
    assert made.json()["span"] == [0, 8]


def test_the_words_between_which_an_item_is_split():
    assert cuts_of("Một hai, ba") == [(0, "Một"), (4, "hai,"), (9, "ba")]


def test_an_item_is_split_at_a_chosen_word(org, signed_in):
    version = scenes.draft_plan(org)
    item = version.items.get(code="2.1.1")
    client = signed_in(org.vanphong)
    place = item.text.index("hoàn thành")
    page = client.get(url("split", version, item.pk))
    assert f'value="{place}"' in page.content.decode()
    client.post(url("split", version, item.pk), {"offset": place})
    assert version.items.get(code="2.1.1b").text.startswith("Hoàn thành trước")


def test_the_natural_place_is_proposed(org, signed_in):
    version = scenes.draft_plan(org)
    item = version.items.filter(kind="duty", text__contains="; ").first()
    page = signed_in(org.vanphong).get(url("split", version, item.pk))
    assert page.context["proposed"] == item.text.index("; ") + 2


def test_htmx_gets_the_part_alone(org, signed_in):
    version = scenes.draft_plan(org)
    item = version.items.get(code="2.1.1")
    client = signed_in(org.vanphong)
    for step, data in (("confirm", {}), ("drop", {}), ("merge", {})):
        body = client.post(url("item_step", version, item.pk, step), data, **HTMX).content.decode()
        assert body.lstrip().startswith('<section id="part-task-institutions">')
        assert "before-submit" in body
        assert "version-lock" in body
        assert "<html" not in body
    assert (
        "Hãy ghi lý do"
        in client.post(url("item_step", version, item.pk, "drop"), {}, **HTMX).content.decode()
    )
    warned = client.post(url("warnings", version), {}, **HTMX).content.decode()
    assert '<section id="warnings">' in warned


def test_htmx_keeps_the_form_of_an_item_in_its_place(org, signed_in):
    version = scenes.draft_plan(org)
    item = version.items.get(code="2.1.1")
    client = signed_in(org.vanphong)
    address = url("item", version, item.pk)
    bad = client.post(address, {"text": "", "field": "institutions"}, **HTMX)
    assert bad.headers["HX-Retarget"] == f"#item-{item.pk}"
    kept = client.post(address, {"text": "Câu", "field": "institutions"}, **HTMX)
    assert "part-task-institutions" in kept.content.decode()
    moved = client.post(address, {"text": "Câu", "field": "other"}, **HTMX)
    assert "#item-" in moved.headers["HX-Redirect"]
