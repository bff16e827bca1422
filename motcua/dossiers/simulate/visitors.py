"""Who comes to the desk: invented people, identity numbers that no province gives."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from motcua.core.text import fold
from motcua.db.fields import index_of
from motcua.dossiers.models import Applicant
from motcua.dossiers.simulate.marks import check_plain

_ID, _PHONE = Applicant._meta.get_field("id_number"), Applicant._meta.get_field("phone")
_FIRST, _DAYS = date(1945, 1, 1), 60 * 365
_folded = lru_cache(maxsize=20_000)(fold)


class Visitor(NamedTuple):
    """A person as the applicant's row keeps them; the order is that of the slots."""

    name: str
    name_folded: str
    born_on: str | None
    id_number: str
    id_index: str
    phone: str
    phone_index: str


def visitor_of(*, name: str, born_on: date | None, id_number: str, phone: str) -> Visitor:
    """A person with sealed numbers; the numbers bare, without spaces or dots."""
    return Visitor(
        name,
        _folded(name),
        born_on.isoformat() if born_on else None,
        _ID.get_prep_value(id_number),
        index_of(id_number, "dossiers_applicant.id_number"),
        _PHONE.get_prep_value(phone),
        index_of(phone, "dossiers_applicant.phone"),
    )


class Crowd:
    """Draws people from the names of a script."""

    def __init__(self, script: Mapping[str, Any], draw: random.Random) -> None:
        self.draw = draw
        self.names = [
            [check_plain(name) for name in script[part]]
            for part in ("families", "middles", "givens")
        ]

    def next(self) -> Visitor:
        """The next person."""
        draw = self.draw
        return visitor_of(
            name=" ".join([names[int(draw.random() * len(names))] for names in self.names]),
            born_on=_FIRST + timedelta(days=int(draw.random() * _DAYS)),
            id_number=f"000{int(draw.random() * 10**9):09}",
            phone=f"0000{int(draw.random() * 10**6):06}",
        )
