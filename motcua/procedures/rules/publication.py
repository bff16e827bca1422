"""The life of a version of a procedure in the catalogue.

A version that people may have filed under is never changed: a change is a new version that begins
on a later day. (Decree 63/2010, arts. 13-17)
"""

from __future__ import annotations

from typing import Final

from motcua.core.errors import mark as _
from motcua.core.workflow import Status, Step, Workflow


class VersionStatus(Status):
    """Publication state."""

    DRAFT = "draft", _("Bản nháp")
    PUBLISHED = "published", _("Đã công bố")
    WITHDRAWN = "withdrawn", _("Đã bãi bỏ")
    DISCARDED = "discarded", _("Đã bỏ")


V = VersionStatus

VERSION_STEPS: Final = Workflow(
    Step("draft_version", set(), V.DRAFT, needs="procedures.edit", label=_("Soạn bản mới")),
    Step("edit_version", {V.DRAFT}, V.DRAFT, needs="procedures.edit", label=_("Sửa")),
    Step("publish_version", {V.DRAFT}, V.PUBLISHED, needs="procedures.publish", label=_("Công bố")),
    Step("discard_version", {V.DRAFT}, V.DISCARDED, needs="procedures.edit", label=_("Bỏ bản này")),
    Step(
        "withdraw_version",
        {V.PUBLISHED},
        V.WITHDRAWN,
        needs="procedures.publish",
        label=_("Bãi bỏ"),
    ),
)
