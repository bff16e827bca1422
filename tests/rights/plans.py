"""Plans: import, confirm, approve, amend."""

from motcua.planning.rules import VERSION_STEPS
from tests.rights.rows import Row, upload

SEES = {"sees": "planning.view"}
IMPORT = {"needs": "planning.import", "home": True}
CONFIRM = SEES | {"needs": "planning.confirm"}
SHOWN = SEES | {"shows": lambda w: f'href="/plans/{w.running.plan.pk}/"'}


def _version(name: str, *more: str):
    """Address of one of the world's versions and of things in it."""

    def args(w):
        version = getattr(w, name)
        return [version.plan_id, version.no, *(getattr(w, one).pk for one in more)]

    return args


def _path(name: str, **more: str):
    """The same for an operation."""

    def args(w):
        version = getattr(w, name)
        return {"pk": version.plan_id, "no": version.no, **more}

    return args


DRAFT, ITEM = {"args": _version("draft")} | CONFIRM, {"args": _version("draft", "item")} | CONFIRM
AMENDED = {"args": _version("amended")}
AMEND = {"args": lambda w: [w.running.plan.pk], "needs": "planning.import"} | SEES
REASON = {"reason": "Theo ý kiến của huyện"}
#: Step → the version that can take it.
STEPS = {
    "submit_plan": "ready",
    "approve_plan": "submitted",
    "return_plan": "submitted",
    "discard_plan": "draft",
}
PAGES = [
    Row("planning:plans", **SHOWN),
    Row("planning:import", **IMPORT),
    Row("planning:import", "POST", sent={"file": upload}, traceless=True, **IMPORT),
    Row("planning:plan", args=lambda w: [w.running.plan.pk], **SEES),
    Row("planning:amend", **AMEND),
    Row("planning:amend", "POST", sent=REASON, **AMEND),
    *(Row("planning:version", args=_version(v), **SEES) for v in ("draft", "submitted", "amended")),
    Row("planning:version_head", args=_version("draft"), **SEES),
    Row(
        "planning:version_head",
        "POST",
        sent={"title": "Kế hoạch", "starts_on": "1/1/2026", "ends_on": "31/12/2026"},
        **DRAFT,
    ),
    Row("planning:diff", **AMENDED, **SEES),
    Row("planning:source", args=_version("draft"), **SEES),
    *(
        Row(
            "planning:version_step",
            "POST",
            step=step,
            args=lambda w, step=step, name=name: [*_version(name)(w), step],
            sent=REASON,
            needs=VERSION_STEPS[step].needs,
            **SEES,
        )
        for step, name in STEPS.items()
    ),
    Row("planning:confirm_many", "POST", **DRAFT),
    Row(
        "planning:lead_many",
        "POST",
        sent=lambda w: {
            "part": f"task:{w.unled.field}",
            "post": w.office.pk,
        },
        **DRAFT,
    ),
    Row("planning:add_item", args=_version("draft"), **SEES),
    Row("planning:add_item", "POST", sent={"kind": "task", "text": "Việc"}, **DRAFT),
    Row("planning:warnings", "POST", **DRAFT),
    Row(
        "planning:warning",
        "POST",
        args=_version("draft", "warning"),
        sent={"state": "accepted"},
        **CONFIRM,
    ),
    Row("planning:matches", **AMENDED, **SEES),
    Row(
        "planning:matches",
        "POST",
        sent=lambda w: {"item": w.matched.pk, "old": ""},
        **AMENDED,
        **CONFIRM,
    ),
    Row("planning:keep_item", "POST", sent=lambda w: {"old": w.old.pk}, **AMENDED, **CONFIRM),
    Row("planning:item", args=_version("draft", "item"), **SEES),
    Row(
        "planning:item",
        "POST",
        sent=lambda w: {"text": "Nội dung mới", "field": w.item.field},
        **ITEM,
    ),
    Row("planning:split", args=_version("draft", "item"), **SEES),
    Row("planning:split", "POST", sent={"offset": "9"}, **ITEM),
    *(
        Row(
            "planning:item_step",
            "POST",
            step=step,
            args=lambda w, step=step, name=name: [*_version("draft", name)(w), step],
            sent=REASON,
            **CONFIRM,
        )
        for step, name in {
            "confirm": "item",
            "merge": "second",
            "drop": "item",
            "restore": "dropped",
        }.items()
    ),
]


def _item(path: str, name: str = "item", sent=None, method: str = "POST") -> Row:
    """An operation on an item of the draft."""
    where = f"/plan-items/{{pk}}{path}"
    return Row(
        where, method, args=lambda w: {"pk": getattr(w, name).pk}, sent=sent or {}, **CONFIRM
    )


PATH = "/plans/{pk}/versions/{no}"
PLAN = {"args": lambda w: {"pk": w.running.plan.pk}}
FILE = {"sent": {"file": upload, "reason": "Theo huyện"}}
OPERATIONS = [
    Row("/plans/preview", "POST", sent={"file": upload}, traceless=True),
    Row(
        "/plans",
        "POST",
        sent={"file": upload, "agency": "15997", "year": "2028"},
        needs="planning.import",
        **SEES,
    ),
    Row("/plans", **SEES, shows=lambda w: f'"id": {w.running.plan.pk},'),
    Row(PATH, args=_path("draft"), **SEES),
    Row(PATH, "PATCH", args=_path("draft"), sent={"title": "Kế hoạch"}, **CONFIRM),
    *(
        Row(
            f"{PATH}/steps/{{step}}",
            "POST",
            step=step,
            args=_path(name, step=step),
            sent=REASON,
            needs=VERSION_STEPS[step].needs,
            **SEES,
        )
        for step, name in STEPS.items()
    ),
    Row("/plans/{pk}/amend", "POST", sent=REASON, **PLAN, **SEES, needs="planning.import"),
    Row("/plans/{pk}/amend/preview", "POST", traceless=True, **FILE, **PLAN, **SEES),
    Row("/plans/{pk}/amend/file", "POST", **FILE, **PLAN, **SEES, needs="planning.import"),
    Row(
        f"{PATH}/items",
        "POST",
        args=_path("draft"),
        sent={"kind": "task", "text": "Việc"},
        **CONFIRM,
    ),
    Row(f"{PATH}/warnings/settle", "POST", args=_path("draft"), sent={}, **CONFIRM),
    Row(f"{PATH}/matches", args=_path("amended"), **SEES),
    Row(
        f"{PATH}/keep",
        "POST",
        args=_path("amended"),
        sent=lambda w: {"old_id": w.old.pk},
        **CONFIRM,
    ),
    _item("", sent={"text": "Nội dung mới"}, method="PATCH"),
    _item("/confirm"),
    _item("/split", sent={"offset": 9}),
    _item("/merge", sent=lambda w: {"other_id": w.second.pk}),
    _item("/drop", sent=REASON),
    _item("/restore", "dropped"),
    _item("/match", "matched", sent={"old_id": None}),
    Row(
        "/plan-warnings/{pk}/settle",
        "POST",
        args=lambda w: {"pk": w.warning.pk},
        sent={"state": "accepted"},
        **CONFIRM,
    ),
]
ROWS = [*PAGES, *OPERATIONS]
