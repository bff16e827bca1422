"""A desk at which the tales happen to people."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta

from motcua.dossiers.simulate.mould import Mould
from motcua.dossiers.simulate.specimen import keep_page
from motcua.dossiers.simulate.store import Store
from motcua.dossiers.simulate.visitors import Crowd
from motcua.dossiers.simulate.year import Tales
from motcua.org.models import Agency

#: Dossiers that are kept in memory before they are written.
BATCH = 4_000
#: No step of a dossier lies further before its receipt.
AHEAD = timedelta(days=14)


class Desk:
    """A desk at which ``count`` tales happen as time goes on, among what others do there."""

    def __init__(self, *, agency: Agency, tales: Tales, count: int) -> None:
        keep_page()
        self._moulds = deque(tales.tell(count))
        self._store = Store(agency, tales.post_codes)
        self._crowd = Crowd(tales.script, tales.draw)

    def reach(self, moment: datetime) -> None:
        """Let happen what happened before a moment; nobody else may write the while."""
        while self._moulds and self._moulds[0].began - AHEAD < moment:
            self._store.add(self._moulds.popleft(), self._crowd.next())
        if self._store.has_passages(moment):
            self._store.write(moment)


def play_desk(*, agency: Agency, tales: Tales, count: int) -> int:
    """Let ``count`` tales happen, each to one visitor; returns how many had begun."""
    return _play(agency, tales, list(tales.tell(count)), tales.draw)


def play_often(
    *, agency: Agency, tales: Tales, pool: Sequence[Mould], count: int, seed: int
) -> int:
    """Let tales of a pool (:meth:`Tales.tell`) happen ``count`` times, each time to somebody else:
    moments and steps recur, people and numbers do not."""
    draw = random.Random(seed)  # noqa: S311 # a seeded simulation, no secret
    chosen = sorted(draw.choices(range(len(pool)), k=count))
    return _play(agency, tales, [pool[n] for n in chosen], draw)


def _play(agency: Agency, tales: Tales, moulds: Sequence[Mould], draw: random.Random) -> int:
    keep_page()
    store, crowd = Store(agency, tales.post_codes), Crowd(tales.script, draw)
    for n, mould in enumerate(moulds, 1):
        store.add(mould, crowd.next())
        if n % BATCH == 0:
            store.write(mould.began - AHEAD)
    store.write()
    return len(moulds)
