"""What is done with indicators, in words."""

from motcua.audit.words import name_actions
from motcua.core.errors import mark as _

name_actions(
    {
        "indicators.connect_target": _("Nối chỉ tiêu với chỉ số"),
        "indicators.type_counts": _("Nhập số liệu chỉ số"),
        "indicators.disconnect_target": _("Thôi nối chỉ tiêu với chỉ số"),
    }
)
