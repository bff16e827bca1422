"""How a dossier's status and deadline look."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from motcua.dossiers.models import Dossier, DossierStep, Refund
from motcua.dossiers.queries import deadlines_of, time_of, time_of_turn
from motcua.dossiers.rules import PAUSED, DossierStatus, SlipKind
from motcua.dossiers.rules.status import ENDED_WITHOUT
from motcua.procedures.rules.parts import Channel
from motcua.ui.elements import TimeLeft
from motcua.ui.formats import vn_money
from motcua.ui.templatetags.ui_tags import Tone, tag

register = template.Library()

_TONES: dict[str, Tone] = {
    DossierStatus.SETTLED: "done",
    DossierStatus.RETURNED: "done",
    DossierStatus.REFUSED: "late",
    DossierStatus.STOPPED: "late",
    **dict.fromkeys(PAUSED, "soon"),
}


@register.simple_tag
def dossier_tag(status: str) -> SafeString:
    """The status as a word in a small tag."""
    return tag(gettext(DossierStatus(status).label), _TONES.get(status, ""))


@register.simple_tag
def place_tag(dossier: Dossier) -> SafeString:
    """The status, or that another agency holds the dossier."""
    if dossier.away_to:
        return tag(gettext("Đang ở cơ quan khác"), "soon")
    return _outcome(dossier.status, dossier.settled_at, dossier.due_at)


@register.simple_tag
def then_tag(row: Any) -> SafeString:
    """The status in which a dossier of the register stood when the period ended."""
    return _outcome(row.status_then, row.settled_at, row.due_then)


def _outcome(status: str, settled: datetime | None, due: datetime | None) -> SafeString:
    """The status as a tag; of a result that came late, in word, shape and colour."""
    has_result = status in (DossierStatus.SETTLED, DossierStatus.RETURNED)
    if has_result and settled is not None and due is not None and settled > due:
        words = gettext("%(status)s, trễ hạn") % {"status": gettext(DossierStatus(status).label)}
        return tag(words, "late")
    return dossier_tag(status)


@register.simple_tag
def paid_tag(dossier: Dossier, refunds: Sequence[Refund] = ()) -> SafeString:
    """Whether what the dossier costs is paid, has to go back, or went back."""
    if dossier.overpaid:
        words = gettext("thu thừa %(money)s, chờ hoàn")
        return tag(words % {"money": vn_money(dossier.overpaid)}, "soon")
    if dossier.status in ENDED_WITHOUT:  # nothing more is taken
        if dossier.paid:
            return tag(gettext("còn giữ %(money)s") % {"money": vn_money(dossier.paid)})
        return tag(gettext("đã hoàn"), "done") if refunds else tag(gettext("không thu"))
    if dossier.paid >= dossier.fee:
        return tag(gettext("đã thu"), "done")
    return tag(
        gettext("chưa thu %(money)s") % {"money": vn_money(dossier.fee - dossier.paid)}, "soon"
    )


@register.simple_tag(takes_context=True)
def deadlines(context: Context, dossier: Dossier) -> list[TimeLeft]:
    """What a list shows of a dossier's time, each for ``{% time_left %}``."""
    return deadlines_of(dossier, context["request"].now)


@register.simple_tag(takes_context=True)
def dossier_time(context: Context, dossier: Dossier, due: datetime | None) -> TimeLeft:
    """How a deadline of the dossier stands now, for ``{% time_left %}``."""
    return time_of(dossier, due, context["request"].now)


@register.simple_tag(takes_context=True)
def turn_time(context: Context, turn: DossierStep) -> TimeLeft:
    """How another agency's turn stands now, for ``{% time_left %}``."""
    return time_of_turn(turn, context["request"].now)


@register.filter
def status_word(status: str) -> str:
    """The name of a status."""
    return gettext(DossierStatus(status).label)


@register.filter
def slip_word(kind: str) -> str:
    """The name of a slip."""
    return gettext(SlipKind(kind).label)


@register.filter
def channel_word(channel: str) -> str:
    """The name of a channel."""
    return gettext(Channel(channel).label)
