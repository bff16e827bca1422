"""What the actions of this app are called in the trace."""

from motcua.audit.words import name_actions
from motcua.core.errors import mark as _

name_actions(
    {
        "procedures.draft_version": _("Soạn bản mới của thủ tục"),
        "procedures.edit_version": _("Sửa bản nháp của thủ tục"),
        "procedures.publish_version": _("Công bố thủ tục"),
        "procedures.withdraw_version": _("Bãi bỏ thủ tục"),
        "procedures.discard_version": _("Bỏ bản nháp của thủ tục"),
        "procedures.import_rows": _("Nhập danh mục thủ tục"),
        "procedures.enter_internal": _("Thêm thủ tục nội bộ"),
        "procedures.save_internal": _("Sửa thủ tục nội bộ"),
        "procedures.end_internal": _("Đưa thủ tục nội bộ ra khỏi danh mục"),
        "procedures.draft_review_plan": _("Lập kế hoạch rà soát thủ tục"),
        "procedures.plan_review": _("Đưa thủ tục vào kế hoạch rà soát"),
        "procedures.approve_review_plan": _("Ban hành kế hoạch rà soát thủ tục"),
        "procedures.assess_review": _("Ghi đánh giá, kiến nghị rà soát"),
        "procedures.decide_review": _("Kết luận rà soát thủ tục"),
    }
)
