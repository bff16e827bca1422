"""Give out an official slip: numbered, with what it printed, cancelled but never deleted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from motcua.dossiers.actions.common import iso, next_number
from motcua.dossiers.models import Dossier, DossierPaper, Slip
from motcua.dossiers.permissions import day_of
from motcua.dossiers.rules import SlipKind
from motcua.org.models import Person


def give_slip(dossier: Dossier, kind: SlipKind, by: Person, at: datetime, **data: Any) -> Slip:
    """The next number of this kind in the agency's year; part of the caller's transaction."""
    if kind is SlipKind.SUPPLEMENT:
        data["wanted"] = wanted(dossier, dossier.papers.all())
    slip = slip_of(dossier, kind, by, at, **data)
    slip.number = next_number(dossier.agency, str(kind), str(slip.year))
    slip.save()
    return slip


def slip_of(dossier: Dossier, kind: SlipKind, by: Person, at: datetime, **data: Any) -> Slip:
    """A slip without its number, not yet saved."""
    return Slip(
        dossier=dossier,
        kind=kind,
        agency=dossier.agency,
        year=day_of(at).year,
        made_at=at,
        made_by=by,
        data={**_shown(dossier, kind, by), **data},
    )


def wanted(dossier: Dossier, papers: Iterable[DossierPaper]) -> list[dict[str, Any]]:
    """The papers that the procedure requires and that did not come; the procedure may be corrected
    later."""
    came = {one.name for one in papers if one.count}
    counts = ("name", "originals", "certified", "photos", "electronic")
    return [
        {name: getattr(one, name) for name in counts}
        for one in dossier.version.content.papers
        if one.is_required and one.name not in came
    ]


def _shown(dossier: Dossier, kind: SlipKind, by: Person) -> dict[str, Any]:
    """What the slip says at this moment and what could read otherwise later. Papers and applicants
    are not repeated: their rows are written once, and numbers of identity stay encrypted."""
    rules, agency = dossier.rule_set, dossier.agency
    form = rules.form_of(kind)
    return {
        "form": form.form,
        "title": form.title,
        "symbol": form.symbol,
        "agency": agency.name,
        "desk": rules.desk,
        "place": agency.place,
        "maker": by.full_name,
        "phone": by.phone,
        "code": dossier.code,
        "summary": dossier.summary,
        "procedure": dossier.version.name,
        "procedure_code": dossier.procedure.code,
        "applicant": dossier.applicant.pk,
        "filer": dossier.filer.pk if dossier.filer else None,
        "sets": dossier.sets,
        "fee": dossier.fee,
        "channel": str(dossier.channel),
        "return_way": str(dossier.return_way),
        "limit": str(dossier.version.content.limit_for(dossier.channel).said),
        "received": iso(dossier.received_at),
        "due": iso(dossier.due_at),
        "why": dossier.due_why,
    }


def cancel_slip(slip: Slip, reason: str, at: datetime) -> None:
    """A slip that is replaced keeps its number and says why it no longer holds."""
    slip.cancelled_at, slip.cancelled_reason = at, reason[:500]
    slip.save(update_fields=["cancelled_at", "cancelled_reason"])
