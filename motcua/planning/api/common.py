"""Who asks, what they may see, and how records are shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja.files import UploadedFile

from motcua.files.models import Attachment
from motcua.org.models import Agency, Person, Post
from motcua.org.permissions import visible_agencies
from motcua.planning.actions import Upload
from motcua.planning.models import PlanItem, PlanVersion, Target, Task
from motcua.planning.permissions import allowed_task_steps, allowed_version_steps
from motcua.planning.rules import urgency


def who(request: HttpRequest) -> tuple[Person, datetime, date]:
    """The person, moment and day of a request."""
    person: Person | None = request.person  # type: ignore[attr-defined] # set by PersonMiddleware
    if person is None:
        raise PermissionDenied
    return person, request.now, request.today  # type: ignore[attr-defined] # likewise


def agency_of(request: HttpRequest, code: str) -> Agency:
    """An agency whose plans the caller may see, by its code; else 404."""
    person, _now, today = who(request)
    seen = visible_agencies(person, "planning.view", today)
    return get_object_or_404(Agency, code=code, pk__in=seen)


def post_of(agency: Agency, code: str) -> Post:
    """A post of the agency by its code; else 404."""
    return get_object_or_404(Post, agency=agency, code=code)


def uploads(files: list[UploadedFile] | None) -> list[Upload]:
    """Files of a multipart request."""
    return [Upload(file.name or "", file.read()) for file in files or []]


def show_task(task: Task, today: date) -> dict[str, Any]:
    """A task as a row of a list."""
    return {
        "id": task.pk,
        "agency": task.agency.code,
        "code": task.code,
        "field": task.field,
        "text": task.text,
        "lead_post": task.lead_post.code if task.lead_post else None,
        "lead_person": task.lead_person.full_name if task.lead_person else None,
        "starts_on": task.starts_on,
        "due_on": task.due_on,
        "recurrence": task.recurrence or None,
        "period": task.period or None,
        "product": task.product,
        "cost": task.cost,
        "status": task.status,
        "percent": task.percent,
        "done_on": task.done_on,
        "urgency": urgency(task.status, task.due_on, today),
        "changed_at": task.changed_at,
        "version": task.lock,
    }


def show_whole_task(task: Task, person: Person, now: datetime) -> dict[str, Any]:
    """A task with its people, history, files, extensions and what the caller may do now."""
    notes = task.notes.select_related("by").order_by("-at", "-pk")[:100]
    return show_task(task, now.date()) | {
        "plan_id": task.plan_id,
        "item_id": task.item_id,
        "steering_id": task.steering_id,
        "assignees": [
            {
                "post": a.post.code,
                "person": a.person.full_name if a.person else None,
                "leads": a.leads,
            }
            for a in task.assignees.select_related("post", "person")
        ],
        "notes": [
            {
                "at": note.at,
                "by": note.by.full_name if note.by else None,
                "step": note.step,
                "percent": note.percent,
                "text": note.text,
            }
            for note in notes
        ],
        "files": [show_file(file) for file in Attachment.objects.of(task)],
        "extensions": [
            {
                "id": e.pk,
                "status": e.status,
                "reason": e.reason,
                "old_due_on": e.old_due_on,
                "new_due_on": e.new_due_on,
            }
            for e in task.extensions.order_by("-pk")
        ],
        "allowed_steps": allowed_task_steps(task, person, now),
    }


def show_file(file: Attachment) -> dict[str, Any]:
    """An attachment without its content."""
    return {
        "id": file.pk,
        "name": file.name,
        "kind": file.kind,
        "media": file.media,
        "size": file.size,
        "sha256": file.sha256,
        "added_at": file.added_at,
        "added_by": file.added_by,
    }


def show_item(item: PlanItem) -> dict[str, Any]:
    """One sentence of a version with what was understood of it."""
    return {
        "id": item.pk,
        "lineage": str(item.lineage),
        "kind": item.kind,
        "state": item.state,
        "parent_id": item.parent_id,
        "code": item.code,
        "field": item.field,
        "heading": item.heading,
        "text": item.text,
        "span": [item.span_start, item.span_end] if item.span_start is not None else None,
        "drop_reason": item.drop_reason,
        "lead": item.lead_post.code if item.lead_post else None,
        "lead_reason": item.lead_reason,
        "with": [post.code for post in item.with_posts.all()],
        "due_text": item.due_text,
        "due_on": item.due_on,
        "recurrence": item.recurrence,
        "product": item.product,
        "cost": item.cost,
        "subject": item.subject,
        "scope": item.scope,
        "comparison": item.comparison or None,
        "value": item.value,
        "upper": item.upper,
        "unit": item.unit,
    }


def show_version(version: PlanVersion, person: Person, now: datetime) -> dict[str, Any]:
    """A version without its items."""
    return {
        "plan_id": version.plan_id,
        "agency": version.plan.agency.code,
        "year": version.plan.year,
        "no": version.no,
        "status": version.status,
        "title": version.title,
        "number": version.number,
        "issued_on": version.issued_on,
        "starts_on": version.starts_on,
        "ends_on": version.ends_on,
        "budget": version.budget,
        "why": version.why,
        "approved_at": version.approved_at,
        "version": version.lock,
        "allowed_steps": allowed_version_steps(version, person, now),
    }


def show_target(target: Target) -> dict[str, Any]:
    """A target with the value that stands today."""
    return {
        "id": target.pk,
        "agency": target.agency.code,
        "plan_id": target.plan_id,
        "code": target.code,
        "field": target.field,
        "text": target.text,
        "subject": target.subject,
        "comparison": target.comparison or None,
        "value": target.value,
        "upper": target.upper,
        "unit": target.unit,
        "latest": getattr(target, "latest", None),
        "latest_on": getattr(target, "latest_on", None),
        "source": getattr(target, "latest_source", None),
    }
