"""What is done with files, in words."""

from motcua.audit.words import name_actions
from motcua.core.errors import mark as _

name_actions(
    {
        "files.attach": _("Đính kèm tệp"),
        "files.withdraw": _("Rút tệp"),
    }
)
