"""What is done with reports, in words: the labels of the step table, and more."""

from motcua.audit.words import name_actions
from motcua.core.errors import mark as _
from motcua.reports.rules import REPORT_STEPS

name_actions({f"reports.{step.name}": step.label for step in REPORT_STEPS})
name_actions(
    {
        "reports.set_urgency": _("Chọn độ khẩn của báo cáo"),
        "reports.save_section": _("Sửa mục của báo cáo"),
        "reports.redraft": _("Soạn lại báo cáo theo số liệu mới"),
    }
)
