"""How much working time is left, in the clerk's words."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.core.errors import mark as _
from motcua.core.workcalendar.days import Minutes

#: message by (late?, unit of the larger part, is there a smaller part?)
_MESSAGES = {
    (False, "days", True): _("còn %(days)s ngày %(hours)s giờ"),
    (False, "days", False): _("còn %(days)s ngày"),
    (False, "hours", True): _("còn %(hours)s giờ %(minutes)s phút"),
    (False, "hours", False): _("còn %(hours)s giờ"),
    (False, "minutes", False): _("còn %(minutes)s phút"),
    (False, "", False): _("đến hạn"),
    (True, "days", True): _("trễ %(days)s ngày %(hours)s giờ"),
    (True, "days", False): _("trễ %(days)s ngày"),
    (True, "hours", True): _("trễ %(hours)s giờ %(minutes)s phút"),
    (True, "hours", False): _("trễ %(hours)s giờ"),
    (True, "minutes", False): _("trễ %(minutes)s phút"),
    (True, "", False): _("vừa quá hạn"),
}


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """Working minutes until a deadline, or since it; a day is ``day_minutes`` long.

    ``late`` is told apart from the minutes: a deadline of Friday 17:00 is missed on Saturday,
    before any working minute has passed.
    """

    minutes: Minutes
    late: bool
    day_minutes: Minutes

    @property
    def days(self) -> int:
        """Whole working days."""
        return abs(self.minutes) // self.day_minutes

    @property
    def hours(self) -> int:
        """Whole working hours beyond the days."""
        return abs(self.minutes) % self.day_minutes // 60

    @property
    def message(self) -> str:
        """The sentence with its places open, marked for translation: "còn %(days)s ngày"."""
        rest = abs(self.minutes) % self.day_minutes % 60
        if self.days:
            return _MESSAGES[self.late, "days", self.hours > 0]
        if self.hours:
            return _MESSAGES[self.late, "hours", rest > 0]
        return _MESSAGES[self.late, "minutes" if rest else "", False]

    @property
    def params(self) -> dict[str, int]:
        """What fills the places of ``message``."""
        rest = abs(self.minutes) % self.day_minutes % 60
        return {"days": self.days, "hours": self.hours, "minutes": rest}

    def sentence(self, template: str | None = None) -> str:
        """The phrase: "còn 1 ngày 3 giờ", "trễ 2 giờ"; ``template`` is a translation."""
        return (template if template is not None else self.message) % self.params
