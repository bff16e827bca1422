"""Numbers in the hall: taken in order, called to a desk, served or missed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from motcua.core.workflow import StepNotAllowed
from motcua.dossiers.actions.queue import (
    KIOSK_A_MINUTE,
    NobodyWaits,
    TooManyNumbers,
    call_next,
    step_number,
    take_at_kiosk,
    take_number,
)
from motcua.dossiers.models import Ticket
from motcua.dossiers.views import kiosk
from motcua.org.permissions import NotAllowed
from tests.dossiers.scenes import at


def taken(org: SimpleNamespace, day: int = 4) -> Ticket:
    return take_number(agency=org.commune, by=org.motcua, at=at(day))


def call(org: SimpleNamespace, desk: int = 1, minute: int = 0) -> Ticket:
    return call_next(agency=org.commune, desk=desk, by=org.motcua, at=at(4, 9, minute))


def test_numbers_begin_at_one_each_day(org: SimpleNamespace) -> None:
    assert [str(taken(org, day)) for day in (4, 4, 5)] == ["001", "002", "001"]


def test_the_next_is_called_and_the_one_before_is_served(org: SimpleNamespace) -> None:
    first, second, third = taken(org), taken(org), taken(org)
    assert call(org) == first
    assert call(org, desk=2) == second
    assert call(org, minute=5) == third
    first.refresh_from_db()
    assert (first.state.label, first.ended_at) == ("Đã phục vụ", at(4, 9, 5))
    assert list(Ticket.objects.of_day(org.commune, at(4).date()).at_desks()) == [third, second]
    with pytest.raises(NobodyWaits):
        call(org, desk=3)


def test_a_number_is_missed_and_called_again(org: SimpleNamespace) -> None:
    taken(org)
    ticket = call(org)

    def step(name: str) -> Ticket:
        return step_number(ticket=ticket, step=name, desk=2, by=org.motcua, at=at(4, 9, 9))

    assert step("miss_number").status == "missed"
    assert (step("call_number").status, Ticket.objects.get().desk) == ("called", 2)
    assert step("serve_number").status == "served"
    with pytest.raises(StepNotAllowed):
        step("call_number")


def test_only_the_desk_gives_and_calls_numbers(org: SimpleNamespace) -> None:
    ticket = taken(org)
    for stranger in (org.tuphap, org.hoangngoc):
        with pytest.raises(NotAllowed):
            take_number(agency=org.commune, by=stranger, at=at(4))
        with pytest.raises(NotAllowed):
            call_next(agency=org.commune, desk=1, by=stranger, at=at(4))
        with pytest.raises(NotAllowed):
            step_number(ticket=ticket, step="call_number", desk=1, by=stranger, at=at(4))


def test_the_clerk_s_page_and_the_hall(
    org: SimpleNamespace, signed_in: Any, client: Client
) -> None:
    hall = reverse("dossiers:hall", args=[org.commune.code])
    assert "Mời bà con" in client.get(hall).content.decode()
    assert client.get(reverse("dossiers:hall", args=["0"])).status_code == 404
    desk = signed_in(org.motcua)
    page = reverse("dossiers:queue")
    assert desk.post(page, {"do": "call", "desk": "3"}).status_code == 409
    for do in ("take", "take", "call", "nothing"):
        assert desk.post(page, {"do": do, "desk": "99"}).status_code == 303
    called = Ticket.objects.get(number=1)
    assert (called.desk, called.called_by) == (3, org.motcua)
    assert "001" in desk.get(page).content.decode()
    shown = client.get(hall).content.decode()
    assert "001" in shown
    assert org.motcua.full_name not in shown
    miss = reverse("dossiers:number", args=[called.pk, "miss_number"])
    assert desk.post(miss).status_code == 303
    assert desk.post(miss).status_code == 409
    assert desk.post(reverse("dossiers:number", args=[called.pk, "fly"])).status_code == 404


def test_the_number_to_call_out_is_large_and_who_is_next(
    org: SimpleNamespace, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.jobs.clock.now", lambda: at(4, 9, 12))
    desk, page = signed_in(org.motcua), reverse("dossiers:queue")
    shown = lambda: desk.get(page).content.decode()  # noqa: E731 # short
    large = lambda n: f'<span class="stat-value">{n}</span>'  # noqa: E731 # short
    assert shown().count(large("–")) == 2
    taken(org)
    taken(org)
    text = shown()
    assert large("001") in text
    assert "đã chờ 12 phút" in text
    call(org, desk=2)
    assert large("001") not in shown()  # at another desk
    desk.post(page, {"do": "call", "desk": "1"})
    text = shown()
    assert large("002") in text
    assert "Quầy 1 đang phục vụ" in text
    desk.post(page, {"do": "take"})
    text = shown()
    assert text.count(large("003")) == 2  # next, and just given
    assert "Vừa lấy cho khách" in text
    desk.post(page, {"do": "call"})
    assert "Vừa lấy cho khách" not in shown()


def test_strangers_have_no_queue(org: SimpleNamespace, signed_in: Any, client: Client) -> None:
    assert client.get(reverse("dossiers:queue")).status_code == 302
    assert signed_in(org.tuphap).get(reverse("dossiers:queue")).status_code == 403


# --- at the door ----------------------------------------------------------------------------------


def test_a_visitor_takes_a_number_without_an_account(
    org: SimpleNamespace, client: Client, signed_in: Any
) -> None:
    taken(org, 1)  # today is 1 March 2024
    desk = signed_in(org.motcua).get(reverse("dossiers:queue")).content.decode()
    address = kiosk.kiosk_address(org.commune)
    assert address.rpartition(":")[0].rpartition(":")[0] in desk
    client.logout()
    page = client.get(address).content.decode()
    assert "Bấm để lấy số" in page
    assert org.commune.name in page
    shown = client.post(address, follow=True).content.decode()
    assert "002" in shown
    assert "còn 1 người trước" in shown
    assert "<svg" in shown
    assert Ticket.objects.count() == 2


def test_only_an_address_that_the_desk_opened_gives_numbers(
    org: SimpleNamespace, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = kiosk.kiosk_address(org.commune)
    assert client.post(address.replace("kiosk/", "kiosk/x")).status_code == 404
    assert client.get(f"{address}99/").status_code == 404
    monkeypatch.setattr(kiosk, "KIOSK_SECONDS", -1)
    assert client.post(address).status_code == 404
    assert not Ticket.objects.exists()


def test_the_button_is_not_for_playing(org: SimpleNamespace, client: Client) -> None:
    for second in range(KIOSK_A_MINUTE):
        take_at_kiosk(agency=org.commune, at=at(4, 9).replace(second=second))
    with pytest.raises(TooManyNumbers):
        take_at_kiosk(agency=org.commune, at=at(4, 9).replace(second=59))
    assert str(take_at_kiosk(agency=org.commune, at=at(4, 9, 2))) == "013"
    address = kiosk.kiosk_address(org.commune)
    answers = [client.post(address) for _press in range(KIOSK_A_MINUTE + 1)]
    assert [answer.status_code for answer in answers] == [303] * KIOSK_A_MINUTE + [429]
    assert "chờ một phút" in answers[-1].content.decode()
