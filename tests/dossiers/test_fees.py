"""What a dossier owes: collected at the desk, undone on the same day, counted at its end."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from motcua.audit.models import Entry
from motcua.core.workflow import StepNotAllowed
from motcua.dossiers.actions import ending, fees, handling, mending
from motcua.dossiers.actions.common import ReasonMissing
from motcua.dossiers.actions.intake import FeeData
from motcua.dossiers.models import Charge, Dossier, PayWay, ReturnWay, Slip
from motcua.dossiers.permissions import OutsideRecord, allowed_steps
from motcua.dossiers.queries.fees import collected
from motcua.dossiers.rules import SlipKind
from motcua.org.permissions import NotAllowed
from motcua.procedures.models import ProcedureVersion
from tests.dossiers import scenes
from tests.dossiers.scenes import at
from tests.procedures import scenes as procedures


def collect(org: SimpleNamespace, dossier: Dossier, hour: int = 10, **more: Any) -> Dossier:
    said = {"way": PayWay.CASH, "by": org.motcua, "at": at(4, hour)} | more
    return fees.collect_fee(dossier=dossier, **said)


def test_a_fee_is_collected_once_with_a_numbered_slip(org: SimpleNamespace) -> None:
    dossier = scenes.received(org)
    assert "collect_fee" in allowed_steps(dossier, org.motcua, at(4).date())
    paid = collect(org, dossier, way=PayWay.TRANSFER, reference=" FT24064 ")
    assert (paid.paid, paid.fee, paid.status) == (15000, 15000, "received")
    slip = paid.slips.get(kind=SlipKind.FEE)
    assert (slip.number, slip.data["amount"], slip.data["reference"]) == (1, 15000, "FT24064")
    charge = paid.charges.get()
    assert (charge.paid_at, charge.paid_by, charge.way, charge.slip) == (
        at(4, 10),
        org.motcua,
        "transfer",
        slip,
    )
    entry = Entry.objects.about(dossier)[0]
    assert entry.action == "dossiers.collect_fee"
    kept = json.loads(entry.data)
    assert (kept["amount"], kept["slip"]) == (15000, "1/2024")
    steps = allowed_steps(paid, org.motcua, at(4).date())
    assert ("collect_fee" in steps, "undo_fee" in steps) == (False, True)
    assert "undo_fee" not in allowed_steps(paid, org.motcua, at(5).date())
    with pytest.raises(fees.NothingOwed):
        collect(org, paid, 11)


def test_where_nothing_is_due_nothing_is_collected(org: SimpleNamespace) -> None:
    free = scenes.version(org, fees=[{"name": "Lệ phí", "amount": 0}])
    dossier = scenes.received(org, procedure=free)
    assert "collect_fee" not in allowed_steps(dossier, org.motcua, at(4).date())
    with pytest.raises(fees.NothingOwed):
        collect(org, dossier)
    assert not Slip.objects.filter(kind=SlipKind.FEE).exists()


def test_a_collection_is_undone_on_its_day_with_a_reason(org: SimpleNamespace) -> None:
    paid = collect(org, scenes.received(org))
    with pytest.raises(ReasonMissing):
        fees.undo_fee(dossier=paid, reason=" ", by=org.motcua, at=at(4, 11))
    with pytest.raises(fees.NotCollectedToday):
        fees.undo_fee(dossier=paid, reason="Thu nhầm", by=org.motcua, at=at(5))
    undone = fees.undo_fee(dossier=paid, reason="Thu nhầm", by=org.motcua, at=at(4, 11))
    assert undone.paid == 0
    slip = undone.slips.get(kind=SlipKind.FEE)
    assert (slip.cancelled_at, slip.cancelled_reason) == (at(4, 11), "Thu nhầm")
    charge = undone.charges.get()
    assert (charge.paid_at, charge.paid_by, charge.way, charge.slip) == (None, None, "", None)
    again = collect(org, undone, 12)
    assert again.slips.filter(kind=SlipKind.FEE).order_by("-pk")[0].number == 2
    with pytest.raises(fees.NotCollectedToday):
        fees.undo_fee(
            dossier=scenes.received(org, at(5), procedure=paid.version),
            reason="x",
            by=org.motcua,
            at=at(5),
        )


def test_a_fee_may_come_with_the_result_but_not_after_a_stop(org: SimpleNamespace) -> None:
    settled = handling.settle(dossier=scenes.received(org), number="", by=org.motcua, at=at(4, 10))
    returned = ending.hand_over(
        dossier=settled, to="Bưởi", way=ReturnWay.POST, by=org.motcua, at=at(4, 11)
    )
    assert collect(org, returned, 12).paid == 15000
    gone = scenes.received(org, at(5), procedure=settled.version)
    gone = ending.withdraw(dossier=gone, reason="Theo đơn", by=org.motcua, at=at(5, 10))
    with pytest.raises(StepNotAllowed):
        collect(org, gone, 12)


def test_only_the_desk_collects_and_only_what_is_its_own(org: SimpleNamespace) -> None:
    dossier = scenes.processing(org)
    with pytest.raises(NotAllowed):
        collect(org, dossier, 11, by=org.tuphap)
    with pytest.raises(NotAllowed):
        collect(org, dossier, 11, by=org.hoangngoc)
    Dossier.objects.filter(pk=dossier.pk).update(outside_owner="Cổng", outside_code="X")
    with pytest.raises(OutsideRecord):
        collect(org, dossier, 11)


# --- at intake ------------------------------------------------------------------------------------


@pytest.fixture
def desk(org: SimpleNamespace, signed_in: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("motcua.jobs.clock.now", lambda: at(4, 9))
    return signed_in(org.motcua)


def typed(**more: Any) -> dict[str, Any]:
    return {
        "id_number": "038190000001",
        "full_name": "Trần Thị Bưởi",
        "paper0": "on",
        "do": "receive",
    } | more


def test_ticked_as_paid_the_intake_collects_as_well(org: SimpleNamespace, desk: Any) -> None:
    scenes.version(org)
    address = reverse("dossiers:new", args=[scenes.MARRIAGE])
    assert desk.post(address, typed(paid="cash")).status_code == 303
    dossier = Dossier.objects.get()
    assert (dossier.paid, [slip.kind for slip in dossier.slips.order_by("pk")]) == (
        15000,
        ["receipt", "fee"],
    )
    shown = desk.get(reverse("dossiers:dossier", args=[dossier.pk])).content.decode()
    assert "đã thu" in shown


@pytest.mark.parametrize(
    "content", [b"", b"MZ\x90 not a PDF", b"%PDF-1.7 cut in the middle"], ids=str
)
def test_a_bad_file_refuses_the_whole_visit(
    org: SimpleNamespace, desk: Any, content: bytes
) -> None:
    scenes.version(org)
    empty = SimpleUploadedFile("to-khai.pdf", content)
    answer = desk.post(
        reverse("dossiers:new", args=[scenes.MARRIAGE]), typed(paid="cash", attached=empty)
    )
    assert answer.status_code == 422
    assert "to-khai.pdf" in answer.content.decode() or not content
    assert "Trần Thị Bưởi" in answer.content.decode()
    assert not Dossier.objects.exists()
    assert not Charge.objects.exists()


def test_by_form_and_back(org: SimpleNamespace, desk: Any) -> None:
    dossier = scenes.received(org, at(4, 8))
    page = desk.get(reverse("dossiers:dossier", args=[dossier.pk])).content.decode()
    assert "chưa thu 15.000" in page
    step = lambda name: reverse("dossiers:step", args=[dossier.pk, name])  # noqa: E731 # short
    desk.post(step("collect_fee"), {"way": "cash", "lock": dossier.lock})
    dossier.refresh_from_db()
    assert dossier.paid == 15000
    desk.post(step("undo_fee"), {"reason": "Thu nhầm", "lock": dossier.lock})
    dossier.refresh_from_db()
    assert dossier.paid == 0


# --- the day's list -------------------------------------------------------------------------------


def test_the_days_list_balances(org: SimpleNamespace, desk: Any) -> None:
    procedure = scenes.version(org)
    ways = [PayWay.CASH, PayWay.CASH, PayWay.TRANSFER]
    for n, way in enumerate(ways):
        collect(
            org, scenes.received(org, at(4, 8, n), procedure=procedure, summary=str(n)), way=way
        )
    undone = scenes.received(org, at(4, 8, 9), procedure=procedure, summary="9")
    fees.undo_fee(dossier=collect(org, undone), reason="Nhầm", by=org.motcua, at=at(4, 11))
    collect(org, scenes.received(org, at(4, 8, 10), procedure=procedure, summary="10"), at=at(5, 8))
    day = at(4).date()
    sums = collected(org.commune, day, day)
    rows = Charge.objects.filter(paid_at__date=day)
    assert sums.total == sum(charge.amount for charge in rows) == 45000
    assert (sums.cash, sums.transfer, sums.dossiers) == (30000, 15000, 3)
    assert (sums.slips, sums.cancelled) == (3, 1)
    standing = Slip.objects.filter(kind="fee", cancelled_at=None, made_at__date=day)
    assert sum(slip.data["amount"] for slip in standing) == sums.total
    page = desk.get(reverse("dossiers:fees")).content.decode()
    assert "45.000 đồng" in page
    assert page.count("15997-240304-") >= 3
    assert "1/2024" in page
    narrowed = desk.get(reverse("dossiers:fees"), {"way": "transfer"}).content.decode()
    assert "Chuyển khoản" in narrowed


def test_the_list_costs_the_same_for_many(org: SimpleNamespace, desk: Any) -> None:
    procedure, costs = scenes.version(org), []
    for n in range(4):
        collect(org, scenes.received(org, at(4, 8, n), procedure=procedure, summary=str(n)))
        desk.get(reverse("dossiers:fees"))
        with CaptureQueriesContext(connection) as queries:
            desk.get(reverse("dossiers:fees"))
        costs.append(len(queries))
    assert len(set(costs)) == 1


def test_money_of_which_the_way_was_not_noted_was_the_desks(org: SimpleNamespace) -> None:
    dossier = scenes.received(org)
    Charge.objects.filter(dossier=dossier).update(paid_at=at(4), paid_by=org.motcua)
    day = at(4).date()
    assert collected(org.commune, day, day).cash == 15000


# --- the wrong procedure --------------------------------------------------------------------------


def death(org: SimpleNamespace) -> ProcedureVersion:
    """Another procedure, of another fee."""
    fee = {"name": "Lệ phí khai tử", "amount": 8000, "exemptions": ["Hộ nghèo"]}
    return procedures.published(
        org, "1.000656", name="Đăng ký khai tử", limit="1 ngày làm việc", fees=[fee]
    )


def test_the_right_procedure_has_its_own_fee(org: SimpleNamespace) -> None:
    dossier = scenes.received(org)
    right = {"reason": "Nhầm thủ tục", "by": org.motcua, "version": death(org)}
    paid = collect(org, dossier)
    with pytest.raises(mending.FeeCollected) as refused:
        mending.correct(dossier=paid, at=at(4, 11), **right)
    assert "15.000 đồng" in refused.value.sentence()
    fees.undo_fee(dossier=paid, reason="Nhầm thủ tục", by=org.motcua, at=at(4, 11))
    mended = mending.correct(dossier=paid, at=at(4, 11), **right)
    assert (mended.fee, mended.paid) == (8000, 0)
    assert list(mended.charges.values_list("name", "amount")) == [("Lệ phí khai tử", 8000)]
    receipt = mended.slips.get(kind=SlipKind.RECEIPT, cancelled_at=None)
    assert receipt.data["fee"] == 8000
    assert json.loads(Entry.objects.about(mended)[0].data)["before"]["fee"] == 15000
    assert collect(org, mended, 12).paid == 8000


def test_an_exemption_stays_with_the_person(org: SimpleNamespace) -> None:
    dossier = scenes.received(org, fee=FeeData(exemption="Hộ nghèo"))
    right = {"reason": "Nhầm thủ tục", "by": org.motcua, "version": death(org)}
    mended = mending.correct(dossier=dossier, at=at(4, 11), **right)
    assert (mended.fee, mended.charges.get().exemption) == (0, "Hộ nghèo")


def test_a_repair_leaves_money_of_another_day_in_its_book(org: SimpleNamespace) -> None:
    paid = collect(org, scenes.received(org))
    mended = mending.repair(
        dossier=paid, reason="Nhầm thủ tục", by=org.chutich, at=at(5), version=death(org)
    )
    assert (mended.fee, mended.paid, mended.overpaid) == (8000, 8000, 7000)
    assert mended.charges.get().amount == 15000
    day = at(4).date()
    assert collected(org.commune, day, day).total == 15000


def test_a_dearer_procedure_leaves_the_difference_due(org: SimpleNamespace) -> None:
    cheap = death(org)
    papers = [scenes.desk.PaperData(paper.name, originals=1) for paper in cheap.content.papers]
    paid = collect(org, scenes.received(org, procedure=cheap, papers=papers))
    mended = mending.repair(
        dossier=paid, reason="Nhầm", by=org.chutich, at=at(5), version=scenes.version(org)
    )
    assert (mended.fee, mended.paid, mended.overpaid) == (15000, 8000, None)
    again = collect(org, mended, at=at(5, 10))
    assert again.paid == 15000
    line = again.slips.filter(kind=SlipKind.FEE).order_by("-pk")[0].data["lines"][0]
    assert (line["name"], line["amount"]) == (mending.DIFFERENCE, 7000)
    with pytest.raises(mending.FeeCollected):  # today's money is undone, not counted over
        mending.repair(dossier=again, reason="x", by=org.chutich, at=at(5, 11), version=cheap)
    back = mending.repair(dossier=again, reason="x", by=org.chutich, at=at(6), version=cheap)
    assert (back.fee, back.paid, back.overpaid) == (8000, 8000, 7000)


def test_another_procedure_of_the_same_price_leaves_nothing_due(org: SimpleNamespace) -> None:
    fee = {"name": "Lệ phí khác", "amount": 15000}
    other = procedures.published(org, "1.000656", limit="1 ngày làm việc", fees=[fee])
    paid = collect(org, scenes.received(org))
    mended = mending.repair(dossier=paid, reason="x", by=org.chutich, at=at(5), version=other)
    assert (mended.fee, mended.paid, mended.overpaid) == (15000, 15000, None)
    assert mended.charges.count() == 1


def test_a_procedure_of_the_same_fees_keeps_what_was_counted(org: SimpleNamespace) -> None:
    copies = [{"name": "Bản sao", "amount": 2000, "per": "copy"}]
    dossier = scenes.received(
        org, procedure=scenes.version(org, fees=copies), fee=FeeData(copies=3)
    )
    newer = procedures.published(org, "1.000656", fees=copies, limit="3 ngày làm việc")
    mended = mending.correct(
        dossier=dossier, reason="Nhầm thủ tục", by=org.motcua, at=at(4, 11), version=newer
    )
    assert (mended.version, mended.fee) == (newer, 6000)
