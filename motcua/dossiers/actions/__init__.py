"""All that can be done with dossiers; ``ON_DOSSIER`` names the action of each step of the table."""

from __future__ import annotations

from collections.abc import Callable

from motcua.dossiers.actions.elsewhere import bring_back, give_back, send_out
from motcua.dossiers.actions.ending import hand_over, stop, withdraw
from motcua.dossiers.actions.fees import collect_fee, refund_fee, undo_fee
from motcua.dossiers.actions.handling import (
    consult,
    decline,
    forward,
    hand_on,
    hear,
    present,
    send_back,
    settle,
    sign,
    transfer,
)
from motcua.dossiers.actions.intake import (
    accept,
    ask_completion,
    complete,
    guide,
    receive,
    refuse,
    submit,
    turn_away,
)
from motcua.dossiers.actions.mending import correct, repair
from motcua.dossiers.actions.waiting import (
    apologise,
    ask_payment,
    ask_supplement,
    confirm_payment,
    expire,
    supply,
)
from motcua.dossiers.models import Dossier

ON_DOSSIER: dict[str, Callable[..., Dossier]] = {
    action.__name__: action
    for action in (
        accept,
        ask_completion,
        complete,
        refuse,
        forward,
        hand_on,
        present,
        send_back,
        sign,
        settle,
        hand_over,
        ask_supplement,
        supply,
        expire,
        ask_payment,
        confirm_payment,
        consult,
        hear,
        apologise,
        transfer,
        decline,
        stop,
        withdraw,
        collect_fee,
        undo_fee,
        refund_fee,
        send_out,
        bring_back,
        give_back,
        correct,
        repair,
    )
}

__all__ = ["ON_DOSSIER", "guide", "receive", "submit", "turn_away"]
