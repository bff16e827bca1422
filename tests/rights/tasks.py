"""Tasks, targets, steering documents."""

from motcua.planning.rules import EXTENSION_STEPS, TASK_STEPS
from tests.rights.rows import Row, upload

SEES = {"sees": "planning.view"}
ASSIGN, MEASURE = "planning.assign", "planning.measure"
#: Who reports on a task leads it or may assign.
HOLDS = {"only": {"tuphap"}, "or_with": ASSIGN}
LISTED = SEES | {"shows": lambda w: f"/tasks/{w.assigned.pk}/"}
PROGRESS = {"percent": "50", "text": "Đã làm", "reason": "Vì sao", "attached": ""}

#: Step → the task that can take it, and the permission.
STEPS = {
    "take_on_task": "assigned",
    "report_progress": "assigned",
    "submit_task": "assigned",
    "accept_task": "handed_in",
    "return_task": "handed_in",
    "reopen_task": "done",
    "cancel_task": "assigned",
}
NEEDS = {step: TASK_STEPS[step].needs for step in STEPS} | {
    "comment_task": "planning.view",
    "remind_task": ASSIGN,
    "ask_extension": EXTENSION_STEPS["ask_extension"].needs,
    "reassign": ASSIGN,
}
TAKEN_BY = STEPS | {name: "assigned" for name in NEEDS if name not in STEPS}


def _held(needs: str) -> dict:
    return {"needs": needs, **(HOLDS if needs == "planning.progress" else {})}


def _typed(w):
    return PROGRESS | {"new_due_on": "31/7/2024", "lead": w.office.pk}


NEW = {"needs": ASSIGN, "home": True}
ENTER = {"needs": "planning.steering", "home": True}
TARGET = {"args": lambda w: [w.target.pk]} | SEES
VALUE = {"on": "15/3/2024", "value": "91", "evidence": "Sổ"}
DECIDE = {
    "args": lambda w: [w.extension.pk],
    "needs": EXTENSION_STEPS["grant_extension"].needs,
} | SEES
TOGETHER = {
    step: NEEDS[step] for step in ("take_on_task", "accept_task", "remind_task", "reassign")
}
TOLD = {"number": "16/TB-UBND", "issuer": "UBND huyện", "kind": "notice"}


def _ticked(w, step):
    task = getattr(w, TAKEN_BY[step])
    return {"selected": [str(task.pk)], "together": "1", "text": "", "lead": w.office.pk}


PAGES = [
    Row("planning:my_work"),
    *(Row(f"planning:{name}") for name in ("today", "foreseen", "messages")),
    *(Row(f"planning:{name}", "POST", traceless=True) for name in ("today", "messages")),
    Row("planning:tasks", **LISTED),
    Row("planning:task_board", **LISTED),
    Row("planning:task_calendar", query="month=2024-06", **LISTED),
    Row("planning:new_task", **NEW),
    Row(
        "planning:new_task",
        "POST",
        sent=lambda w: {
            "text": "Việc",
            "field": "other",
            "lead": w.post().pk,
            "due_on": "28/6/2024",
        },
        **NEW,
    ),
    Row("planning:task", args=lambda w: [w.assigned.pk], **SEES),
    *(
        Row(
            "planning:task_step",
            "POST",
            step=step,
            args=lambda w, step=step: [getattr(w, TAKEN_BY[step]).pk, step],
            sent=_typed,
            **_held(needs),
            **SEES,
        )
        for step, needs in NEEDS.items()
    ),
    *(
        Row(
            "planning:tasks_together",
            "POST",
            step=step,
            args=[step],
            sent=lambda w, step=step: _ticked(w, step),
            **_held(needs),
            sees="planning.view",
            unseen="without effect",
        )
        for step, needs in TOGETHER.items()
    ),
    Row("planning:task_file", args=lambda w: [w.handed_in.pk, w.task_file.pk], **SEES),
    Row("planning:decide_extension", "POST", sent={"decision": "grant"}, **DECIDE),
    Row("planning:targets", **SEES, shows=lambda w: f"/targets/{w.target.pk}/"),
    Row("planning:target", **TARGET),
    Row("planning:target", "POST", sent=VALUE, needs=MEASURE, **TARGET),
    Row("planning:value_file", args=lambda w: [w.target.pk, w.value_file.pk], **SEES),
    Row("planning:steering", **SEES, shows=lambda w: f"/steering/{w.steering.pk}/"),
    Row("planning:new_steering", **ENTER),
    Row(
        "planning:new_steering",
        "POST",
        sent=TOLD | {"issued_on": "18/3/2024", "abstract": "Thông báo"},
        **ENTER,
    ),
    Row("planning:steering_document", args=lambda w: [w.steering.pk], **SEES),
    Row("planning:steering_file", args=lambda w: [w.steering.pk, w.steering_file.pk], **SEES),
]

