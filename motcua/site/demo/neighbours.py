"""The communes beside the demo's: dossiers of other desks, for whoever compares them."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from django.conf import settings

from motcua.audit.actions import close_day
from motcua.core.text import fold, name_sort_key
from motcua.dossiers.simulate import Cast, Tales, play_desk
from motcua.org.actions import read_pack
from motcua.org.models import Agency, Person, Placement, Post
from motcua.org.rules import AgencyKind
from motcua.site.demo.desk import FROM, opening

SINCE, ENDED = date(2004, 1, 1), date(2025, 6, 30)


def play_neighbours(*, like: Agency, today: date) -> None:
    """A year at each of their desks up to the opening on ``today``, under one root."""
    pack = read_pack(settings.PACKS / "demo" / "neighbours.yaml")
    script = read_pack(settings.PACKS / "demo" / "dossiers.yaml")
    for seed, row in enumerate(pack["communes"], 1):
        agency = _commune(row, like)
        tales = Tales(
            like=like,
            cast=_cast(script, seed),
            script=script | {"luck": script["luck"] | row["luck"]},
            first=FROM,
            until=opening(today),
            seed=seed,
        )
        count = max(0, row["yearly"] * (today - FROM).days // 366)
        play_desk(agency=agency, tales=tales, count=count)
        close_day(chain=agency.code, day=today - timedelta(days=1), at=opening(today))


def _commune(row: dict[str, Any], like: Agency) -> Agency:
    """The commune with the posts of the demo's; one that is there already is taken as it is."""
    place = row.get("place", "")
    agency, made = Agency.objects.get_or_create(
        code=row["code"],
        defaults={
            "name": f"UBND xã {place}",
            "short_name": place,
            "kind": AgencyKind.COMMUNE,
            "place": place,
            "valid_from": SINCE,
            "valid_to": ENDED,
            "successor": Agency.objects.filter(code=row.get("successor")).first(),
        },
    )
    if made:
        above = Agency.objects.get(code="399")
        Placement.objects.create(
            agency=agency,
            parent=above,
            path=f"38/399/{agency.code}/",
            valid_from=SINCE,
            valid_to=ENDED,
        )
        Post.objects.bulk_create(
            Post(
                agency=agency,
                code=post.code,
                name=post.name,
                external=post.external,
                order=post.order,
                valid_from=SINCE,
            )
            for post in Post.objects.filter(agency=like)
        )
    return agency


def _cast(script: dict[str, Any], seed: int) -> Cast:
    """Three invented people, without log-ins."""
    draw = random.Random(seed)  # noqa: S311 # a seeded simulation, no secret
    names = [
        " ".join(draw.choice(script[part]) for part in ("families", "middles", "givens"))
        for _n in range(3)
    ]
    clerk, handler, chairman = (
        Person.objects.create(full_name=name, folded=fold(name), sort_name=name_sort_key(name))
        for name in names
    )
    posts = ("justice", "culture", "finance", "land")
    return Cast(clerk, dict.fromkeys(posts, handler), (chairman,))
