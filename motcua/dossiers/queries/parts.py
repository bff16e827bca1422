"""The parts by which dossiers are told: procedures, and the fields that these belong to."""

from __future__ import annotations

from collections.abc import Sequence

from motcua.core.measures import Part
from motcua.dossiers.models import Dossier
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.rules import VersionStatus

_PUBLISHED = (VersionStatus.PUBLISHED, VersionStatus.WITHDRAWN)


def procedures_in(part: Part) -> frozenset[int]:
    """The keys of the procedures of a part."""
    if part.kind == "field":
        return frozenset(key for key, field in _fields().items() if field == part.key)
    return frozenset(Procedure.objects.filter(code=part.key).values_list("pk", flat=True))


def _fields() -> dict[int, str]:
    """Procedure → its field, by its last published version: each belongs to one."""
    rows = ProcedureVersion.objects.filter(status__in=_PUBLISHED).order_by("no", "pk")
    return dict(rows.values_list("procedure", "field"))


def procedures_of(agencies: Sequence[int]) -> list[tuple[str, str]]:
    """Code and name of each procedure that agencies had a dossier of; the name is the last one."""
    asked = Dossier.objects.filter(agency__in=agencies, received_at__isnull=False)
    keys = asked.order_by().values("procedure").distinct()
    rows = ProcedureVersion.objects.filter(procedure__in=keys, status__in=_PUBLISHED)
    names = dict(rows.order_by("no", "pk").values_list("procedure__code", "name"))
    return sorted(names.items())


def fields_of(agencies: Sequence[int]) -> list[tuple[str, str]]:
    """Each field that agencies had a dossier of; its name is its key."""
    fields = _fields()
    asked = Dossier.objects.filter(agency__in=agencies, received_at__isnull=False)
    keys = asked.order_by().values_list("procedure", flat=True).distinct()
    return [(name, name) for name in sorted({fields[key] for key in keys if key in fields})]
