"""May this person take this step on this dossier? ``check_x`` raises with a sentence."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from motcua.audit.rules import Actor
from motcua.core.errors import Refused, Stale
from motcua.core.errors import mark as _
from motcua.dossiers.models import Dossier, DossierStep
from motcua.dossiers.rules import STEPS, SlipKind
from motcua.dossiers.rules.elsewhere import (
    ELSEWHERE_ONLY,
    NOT_ELSEWHERE,
    THEIRS,
    NotWithUs,
    check_whereabouts,
)
from motcua.dossiers.rules.refunds import refundable
from motcua.dossiers.rules.status import SIGN, WORK, DossierStatus
from motcua.org.models import Agency, Person
from motcua.org.permissions import check_may, may

#: Tell what another system's dossiers are like.
MIRROR = "dossiers.mirror"


class OutsideRecord(Refused):
    """A dossier that another system owns is read here, not handled."""

    code = "outside_record"
    message = _("Hồ sơ này do %(owner)s quản lý. Hãy xử lý ở đó; tại đây chỉ xem được.")


class NotYourStep(Refused):
    """A step is taken by the person who holds it, or by who may sign."""

    code = "not_your_step"
    message = _("Bước này đang ở %(who)s. Người khác chỉ làm được sau khi chuyển người xử lý.")
    status = 403


def day_of(at: datetime) -> date:
    """The day of a moment in the installation's time zone."""
    return timezone.localtime(at).date()


def turn_of(dossier: Dossier) -> DossierStep | None:
    """The running step of another agency that holds the dossier; None: it is here."""
    if not dossier.away_to:
        return None
    running = dossier.steps.filter(started_at__isnull=False, ended_at__isnull=True)
    return running.exclude(at_agency="").select_related("agency").first()


def holder_of(dossier: Dossier) -> Agency | None:
    """The agency of this installation, not the dossier's own, that holds it now."""
    turn = turn_of(dossier)
    return turn.agency if turn is not None else None


def check_dossier_step(dossier: Dossier, step: str, by: Person, at: datetime) -> Actor:
    """The step is in the table, the person has its right, and the dossier is in their hands. What
    the agency that holds it does is asked of its own people."""
    on = day_of(at)
    holder = holder_of(dossier) if step in THEIRS else None
    actor = check_may(by, STEPS[step].needs, holder or dossier.agency, on)
    if dossier.outside_owner:
        raise OutsideRecord(owner=dossier.outside_owner)
    STEPS.check(step, dossier.status)
    check_whereabouts(step, dossier.away_to or "")
    if step in THEIRS and holder is None:
        raise NotWithUs(agency=dossier.away_to or "")
    if STEPS[step].needs == WORK and not _in_hands(dossier, by, on):
        raise NotYourStep(who=str(dossier.person))
    return actor


def _in_hands(dossier: Dossier, by: Person, on: date) -> bool:
    """Nobody's yet, the person's own, or a leader's to take."""
    return dossier.person_id in (None, by.pk) or may(by, SIGN, dossier.agency, on)


def allowed_steps(dossier: Dossier, person: Person, on: date) -> list[str]:
    """Names of the steps that the person may take now, in table order."""
    if dossier.outside_owner:
        return []
    return [
        step.name
        for step in STEPS.allowed(DossierStatus(dossier.status))
        if _may_take(dossier, step.name, person, on)
    ]


def _may_take(dossier: Dossier, step: str, person: Person, on: date) -> bool:
    needs = STEPS[step].needs
    if step in THEIRS:  # whoever may fetch it has no need to give it back
        holder = None if may(person, needs, dossier.agency, on) else holder_of(dossier)
        return holder is not None and may(person, needs, holder, on)
    return (
        may(person, needs, dossier.agency, on)
        and (needs != WORK or _in_hands(dossier, person, on))
        and not _is_idle(dossier, step, on)
    )


def _is_idle(dossier: Dossier, step: str, on: date) -> bool:
    """The table has the step, and yet there is nothing that it could be taken on."""
    if step == "collect_fee":
        return dossier.paid >= dossier.fee
    if step == "undo_fee":
        slips = dossier.slips.filter(kind=SlipKind.FEE, cancelled_at=None, made_at__date=on)
        return not dossier.paid or not slips.exists()
    if step == "refund_fee":
        return not refundable(dossier.status, dossier.paid, dossier.overpaid or 0)
    return step in (NOT_ELSEWHERE if dossier.away_to else ELSEWHERE_ONLY)


def check_lock(dossier: Dossier, lock: int | None) -> None:
    """Nobody saved since the page was shown; None asks for no check. Raises ``Stale``."""
    if lock is not None and lock != dossier.lock:
        last = dossier.events.select_related("by").order_by("-id").first()
        raise Stale(who=str(last.by) if last and last.by else "hệ thống")
