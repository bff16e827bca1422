"""Handle a received dossier: forward, hand on, ask others, present, sign, settle, decline."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.dossiers.actions.common import (
    begin,
    check_serving,
    end_step,
    keep,
    make_room,
    next_step,
    out_of_hands,
    running_pause,
    running_step,
    take,
    with_reason,
)
from motcua.dossiers.actions.slips import give_slip
from motcua.dossiers.models import Dossier, DossierStep, Pause, PauseKind
from motcua.dossiers.rules import SlipKind
from motcua.org.models import Person


class NoNextStep(Refused):
    """The last step ends with a result, not with another step."""

    code = "no_next_step"
    message = _("Đây là bước cuối. Hãy trình ký hoặc ghi nhận kết quả.")


@transaction.atomic
def forward(
    *,
    dossier: Dossier,
    to: Person | None,
    by: Person,
    at: datetime,
    note: str = "",
    lock: int | None = None,
) -> Dossier:
    """Give a received dossier to the unit that handles it. (Decree 61/2018/NĐ-CP, art. 18)"""
    row, actor = take(dossier, "forward", by, at, lock)
    _pass_on(row, to, at, note)
    return keep(row, "forward", by, actor, at, note, to=to.full_name if to else "")


@transaction.atomic
def hand_on(
    *,
    dossier: Dossier,
    to: Person | None,
    by: Person,
    at: datetime,
    note: str = "",
    lock: int | None = None,
) -> Dossier:
    """End one's own step and give the dossier to the next. Raises :class:`NoNextStep`."""
    row, actor = take(dossier, "hand_on", by, at, lock)
    if next_step(row) is None:
        raise NoNextStep
    _pass_on(row, to, at, note)
    return keep(row, "hand_on", by, actor, at, note, to=to.full_name if to else "")


def _pass_on(dossier: Dossier, to: Person | None, at: datetime, note: str) -> None:
    check_serving(dossier, to, at)
    end_step(dossier, at, note)
    following = next_step(dossier)
    if following is None:
        following = _added_step(dossier, "Giải quyết")
    begin(dossier, following, to, at)


def _added_step(dossier: Dossier, name: str) -> DossierStep:
    """A step that the procedure does not name, until the promise."""
    position = dossier.steps.count() + 1
    return DossierStep(
        dossier=dossier, position=position, name=name, share=0, due_at=dossier.due_at
    )


@transaction.atomic
def transfer(
    *, dossier: Dossier, to: Person, reason: str, by: Person, at: datetime, lock: int | None = None
) -> Dossier:
    """Give one's step to somebody else, because one is away or it is theirs."""
    row, actor = take(dossier, "transfer", by, at, lock)
    reason = with_reason(reason)
    check_serving(row, to, at)
    step_row = running_step(row)
    if step_row is not None:
        step_row.person = to
        step_row.save(update_fields=["person"])
    row.person = to
    return keep(row, "transfer", by, actor, at, reason, to=to.full_name)


@transaction.atomic
def consult(
    *,
    dossier: Dossier,
    of: str,
    text: str,
    by: Person,
    at: datetime,
    until: datetime | None = None,
    lock: int | None = None,
) -> Dossier:
    """Ask another agency; the clock of the person who waits runs on."""
    row, actor = take(dossier, "consult", by, at, lock)
    Pause.objects.create(
        dossier=row,
        kind=PauseKind.CONSULTATION,
        asked_at=at,
        asked_by=by,
        asked_of=with_reason(of),
        text=with_reason(text),
        until=until,
        due_before=row.due_at,
    )
    return keep(row, "consult", by, actor, at, text, of=of)


@transaction.atomic
def hear(
    *, dossier: Dossier, answer: str, by: Person, at: datetime, lock: int | None = None
) -> Dossier:
    """Note what the other agency answered."""
    row, actor = take(dossier, "hear", by, at, lock)
    pause = running_pause(row)
    pause.ended_at, pause.answer, pause.due_after = at, with_reason(answer), row.due_at
    pause.save()
    return keep(row, "hear", by, actor, at, answer, of=pause.asked_of)


@transaction.atomic
def present(
    *,
    dossier: Dossier,
    to: Person | None,
    by: Person,
    at: datetime,
    note: str = "",
    lock: int | None = None,
) -> Dossier:
    """Lay the drafted result before who signs it."""
    row, actor = take(dossier, "present", by, at, lock)
    check_serving(row, to, at)
    end_step(row, at, note)
    begin(row, next_step(row) or _added_step(row, "Ký kết quả"), to, at)
    return keep(row, "present", by, actor, at, note, to=to.full_name if to else "")


@transaction.atomic
def send_back(
    *, dossier: Dossier, reason: str, by: Person, at: datetime, lock: int | None = None
) -> Dossier:
    """Return the draft to whoever presented it."""
    row, actor = take(dossier, "send_back", by, at, lock)
    reason = with_reason(reason)
    end_step(row, at, reason)
    work, signature = _again(row)
    begin(row, work, work.person, at)
    signature.save()
    return keep(row, "send_back", by, actor, at, reason)


def _again(dossier: Dossier) -> tuple[DossierStep, DossierStep]:
    """The two steps that ended last, once more, before those that have not begun."""
    signed, worked = dossier.steps.filter(ended_at__isnull=False).order_by("-position")[:2]
    make_room(dossier, signed.position, 2)
    again = {"dossier": dossier, "due_at": signed.due_at}
    return (
        DossierStep(
            position=signed.position + 1,
            name=worked.name,
            share=worked.share,
            post=worked.post,
            person=worked.person,
            **again,
        ),
        DossierStep(
            position=signed.position + 2,
            name=signed.name,
            share=signed.share,
            post=signed.post,
            **again,
        ),
    )


@transaction.atomic
def sign(
    *, dossier: Dossier, number: str, by: Person, at: datetime, lock: int | None = None
) -> Dossier:
    """Sign the result: the dossier is settled, and the clock stops."""
    return _settled(dossier, "sign", number, by, at, lock)


@transaction.atomic
def settle(
    *, dossier: Dossier, number: str, by: Person, at: datetime, lock: int | None = None
) -> Dossier:
    """Note a result that needs no separate signature, as of a certified copy: the clock stops."""
    return _settled(dossier, "settle", number, by, at, lock)


def _settled(
    dossier: Dossier, step: str, number: str, by: Person, at: datetime, lock: int | None
) -> Dossier:
    row, actor = take(dossier, step, by, at, lock)
    row.settled_at, row.result_number = at, number.strip()
    end_step(row, at)
    out_of_hands(row)
    return keep(row, step, by, actor, at, row.result_number)


@transaction.atomic
def decline(
    *, dossier: Dossier, reason: str, by: Person, at: datetime, lock: int | None = None
) -> Dossier:
    """Say no in writing, inside the time limit. (Decree 63/2010/NĐ-CP, art. 18)"""
    row, actor = take(dossier, "decline", by, at, lock)
    row.closed_reason = with_reason(reason)
    end_step(row, at, reason)
    out_of_hands(row)
    give_slip(row, SlipKind.REFUSAL, by, at, reason=reason)
    return keep(row, "decline", by, actor, at, reason)
