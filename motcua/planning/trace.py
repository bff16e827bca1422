"""What is done with plans, tasks and targets, in words: the labels of the step tables, and more."""

from motcua.audit.words import name_actions
from motcua.core.errors import mark as _
from motcua.planning.rules import EXTENSION_STEPS, TASK_STEPS, VERSION_STEPS

for table in (TASK_STEPS, EXTENSION_STEPS, VERSION_STEPS):
    name_actions({f"planning.{step.name}": step.label for step in table})
name_actions(
    {
        "planning.amend_from_file": _("Sửa đổi kế hoạch theo văn bản mới"),
        "planning.keep_item": _("Giữ lại mục của bản trước"),
        "planning.match_item": _("Nối mục với bản trước"),
        "planning.settle_warnings": _("Xử lý nhiều lưu ý"),
        "planning.add_item": _("Thêm mục của kế hoạch"),
        "planning.comment_task": _("Ý kiến"),
        "planning.confirm_items": _("Xác nhận các mục của kế hoạch"),
        "planning.drop_item": _("Bỏ mục của kế hoạch"),
        "planning.edit_item": _("Sửa mục của kế hoạch"),
        "planning.edit_version": _("Sửa phần đầu kế hoạch"),
        "planning.enter_steering": _("Nhập văn bản chỉ đạo"),
        "planning.grant_extension": _("Đồng ý gia hạn"),
        "planning.merge_items": _("Gộp mục của kế hoạch"),
        "planning.reassign_task": _("Giao cho người khác"),
        "planning.record_value": _("Nhập số liệu chỉ tiêu"),
        "planning.refuse_extension": _("Không đồng ý gia hạn"),
        "planning.remind_task": _("Nhắc việc"),
        "planning.restore_item": _("Lấy lại mục của kế hoạch"),
        "planning.settle_warning": _("Xử lý lưu ý"),
        "planning.split_item": _("Tách mục của kế hoạch"),
    }
)
