"""More communes like the demo's, with dossiers of its shapes: for measuring."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from motcua.db.bulk import bare_tables
from motcua.dossiers.models import Dossier
from motcua.dossiers.simulate import TABLES, Tales, play_often
from motcua.org.actions import read_pack
from motcua.org.models import Agency, Person, Placement, Post
from motcua.site.demo.desk import cast_of, opening

SINCE = date(2004, 1, 1)
#: How many different tales are told, at least and at most: one of 200 dossiers.
POOL = (1_000, 5_000)


def grow_desk(*, dossiers: int, communes: int, today: date) -> Iterator[int]:
    """Tell so many dossiers of the last 366 days in so many new communes of the demo's district;
    yields how many there are after each commune, and once more when all is indexed. The demo must
    be there. A killed run leaves an SQLite database without its indexes: make it anew."""
    words = [(Dossier, "folded")]
    made = 0
    with bare_tables(TABLES, words=words):
        agencies = [_commune() for _n in range(communes)]
        tales = _tales(agencies[0], today)
        wanted = max(POOL[0], min(POOL[1], dossiers // 200))
        pool = list(tales.tell(min(dossiers, wanted)))
        with _nothing_collected():
            for n, agency in enumerate(agencies):
                share = dossiers * (n + 1) // communes - dossiers * n // communes
                made += play_often(agency=agency, tales=tales, pool=pool, count=share, seed=n)
                yield made
    yield made


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Without looking for cycles among millions of rows: there are none, and it takes a sixth."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@transaction.atomic
def _commune() -> Agency:
    """A commune with the demo's posts."""
    n = Agency.objects.filter(code__startswith="B").count()
    agency = Agency.objects.create(
        code=f"B{n:04}", name=f"UBND xã {n}", kind="commune", place=f"Xã {n}", valid_from=SINCE
    )
    Placement.objects.create(agency=agency, path=f"38/399/{agency.code}/", valid_from=SINCE)
    Post.objects.bulk_create(
        Post(agency=agency, code=post.code, name=post.name, valid_from=SINCE)
        for post in Post.objects.filter(agency__code="15997")
    )
    return agency


def _tales(like: Agency, today: date) -> Tales:
    people = {
        person.account.username: person
        for person in Person.objects.filter(account__isnull=False).select_related("account")
        if person.account
    }
    return Tales(
        like=like,
        cast=cast_of(people),
        script=read_pack(settings.PACKS / "demo" / "dossiers.yaml"),
        first=max(today - timedelta(days=366), date(2024, 1, 2)),
        until=opening(today),
        seed=1,
    )
