"""Plans, versions and their items by API."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile

from motcua.planning import actions
from motcua.planning.api.common import agency_of, post_of, show_item, show_version, who
from motcua.planning.models import Plan, PlanItem, PlanVersion, PlanWarning
from motcua.planning.reader import read_apart
from motcua.planning.reader.years import for_year
from motcua.planning.rules import ItemKind, WarningState
from motcua.ui.machine import Day, check_match, etag, page

router = Router()


class ReasonIn(Schema):
    """Why."""

    reason: str = ""


class ItemIn(Schema):
    """Changes of an item; what is left out stays."""

    text: str | None = None
    field: str | None = None
    lead: str | None = None
    helpers: list[str] | None = None
    due_on: Day | None = None
    due_text: str | None = None
    recurrence: str | None = None
    product: str | None = None
    cost: int | None = None
    subject: str | None = None
    comparison: str | None = None
    value: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None = None
    scope: str | None = None


class NewItemIn(ItemIn):
    """An item that the reader did not see."""

    kind: ItemKind
    span: tuple[int, int] | None = None


class WarningsIn(Schema):
    """What was done about all open warnings of a kind; an empty code means every kind."""

    state: WarningState = WarningState.ACCEPTED
    code: str = ""
    note: str = ""


class SplitIn(Schema):
    """Where to cut, in letters from the start of the text."""

    offset: int


class MergeIn(Schema):
    """The neighbour to merge with."""

    other_id: int


class WarningIn(Schema):
    """What was done about a warning."""

    state: WarningState
    note: str = ""


class VersionIn(Schema):
    """Changes of a version's head; what is left out stays."""

    title: str | None = None
    number: str | None = None
    issued_on: Day | None = None
    budget: int | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None


def plan_of(request: HttpRequest, pk: int) -> Plan:
    """A plan that the caller may see; else 404."""
    person, _now, today = who(request)
    plans = Plan.objects.visible_to(person, today).select_related("agency")
    return get_object_or_404(plans, pk=pk)


def version_of(request: HttpRequest, pk: int, no: int) -> PlanVersion:
    """A version of such a plan; else 404."""
    plan_of(request, pk)
    rows = PlanVersion.objects.select_related("plan__agency", "made_by")
    return get_object_or_404(rows, plan=pk, no=no)


def item_of(request: HttpRequest, pk: int) -> PlanItem:
    """An item of such a version; else 404."""
    person, _now, today = who(request)
    rows = PlanItem.objects.select_related("version__plan__agency", "lead_post")
    seen = Plan.objects.visible_to(person, today)
    return get_object_or_404(rows, pk=pk, version__plan__in=seen)


@router.post("/plans/preview")
def preview(
    request: HttpRequest, file: File[UploadedFile], year: Form[int | None] = None
) -> dict[str, Any]:
    """Read a plan and change nothing: the JSON of ``docs/reference/plan.schema.json``.

    With a ``year`` other than the text's, title and period are of that year.
    """
    who(request)
    return for_year(read_apart(file.read(), file.name or "").plan, year)


@router.post("/plans", response={201: dict[str, Any]})
def import_plan(
    request: HttpRequest,
    file: File[UploadedFile],
    agency: Form[str],
    year: Form[int | None] = None,
) -> Status[dict[str, Any]]:
    """Read a plan and store it as a draft."""
    person, now, _today = who(request)
    version = actions.import_plan(
        agency=agency_of(request, agency), read=read_file(file), by=person, at=now, year=year
    )
    return Status(201, show_version(version, person, now))


def read_file(file: UploadedFile) -> actions.ReadPlan:
    """What the reader finds in a sent file."""
    content, name = file.read(), file.name or ""
    apart = read_apart(content, name)
    return actions.ReadPlan(name, content, apart.plan, apart.text)


@router.get("/plans")
def plans(request: HttpRequest, cursor: str | None = None, limit: int = 50) -> dict[str, Any]:
    """Plans that the caller may see, newest year first."""
    person, _now, today = who(request)
    rows = Plan.objects.visible_to(person, today).select_related("agency")
    rows = rows.prefetch_related("versions")
    return page(rows, ["-year"], _show_plan, cursor=cursor, limit=limit)


def _show_plan(plan: Plan) -> dict[str, Any]:
    return {
        "id": plan.pk,
        "agency": plan.agency.code,
        "year": plan.year,
        "title": plan.title,
        "versions": [{"no": v.no, "status": v.status} for v in plan.versions.all()],
    }


@router.get("/plans/{pk}/versions/{no}")
def version(request: HttpRequest, response: HttpResponse, pk: int, no: int) -> dict[str, Any]:
    """One version with its items and warnings."""
    person, now, _today = who(request)
    found = version_of(request, pk, no)
    response.headers["ETag"] = etag("version", found.pk, found.lock)
    items = found.items.select_related("lead_post").prefetch_related("with_posts")
    return show_version(found, person, now) | {
        "items": [show_item(item) for item in items.order_by("position")],
        "warnings": [
            {"id": w.pk, "code": w.code, "message": w.message, "state": w.state, "note": w.note}
            for w in found.warnings.order_by("pk")
        ],
        "reading": found.reading,
    }


@router.patch("/plans/{pk}/versions/{no}")
def edit_version(request: HttpRequest, pk: int, no: int, data: VersionIn) -> dict[str, Any]:
    """Correct a draft's head."""
    person, now, _today = who(request)
    found = version_of(request, pk, no)
    _match(request, found)
    changes = data.dict(exclude_unset=True)
    done = actions.edit_version(version=found, changes=changes, by=person, at=now, lock=found.lock)
    return show_version(done, person, now)


