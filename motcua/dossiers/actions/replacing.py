"""Put the right procedure's steps and papers in the place of the wrong one's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from motcua.dossiers.actions.common import out_of_hands, running_step, take_up
from motcua.dossiers.actions.intake import PaperData
from motcua.dossiers.actions.intake.parts import posts_of
from motcua.dossiers.actions.intake.rows import paper_of, steps_of
from motcua.dossiers.models import Dossier, DossierPaper, DossierStep, Slip
from motcua.dossiers.rules import DossierStatus

#: A step that the procedure does not name.
PLAIN_STEP: Final = "Giải quyết"


def other_steps(row: Dossier) -> None:
    """The steps of the dossier's version after those that ended. Whoever holds the dossier goes on
    where the step is of their post, else it waits for that post. What another agency holds, or what
    is laid before its signer, stays where it is."""
    now = running_step(row)
    stays = now if now is not None and _stays(row, now) else None
    ended = list(row.steps.filter(ended_at__isnull=False).order_by("position"))
    ours = sum(not one.at_agency for one in ended)
    if stays is not None:
        ours += -1 if stays.at_agency else 1  # the step from which it was sent out goes on here
    fresh = _fresh(row, max(ours, 0))
    kept = [*ended, stays] if stays is not None else ended
    row.steps.exclude(pk__in=[one.pk for one in kept]).delete()
    for position, one in enumerate(fresh, max((one.position for one in kept), default=0) + 1):
        one.position = position
    if stays is None:
        _begin_first(row, fresh, now)
    DossierStep.objects.bulk_create(fresh)


def _stays(row: Dossier, now: DossierStep) -> bool:
    return bool(now.at_agency) or row.status == DossierStatus.SIGNING


def _fresh(row: Dossier, done: int) -> list[DossierStep]:
    """The version's steps from the first that is not done, at least the last. Of a version without
    steps a plain one, once the dossier was forwarded. None is saved."""
    steps = steps_of(row, posts_of(row))
    if steps:
        return steps[min(done, len(steps) - 1) :]
    if row.status == DossierStatus.RECEIVED:
        return []
    return [DossierStep(dossier=row, position=1, name=PLAIN_STEP, share=100)]


def _begin_first(row: Dossier, fresh: list[DossierStep], now: DossierStep | None) -> None:
    """The step that runs from now on; nothing is saved."""
    if not fresh:  # as a procedure without steps is received
        out_of_hands(row)
        return
    first, begun = fresh[0], now.started_at if now else row.received_at
    assert begun is not None  # it runs, or was received
    holder = now.person if now else row.received_by
    at_desk = row.status == DossierStatus.RECEIVED
    holds = at_desk or (now is not None and first.post_id == now.post_id)
    row.person = holder if holds else None
    take_up(row, first, row.person, begun)


def other_papers(row: Dossier, came: Sequence[PaperData]) -> None:
    """What the version asks for beside the papers that are there: as it came, else as missing. The
    rows that slips were printed from stay."""
    papers = list(row.papers.order_by("position"))
    names = {one.name for one in papers if one.count}
    codes = {one.code for one in papers if one.count and one.code}
    known = {one.name for one in papers}
    given = {one.name: one for one in came if one.came and one.name not in names}
    missing = [
        PaperData(paper.name, code=paper.code)
        for paper in row.version.content.papers
        if paper.name not in known | set(given) and paper.code not in codes
    ]
    last = max((one.position for one in papers), default=0)
    fresh = [
        paper_of(row, position, paper)
        for position, paper in enumerate([*given.values(), *missing], last + 1)
    ]
    if fresh:
        _close_lists(row, last)
        DossierPaper.objects.bulk_create(fresh)


def _close_lists(row: Dossier, last: int) -> None:
    """Slips that were given read on as they did: they list the papers up to here."""
    before = [slip for slip in row.slips.all() if "papers" not in slip.data]
    for slip in before:
        slip.data["papers"] = last
    Slip.objects.bulk_update(before, ["data"])
