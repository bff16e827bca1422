"""Numbers in the hall: taken, called to a desk, served or missed."""

from __future__ import annotations

from typing import Final

from motcua.core.errors import mark as _
from motcua.core.workflow import Status, Step, Workflow


class TicketStatus(Status):
    """Where a visitor's number stands."""

    QUEUED = "queued", _("Đang chờ")
    CALLED = "called", _("Đã gọi")
    SERVED = "served", _("Đã phục vụ")
    MISSED = "missed", _("Vắng")


T = TicketStatus
NEEDS: Final = "dossiers.receive"

TICKET_STEPS: Final = Workflow(
    Step("take_number", set(), T.QUEUED, needs=NEEDS, label=_("Lấy số")),
    Step("call_number", {T.QUEUED, T.MISSED, T.CALLED}, T.CALLED, needs=NEEDS, label=_("Gọi")),
    Step("serve_number", {T.CALLED}, T.SERVED, needs=NEEDS, label=_("Xong")),
    Step("miss_number", {T.CALLED}, T.MISSED, needs=NEEDS, label=_("Không có mặt")),
)
