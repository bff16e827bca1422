"""Steps on the items of a draft and on its warnings."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from motcua.core.errors import Refused
from motcua.org.models import Post
from motcua.planning import actions
from motcua.planning.forms.plans import AddForm, ItemForm
from motcua.planning.models import PlanItem
from motcua.planning.queries.plans import cuts_of, part_key, passage_of
from motcua.planning.rules import ItemKind, ItemState, WarningState
from motcua.planning.views.common import (
    item_of,
    lock_of,
    said,
    show_refusal,
    version_of,
    who,
)
from motcua.planning.views.plans.parts import back
from motcua.ui.respond import respond, sent_by


@login_required
def item(request: HttpRequest, pk: int, no: int, item: int) -> HttpResponse:
    """The form that corrects one item; two people saving never overwrite each other silently."""
    person, now, _today = who(request)
    found = item_of(request, pk, no, item)
    agency = found.version.plan.agency
    form = ItemForm(
        sent_by(request), kind=found.kind, agency=agency, initial=ItemForm.initial_of(found)
    )
    if request.method == "POST" and form.is_valid():
        helpers = form.cleaned_data.get("with_posts")
        try:
            actions.edit_item(
                item=found,
                changes=form.changes(),
                with_posts=list(helpers) if helpers is not None else None,
                by=person,
                at=now,
                lock=lock_of(request),
            )
        except Refused as refusal:
            form.add_refusal(said(refusal))
        else:
            key = part_key(found)
            found.refresh_from_db()
            same = key == part_key(found)
            return back(request, found.version, f"item-{item}", key if same else "")
    context = {"form": form, "item": found, "version": found.version}
    status = 422 if form.errors else 200
    response = respond(
        request, "planning/plans/item.html", "planning/plans/_item_form.html", context, status
    )
    if form.errors:  # the form again in the item's place, not in its heading's
        response.headers["HX-Retarget"] = f"#item-{item}"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


@login_required
@require_POST
def item_step(request: HttpRequest, pk: int, no: int, item: int, step: str) -> HttpResponse:
    """confirm, merge, drop, restore."""
    person, now, _today = who(request)
    found = item_of(request, pk, no, item)
    common: dict[str, Any] = {"by": person, "at": now}
    take: Any = {
        "confirm": lambda: actions.confirm_items(items=[found], **common),
        "merge": lambda: actions.merge_items(first=_above(found), second=found, **common),
        "drop": lambda: actions.drop_item(
            item=found, reason=request.POST.get("reason", ""), **common
        ),
        "restore": lambda: actions.restore_item(item=found, **common),
    }.get(step)
    if take is None:
        raise Http404
    try:
        take()
    except Refused as refusal:
        show_refusal(request, refusal)
    return back(request, found.version, f"item-{item}", part_key(found))


@login_required
def split(request: HttpRequest, pk: int, no: int, item: int) -> HttpResponse:
    """Choose the word before which an item is cut in two, and cut it there."""
    person, now, _today = who(request)
    found = item_of(request, pk, no, item)
    if request.method != "POST":
        cuts = cuts_of(found.text)
        context = {
            "item": found,
            "version": found.version,
            "cuts": cuts,
            "proposed": next((a for a, _word in cuts if a >= _middle(found) > 0), None),
        }
        return respond(
            request, "planning/plans/split.html", "planning/plans/_split_form.html", context
        )
    offset = request.POST.get("offset", "")
    place = int(offset) if offset.isdigit() else _middle(found)
    try:
        actions.split_item(item=found, at_offset=place, by=person, at=now)
    except Refused as refusal:
        show_refusal(request, refusal)
    return back(request, found.version, f"item-{item}", part_key(found))


def _middle(item: PlanItem) -> int:
    """Where a sentence naturally parts: after its first full stop or semicolon."""
    places = [item.text.find(mark) for mark in (". ", "; ")]
    found = [place + 1 for place in places if place > 0]
    return min(found) if found else 0


def _above(item: PlanItem) -> PlanItem:
    """The item before this one of the same kind; itself where there is none."""
    before = PlanItem.objects.filter(
        version=item.version, kind=item.kind, position__lt=item.position
    ).exclude(state=ItemState.DROPPED)
    return before.order_by("-position").first() or item


@login_required
@require_POST
def confirm_many(request: HttpRequest, pk: int, no: int) -> HttpResponse:
    """Confirm all items of a heading, or all."""
    person, now, _today = who(request)
    found = version_of(request, pk, no)
    part = request.POST.get("part", "")
    kind, _colon, field = part.partition(":")
    rows = found.items.all()
    if kind:
        rows = rows.filter(kind=kind)
    if field:
        rows = found.items.filter(kind=ItemKind.TASK, field=field) | found.items.filter(
            parent__field=field
        )
    try:
        actions.confirm_items(items=rows, by=person, at=now)
    except Refused as refusal:
        show_refusal(request, refusal)
    return back(request, found, f"part-{part.replace(':', '-')}", part)


@login_required
@require_POST
def lead_many(request: HttpRequest, pk: int, no: int) -> HttpResponse:
    """Give all tasks of a heading that have no lead the same one."""
    person, now, _today = who(request)
    found = version_of(request, pk, no)
    field = request.POST.get("part", "").partition(":")[2]
    agency = found.plan.agency
    post = get_object_or_404(Post, agency=agency, pk=request.POST.get("post") or 0)
    rows = found.items.filter(kind=ItemKind.TASK, field=field, lead_post__isnull=True)
    try:
        for row in rows.exclude(state=ItemState.DROPPED):
            actions.edit_item(item=row, changes={"lead_post": post}, by=person, at=now)
    except Refused as refusal:
        show_refusal(request, refusal)
    return back(request, found, f"part-task-{field}", f"task:{field}")


@login_required
def add(request: HttpRequest, pk: int, no: int) -> HttpResponse:
    """Add what the reader did not see, from a passage of the source or from one's own words."""
    person, now, _today = who(request)
    found = version_of(request, pk, no)
    asked = request.POST.get("passage") or request.GET.get("from", "")
    passage = passage_of(found, asked)
    start = {"kind": ItemKind.TASK, "passage": asked, "text": passage[1] if passage else ""}
    form = AddForm(sent_by(request), initial=start)
    if request.method == "POST" and form.is_valid():
        field = form.cleaned_data["field"]
        try:
            made = actions.add_item(
                version=found,
                kind=ItemKind(form.cleaned_data["kind"]),
                text=form.cleaned_data["text"],
                values={"field": field} if field else None,
                span=passage[0] if passage else None,
                by=person,
                at=now,
            )
        except Refused as refusal:
            form.add_refusal(said(refusal))
        else:
            return back(request, found, f"item-{made.pk}")
    context = {"form": form, "version": found, "passage": passage}
    status = 422 if form.errors else 200
    return render(request, "planning/plans/add.html", context, status=status)


@login_required
@require_POST
def warning(request: HttpRequest, pk: int, no: int, warning: int) -> HttpResponse:
    """Accept a warning, or say that it was mended."""
    person, now, _today = who(request)
    found = version_of(request, pk, no)
    row = get_object_or_404(found.warnings, pk=warning)
    note = request.POST.get("note", "")
    try:
        actions.settle_warning(warning=row, state=_settled(request), note=note, by=person, at=now)
    except Refused as refusal:
        show_refusal(request, refusal)
    return back(request, found, "warnings", "warnings")


@login_required
@require_POST
def warnings(request: HttpRequest, pk: int, no: int) -> HttpResponse:
    """Accept all open warnings of a kind, or all there are."""
    person, now, _today = who(request)
    found = version_of(request, pk, no)
    code = request.POST.get("code", "")
    try:
        actions.settle_warnings(
            version=found, code=code, state=_settled(request), by=person, at=now
        )
    except Refused as refusal:
        show_refusal(request, refusal)
    return back(request, found, "warnings", "warnings")


def _settled(request: HttpRequest) -> WarningState:
    mended = request.POST.get("state") == WarningState.MENDED
    return WarningState.MENDED if mended else WarningState.ACCEPTED
