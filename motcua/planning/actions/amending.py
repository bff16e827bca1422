"""A plan in force is amended: a new draft version, as a copy or from a new text; lineages stay."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from motcua.audit.rules import Actor
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.org.models import Agency, Person
from motcua.org.permissions import check_may
from motcua.planning.actions.confirming.common import ReasonMissing, open_draft, touch, trace
from motcua.planning.actions.entering import keep_sources
from motcua.planning.actions.importing.reading import Sentence, sentences_of
from motcua.planning.actions.importing.storing import (
    ReadPlan,
    new_version,
    store_items,
    store_warnings,
)
from motcua.planning.matching import Line, Match, match
from motcua.planning.models import Plan, PlanItem, PlanVersion
from motcua.planning.permissions import day_of
from motcua.planning.reader.years import for_year
from motcua.planning.rules import VersionStatus


class NothingToAmend(Refused):
    """Only a plan in force is amended, by one draft at a time."""

    code = "nothing_to_amend"
    message = _("Chỉ sửa đổi được kế hoạch đang thực hiện và chưa có bản sửa đổi nào đang dở.")


class NotComparable(Refused):
    """A sentence goes on from one sentence of its kind in the version in force."""

    code = "not_comparable"
    message = _("Chỉ nối được với một mục cùng loại của bản đang thực hiện. Hãy chọn mục khác.")
    status = 422


@transaction.atomic
def amend_plan(*, plan: Plan, reason: str, by: Person, at: datetime) -> PlanVersion:
    """Begin a new dated version as a copy of the one in force. Raises :class:`NothingToAmend`."""
    actor, current = _begin(plan, reason, by, at)
    version = PlanVersion.objects.create(
        plan=plan,
        no=_next_no(plan),
        title=current.title,
        starts_on=current.starts_on,
        ends_on=current.ends_on,
        source_name=current.source_name,
        text=current.text,
        reading=current.reading,
        budget=current.budget,
        why=reason.strip()[:500],
        made_by=by,
        made_at=at,
    )
    copies: dict[int, PlanItem] = {}
    for item in current.items.prefetch_related("with_posts").order_by("position"):
        old = item.pk
        parent = copies.get(item.parent_id) if item.parent_id else None
        copies[old] = _copy(item, version, parent)
    trace(version, "planning.amend_plan", version, actor, at, _told(version))
    return version


def _told(version: PlanVersion) -> dict[str, object]:
    return {"no": version.no, "reason": version.why}


@transaction.atomic
def amend_from_file(
    *, plan: Plan, read: ReadPlan, reason: str, by: Person, at: datetime
) -> PlanVersion:
    """Begin a new dated version from a new text; each sentence takes its forerunner's lineage.

    The matches are proposals until the version is submitted: see :func:`match_item`. The same
    file sent twice gives the first draft back. Raises :class:`NothingToAmend`.
    """
    sha256 = read.reading["source"]["sha256"]
    draft = plan.versions.filter(status=VersionStatus.DRAFT).first()
    if draft and draft.no > 1 and draft.reading.get("source", {}).get("sha256") == sha256:
        check_may(by, "planning.import", plan.agency, day_of(at))
        return draft
    actor, current = _begin(plan, reason, by, at)
    reading = for_year(read.reading, plan.year)
    version = new_version(
        plan, read, reading, by, at, budget=current.budget, why=reason.strip()[:500]
    )
    old = list(current.items.prefetch_related("with_posts", "lead_post").order_by("position"))
    matches = propose(old, sentences_of(reading))
    store_items(version, {i: old[m.old] for i, m in enumerate(matches) if m.old is not None})
    store_warnings(version, reading["warnings"])
    known = sum(found.old is not None for found in matches)
    keep_sources(
        version,
        [read],
        agency=plan.agency,
        action="planning.amend_from_file",
        by=actor,
        at=at,
        data={**_told(version), "file": read.name, "sha256": sha256, "matched": known},
        label=version.title,
    )
    return version


def propose(old: Sequence[PlanItem], new: Sequence[Sentence]) -> list[Match]:
    """The forerunner of each sentence of a reading among the items of a version."""
    return match(
        [Line(item.kind, item.text, item.field, item.code) for item in old],
        [Line(row.kind, row.text, row.field, row.code) for row in new],
    )


@transaction.atomic
def match_item(
    *, item: PlanItem, old: PlanItem | None, by: Person, at: datetime, lock: int | None = None
) -> PlanItem:
    """Say which item of the version in force an item of the amendment goes on from; None: new.

    Another item of the draft that had that lineage becomes new. Raises :class:`NotComparable`.
    """
    version, actor = open_draft(item.version, by, at, lock)
    row = PlanItem.objects.select_for_update().get(pk=item.pk)
    if old is not None and (old.kind != row.kind or old.version_id != _in_force(version).pk):
        raise NotComparable
    lineage = old.lineage if old else uuid.uuid4()
    others = version.items.filter(lineage=lineage).exclude(pk=row.pk)
    for other in others:
        other.lineage = uuid.uuid4()
        other.save(update_fields=["lineage"])
    row.lineage = lineage
    row.save(update_fields=["lineage"])
    touch(version)
    data = {"from": old.code or old.text[:80] if old else ""}
    trace(version, "planning.match_item", row, actor, at, data)
    return row


@transaction.atomic
def keep_item(*, version: PlanVersion, old: PlanItem, by: Person, at: datetime) -> PlanItem:
    """Take an item of the version in force over into the amendment whose text leaves it out.

    Asked twice, it is there once. Raises :class:`NotComparable`.
    """
    locked, actor = open_draft(version, by, at, None)
    if old.version_id != _in_force(locked).pk:
        raise NotComparable
    there = locked.items.filter(lineage=old.lineage).first()
    if there is not None:
        return there
    parent = locked.items.filter(lineage=old.parent.lineage).first() if old.parent else None
    kept = _copy(PlanItem.objects.get(pk=old.pk), locked, parent)
    last = locked.items.aggregate(last=Max("position"))["last"]
    kept.position, kept.state, kept.span_start, kept.span_end = last + 10, "confirmed", None, None
    kept.save()
    touch(locked)
    trace(locked, "planning.keep_item", kept, actor, at, {"code": kept.code})
    return kept


def _begin(plan: Plan, reason: str, by: Person, at: datetime) -> tuple[Actor, PlanVersion]:
    """The version in force, its agency locked; refused where another amendment is unfinished."""
    Agency.objects.select_for_update().get(pk=plan.agency_id)
    actor = check_may(by, "planning.import", plan.agency, day_of(at))
    current = plan.versions.filter(status=VersionStatus.IN_FORCE).first()
    unfinished = plan.versions.filter(status__in=[VersionStatus.DRAFT, VersionStatus.SUBMITTED])
    if current is None or unfinished.exists():
        raise NothingToAmend
    if not reason.strip():
        raise ReasonMissing
    return actor, current


def _next_no(plan: Plan) -> int:
    return int(plan.versions.aggregate(last=Max("no"))["last"]) + 1


def _in_force(version: PlanVersion) -> PlanVersion:
    current = version.plan.versions.filter(status=VersionStatus.IN_FORCE).first()
    if current is None:
        raise NothingToAmend
    return current


def _copy(item: PlanItem, version: PlanVersion, parent: PlanItem | None) -> PlanItem:
    """The item as a new row of another version, with its helpers."""
    posts = list(item.with_posts.all())
    item.pk, item.version, item.parent = None, version, parent
    item._state.adding = True
    item.save(force_insert=True)
    item.with_posts.set(posts)
    return item
