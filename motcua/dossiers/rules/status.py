"""The life of a dossier as one table of steps, and how it reads nationally."""

from __future__ import annotations

from typing import Final

from motcua.core.errors import mark as _
from motcua.core.workflow import Status, Step, Workflow


class DossierStatus(Status):
    """Where a dossier stands."""

    SUBMITTED = "submitted", _("Mới nộp")
    INCOMPLETE = "incomplete", _("Chờ hoàn thiện")
    RECEIVED = "received", _("Đã tiếp nhận")
    PROCESSING = "processing", _("Đang giải quyết")
    CONSULTING = "consulting", _("Đang lấy ý kiến")
    SIGNING = "signing", _("Trình ký")
    WAITING = "waiting", _("Chờ bổ sung")
    OWING = "owing", _("Chờ nghĩa vụ tài chính")
    SETTLED = "settled", _("Có kết quả")
    RETURNED = "returned", _("Đã trả kết quả")
    REFUSED = "refused", _("Không tiếp nhận")
    WITHDRAWN = "withdrawn", _("Đã rút")
    STOPPED = "stopped", _("Dừng giải quyết")


D = DossierStatus

#: Not yet received: no code, no clock.
BEFORE: Final = frozenset({D.SUBMITTED, D.INCOMPLETE})
#: In work: the clock runs.
RUNNING: Final = frozenset({D.RECEIVED, D.PROCESSING, D.CONSULTING, D.SIGNING})
#: In work, while the law stops the clock.
PAUSED: Final = frozenset({D.WAITING, D.OWING})
#: Somebody still has to act before there is a result.
OPEN: Final = BEFORE | RUNNING | PAUSED
#: Over.
CLOSED: Final = frozenset({D.RETURNED, D.REFUSED, D.WITHDRAWN, D.STOPPED})
#: Over without a result.
ENDED_WITHOUT: Final = CLOSED - {D.RETURNED}

NATIONAL: Final[dict[DossierStatus, int]] = {
    D.SUBMITTED: 1,
    D.RECEIVED: 2,
    D.REFUSED: 3,
    D.PROCESSING: 4,
    D.CONSULTING: 4,
    D.SIGNING: 4,
    D.INCOMPLETE: 5,
    D.WAITING: 5,
    D.OWING: 6,
    D.WITHDRAWN: 7,
    D.STOPPED: 8,
    D.SETTLED: 9,
    D.RETURNED: 10,
}
"""Code of each status in the national exchange, 1 to 10."""

DESK: Final = "dossiers.receive"
WORK: Final = "dossiers.process"
SIGN: Final = "dossiers.sign"
REPAIR: Final = "dossiers.repair"