def _match(request: HttpRequest, found: PlanVersion) -> None:
    person, now, _today = who(request)
    tag = etag("version", found.pk, found.lock)
    check_match(request, tag, lambda: show_version(found, person, now))


@router.post("/plans/{pk}/versions/{no}/steps/{step}")
def version_step(
    request: HttpRequest, pk: int, no: int, step: str, data: ReasonIn
) -> dict[str, Any]:
    """submit_plan, approve_plan, return_plan, discard_plan."""
    person, now, _today = who(request)
    found = version_of(request, pk, no)
    _match(request, found)
    take: Any = {
        "submit_plan": lambda: actions.submit_plan(version=found, by=person, at=now),
        "approve_plan": lambda: actions.approve_plan(version=found, by=person, at=now),
        "return_plan": lambda: actions.return_plan(
            version=found, reason=data.reason, by=person, at=now
        ),
        "discard_plan": lambda: actions.discard_plan(
            version=found, reason=data.reason, by=person, at=now
        ),
    }.get(step)
    if take is None:
        raise Http404
    return show_version(take(), person, now)


@router.post("/plans/{pk}/amend", response={201: dict[str, Any]})
def amend(request: HttpRequest, pk: int, data: ReasonIn) -> Status[dict[str, Any]]:
    """Begin an amendment of the plan in force."""
    person, now, _today = who(request)
    made = actions.amend_plan(plan=plan_of(request, pk), reason=data.reason, by=person, at=now)
    return Status(201, show_version(made, person, now))


def _changes(data: ItemIn, version: PlanVersion) -> dict[str, Any]:
    changes = data.dict(exclude_unset=True)
    changes.pop("kind", None)
    changes.pop("helpers", None)
    changes.pop("span", None)
    if "lead" in changes:
        code = changes.pop("lead")
        changes["lead_post"] = post_of(version.plan.agency, code) if code else None
    for name in ("due_text", "recurrence", "product", "comparison", "unit", "scope", "subject"):
        if name in changes and changes[name] is None:
            changes[name] = ""
    return changes


@router.post("/plans/{pk}/versions/{no}/items", response={201: dict[str, Any]})
def add_item(request: HttpRequest, pk: int, no: int, data: NewItemIn) -> Status[dict[str, Any]]:
    """Add an item to a draft."""
    person, now, _today = who(request)
    found = version_of(request, pk, no)
    values = _changes(data, found)
    text = values.pop("text", None) or ""
    made = actions.add_item(
        version=found,
        kind=data.kind,
        text=text,
        values=values,
        span=data.span,
        by=person,
        at=now,
    )
    return Status(201, show_item(made))


@router.patch("/plan-items/{pk}")
def edit_item(request: HttpRequest, pk: int, data: ItemIn) -> dict[str, Any]:
    """Correct an item of a draft."""
    person, now, _today = who(request)
    item = item_of(request, pk)
    _match(request, item.version)
    helpers = None
    if data.helpers is not None:
        helpers = [post_of(item.version.plan.agency, code) for code in data.helpers]
    done = actions.edit_item(
        item=item,
        changes=_changes(data, item.version),
        with_posts=helpers,
        by=person,
        at=now,
    )
    return show_item(done)


@router.post("/plan-items/{pk}/confirm")
def confirm(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Accept an item as it was understood."""
    person, now, _today = who(request)
    return {"confirmed": actions.confirm_items(items=[item_of(request, pk)], by=person, at=now)}


@router.post("/plan-items/{pk}/split")
def split(request: HttpRequest, pk: int, data: SplitIn) -> dict[str, Any]:
    """Cut an item in two."""
    person, now, _today = who(request)
    item = item_of(request, pk)
    left, right = actions.split_item(item=item, at_offset=data.offset, by=person, at=now)
    return {"items": [show_item(left), show_item(right)]}


@router.post("/plan-items/{pk}/merge")
def merge(request: HttpRequest, pk: int, data: MergeIn) -> dict[str, Any]:
    """Merge an item with its neighbour."""
    person, now, _today = who(request)
    first, second = item_of(request, pk), item_of(request, data.other_id)
    return show_item(actions.merge_items(first=first, second=second, by=person, at=now))


@router.post("/plan-items/{pk}/drop")
def drop(request: HttpRequest, pk: int, data: ReasonIn) -> dict[str, Any]:
    """Leave an item out, with a reason."""
    person, now, _today = who(request)
    item = item_of(request, pk)
    return show_item(actions.drop_item(item=item, reason=data.reason, by=person, at=now))


@router.post("/plan-items/{pk}/restore")
def restore(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Take a dropped item back."""
    person, now, _today = who(request)
    return show_item(actions.restore_item(item=item_of(request, pk), by=person, at=now))


@router.post("/plans/{pk}/versions/{no}/warnings/settle")
def settle_all(request: HttpRequest, pk: int, no: int, data: WarningsIn) -> dict[str, Any]:
    """Accept all open warnings of a kind, or of every kind."""
    person, now, _today = who(request)
    found = version_of(request, pk, no)
    settled = actions.settle_warnings(
        version=found, state=data.state, code=data.code, note=data.note, by=person, at=now
    )
    return {"settled": settled}


@router.post("/plan-warnings/{pk}/settle")
def settle(request: HttpRequest, pk: int, data: WarningIn) -> dict[str, Any]:
    """Accept a warning, or say that it was mended."""
    person, now, today = who(request)
    seen = Plan.objects.visible_to(person, today)
    rows = PlanWarning.objects.select_related("version__plan__agency")
    warning = get_object_or_404(rows, pk=pk, version__plan__in=seen)
    done = actions.settle_warning(
        warning=warning, state=data.state, note=data.note, by=person, at=now
    )
    return {"id": done.pk, "state": done.state, "note": done.note}
