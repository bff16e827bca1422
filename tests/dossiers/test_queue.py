"""Numbers in the hall: taken in order, called to a desk, served or missed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from motcua.core.workflow import StepNotAllowed
from motcua.dossiers.actions.queue import NobodyWaits, call_next, step_number, take_number
from motcua.dossiers.models import Ticket
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


def test_strangers_have_no_queue(org: SimpleNamespace, signed_in: Any, client: Client) -> None:
    assert client.get(reverse("dossiers:queue")).status_code == 302
    assert signed_in(org.tuphap).get(reverse("dossiers:queue")).status_code == 403
