"""Tasks, extensions and steering documents by API."""

from __future__ import annotations

from typing import Any, Literal

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from motcua.core import together
from motcua.core.periods import Period
from motcua.core.together import MOST
from motcua.files.models import Attachment
from motcua.files.views import send
from motcua.org.models import Person
from motcua.org.permissions import visible_agencies
from motcua.planning import actions
from motcua.planning.api.common import (
    agency_of,
    post_of,
    show_file,
    show_task,
    show_whole_task,
    uploads,
    who,
)
from motcua.planning.models import Extension, SteeringDocument, Task
from motcua.planning.rules import SteeringKind, TaskStatus
from motcua.ui.machine import Day, check_match, etag, page

router = Router()

_ROWS = ("agency", "lead_post", "lead_person")


class TaskFilter(Schema):
    """What a list of tasks can be narrowed to."""

    agency: str | None = None
    plan_id: int | None = None
    field: str | None = None
    status: TaskStatus | None = None
    lead_post: str | None = None
    person_id: int | None = None
    steering_id: int | None = None
    period: str | None = None
    mine: bool = False
    late: bool = False
    due_from: Day | None = None
    due_to: Day | None = None
    q: str | None = None


class TaskIn(Schema):
    """A task that is not in the plan."""

    agency: str
    text: str
    field: str = "other"
    lead: str
    helpers: list[str] = []
    due_on: Day
    product: str = ""
    steering_id: int | None = None


class StepIn(Schema):
    """What a step needs: progress in percent, words, or a reason."""

    percent: int | None = None
    text: str = ""


TogetherStep = Literal["take_on_task", "accept_task", "remind_task", "reassign"]


class TogetherIn(Schema):
    """Many tasks; words that go with the step; for ``reassign`` the code of the new lead post."""

    ids: list[int]
    text: str = ""
    lead: str = ""


class ReassignIn(Schema):
    """The new lead."""

    lead: str
    person_id: int | None = None
    helpers: list[str] | None = None
    reason: str = ""


class ExtensionIn(Schema):
    """More time, and why."""

    new_due_on: Day
    reason: str


class DecisionIn(Schema):
    """Yes or no, and why."""

    grant: bool
    note: str = ""


def _task(request: HttpRequest, pk: int) -> Task:
    person, _now, today = who(request)
    rows = Task.objects.visible_to(person, today).select_related(*_ROWS)
    return get_object_or_404(rows, pk=pk)


def _match(request: HttpRequest, task: Task) -> None:
    person, now, _today = who(request)
    tag = etag("task", task.pk, task.lock)
    check_match(request, tag, lambda: show_whole_task(task, person, now))


@router.get("/tasks")
def tasks(
    request: HttpRequest,
    wanted: Query[TaskFilter],
    cursor: str | None = None,
    limit: int = 50,
) -> dict[str, Any]:
    """Tasks that the caller may see, what will be late first, first."""
    person, _now, today = who(request)
    rows = Task.objects.visible_to(person, today).followed().select_related(*_ROWS)
    if wanted.mine:
        rows = rows.of_person(person).open()
    if wanted.person_id is not None:
        rows = rows.of_person(wanted.person_id)
    if wanted.period is not None:
        period = Period.parse(wanted.period)
        rows = rows.filter(order_on__gte=period.start, order_on__lte=period.end)
    if wanted.late:
        rows = rows.late(today)
    if wanted.q:
        rows = rows.matching(wanted.q)
    rows = rows.filter(_condition(wanted))
    return page(
        rows,
        ["order_on"],
        lambda task: show_task(task, today),
        cursor=cursor,
        limit=limit,
    )


def _condition(wanted: TaskFilter) -> Q:
    columns = {
        "agency__code": wanted.agency,
        "plan_id": wanted.plan_id,
        "field": wanted.field,
        "status": wanted.status,
        "lead_post__code": wanted.lead_post,
        "steering_id": wanted.steering_id,
        "due_on__gte": wanted.due_from,
        "due_on__lte": wanted.due_to,
    }
    return Q(**{name: value for name, value in columns.items() if value is not None})


