"""What another system may say of a dossier that it owns, and how that reads here.

From 1 July 2026 dossiers of services on centralised systems are settled there; the agency's system
receives their data for steering. (Decree 224/2026/NĐ-CP, art. 15)
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from typing import Final

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.dossiers.rules.status import DossierStatus as D


class OutsideWrong(Refused):
    """A status and its moments contradict each other."""

    code = "outside_wrong"
    status = 422


class StatusUnknown(OutsideWrong):
    """National statuses are numbered 1 to 10."""

    code = "status_unknown"
    message = _("Trạng thái “%(status)s” không có: mã quốc gia là số từ 1 đến 10.")


class MomentMissing(OutsideWrong):
    """A status says that something happened; its moment is missing."""

    code = "moment_missing"
    message = _("Trạng thái %(status)s cần có %(what)s.")


class MomentTooMuch(OutsideWrong):
    """A moment says that something happened; the status does not."""

    code = "moment_too_much"
    message = _("Trạng thái %(status)s không thể có %(what)s.")


class MomentsDisordered(OutsideWrong):
    """Nothing is received before it is filed, or handed over before there is a result."""

    code = "moments_disordered"
    message = _("Thứ tự ngày không đúng: %(first)s sau %(second)s.")


class MomentInFuture(OutsideWrong):
    """What happened lies behind us."""

    code = "moment_in_future"
    message = _("%(what)s không thể ở tương lai.")


_FIXED: Final = {
    1: D.SUBMITTED,
    2: D.RECEIVED,
    3: D.REFUSED,
    4: D.PROCESSING,
    6: D.OWING,
    7: D.WITHDRAWN,
    8: D.STOPPED,
    9: D.SETTLED,
    10: D.RETURNED,
}
_WORDS: Final = {
    "submitted_at": _("ngày nộp"),
    "received_at": _("ngày tiếp nhận"),
    "settled_at": _("ngày có kết quả"),
    "returned_at": _("ngày trả kết quả"),
}
_RECEIVED: Final = frozenset({D.RECEIVED, D.PROCESSING, D.OWING, D.SETTLED, D.RETURNED})


def status_of(national: int, *, is_received: bool) -> D:
    """Our status of a national one; 5 waits for papers before or after the receipt.

    Raises :class:`StatusUnknown`.
    """
    if national == 5:
        return D.WAITING if is_received else D.INCOMPLETE
    if national not in _FIXED:
        raise StatusUnknown(status=str(national))
    return _FIXED[national]


def check_moments(
    status: D,
    moments: dict[str, datetime | None],
    now: datetime,
    translate: Callable[[str], str] = str,
) -> None:
    """The moments fit the status, their days are in order, none lies ahead. ``moments`` by the
    names of ``_WORDS``, aware and in one zone; ``translate`` says their words in a refusal.

    Raises an :class:`OutsideWrong`.
    """
    words = {name: translate(word) for name, word in _WORDS.items()}
    required = {"submitted_at"}
    required |= {"received_at"} if status in _RECEIVED else set()
    required |= {"settled_at"} if status in (D.SETTLED, D.RETURNED) else set()
    required |= {"returned_at"} if status is D.RETURNED else set()
    barred = set() if status is D.RETURNED else {"returned_at"}
    barred |= set() if status in (D.SETTLED, D.RETURNED) else {"settled_at"}
    for name, word in words.items():
        if name in required and moments[name] is None:
            raise MomentMissing(status=translate(status.label), what=word)
        if name in barred and moments[name] is not None:
            raise MomentTooMuch(status=translate(status.label), what=word)
    known = [(words[name], at) for name in words if (at := moments[name]) is not None]
    for word, at in known:
        if at > now:
            raise MomentInFuture(what=word)
    for (before, first), (after, second) in pairwise(known):
        if first.date() > second.date():
            raise MomentsDisordered(first=before, second=after)
