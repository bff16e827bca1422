"""The demo's one-stop desk: a year of dossiers, some of them open this morning."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings

from motcua.dossiers.simulate import Cast, Desk, Tales
from motcua.org.actions import read_pack
from motcua.org.models import Agency, Person
from motcua.site.demo.timeline import ZONE as ZONE
from motcua.site.demo.timeline import moment

FROM = date(2024, 1, 8)
#: Dossiers of a whole year.
YEARLY = 1_650
SEED = 6


def cast_of(people: dict[str, Person]) -> Cast:
    """Who works on dossiers, by the codes of their posts."""
    names = {"justice": "tuphap", "culture": "vanhoa", "finance": "ketoan", "land": "diachinh"}
    return Cast(
        desk=people["motcua"],
        handlers={post: people[name] for post, name in names.items()},
        signers=(people["chutich"], people["phochutich"]),
    )


def open_desk(*, agency: Agency, people: dict[str, Person], today: date) -> Desk:
    """The desk with all that happens at it up to its opening on ``today``."""
    tales = Tales(
        like=agency,
        cast=cast_of(people),
        script=read_pack(settings.PACKS / "demo" / "dossiers.yaml"),
        first=FROM,
        until=opening(today),
        seed=SEED,
    )
    count = max(0, YEARLY * (today - FROM).days // 366)
    return Desk(agency=agency, tales=tales, count=count)


def opening(today: date) -> datetime:
    """When the desk opens."""
    return moment(today, 7, 30)
