"""The organisation's actions in words."""

from motcua.audit.words import name_actions
from motcua.core.errors import mark as _

name_actions(
    {
        "org.add_person": _("Thêm người"),
        "org.appoint": _("Bổ nhiệm vào vị trí"),
        "org.create_token": _("Tạo khóa API"),
        "org.delegate": _("Ủy quyền"),
        "org.end_service": _("Kết thúc công tác"),
        "org.grant_role": _("Giao vai trò"),
        "org.revoke_delegation": _("Thu hồi ủy quyền"),
        "org.revoke_token": _("Thu hồi khóa API"),
    }
)
