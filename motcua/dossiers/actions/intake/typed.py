"""A dossier as the desk types it or a program sends it, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.dossiers.models import ApplicantKind, Dossier, ReturnWay
from motcua.org.models import Agency
from motcua.procedures.models import ProcedureVersion
from motcua.procedures.rules.parts import Channel


class NotInForce(Refused):
    """A procedure that is not in force on the day cannot be taken in."""

    code = "procedure_not_in_force"
    message = _("Thủ tục %(code)s không có hiệu lực ngày %(day)s. Hãy chọn thủ tục đang áp dụng.")
    status = 422


class PapersMissing(Refused):
    """A dossier is received when it is complete; else the desk says what is missing."""

    code = "papers_missing"
    message = _(
        "Còn thiếu: %(papers)s. Hãy nhận thêm, hoặc chọn “Hướng dẫn hoàn thiện” để in phiếu."
    )
    status = 422


class NameMissing(Refused):
    """A dossier is somebody's."""

    code = "name_missing"
    message = _("Hãy nhập họ tên hoặc tên tổ chức nộp hồ sơ.")
    status = 422


class IdNumberWrong(Refused):
    """Identity numbers have 9 or 12 digits."""

    code = "id_number_wrong"
    message = _("Số giấy tờ “%(number)s” không đúng: số định danh có 12 chữ số, CMND cũ có 9.")
    status = 422


class ReceivedInFuture(Refused):
    """Nobody receives tomorrow's dossier."""

    code = "received_in_future"
    message = _("Thời điểm tiếp nhận không thể ở tương lai.")
    status = 422


class MirroredElsewhere(Refused):
    """One dossier is one row: what another system settles is not received here as well."""

    code = "mirrored_elsewhere"
    message = _("Hồ sơ %(code)s do %(owner)s giải quyết và đã được ghi nhận từ đó.")


@dataclass(frozen=True, slots=True)
class ApplicantData:
    """Who asks, as typed."""

    full_name: str
    kind: ApplicantKind = ApplicantKind.PERSON
    born_on: date | None = None
    id_number: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class PaperData:
    """One paper as it came; all counts 0: missing."""

    name: str
    originals: int = 0
    certified: int = 0
    photos: int = 0
    electronic: int = 0
    pages: int = 0
    note: str = ""
    code: str = ""

    @property
    def came(self) -> bool:
        """At least one of any sort."""
        return self.originals + self.certified + self.photos + self.electronic > 0


@dataclass(frozen=True, slots=True)
class FeeData:
    """What the fee depends on, and the ground of an exemption."""

    cases: int = 1
    copies: int = 1
    pages: int = 1
    exemption: str = ""


@dataclass(frozen=True, slots=True)
class Intake:
    """A dossier as the desk types it or a program sends it."""

    version: ProcedureVersion
    applicant: ApplicantData
    papers: Sequence[PaperData] = ()
    summary: str = ""
    channel: Channel = Channel.DESK
    filer: ApplicantData | None = None
    sets: int = 1
    return_way: ReturnWay = ReturnWay.DESK
    fee: FeeData = field(default_factory=FeeData)
    outside_code: str = ""
    assisted_by: Agency | None = None
    again: Dossier | None = None
