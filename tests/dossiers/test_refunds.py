"""Money given back: how much, with which slip, in which day's book."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.core.errors import Refused, Stale
from motcua.core.workflow import StepNotAllowed
from motcua.dossiers.actions import ending, fees, handling, mending
from motcua.dossiers.actions.common import ReasonMissing
from motcua.dossiers.documents.forms import Given, page_of
from motcua.dossiers.models import Dossier, PayWay, Refund
from motcua.dossiers.permissions import OutsideRecord, allowed_steps
from motcua.dossiers.queries.fees import collected
from motcua.dossiers.rules import SlipKind
from motcua.dossiers.rules.refunds import (
    NothingToRefund,
    RefundWrong,
    amount_back,
    refundable,
)
from motcua.org.permissions import NotAllowed
from tests.dossiers import scenes
from tests.dossiers.scenes import at
from tests.dossiers.test_fees import collect, death, typed
from tests.dossiers.traces import last_entry


@pytest.mark.parametrize(
    ("status", "paid", "over", "most"),
    [
        ("received", 15000, 0, 0),
        ("received", 8000, 7000, 7000),
        ("settled", 8000, 7000, 7000),
        ("returned", 15000, 0, 0),
        ("returned", 8000, 7000, 7000),
        ("withdrawn", 15000, 0, 15000),
        ("withdrawn", 8000, 7000, 15000),
        ("stopped", 15000, 0, 15000),
        ("refused", 15000, 0, 15000),
        ("withdrawn", 0, 0, 0),
    ],
)
def test_how_much_can_be_given_back(status: str, paid: int, over: int, most: int) -> None:
    assert refundable(status, paid, over) == most


@pytest.mark.parametrize(
    ("asked", "most", "said"),
    [
        (None, 15000, 15000),
        (1, 15000, 1),
        (15000, 15000, 15000),
        (15001, 15000, RefundWrong),
        (0, 15000, RefundWrong),
        (-5, 15000, RefundWrong),
        (None, 0, NothingToRefund),
        (1, 0, NothingToRefund),
    ],
)
def test_how_much_is_given_back(asked: int | None, most: int, said: int | type[Refused]) -> None:
    if isinstance(said, int):
        assert amount_back(asked, most) == said
        return
    with pytest.raises(said):
        amount_back(asked, most)


def withdrawn(org: SimpleNamespace) -> Dossier:
    """Paid on Monday, taken back on Tuesday."""
    paid = collect(org, scenes.received(org))
    return ending.withdraw(dossier=paid, reason="Theo đơn", by=org.motcua, at=at(5))


def refund(org: SimpleNamespace, dossier: Dossier, **more: Any) -> Dossier:
    said = {"reason": "Rút hồ sơ", "by": org.motcua, "at": at(5, 10)} | more
    return fees.refund_fee(dossier=dossier, **said)


def test_a_withdrawn_dossiers_fee_goes_back_once_with_its_slip(org: SimpleNamespace) -> None:
    gone = withdrawn(org)
    assert "refund_fee" in allowed_steps(gone, org.motcua, at(5).date())
    back = refund(org, gone, way=PayWay.TRANSFER, reference=" FT9 ")
    assert (back.paid, back.overpaid, back.status) == (0, None, "withdrawn")
    row = Refund.objects.get()
    assert (row.amount, row.way, row.reason, row.at, row.by, row.agency) == (
        15000,
        "transfer",
        "Rút hồ sơ",
        at(5, 10),
        org.motcua,
        org.commune,
    )
    slip = back.slips.get(kind=SlipKind.REFUND)
    assert (row.slip, slip.number, slip.data["reference"]) == (slip, 1, "FT9")
    kept = json.loads(last_entry(back).data)
    assert (kept["amount"], kept["slip"], last_entry(back).action) == (
        15000,
        "1/2024",
        "dossiers.refund_fee",
    )
    assert "Rút hồ sơ" in back.events.order_by("-pk")[0].note
    assert "refund_fee" not in allowed_steps(back, org.motcua, at(5).date())
    with pytest.raises(NothingToRefund):
        refund(org, back)
    assert Refund.objects.count() == 1


def test_a_refund_has_its_reason_and_no_more_than_was_paid(org: SimpleNamespace) -> None:
    gone = withdrawn(org)
    with pytest.raises(ReasonMissing):
        refund(org, gone, reason=" ")
    with pytest.raises(RefundWrong) as refused:
        refund(org, gone, amount=15001)
    assert "15.000 đồng" in refused.value.sentence()
    with pytest.raises(Stale):
        refund(org, gone, lock=gone.lock - 1)
    part = refund(org, gone, amount=5000)
    assert part.paid == 10000
    with pytest.raises(RefundWrong):
        refund(org, part, amount=10001)
    assert refund(org, part).paid == 0
    assert [row.slip.number for row in Refund.objects.order_by("pk")] == [1, 2]


def test_what_goes_on_keeps_its_fee(org: SimpleNamespace) -> None:
    paid = collect(org, scenes.received(org))
    with pytest.raises(NothingToRefund):
        refund(org, paid)
    afar = scenes.desk.submit(
        agency=org.commune, intake=scenes.typed(paid.version), by=org.motcua, at=at(5)
    )
    with pytest.raises(StepNotAllowed):
        refund(org, afar)


def test_a_stopped_dossiers_fee_goes_back(org: SimpleNamespace) -> None:
    paid = collect(org, scenes.received(org))
    handled = handling.forward(dossier=paid, to=org.tuphap, by=org.motcua, at=at(4, 11))
    stopped = handling.decline(dossier=handled, reason="Sai", by=org.tuphap, at=at(4, 12))
    assert refund(org, stopped).paid == 0


def test_what_the_right_procedure_costs_less_goes_back(org: SimpleNamespace) -> None:
    paid = collect(org, scenes.received(org))
    mended = mending.repair(
        dossier=paid, reason="Nhầm thủ tục", by=org.chutich, at=at(5), version=death(org)
    )
    with pytest.raises(RefundWrong):
        refund(org, mended, amount=7001)
    part = refund(org, mended, amount=3000, reason="Thu thừa")
    assert (part.paid, part.fee, part.overpaid) == (8000, 8000, 4000)
    back = refund(org, part, reason="Thu thừa")
    assert (back.paid, back.fee, back.overpaid) == (8000, 8000, None)
    assert "collect_fee" not in allowed_steps(back, org.motcua, at(5).date())


def test_only_the_desk_gives_back_and_only_what_is_its_own(org: SimpleNamespace) -> None:
    gone = withdrawn(org)
    for stranger in (org.tuphap, org.hoangngoc):
        with pytest.raises(NotAllowed):
            refund(org, gone, by=stranger)
    Dossier.objects.filter(pk=gone.pk).update(outside_owner="Cổng", outside_code="X")
    with pytest.raises(OutsideRecord):
        refund(org, gone)


def test_the_database_itself_knows_no_refund_of_nothing(org: SimpleNamespace) -> None:
    refund(org, withdrawn(org))
    for wrong in ({"amount": 0}, {"way": "gift"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Refund.objects.update(**wrong)


def test_the_slip_says_who_got_what_and_why(org: SimpleNamespace) -> None:
    back = refund(org, withdrawn(org), way=PayWay.TRANSFER, reference="FT9")
    page = page_of(Given.of(back.slips.get(kind=SlipKind.REFUND)), base="https://x")
    said = {part.label: part.value for part in page.parts if hasattr(part, "label")}
    assert page.title == "PHIẾU HOÀN PHÍ, LỆ PHÍ"
    assert page.number == "Số: 01/2024"
    assert said["Người nhận tiền"] == "Trần Thị Bưởi"
    assert said["Số tiền hoàn"] == "15.000 đồng"
    assert said["Lý do hoàn"] == "Rút hồ sơ"
    assert "FT9" in said["Hình thức hoàn"]


# --- the day's book -------------------------------------------------------------------------------


@pytest.fixture
def desk(org: SimpleNamespace, signed_in: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("motcua.jobs.clock.now", lambda: at(5, 11))
    return signed_in(org.motcua)


def test_each_day_balances_to_the_dong(org: SimpleNamespace, desk: Any) -> None:
    procedure = scenes.version(org)
    names = ("Bưởi", "Cam", "Đào")
    people = [typed_of(name) for name in names]
    paid = [
        collect(org, scenes.received(org, at(4, 8), procedure=procedure, applicant=person))
        for person in people
    ]
    late = scenes.received(org, at(5, 8), procedure=procedure, applicant=typed_of("Na"))
    collect(org, late, at=at(5, 9), way=PayWay.TRANSFER)
    for one, way in zip(paid[:2], (PayWay.CASH, PayWay.TRANSFER), strict=True):
        gone = ending.withdraw(dossier=one, reason="Theo đơn", by=org.motcua, at=at(5))
        refund(org, gone, way=way, amount=5000 if way is PayWay.TRANSFER else None)
    monday, tuesday = at(4).date(), at(5).date()
    first = collected(org.commune, monday, monday)
    assert (first.total, first.refunded, first.drawer, first.left) == (45000, 0, 45000, 45000)
    second = collected(org.commune, tuesday, tuesday)
    assert (second.total, second.refunded, second.refunds) == (15000, 20000, 2)
    assert (second.drawer, second.account, second.left) == (-15000, 10000, -5000)
    both = collected(org.commune, monday, tuesday)
    assert both.left == both.drawer + both.account == 40000
    assert both.left == sum(Dossier.objects.values_list("paid", flat=True))
    page = desk.get(reverse("dossiers:refunds")).content.decode()
    assert "20.000 đồng" in page
    assert "-15.000 đồng" in page
    assert "Rút hồ sơ" in page
    assert "20.000 đồng" in desk.get(reverse("dossiers:fees")).content.decode()
    told = desk.get(
        "/api/v1/dossiers/fees/figures",
        {"agency": org.commune.code, "start": "2024-03-04", "end": "2024-03-05"},
    ).json()
    assert (told["total"], told["refunded"], told["drawer"], told["account"]) == (
        60000,
        20000,
        30000,
        10000,
    )


def typed_of(name: str) -> Any:
    return scenes.desk.ApplicantData(f"Trần Thị {name}", address="Thôn 3")


def test_the_list_costs_the_same_for_many(org: SimpleNamespace, desk: Any) -> None:
    procedure, costs = scenes.version(org), []
    for n in range(3):
        paid = collect(
            org, scenes.received(org, at(4, 8), procedure=procedure, applicant=typed_of(str(n)))
        )
        refund(org, ending.withdraw(dossier=paid, reason="x", by=org.motcua, at=at(5)))
        desk.get(reverse("dossiers:refunds"))
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("dossiers:refunds"))
        costs.append(len(queries))
    assert len(set(costs)) == 1


def test_by_form(org: SimpleNamespace, desk: Any) -> None:
    gone = withdrawn(org)
    page = desk.get(reverse("dossiers:dossier", args=[gone.pk])).content.decode()
    assert "còn giữ 15.000" in page
    assert 'value="15000"' in page
    step = reverse("dossiers:step", args=[gone.pk, "refund_fee"])
    sent = {"amount": "15000", "way": "cash", "reason": "Rút hồ sơ", "lock": gone.lock}
    assert desk.post(step, sent | {"amount": "15001"}).status_code == 422
    assert desk.post(step, sent).status_code == 303
    shown = desk.get(reverse("dossiers:dossier", args=[gone.pk])).content.decode()
    assert "đã hoàn 15.000 đồng" in shown
    assert "Phiếu hoàn phí" in shown
    assert "đã hoàn</span>" in shown
    assert "In phiếu hoàn phí" in shown


def test_by_api(org: SimpleNamespace, desk: Any) -> None:
    gone = withdrawn(org)
    address = f"/api/v1/dossiers/{gone.pk}"
    sent = {"reason": "Rút hồ sơ", "amount": 5000}
    answer = desk.post(f"{address}/steps/refund_fee", sent, content_type="application/json")
    told = answer.json()
    assert (told["paid"], told["overpaid"], told["refunds"][0]["amount"]) == (10000, 0, 5000)
    assert "refund_fee" in told["allowed_steps"]
    wrong = desk.post(
        f"{address}/steps/refund_fee", sent | {"amount": 0}, content_type="application/json"
    )
    assert wrong.status_code == 422


def test_money_paid_beyond_the_fee_is_told(org: SimpleNamespace, desk: Any) -> None:
    scenes.version(org)
    assert (
        desk.post(reverse("dossiers:new", args=[scenes.MARRIAGE]), typed(paid="cash")).status_code
        == 303
    )
    dossier = Dossier.objects.get()
    mending.repair(dossier=dossier, reason="x", by=org.chutich, at=at(6), version=death(org))
    page = desk.get(reverse("dossiers:dossier", args=[dossier.pk])).content.decode()
    assert "thu thừa 7.000" in page
