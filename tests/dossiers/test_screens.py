"""The screens of dossiers: take in, list, look, take steps; refused, what was typed stays."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.dossiers.actions import ON_DOSSIER, intake
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.queries import deadlines_of
from tests.dossiers import scenes
from tests.dossiers.scenes import at


@pytest.fixture
def desk(org: SimpleNamespace, signed_in: Any) -> Client:
    """The one-stop clerk at the screen; the tests' today is Friday 1 March 2024."""
    client: Client = signed_in(org.motcua)
    return client


def page(client: Client, name: str, *args: Any, **query: Any) -> str:
    answer = client.get(reverse(f"dossiers:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


TYPED = {
    "full_name": "Nguyễn Văn Đỏ",
    "id_number": "038 085 000 009",
    "phone": "0912000009",
    "paper0": "on",
    "do": "receive",
}


def test_a_clerk_takes_in_a_dossier(org: SimpleNamespace, desk: Client) -> None:
    procedure = scenes.version(org)
    assert procedure.name in page(desk, "choose", q="tinh trang hon nhan")
    address = reverse("dossiers:new", args=[scenes.MARRIAGE])
    assert "Tờ khai" in page(desk, "new", scenes.MARRIAGE)
    answer = desk.post(address, TYPED, follow=True)
    dossier = Dossier.objects.get()
    assert dossier.code in answer.content.decode()
    assert dossier.papers.get(position=1).originals == 1
    assert dossier.papers.get(position=2).count == 0
    assert dossier.received_by == org.motcua


def test_a_refused_intake_keeps_what_was_typed(org: SimpleNamespace, desk: Client) -> None:
    scenes.version(org)
    answer = desk.post(
        reverse("dossiers:new", args=[scenes.MARRIAGE]), TYPED | {"paper0": "", "address": "Thôn 7"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Thôn 7" in text
    assert "Còn thiếu: Tờ khai" in text
    assert not Dossier.objects.exists()


def test_what_the_form_itself_refuses(org: SimpleNamespace, desk: Client) -> None:
    scenes.version(org)
    answer = desk.post(
        reverse("dossiers:new", args=[scenes.MARRIAGE]), TYPED | {"born_on": "32/13/2000"}
    )
    assert answer.status_code == 422


@pytest.mark.parametrize(("do", "status"), [("guide", "incomplete"), ("turn_away", "refused")])
def test_an_incomplete_dossier_gets_its_slip(
    org: SimpleNamespace, desk: Client, do: str, status: str
) -> None:
    scenes.version(org)
    sent = TYPED | {"do": do, "text": "Thiếu tờ khai"}
    desk.post(reverse("dossiers:new", args=[scenes.MARRIAGE]), sent)
    assert Dossier.objects.get().status == status


def test_a_known_applicant_is_recalled(org: SimpleNamespace, desk: Client) -> None:
    procedure = scenes.version(org)
    dossier = scenes.received(org, procedure=procedure)
    address = reverse("dossiers:new", args=[scenes.MARRIAGE])
    known = desk.post(address, {"do": "recall", "id_number": "038190000001"}).content.decode()
    assert "Trần Thị Bưởi" in known
    unknown = desk.post(address, {"do": "recall", "id_number": "038190000002"}).content.decode()
    assert "038190000002" in unknown
    assert "Trần Thị Bưởi" in page(desk, "new", scenes.MARRIAGE, of=dossier.pk)


def test_a_draft_is_kept_resumed_and_gone_once_received(
    org: SimpleNamespace, desk: Client, signed_in: Any
) -> None:
    scenes.version(org)
    address = reverse("dossiers:new", args=[scenes.MARRIAGE])
    kept = desk.post(reverse("dossiers:keep", args=[scenes.MARRIAGE]), TYPED)
    draft = Draft.objects.get()
    assert f'value="{draft.pk}"' in kept.content.decode()
    assert "Nguyễn Văn Đỏ" in page(desk, "choose")
    resumed = desk.get(reverse("dossiers:resume", args=[draft.pk]), follow=True)
    assert "Nguyễn Văn Đỏ" in resumed.content.decode()
    desk.post(address, TYPED | {"do": "draft", "draft": draft.pk, "full_name": "Nguyễn Văn Xanh"})
    assert Draft.objects.get().title.endswith("Nguyễn Văn Xanh")
    other = signed_in(org.chutich)
    assert other.get(reverse("dossiers:resume", args=[draft.pk])).status_code == 404
    desk = signed_in(org.motcua)
    desk.post(address, TYPED | {"draft": draft.pk})
    assert Dossier.objects.count() == 1
    assert not Draft.objects.exists()


def test_a_draft_is_given_up(org: SimpleNamespace, desk: Client) -> None:
    scenes.version(org)
    desk.post(reverse("dossiers:keep", args=[scenes.MARRIAGE]), TYPED)
    desk.post(reverse("dossiers:drop_draft", args=[Draft.objects.get().pk]))
    assert not Draft.objects.exists()


def test_a_paper_comes_with_its_file(org: SimpleNamespace, desk: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    scenes.version(org)
    scan = SimpleUploadedFile("to-khai.txt", "Tờ khai".encode(), "text/plain")
    desk.post(reverse("dossiers:new", args=[scenes.MARRIAGE]), TYPED | {"attached": scan})
    dossier = Dossier.objects.get()
    text = page(desk, "dossier", dossier.pk)
    assert "to-khai.txt" in text
    link = text.split(f'href="/dossiers/{dossier.pk}/files/')[1].split("/")[0]
    sent = desk.get(reverse("dossiers:file", args=[dossier.pk, link]))
    assert "attachment" in sent.headers["Content-Disposition"]


def test_an_empty_file_is_refused_at_the_door(org: SimpleNamespace, desk: Client) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    scenes.version(org)
    empty = SimpleUploadedFile("to-khai.pdf", b"", "application/pdf")
    answer = desk.post(reverse("dossiers:new", args=[scenes.MARRIAGE]), TYPED | {"attached": empty})
    assert answer.status_code == 422
    assert not Dossier.objects.exists()


# --- lists and pages ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, True),
        ({"stage": "ready"}, False),
        ({"stage": "all"}, True),
        ({"q": "15997-240304-0001"}, True),
        ({"q": "buoi"}, True),
        ({"q": "khong co"}, False),
        ({"mine": "on"}, True),
        ({"late": "on"}, False),
        ({"suspect": "on"}, False),
        ({"status": "received"}, True),
        ({"received_from": "5/3/2024"}, False),
    ],
)
def test_the_list_finds_a_dossier(
    org: SimpleNamespace, desk: Client, query: dict[str, str], shown: bool
) -> None:
    scenes.received(org)
    rows = page(desk, "dossiers", **query).partition("<tbody")[2]
    assert ("15997-240304-0001" in rows) is shown


def test_the_list_asks_as_often_for_many_as_for_one(org: SimpleNamespace, desk: Client) -> None:
    procedure = scenes.version(org)
    page(desk, "dossiers")  # what is asked once in a process
    counts = []
    for hours in (range(8, 9), range(9, 17)):
        for hour in hours:
            scenes.received(org, at(4, hour), procedure=procedure, summary=f"Lúc {hour} giờ")
        with CaptureQueriesContext(connection) as queries:
            page(desk, "dossiers")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 24


def test_the_page_tells_where_it_stands_and_why(org: SimpleNamespace, signed_in: Any) -> None:
    dossier = scenes.processing(org)
    text = page(signed_in(org.tuphap), "dossier", dossier.pk)
    assert "Hẹn trả kết quả: 17:00 ngày 11/03/2024." in text
    assert 'id="ask_supplement"' in text
    assert 'id="sign"' not in text
    assert "Chuyển giải quyết" in text


def test_a_step_is_taken_and_a_refused_one_keeps_its_words(
    org: SimpleNamespace, signed_in: Any
) -> None:
    dossier = scenes.processing(org)
    client = signed_in(org.tuphap)
    address = reverse("dossiers:step", args=[dossier.pk, "ask_supplement"])
    stale = client.post(address, {"text": "Bản chính", "lock": dossier.lock - 1})
    assert stale.status_code == 409
    assert "Bản chính" in stale.content.decode()
    missing = client.post(address, {"lock": dossier.lock})
    assert missing.status_code == 422
    client.post(address, {"text": "Bản chính", "lock": dossier.lock})
    dossier.refresh_from_db()
    assert dossier.status == "waiting"
    again = client.post(address, {"text": "Bản khác", "lock": dossier.lock})
    assert again.status_code == 409
    assert "Bản khác" in again.content.decode()
    assert client.post(reverse("dossiers:step", args=[dossier.pk, "fly"])).status_code == 404


STEPS = {
    "transfer": ("tuphap", lambda org: {"to": org.vanhoa.pk, "reason": "Đi họp"}),
    "consult": ("tuphap", lambda _: {"of": "Công an xã", "text": "Xác minh", "until": "8/3/2024"}),
    "apologise": ("tuphap", lambda _: {"reason": "Chờ xác minh", "due_at": "15/3/2024"}),
    "hand_on": ("tuphap", lambda org: {"to": org.chutich.pk}),
    "settle": ("tuphap", lambda _: {"number": "1/GXN"}),
    "repair": ("chutich", lambda _: {"about": "Đúng", "reason": "Sai"}),
    "withdraw": ("motcua", lambda _: {"reason": "Theo đơn"}),
}


@pytest.mark.parametrize("name", STEPS)
def test_steps_by_form(org: SimpleNamespace, signed_in: Any, name: str) -> None:
    dossier = scenes.processing(org)
    who, values = STEPS[name]
    sent = {"lock": dossier.lock, **values(org)}
    answer = signed_in(getattr(org, who)).post(
        reverse("dossiers:step", args=[dossier.pk, name]), sent
    )
    assert answer.status_code == 303
    assert dossier.events.order_by("-pk")[0].step == name


def test_a_result_is_handed_over_by_form(org: SimpleNamespace, desk: Client) -> None:
    dossier = ON_DOSSIER["settle"](
        dossier=scenes.received(org), number="", by=org.motcua, at=at(4, 10)
    )
    assert "Trần Thị Bưởi" in page(desk, "dossier", dossier.pk)
    sent = {"to": "Trần Thị Bưởi", "way": "desk", "lock": dossier.lock}
    desk.post(reverse("dossiers:step", args=[dossier.pk, "hand_over"]), sent)
    dossier.refresh_from_db()
    assert dossier.status == "returned"


# --- the time that is left ------------------------------------------------------------------------


def test_the_list_says_whose_deadline_orders_it(org: SimpleNamespace) -> None:
    dossier = scenes.processing(org)
    step, whole = deadlines_of(dossier, at(4, 14))
    assert step.phrase.startswith("bước: còn")
    assert whole.phrase.startswith("hồ sơ: còn")
    assert step.due < whole.due == at(11).date()
    signing = scenes.received(org, at(5), procedure=dossier.version)
    ON_DOSSIER["settle"](dossier=signing, number="", by=org.motcua, at=at(6))
    signing.refresh_from_db()
    ready = [one.phrase for one in deadlines_of(signing, at(7))]
    assert ready == ["xong đúng hạn", "chờ trả 1 ngày"]


def test_what_waits_says_for_what_and_until_when(org: SimpleNamespace) -> None:
    procedure = scenes.version(org)
    online = intake.submit(
        agency=org.commune, intake=scenes.typed(procedure), by=org.motcua, at=at(4, 8)
    )
    answer = deadlines_of(online, at(4, 9))[0]
    assert (answer.phrase[:12], answer.due) == ("trả lời: còn", at(5).date())
    assert deadlines_of(online, at(8))[0].state == "late"
    by = {"by": org.motcua}
    guided = intake.ask_completion(dossier=online, text="Thiếu", at=at(4, 10), **by)
    waiting = deadlines_of(guided, at(5))[0]
    assert waiting.phrase == "chờ đến 03/04/2024"
    ready = ON_DOSSIER["forward"](
        dossier=scenes.received(org, procedure=procedure), to=None, by=org.motcua, at=at(4, 10)
    )
    owing = ON_DOSSIER["ask_payment"](dossier=ready, text="Thuế", by=org.tuphap, at=at(5))
    assert deadlines_of(owing, at(6))[0].phrase == "tạm dừng tính thời gian"


# --- strangers ------------------------------------------------------------------------------------


def test_strangers_see_nothing(org: SimpleNamespace, signed_in: Any, client: Client) -> None:
    dossier = scenes.received(org)
    addresses = [
        reverse("dossiers:dossiers"),
        reverse("dossiers:choose"),
        reverse("dossiers:new", args=[scenes.MARRIAGE]),
        reverse("dossiers:dossier", args=[dossier.pk]),
    ]
    for address in addresses:
        assert client.get(address).status_code == 302
    neighbour = signed_in(org.hoangngoc)
    assert neighbour.get(addresses[3]).status_code == 404
    assert "15997-240304" not in neighbour.get(addresses[0]).content.decode()
    partner = signed_in(org.mattran)
    assert partner.get(addresses[1]).status_code == 403
    assert partner.get(addresses[3]).status_code == 404


def test_what_is_not_there_is_not_found(org: SimpleNamespace, desk: Client) -> None:
    assert desk.get(reverse("dossiers:new", args=["9.999999"])).status_code == 404


# --- many at once, my work, search ----------------------------------------------------------------


def test_one_step_on_many_names_those_that_do_not_take_part(
    org: SimpleNamespace, desk: Client
) -> None:
    procedure = scenes.version(org)
    ready = [scenes.received(org, at(4, hour), procedure=procedure) for hour in (8, 9)]
    done = scenes.received(org, at(4, 10), procedure=procedure)
    ON_DOSSIER["forward"](dossier=done, to=None, by=org.motcua, at=at(4, 11))
    address = reverse("dossiers:together", args=["forward"])
    ticked = {"selected": [one.pk for one in (*ready, done)]}
    shown = desk.post(address, ticked).content.decode()
    assert all(one.code in shown for one in ready)
    sent = desk.post(
        address, {**ticked, "together": "1", "to": org.tuphap.pk, "next": "/dossiers/"}, follow=True
    ).content.decode()
    assert "Đã xong 2 hồ sơ." in sent
    assert f"Chưa làm: {done.code}." in sent
    assert Dossier.objects.filter(person=org.tuphap).count() == 2


def test_together_asks_for_ticks_and_for_what_is_missing(
    org: SimpleNamespace, desk: Client
) -> None:
    dossier = scenes.received(org)
    address = reverse("dossiers:together", args=["transfer"])
    none = desk.post(address, {"next": "https://elsewhere.example/"}, follow=True)
    assert "Hãy đánh dấu ít nhất một hồ sơ." in none.content.decode()
    assert desk.post(address, {"selected": dossier.pk, "together": "1"}).status_code == 422
    assert desk.post(reverse("dossiers:together", args=["fly"])).status_code == 404


def test_my_work_holds_the_dossiers_in_my_hands(org: SimpleNamespace, signed_in: Any) -> None:
    dossier = scenes.processing(org)
    address = reverse("planning:my_work")
    assert dossier.code in signed_in(org.tuphap).get(address).content.decode()
    assert dossier.code not in signed_in(org.vanhoa).get(address).content.decode()


def test_a_scanned_code_opens_its_dossier(org: SimpleNamespace, desk: Client) -> None:
    dossier = scenes.received(org)
    found = desk.get(reverse("search"), {"q": f" {dossier.code} "})
    assert found.headers["Location"] == reverse("dossiers:dossier", args=[dossier.pk])
    for typed in (dossier.code.replace("-", ""), dossier.code.replace("-", " ").lower()):
        found = desk.get(reverse("search"), {"q": typed})
        assert found.headers["Location"] == reverse("dossiers:dossier", args=[dossier.pk])
    assert dossier.code in desk.get(reverse("search"), {"q": "buoi"}).content.decode()
    assert desk.get(reverse("search"), {"q": "15997-240304-0009"}).status_code == 200


def test_details_open_beside_the_list_and_a_step_leads_back(
    org: SimpleNamespace, signed_in: Any
) -> None:
    dossier = scenes.processing(org)
    client = signed_in(org.tuphap)
    here = "http://testserver/dossiers/?mine=on"
    part = client.get(
        reverse("dossiers:dossier", args=[dossier.pk]),
        headers={"HX-Request": "true", "HX-Target": "aside#beside", "HX-Current-URL": here},
    ).content.decode()
    assert "<html" not in part
    assert f'name="next" value="{here}"' in part
    sent = {"number": "", "lock": dossier.lock, "next": here}
    answer = client.post(reverse("dossiers:step", args=[dossier.pk, "settle"]), sent)
    assert answer.headers["Location"] == here


# --- what a first-time user stumbled over ---------------------------------------------------------


def test_the_way_on_is_what_the_page_offers_above_all(org: SimpleNamespace, signed_in: Any) -> None:
    text = page(signed_in(org.chutich), "dossier", scenes.signing(org).pk)
    assert '<summary class="btn btn-primary">Ký kết quả</summary>' in text
    assert text.count('<summary class="btn btn-primary">') == 1


def test_a_steps_address_leads_back_to_the_dossier(org: SimpleNamespace, desk: Client) -> None:
    dossier = scenes.received(org)
    answer = desk.get(reverse("dossiers:step", args=[dossier.pk, "forward"]))
    assert (answer.status_code, answer["Location"].split("?")[1]) == (302, "step=forward#forward")
    assert desk.get(reverse("dossiers:step", args=[10**6, "forward"])).status_code == 404


def test_a_request_that_was_answered_is_not_offered_to_print(
    org: SimpleNamespace, desk: Client
) -> None:
    dossier = scenes.processing(org)
    ON_DOSSIER["ask_supplement"](dossier=dossier, text="Thiếu bản sao", by=org.tuphap, at=at(5))
    assert "In phiếu yêu cầu bổ sung" in page(desk, "dossier", dossier.pk)
    ON_DOSSIER["supply"](dossier=dossier, text="Đã nộp", by=org.motcua, at=at(6))
    assert "In giấy tiếp nhận" in page(desk, "dossier", dossier.pk)


def test_today_tells_what_the_desk_is_late_with(
    org: SimpleNamespace, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.jobs.clock.now", lambda: at(29))
    dossier = scenes.signing(org)
    text = signed_in(org.chutich).get(reverse("planning:today")).content.decode()
    assert "hồ sơ quá hạn" in text
    assert f'href="{reverse("dossiers:dossiers")}?late=1"' in text
    assert dossier.code in text