TASK = {"args": lambda w: {"pk": w.assigned.pk}} | SEES
CALLED = {"comment_task": "comment", "remind_task": "remind"}
OPERATIONS = [
    Row("/tasks", query="limit=200", **SEES, shows=lambda w: f'"id": {w.assigned.pk},'),
    Row(
        "/tasks",
        "POST",
        sent={
            "agency": "15997",
            "text": "Việc",
            "lead": "office",
            "due_on": "2024-06-28",
        },
        needs=ASSIGN,
        **SEES,
    ),
    *(
        Row(
            "/tasks/together/{step}",
            "POST",
            step=step,
            args={"step": step},
            sent=lambda w, step=step: {"ids": [getattr(w, TAKEN_BY[step]).pk], "lead": "office"},
            **_held(needs),
            sees="planning.view",
            unseen="without effect",
        )
        for step, needs in TOGETHER.items()
    ),
    Row("/tasks/{pk}", **TASK),
    *(
        Row(
            "/tasks/{pk}/steps/{step}",
            "POST",
            step=step,
            args=lambda w, step=step: {
                "pk": getattr(w, TAKEN_BY[step]).pk,
                "step": CALLED.get(step, step),
            },
            sent={"percent": 50, "text": "Đã làm"},
            **_held(NEEDS[step]),
            **SEES,
        )
        for step in (*STEPS, *CALLED)
    ),
    Row("/tasks/{pk}/reassign", "POST", sent={"lead": "office"}, needs=ASSIGN, **TASK),
    Row("/tasks/{pk}/files", "POST", sent={"files": upload}, **TASK),
    Row(
        "/tasks/{pk}/files/{file_pk}",
        args=lambda w: {"pk": w.handed_in.pk, "file_pk": w.task_file.pk},
        **SEES,
    ),
    Row(
        "/tasks/{pk}/extensions",
        "POST",
        sent={"new_due_on": "2024-07-31", "reason": "Chờ huyện"},
        **_held(NEEDS["ask_extension"]),
        **TASK,
    ),
    Row(
        "/extensions/{pk}/decide",
        "POST",
        sent={"grant": True},
        **DECIDE | {"args": lambda w: {"pk": w.extension.pk}},
    ),
    Row("/steering", **SEES, shows="15/TB-UBND"),
    Row(
        "/steering",
        "POST",
        sent=(TOLD | {"agency": "15997", "issued_on": "2024-03-18", "summary": "Thông báo"}),
        needs="planning.steering",
        **SEES,
    ),
    Row("/targets", **SEES, shows=lambda w: f'"id": {w.target.pk},'),
    Row("/targets/{pk}", args=lambda w: {"pk": w.target.pk}, **SEES),
    Row(
        "/targets/{pk}/values",
        "POST",
        args=lambda w: {"pk": w.target.pk},
        sent={"on": "2024-03-15", "value": "91", "evidence": "Sổ"},
        needs=MEASURE,
        **SEES,
    ),
]
ROWS = [*PAGES, *OPERATIONS]
