"""What an action left: its entry in the chain, its slips."""

from __future__ import annotations

from motcua.audit.models import Entry
from motcua.dossiers.models import Dossier


def last_entry(dossier: Dossier) -> Entry:
    return Entry.objects.about(dossier)[0]


def slips(dossier: Dossier) -> list[str]:
    return [slip.kind for slip in dossier.slips.order_by("pk")]
