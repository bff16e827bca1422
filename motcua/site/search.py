"""Global search over what a person may see, with and without diacritics."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.core.text import fold
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.codes import codes_meant
from motcua.org.models import Person
from motcua.org.permissions import may, visible_agencies
from motcua.org.queries import home_agency
from motcua.planning.models import Plan, PlanItem, SteeringDocument, Task
from motcua.planning.rules import ItemKind, ItemState, VersionStatus
from motcua.procedures.queries import find

#: Results of each kind that are shown.
EACH = 8
#: Standing duties that are looked through.
DUTIES_READ = 2_000


def find_all(words: str, person: Person | None, on: date) -> list[dict[str, Any]]:
    """Groups ``{label, icon, results: [{title, url, note}]}``; a code finds exactly its task."""
    folded = fold(words).strip()
    if len(folded) < 2 or person is None:
        return []
    groups = [
        (_("Hồ sơ"), "inbox", _dossiers(words, person, on)),
        (_("Nhiệm vụ"), "list-task", _tasks(words, person, on)),
        (_("Kế hoạch"), "journal-text", _plans(folded, person, on)),
        (_("Trách nhiệm"), "check2-square", _duties(folded, person, on)),
        (_("Văn bản chỉ đạo"), "megaphone", _steering(words.strip(), person, on)),
        (_("Thủ tục"), "list-ul", _procedures(words, person, on)),
        (_("Con người"), "person", _people(folded, person, on)),
    ]
    return [
        {"label": label, "icon": icon, "results": items} for label, icon, items in groups if items
    ]


def _procedures(words: str, person: Person, on: date) -> list[dict[str, Any]]:
    agency = home_agency(person, on)
    if agency is None or not may(person, "procedures.view", agency, on):
        return []
    return [
        {
            "title": version.name,
            "url": reverse("procedures:procedure", args=[version.procedure.code]),
            "note": version.procedure.code,
        }
        for version in find(words, agency, on, limit=EACH)
    ]


def _tasks(words: str, person: Person, on: date) -> list[dict[str, Any]]:
    visible = Task.objects.visible_to(person, on)
    found = visible.matching(words).order_by("-pk")[:EACH]
    return [
        {
            "title": f"{task.code} {task.text}",
            "url": reverse("planning:task", args=[task.pk]),
            "note": "",
        }
        for task in found
    ]


def _dossiers(words: str, person: Person, on: date) -> list[dict[str, Any]]:
    found = Dossier.objects.visible_to(person, on).matching(words).select_related("applicant")
    return [
        {
            "title": f"{dossier.code or '–'} {dossier.applicant.full_name}",
            "url": reverse("dossiers:dossier", args=[dossier.pk]),
            "note": dossier.summary,
        }
        for dossier in found.order_by("-pk")[:EACH]
    ]


def dossier_of_code(words: str, person: Person | None, on: date) -> int | None:
    """The key of the dossier whose whole code was typed or scanned, with its hyphens or without;
    also of one that was handed to the person's agency."""
    codes = codes_meant(words)
    if not codes:
        return None
    rows = Dossier.objects.filter(code__in=codes)
    for found in (rows.visible_to(person, on), rows.handed_to(person, on)):
        keys = list(found.values_list("pk", flat=True)[:2])
        if keys:
            return keys[0] if len(keys) == 1 else None
    return None


def _each_word(queryset: Any, column: str, folded: str) -> Any:
    for word in folded.split()[:6]:
        queryset = queryset.filter(**{f"{column}__contains": word})
    return queryset


def _plans(folded: str, person: Person, on: date) -> list[dict[str, Any]]:
    plans = Plan.objects.visible_to(person, on).select_related("agency").order_by("-year")[:200]
    return [
        {
            "title": f"{plan.title} – {plan.agency.name}",
            "url": reverse("planning:plan", args=[plan.pk]),
            "note": str(plan.year),
        }
        for plan in plans
        if all(word in fold(f"{plan.title} {plan.agency.name}") for word in folded.split())
    ][:EACH]


def _duties(folded: str, person: Person, on: date) -> list[dict[str, Any]]:
    """Standing duties of the plans in force, newest plans first; they are few, and not folded."""
    rows = PlanItem.objects.filter(
        kind=ItemKind.DUTY,
        version__status=VersionStatus.IN_FORCE,
        version__plan__in=Plan.objects.visible_to(person, on),
    ).exclude(state=ItemState.DROPPED)
    found = rows.select_related("version", "lead_post").order_by("-version__plan__year", "position")
    return [
        {
            "title": item.text,
            "url": reverse("planning:version", args=[item.version.plan_id, item.version.no])
            + f"#item-{item.pk}",
            "note": item.lead_post.name if item.lead_post else item.heading,
        }
        for item in found[:DUTIES_READ]
        if all(word in fold(item.text) for word in folded.split())
    ][:EACH]


def _steering(words: str, person: Person, on: date) -> list[dict[str, Any]]:
    agencies = visible_agencies(person, "planning.view", on)
    found = SteeringDocument.objects.filter(agency__in=agencies, number__icontains=words)
    return [
        {
            "title": f"{document.number} – {document.summary}",
            "url": reverse("planning:steering_document", args=[document.pk]),
            "note": document.issuer,
        }
        for document in found.order_by("-issued_on")[:EACH]
    ]


def _people(folded: str, person: Person, on: date) -> list[dict[str, Any]]:
    agencies = visible_agencies(person, "org.view", on)
    serving = Person.objects.filter(appointments__post__agency__in=agencies).distinct()
    found = _each_word(serving, "folded", folded).order_by("sort_name")[:EACH]
    return [
        {
            "title": found_person.full_name,
            "url": reverse("org:person", args=[found_person.pk]),
            "note": "",
        }
        for found_person in found
    ]
