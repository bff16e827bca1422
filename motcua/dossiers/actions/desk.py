"""One visit at the desk as one action: take in, collect, keep the files; all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from django.db import transaction

from motcua.dossiers.actions.fees import collect_fee
from motcua.dossiers.actions.intake import Intake, guide, receive, turn_away
from motcua.dossiers.actions.papers import attach_file
from motcua.dossiers.models import Dossier, PayWay
from motcua.org.models import Agency, Person


@transaction.atomic
def take_in(
    *,
    agency: Agency,
    intake: Intake,
    by: Person,
    at: datetime,
    do: Literal["receive", "guide", "turn_away"] = "receive",
    text: str = "",
    way: PayWay | None = None,
    files: Iterable[tuple[str, bytes]] = (),
) -> Dossier:
    """Receive, guide or turn away (``text`` says what is missing, or why), collect the fee if
    ``way`` says how, keep the files by name and content.

    An empty or damaged file refuses the whole visit: a person who has left cannot be asked for it.
    """
    if do == "guide":
        made = guide(agency=agency, intake=intake, text=text, by=by, at=at)
    elif do == "turn_away":
        made = turn_away(agency=agency, intake=intake, reason=text, by=by, at=at)
    else:
        made = receive(agency=agency, intake=intake, by=by, at=at)
    if way is not None and do == "receive" and made.fee > made.paid:
        made = collect_fee(dossier=made, way=way, by=by, at=at)
    for name, content in files:
        attach_file(dossier=made, name=name, content=content, kind="paper", by=by, at=at)
    return made
