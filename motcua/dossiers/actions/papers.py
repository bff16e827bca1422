"""Keep a file of a dossier."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.dossiers.models import Dossier
from motcua.dossiers.permissions import OutsideRecord, day_of, holder_of
from motcua.dossiers.rules.status import DESK, WORK
from motcua.files.actions import attach
from motcua.files.models import Attachment
from motcua.org.models import Person
from motcua.org.permissions import check_may, may

KINDS = ("paper", "draft", "result")


class FileKindUnknown(Refused):
    """A file is a paper of the dossier, a draft of its result, or the result."""

    code = "file_kind_unknown"
    message = _("Loại tệp “%(kind)s” không có; chỉ nhận %(known)s.")
    status = 422


@transaction.atomic
def attach_file(
    *, dossier: Dossier, name: str, content: bytes, kind: str, by: Person, at: datetime
) -> Attachment:
    """Keep a file with a dossier: the desk and those who handle it may, also at the agency to which
    it is handed. Raises a refusal of ``files.rules``, :class:`FileKindUnknown`."""
    on = day_of(at)
    agency = dossier.agency
    right = DESK if may(by, DESK, agency, on) else WORK
    if not may(by, right, agency, on):
        agency = holder_of(dossier) or agency
    actor = check_may(by, right, agency, on)
    if dossier.outside_owner:
        raise OutsideRecord(owner=dossier.outside_owner)
    if kind not in KINDS:
        raise FileKindUnknown(kind=kind, known=", ".join(KINDS))
    return attach(
        chain=dossier.agency.code,
        to=dossier,
        kind=kind,
        name=name,
        content=content,
        by=actor,
        at=at,
    )