@router.post("/tasks/together/{step}")
def take_together(request: HttpRequest, step: TogetherStep, data: TogetherIn) -> dict[str, Any]:
    """One step on many tasks: those done, and those refused, each with its reason."""
    person, now, today = who(request)
    rows = Task.objects.visible_to(person, today).followed().filter(pk__in=data.ids[:MOST])
    tasks = list(rows.select_related(*_ROWS).work_order())
    leads = {t.agency: post_of(t.agency, data.lead) for t in tasks} if step == "reassign" else {}
    by: dict[str, Any] = {"by": person, "at": now}
    take: dict[TogetherStep, Any] = {
        "take_on_task": lambda task: actions.take_on_task(task=task, **by),
        "accept_task": lambda task: actions.accept_task(task=task, text=data.text, **by),
        "remind_task": lambda task: actions.remind_task(task=task, text=data.text, **by),
        "reassign": lambda task: actions.reassign_task(
            task=task, lead=leads[task.agency], reason=data.text, **by
        ),
    }
    outcome = together.take_together(tasks, take[step])
    return {
        "done": [task.pk for task in outcome.done],
        "refused": [
            {"id": task.pk, "code": refusal.code, "detail": refusal.sentence(_(refusal.message))}
            for task, refusal in outcome.refused
        ],
    }


@router.get("/tasks/{pk}")
def task(request: HttpRequest, response: HttpResponse, pk: int) -> dict[str, Any]:
    """One task, with what the caller may do now."""
    person, now, _today = who(request)
    found = _task(request, pk)
    response.headers["ETag"] = etag("task", found.pk, found.lock)
    return show_whole_task(found, person, now)


@router.post("/tasks", response={201: dict[str, Any]})
def assign(request: HttpRequest, data: TaskIn) -> Status[dict[str, Any]]:
    """Give a task that is not in the plan."""
    person, now, _today = who(request)
    agency = agency_of(request, data.agency)
    steering = None
    if data.steering_id is not None:
        steering = get_object_or_404(SteeringDocument, pk=data.steering_id, agency=agency)
    made = actions.assign_task(
        agency=agency,
        text=data.text,
        field=data.field,
        lead=post_of(agency, data.lead),
        helpers=[post_of(agency, code) for code in data.helpers],
        due_on=data.due_on,
        product=data.product,
        steering=steering,
        by=person,
        at=now,
    )
    return Status(201, show_whole_task(made, person, now))


@router.post("/tasks/{pk}/steps/{step}")
def take_step(request: HttpRequest, pk: int, step: str, data: StepIn) -> dict[str, Any]:
    """take_on_task, report_progress, submit_task, accept_task, return_task, reopen_task,
    cancel_task, comment, remind."""
    person, now, _today = who(request)
    found = _task(request, pk)
    _match(request, found)
    common: dict[str, Any] = {"task": found, "by": person, "at": now}
    take: Any = {
        "take_on_task": lambda: actions.take_on_task(**common),
        "report_progress": lambda: actions.report_progress(
            percent=data.percent if data.percent is not None else -1, text=data.text, **common
        ),
        "submit_task": lambda: actions.submit_task(text=data.text, **common),
        "accept_task": lambda: actions.accept_task(text=data.text, **common),
        "return_task": lambda: actions.return_task(reason=data.text, **common),
        "reopen_task": lambda: actions.reopen_task(reason=data.text, **common),
        "cancel_task": lambda: actions.cancel_task(reason=data.text, **common),
        "comment": lambda: actions.comment_task(text=data.text, **common),
        "remind": lambda: actions.remind_task(text=data.text, **common),
    }.get(step)
    if take is None:
        raise Http404
    take()
    return show_whole_task(_task(request, pk), person, now)


