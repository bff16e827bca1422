"""What is done with dossiers, in words: the labels of the step table."""

from motcua.audit.words import name_actions
from motcua.core.errors import mark as _
from motcua.dossiers.rules import STEPS

name_actions({f"dossiers.{step.name}": step.label for step in STEPS})
name_actions({"dossiers.mirror": _("Ghi nhận từ hệ thống quản lý hồ sơ")})