STEPS: Final = Workflow(
    Step("submit", set(), D.SUBMITTED, needs=DESK, label=_("Ghi nhận hồ sơ nộp từ xa")),
    Step("guide", set(), D.INCOMPLETE, needs=DESK, label=_("Hướng dẫn hoàn thiện")),
    Step("receive", set(), D.RECEIVED, needs=DESK, label=_("Tiếp nhận hồ sơ")),
    Step("turn_away", set(), D.REFUSED, needs=DESK, label=_("Từ chối hồ sơ tại quầy")),
    Step("accept", {D.SUBMITTED}, D.RECEIVED, needs=DESK, label=_("Tiếp nhận")),
    Step(
        "ask_completion",
        {D.SUBMITTED},
        D.INCOMPLETE,
        needs=DESK,
        label=_("Yêu cầu hoàn thiện"),
    ),
    Step("complete", {D.INCOMPLETE}, D.SUBMITTED, needs=DESK, label=_("Hồ sơ đã hoàn thiện")),
    Step("refuse", {*BEFORE}, D.REFUSED, needs=DESK, label=_("Từ chối tiếp nhận")),
    Step("forward", {D.RECEIVED}, D.PROCESSING, needs=DESK, label=_("Chuyển giải quyết")),
    Step("hand_on", {D.PROCESSING}, None, needs=WORK, label=_("Chuyển bước tiếp theo")),
    Step("present", {D.PROCESSING}, D.SIGNING, needs=WORK, label=_("Trình ký kết quả")),
    Step("send_back", {D.SIGNING}, D.PROCESSING, needs=SIGN, label=_("Yêu cầu làm lại")),
    Step("sign", {D.SIGNING}, D.SETTLED, needs=SIGN, label=_("Ký kết quả")),
    Step("settle", {D.RECEIVED, D.PROCESSING}, D.SETTLED, needs=WORK, label=_("Có kết quả")),
    Step("hand_over", {D.SETTLED}, D.RETURNED, needs=DESK, label=_("Trả kết quả")),
    Step(
        "ask_supplement",
        {D.RECEIVED, D.PROCESSING},
        D.WAITING,
        needs=WORK,
        label=_("Yêu cầu bổ sung"),
    ),
    Step("supply", {D.WAITING}, D.PROCESSING, needs=DESK, label=_("Nhận bổ sung")),
    Step("expire", {D.WAITING, D.INCOMPLETE}, D.STOPPED, needs=DESK, label=_("Quá hạn bổ sung")),
    Step("ask_payment", {D.PROCESSING}, D.OWING, needs=WORK, label=_("Chờ nghĩa vụ tài chính")),
    Step("confirm_payment", {D.OWING}, D.PROCESSING, needs=WORK, label=_("Đã xong nghĩa vụ")),
    Step("consult", {D.PROCESSING}, D.CONSULTING, needs=WORK, label=_("Lấy ý kiến")),
    Step("hear", {D.CONSULTING}, D.PROCESSING, needs=WORK, label=_("Nhận ý kiến")),
    Step(
        "send_out",
        {D.PROCESSING},
        D.CONSULTING,
        needs=WORK,
        label=_("Chuyển cơ quan khác giải quyết"),
    ),
    Step(
        "bring_back", {D.CONSULTING}, D.PROCESSING, needs=WORK, label=_("Nhận lại từ cơ quan khác")
    ),
    Step(
        "give_back",
        {D.CONSULTING},
        D.PROCESSING,
        needs=WORK,
        label=_("Gửi lại cơ quan đã chuyển"),
    ),
    Step("apologise", {*RUNNING}, None, needs=WORK, label=_("Xin lỗi và hẹn lại")),
    Step("transfer", {*RUNNING}, None, needs=WORK, label=_("Chuyển người xử lý")),
    Step("decline", {D.PROCESSING, D.SIGNING}, D.STOPPED, needs=WORK, label=_("Không giải quyết")),
    Step("stop", {*RUNNING, *PAUSED}, D.STOPPED, needs=SIGN, label=_("Dừng giải quyết")),
    Step("withdraw", {*OPEN}, D.WITHDRAWN, needs=DESK, label=_("Rút hồ sơ")),
    Step(
        "collect_fee",
        {*RUNNING, *PAUSED, D.SETTLED, D.RETURNED},
        None,
        needs=DESK,
        label=_("Thu phí, lệ phí"),
    ),
    Step(
        "undo_fee",
        {*RUNNING, *PAUSED, D.SETTLED, D.RETURNED},
        None,
        needs=DESK,
        label=_("Hủy phiếu thu"),
    ),
    Step(
        "refund_fee",
        {*RUNNING, *PAUSED, D.SETTLED, *CLOSED},
        None,
        needs=DESK,
        label=_("Hoàn phí, lệ phí"),
    ),
    Step("correct", {D.RECEIVED, D.PROCESSING}, None, needs=DESK, label=_("Sửa trong ngày")),
    Step("repair", {*RUNNING, *PAUSED, D.SETTLED}, None, needs=REPAIR, label=_("Chữa hồ sơ")),
)
"""All that can happen to a dossier. The clerk's mistake of the same day is corrected by the desk;
later only a repair, with its own right and a written reason, changes what was received."""