@router.post("/tasks/{pk}/reassign")
def reassign(request: HttpRequest, pk: int, data: ReassignIn) -> dict[str, Any]:
    """Give an open task to another post or person."""
    person, now, today = who(request)
    found = _task(request, pk)
    _match(request, found)
    chosen = None
    if data.person_id is not None:
        chosen = get_object_or_404(Person.objects.serving(found.agency, today), pk=data.person_id)
    helpers = None
    if data.helpers is not None:
        helpers = [post_of(found.agency, code) for code in data.helpers]
    actions.reassign_task(
        task=found,
        lead=post_of(found.agency, data.lead),
        person=chosen,
        helpers=helpers,
        reason=data.reason,
        by=person,
        at=now,
    )
    return show_whole_task(_task(request, pk), person, now)


@router.post("/tasks/{pk}/files", response={201: dict[str, Any]})
def add_files(
    request: HttpRequest,
    pk: int,
    files: File[list[UploadedFile]],
    text: Form[str] = "",
) -> Status[dict[str, Any]]:
    """Add evidence to a task."""
    person, now, _today = who(request)
    found = _task(request, pk)
    actions.comment_task(task=found, text=text, files=uploads(files), by=person, at=now)
    return Status(201, {"files": [show_file(file) for file in Attachment.objects.of(found)]})


@router.get("/tasks/{pk}/files/{file_pk}")
def download(request: HttpRequest, pk: int, file_pk: int) -> HttpResponse:
    """A file of a task."""
    found = _task(request, pk)
    return send(get_object_or_404(Attachment.objects.of(found), pk=file_pk))


@router.post("/tasks/{pk}/extensions", response={201: dict[str, Any]})
def ask(request: HttpRequest, pk: int, data: ExtensionIn) -> Status[dict[str, Any]]:
    """Ask for more time."""
    person, now, _today = who(request)
    made = actions.ask_extension(
        task=_task(request, pk),
        new_due_on=data.new_due_on,
        reason=data.reason,
        by=person,
        at=now,
    )
    return Status(201, {"id": made.pk, "status": made.status, "new_due_on": made.new_due_on})


@router.post("/extensions/{pk}/decide")
def decide(request: HttpRequest, pk: int, data: DecisionIn) -> dict[str, Any]:
    """Grant or refuse more time."""
    person, now, today = who(request)
    rows = Extension.objects.select_related("task__agency")
    seen = Task.objects.visible_to(person, today)
    extension = get_object_or_404(rows, pk=pk, task__in=seen)
    done = actions.decide_extension(
        extension=extension, grant=data.grant, note=data.note, by=person, at=now
    )
    return {"id": done.pk, "status": done.status, "new_due_on": done.new_due_on}


@router.get("/steering")
def steering(request: HttpRequest, cursor: str | None = None, limit: int = 50) -> dict[str, Any]:
    """Steering documents, newest first."""
    person, _now, today = who(request)
    seen = visible_agencies(person, "planning.view", today)
    rows = SteeringDocument.objects.filter(agency__in=seen).select_related("agency")
    return page(rows, ["-issued_on"], _show_steering, cursor=cursor, limit=limit)


def _show_steering(document: SteeringDocument) -> dict[str, Any]:
    return {
        "id": document.pk,
        "agency": document.agency.code,
        "kind": document.kind,
        "number": document.number,
        "issued_on": document.issued_on,
        "issuer": document.issuer,
        "summary": document.summary,
    }


class SteeringIn(Schema):
    """A document of superiors."""

    agency: str
    kind: SteeringKind
    number: str
    issued_on: Day
    issuer: str
    summary: str


@router.post("/steering", response={201: dict[str, Any]})
def enter_steering(request: HttpRequest, data: SteeringIn) -> Status[dict[str, Any]]:
    """Enter a steering document; its tasks are given by ``POST /tasks`` with ``steering_id``."""
    person, now, _today = who(request)
    values = data.dict()
    agency = agency_of(request, values.pop("agency"))
    made = actions.enter_steering(agency=agency, by=person, at=now, **values)
    return Status(201, _show_steering(made))
