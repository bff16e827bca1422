"""A dossier that another agency settles in part: when it must be back, and what waits meanwhile."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import date_short

#: Steps of the table that another agency's turn rules out.
NOT_ELSEWHERE: Final = frozenset({"hear", "transfer"})
#: Steps of the table that end another agency's turn.
ELSEWHERE_ONLY: Final = frozenset({"bring_back", "give_back"})
#: Steps that the other agency takes, with its own right.
THEIRS: Final = frozenset({"give_back"})


class Elsewhere(Refused):
    """What another agency holds is not handled here."""

    code = "elsewhere"
    message = _("Hồ sơ đang ở %(agency)s. Hãy nhận lại hồ sơ trước.")


class NotElsewhere(Refused):
    """Only what was sent out comes back."""

    code = "not_elsewhere"
    message = _("Hồ sơ không ở cơ quan nào khác. Nếu đã hỏi ý kiến, hãy chọn “Nhận ý kiến”.")


class NotWithUs(Refused):
    """An agency that does not work with this installation gives nothing back here."""

    code = "not_with_us"
    message = _("%(agency)s không làm việc trên hệ thống này. Hãy chọn “Nhận lại”.")


class AnswerDayPast(Refused):
    """Another agency is given time."""

    code = "answer_day_past"
    message = _("Hạn của cơ quan nhận phải sau thời điểm chuyển.")
    status = 422


class AnswerAfterPromise(Refused):
    """Another agency answers before the person comes for the result."""

    code = "answer_after_promise"
    message = _(
        "Hạn của cơ quan nhận phải trước ngày hẹn trả (%(due)s). Hãy chọn ngày sớm hơn, hoặc "
        "xin lỗi và hẹn lại trước."
    )
    status = 422


def check_whereabouts(step: str, away_to: str) -> None:
    """A step fits the place where the dossier is. ``away_to``: the other agency, "" for none.

    Raises :class:`Elsewhere`, :class:`NotElsewhere`.
    """
    if away_to and step in NOT_ELSEWHERE:
        raise Elsewhere(agency=away_to)
    if not away_to and step in ELSEWHERE_ONLY:
        raise NotElsewhere


def check_answer_day(sent: datetime, until: datetime, promised: datetime | None) -> None:
    """The other agency's deadline lies after the sending and, while the promise can still be kept,
    not after it. All moments aware, in one zone.

    Raises :class:`AnswerDayPast`, :class:`AnswerAfterPromise`.
    """
    if until <= sent:
        raise AnswerDayPast
    if promised is not None and sent < promised < until:
        raise AnswerAfterPromise(due=date_short(promised.date()))
