"""The turns that other agencies' dossiers took at an office."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, QuerySet

from motcua.dossiers.models import DossierStep


def turns_at(offices: Sequence[int]) -> QuerySet[DossierStep]:
    """What was handed to these agencies (their keys) by others, each turn, with its dossier."""
    turns = DossierStep.objects.filter(agency__in=offices, started_at__isnull=False)
    return turns.exclude(dossier__agency=F("agency")).select_related(
        "dossier__applicant", "dossier__agency"
    )
