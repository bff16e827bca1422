"""The demo's one-stop desk: a year of dossiers, some of them open this morning."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

from motcua.dossiers.simulate import Cast, Tales, play_desk
from motcua.org.actions import read_pack
from motcua.org.models import Agency, Person

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
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


def open_desk(*, agency: Agency, people: dict[str, Person], today: date) -> None:
    """Everything up to the opening of the desk on ``today``."""
    opening = datetime.combine(today, time(7, 30), tzinfo=ZONE)
    tales = Tales(
        like=agency,
        cast=cast_of(people),
        script=read_pack(settings.PACKS / "demo" / "dossiers.yaml"),
        first=FROM,
        until=opening,
        seed=SEED,
    )
    play_desk(agency=agency, tales=tales, count=max(0, YEARLY * (today - FROM).days // 366))
