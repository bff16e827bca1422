"""What two regimes say differently, as dated data: a dossier keeps the set of its day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Final

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import date_short
from motcua.core.workflow import Status


class SlipKind(Status):
    """The official slips of a dossier."""

    RECEIPT = "receipt", _("Giấy tiếp nhận và hẹn trả")
    SUPPLEMENT = "supplement", _("Phiếu yêu cầu bổ sung")
    REFUSAL = "refusal", _("Phiếu từ chối")
    APOLOGY = "apology", _("Phiếu xin lỗi và hẹn lại")
    STOP = "stop", _("Thông báo dừng giải quyết")
    CONTROL = "control", _("Phiếu kiểm soát")
    REGISTER = "register", _("Sổ theo dõi hồ sơ")
    FEE = "fee", _("Phiếu thu phí, lệ phí")
    REFUND = "refund", _("Phiếu hoàn phí, lệ phí")
    TRANSFER = "transfer", _("Phiếu chuyển hồ sơ")


class AfterSupplement(Status):
    """What becomes of the time limit once a supplement has come."""

    RESTART = "restart", _("tính lại từ đầu")
    SHIFT = "shift", _("lùi đúng thời gian chờ")


class NoRuleSet(Refused):
    """A day for which no rules are known."""

    code = "no_rule_set"
    message = _("Chưa có quy định nào áp dụng cho ngày %(day)s.")
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class SlipForm:
    """The number of an official form, its printed title, the symbol after a slip's number."""

    form: str
    title: str
    symbol: str = ""


#: Slips that a desk needs and no circular gives a form for.
PLAIN: Final = {
    SlipKind.FEE: SlipForm("", "PHIẾU THU PHÍ, LỆ PHÍ"),
    SlipKind.REFUND: SlipForm("", "PHIẾU HOÀN PHÍ, LỆ PHÍ"),
    SlipKind.TRANSFER: SlipForm("", "PHIẾU CHUYỂN HỒ SƠ"),
}


@dataclass(frozen=True, slots=True)
class RuleSet:
    """One regime, valid from a day to a day (both included; None: still valid)."""

    code: str
    name: str
    desk: str  # the one-stop desk as slips name it
    valid_from: date
    valid_to: date | None
    supplement: AfterSupplement
    supplement_days: int  # calendar days after which an unanswered request may stop the dossier
    redatings: int  # how many apologies may name a new date
    apology_days_before: int  # calendar days before the promised day
    online_answer_hours: int  # working hours to answer a dossier filed online
    code_pattern: str
    code_reset: str  # "day" or "year"
    slips: Mapping[SlipKind, SlipForm]
    unverified: frozenset[str] = frozenset()

    def form_of(self, kind: SlipKind) -> SlipForm:
        """The official form of a slip, else the plain one."""
        return self.slips.get(kind) or PLAIN[kind]

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> RuleSet:
        """A set as the pack writes it; what is missing or unknown raises ``KeyError`` or
        ``ValueError``: a pack that does not fit is a fault of the installation."""
        if row["code_reset"] not in ("day", "year"):
            raise ValueError(f"codes restart each day or each year, not {row['code_reset']!r}")
        slips = {SlipKind(kind): SlipForm(**form) for kind, form in row["slips"].items()}
        kept = {name: row[name] for name in cls.__slots__ if name in row}
        return cls(
            **kept
            | {
                "valid_to": row.get("valid_to"),
                "supplement": AfterSupplement(row["supplement"]),
                "slips": slips,
                "unverified": frozenset(row.get("unverified", ())),
            }
        )


def rule_set_on(sets: Iterable[RuleSet], day: date) -> RuleSet:
    """The set that applies to a dossier received on a day. Raises :class:`NoRuleSet`."""
    for one in sets:
        if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to):
            return one
    raise NoRuleSet(day=date_short(day))
