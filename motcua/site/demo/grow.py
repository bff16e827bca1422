"""More communes like the demo's, with dossiers of its shapes: for measuring."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction

from motcua.dossiers.simulate import Cast, play_desk
from motcua.org.actions import read_pack
from motcua.org.models import Agency, Person, Placement, Post
from motcua.site.demo.desk import ZONE, cast_of

SINCE = date(2004, 1, 1)


def grow_desk(*, dossiers: int, communes: int, today: date) -> Iterator[int]:
    """Tell so many dossiers of the last 366 days in so many new communes of the demo's district;
    yields how many there are after each commune. The demo must be there."""
    people = {
        person.account.username: person
        for person in Person.objects.filter(account__isnull=False).select_related("account")
        if person.account
    }
    cast, made = cast_of(people), 0
    for n in range(communes):
        share = dossiers * (n + 1) // communes - dossiers * n // communes
        made += _desk(_commune(), cast, share, today, seed=n)
        yield made


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


def _desk(agency: Agency, cast: Cast, count: int, today: date, seed: int) -> int:
    return play_desk(
        agency=agency,
        cast=cast,
        script=read_pack(settings.PACKS / "demo" / "dossiers.yaml"),
        first=max(today - timedelta(days=366), date(2024, 1, 2)),
        until=datetime.combine(today, time(7, 30), tzinfo=ZONE),
        count=count,
        seed=seed,
    )
