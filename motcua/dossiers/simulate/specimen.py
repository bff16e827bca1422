"""The file that simulated dossiers hold: one content for all, so that a million take no room."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from motcua.dossiers.models import Dossier
from motcua.files.models import Attachment
from motcua.files.rules import check_file

#: A page that says that it is a specimen.
PAGE: Final = "specimen.pdf"


@dataclass(frozen=True, slots=True)
class Specimen:
    """A file as a dossier keeps it: a paper, or its result."""

    kind: str
    name: str
    media: str
    size: int
    sha256: str

    def attached(self, chain: str, dossier: Dossier, by: str, at: datetime) -> Attachment:
        """Its row, not saved."""
        return Attachment(
            chain=chain,
            object_type=Dossier._meta.label_lower,
            object_id=dossier.pk,
            kind=self.kind,
            name=self.name,
            media=self.media,
            size=self.size,
            sha256=self.sha256,
            added_by=by,
            added_at=at,
        )

    def traced(self) -> dict[str, Any]:
        """What the chain keeps of it."""
        return {"kind": self.kind, "name": self.name, "sha256": self.sha256, "size": self.size}


def specimen(kind: str, name: str) -> Specimen:
    """The demo's page under another name."""
    page = (settings.PACKS / "demo" / PAGE).read_bytes()
    return Specimen(kind, name, check_file(name, page), len(page), hashlib.sha256(page).hexdigest())


def keep_page() -> None:
    """Lay the page into storage, once."""
    page = (settings.PACKS / "demo" / PAGE).read_bytes()
    path = Attachment(sha256=hashlib.sha256(page).hexdigest()).path
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(page))
