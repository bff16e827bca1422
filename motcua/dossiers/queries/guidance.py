"""What the desk told people in writing: what is missing, or that a dossier is not taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from motcua.dossiers.models import GUIDING, Event
from motcua.dossiers.queries.figures import bounds
from motcua.org.models import Agency

#: What asks for something; the rest refuses.
ASKING = ("ask_completion", "ask_supplement", "guide")


@dataclass(frozen=True, slots=True)
class Told:
    """How often people were guided and refused; ``again``: asked more than once for one dossier,
    which the law does not allow."""

    guided: int
    refused: int
    again: int


def guidance_of(agency: Agency, start: date, end: date) -> QuerySet[Event]:
    """The guidance and refusals of these days (included), each with ``times``: how often its
    dossier had been guided by then."""
    first, after = bounds(start, end)
    asked = Event.objects.filter(
        dossier=OuterRef("dossier"), step__in=ASKING, pk__lte=OuterRef("pk")
    ).order_by()
    times = asked.values("dossier").annotate(n=Count("pk")).values("n")
    rows = Event.objects.filter(step__in=GUIDING, at__gte=first, at__lt=after)
    return (
        rows.filter(dossier__agency=agency)
        .annotate(times=Coalesce(Subquery(times), 0))
        .select_related("dossier__applicant", "dossier__procedure", "by")
    )


def told_of(agency: Agency, start: date, end: date) -> Told:
    """How often, in these days; one query."""
    rows = guidance_of(agency, start, end).select_related(None)
    asked = again = whole = 0
    for step, times in rows.values_list("step", F("times")).iterator():
        whole += 1
        asked += step in ASKING
        again += step in ASKING and times > 1
    return Told(guided=asked, refused=whole - asked, again=again)
