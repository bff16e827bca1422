"""Ending, handing over, correcting, repairing."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from motcua.dossiers.actions import ending, handling, mending, waiting
from motcua.dossiers.models import (
    Dossier,
    ReturnWay,
)
from motcua.dossiers.permissions import allowed_steps
from motcua.org.permissions import NotAllowed
from tests.dossiers import scenes
from tests.dossiers.scenes import at
from tests.dossiers.traces import last_entry, slips


@pytest.mark.parametrize("act", [ending.withdraw, ending.stop])
def test_a_dossier_ends_with_its_reason(org: SimpleNamespace, act: Callable[..., Dossier]) -> None:
    dossier = waiting.ask_supplement(
        dossier=scenes.processing(org), text="Bản chính", by=org.tuphap, at=at(5)
    )
    by = org.motcua if act is ending.withdraw else org.chutich
    ended = act(dossier=dossier, reason="Theo đơn", by=by, at=at(6))
    assert (ended.person, ended.closed_reason) == (None, "Theo đơn")
    assert not ended.pauses.filter(ended_at=None).exists()
    assert not allowed_steps(ended, org.chutich, at(6).date())


def test_a_stop_has_its_own_form_since_2025(org: SimpleNamespace) -> None:
    dossier = scenes.processing(org)
    Dossier.objects.filter(pk=dossier.pk).update(rules="2025")
    stopped = ending.stop(dossier=dossier, reason="Theo đơn", by=org.chutich, at=at(6))
    assert slips(stopped) == ["receipt", "stop"]


def test_a_result_is_handed_to_somebody(org: SimpleNamespace) -> None:
    dossier = handling.settle(dossier=scenes.received(org), number="", by=org.motcua, at=at(4, 10))
    with pytest.raises(ending.ReceiverMissing):
        ending.hand_over(dossier=dossier, to=" ", way=ReturnWay.POST, by=org.motcua, at=at(5))


def test_todays_mistake_is_corrected_with_a_new_slip(org: SimpleNamespace) -> None:
    dossier = scenes.received(org)
    other = scenes.procedures.published(
        org, limit="3 ngày làm việc", papers=[{"name": "Tờ khai", "originals": 1}]
    )
    mended = mending.correct(
        dossier=dossier, reason="Nhầm thủ tục", by=org.motcua, at=at(4, 16), version=other
    )
    assert (mended.code, mended.procedure, mended.due_at) == (
        dossier.code,
        other.procedure,
        at(7, 17),
    )
    old, new = mended.slips.order_by("pk")
    assert (old.cancelled_reason, new.cancelled_at, new.number) == ("Nhầm thủ tục", None, 2)
    assert mended.is_suspect
    with pytest.raises(mending.NotTheSameDay):
        mending.correct(dossier=mended, reason="x", by=org.motcua, at=at(5), summary="khác")


def test_a_repair_needs_its_own_right(org: SimpleNamespace) -> None:
    dossier = scenes.processing(org)
    with pytest.raises(NotAllowed):
        mending.repair(dossier=dossier, reason="x", by=org.motcua, at=at(6), summary="khác")
    mended = mending.repair(
        dossier=dossier, reason="Sai trích yếu", by=org.chutich, at=at(6), summary="Đúng"
    )
    assert (mended.summary, mended.version_id) == ("Đúng", dossier.version_id)
    assert last_entry(mended).action == "dossiers.repair"
