"""The order in which the demo's year happens: all acts by their moment, and each day's end."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from motcua.audit.actions import close_days
from motcua.audit.models import Head

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Timeline:
    """Acts wait for their moment; one may add later ones. ``before`` is told each moment before
    something happens then: whoever writes in bulk writes up to it. A day that is over is closed as
    the installation would do it, so that the chain and its roots stand in the order of time."""

    def __init__(self, before: Callable[[datetime], None]) -> None:
        self._before = before
        self._ahead: list[tuple[datetime, int, Callable[[], Any]]] = []
        self._order = count()
        self._day: date | None = None
        self._closed: dict[str, int] = {}  # chain → its end when it was closed last

    def add(self, at: datetime, act: Callable[[], Any]) -> None:
        """Let something happen."""
        heapq.heappush(self._ahead, (at, next(self._order), act))

    def run(self, until: datetime) -> None:
        """Everything up to a moment, that included."""
        while self._ahead and self._ahead[0][0] <= until:
            at, _order, act = heapq.heappop(self._ahead)
            self._reach(at)
            act()
        self._reach(until)

    def _reach(self, at: datetime) -> None:
        today = at.date()
        day = self._day or today
        while day < today:
            day += timedelta(days=1)
            midnight = datetime.combine(day, time(), tzinfo=ZONE)
            self._before(midnight)
            for head in Head.objects.all():
                if self._closed.get(head.chain) != head.seq:
                    close_days(chain=head.chain, until=day - timedelta(days=1), at=midnight)
                    self._closed[head.chain] = head.seq
        self._day = max(day, today)
        self._before(at)


def moment(day: date, hour: int, minute: int) -> datetime:
    """A moment of the commune's clock."""
    return datetime.combine(day, time(hour, minute), tzinfo=ZONE)
