"""The parts by which dossiers are told: procedures, and the fields that these belong to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from motcua.core.measures import Part
from motcua.dossiers.models import Dossier
from motcua.procedures.models import Procedure, ProcedureVersion
from motcua.procedures.rules import VersionStatus

_PUBLISHED = (VersionStatus.PUBLISHED, VersionStatus.WITHDRAWN)


def procedures_in(part: Part) -> frozenset[int]:
    """The keys of the procedures of a part."""
    return procedures_of_parts([part])[part]


def procedures_of_parts(parts: Iterable[Part]) -> dict[Part, frozenset[int]]:
    """The keys of the procedures of each part; one query for each sort of part."""
    wanted = set(parts)
    keys: dict[Part, set[int]] = {part: set() for part in wanted}
    codes = {part.key for part in wanted if part.kind != "field"}
    if codes:
        for code, key in Procedure.objects.filter(code__in=codes).values_list("code", "pk"):
            keys[Part("procedure", code)].add(key)
    if len(codes) < len(wanted):
        for key, field in _fields().items():
            if (part := Part("field", field)) in wanted:
                keys[part].add(key)
    return {part: frozenset(found) for part, found in keys.items()}


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
