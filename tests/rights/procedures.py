"""The catalogue of procedures; internal procedures and their review."""

from motcua.procedures.rules import PLAN_STEPS, REVIEW_STEPS, VERSION_STEPS
from tests.dossiers.scenes import MARRIAGE
from tests.procedures.scenes import BIRTH, BIRTH_RAW
from tests.procedures.test_pages import posted
from tests.rights.rows import Row
from tests.rights.world import COST, NATIONAL

SEES = {"sees": "procedures.view"}
OWN = {"needs": "procedures.view", "home": True}
OF_NATION = OWN | {"hides": True}
EDIT = {"needs": "procedures.edit", "home": True}
PUBLISH = {"needs": "procedures.publish", "home": True}
REVIEW, DECIDE = REVIEW_STEPS["assess_review"].needs, REVIEW_STEPS["decide_review"].needs
AT_HOME = {"needs": REVIEW, "home": True}
DECIDED = {"decision": "5/QĐ-UBND", "decided_on": "18/3/2024", "valid_from": "18/3/2024"}
ENDED = {"withdrawal": "7/QĐ-UBND", "last_day": "29/3/2024"}
#: Step → the version that can take it.
STEPS = {"publish_version": "birth", "withdraw_version": "marriage", "discard_version": "birth"}
ENTRY = {"code": "NB-09", "name": "Nghỉ phép", "field": "Nội vụ", "scope": "within"}
BIRTH_DRAFT = {"args": lambda w: [BIRTH, w.birth.no]} | SEES
INTERNAL = {"args": lambda w: [w.internal.pk]} | SEES
REVIEWED = {"args": lambda w: [w.review.pk]} | SEES


def _step(name: str):
    def args(w):
        version = getattr(w, STEPS[name])
        return [version.procedure.code, version.no, name]

    return args


def _line(w):
    return {
        "procedure": w.spare.pk,
        "post": w.office.pk,
        "due_on": "27/6/2025",
        "ground": "Rườm rà",
    }


CATALOGUE = [
    Row("procedures:catalogue", **OWN),
    Row("procedures:catalogue_state", args=["drafts"], **OWN),
    Row("procedures:export", args=["yaml"], **OWN),
    Row("procedures:new", **EDIT),
    Row("procedures:new", "POST", sent={"code": BIRTH}, traceless=True, **EDIT),
    Row("procedures:import", **PUBLISH),
    Row("procedures:import", "POST", sent=DECIDED, traceless=True, **PUBLISH),
    Row("procedures:procedure", args=[NATIONAL], **OF_NATION),
    Row("procedures:draft", args=[MARRIAGE], **EDIT),
    Row("procedures:draft", "POST", args=[MARRIAGE], sent=posted(), **EDIT),
    Row("procedures:version", **BIRTH_DRAFT),
    Row("procedures:edit", needs="procedures.edit", **BIRTH_DRAFT),
    Row(
        "procedures:edit",
        "POST",
        sent=lambda w: posted(lock=w.birth.lock),
        needs="procedures.edit",
        **BIRTH_DRAFT,
    ),
    *(
        Row(
            "procedures:step",
            "POST",
            step=step,
            args=_step(step),
            sent=DECIDED | ENDED,
            needs=VERSION_STEPS[step].needs,
            **SEES,
        )
        for step in STEPS
    ),
]
REVIEWS = [
    Row("procedures:internal", **SEES, shows=lambda w: f"/internal/{w.internal.pk}/"),
    Row("procedures:new_internal", **AT_HOME),
    Row(
        "procedures:new_internal",
        "POST",
        sent=ENTRY | {"valid_from": "1/1/2024"},
        **AT_HOME,
    ),
    Row("procedures:internal_procedure", **INTERNAL),
    Row("procedures:edit_internal", needs=REVIEW, **INTERNAL),
    Row(
        "procedures:edit_internal",
        "POST",
        sent=lambda w: ENTRY | {"valid_from": "1/1/2024", "lock": w.internal.lock},
        needs=REVIEW,
        **INTERNAL,
    ),
    Row(
        "procedures:end_internal",
        "POST",
        sent={"last_day": "29/3/2024"},
        needs=REVIEW,
        **INTERNAL,
    ),
    Row("procedures:review_plans", **SEES, shows=lambda w: f"/plans/{w.review_draft.pk}/"),
    Row("procedures:new_review_plan", **AT_HOME),
    Row("procedures:new_review_plan", "POST", sent={"year": "2027"}, **AT_HOME),
    Row("procedures:review_plan", args=lambda w: [w.review_draft.pk], **SEES),
    Row(
        "procedures:review_plan",
        "POST",
        args=lambda w: [w.review_draft.pk],
        sent=_line,
        needs=PLAN_STEPS["plan_review"].needs,
        **SEES,
    ),
    Row(
        "procedures:approve_review_plan",
        "POST",
        args=lambda w: [w.review_draft.pk],
        sent={"number": "4/KH-UBND"},
        needs=PLAN_STEPS["approve_review_plan"].needs,
        **SEES,
    ),
    Row("procedures:review", **REVIEWED),
    Row("procedures:assess_review", needs=REVIEW, **REVIEWED),
    Row(
        "procedures:assess_review",
        "POST",
        sent=lambda w: (
            {"hourly_pay": "50.000", "subjects": "9", "times": "1", "proposal": "Bỏ"}
            | {"lock": w.review.lock}
        ),
        needs=REVIEW,
        **REVIEWED,
    ),
    Row("procedures:decide_review", needs=DECIDE, **REVIEWED),
    Row(
        "procedures:decide_review",
        "POST",
        sent={"outcome": "simplified", "decision": "8/QĐ", "decided_on": "18/3/2024"},
        needs=DECIDE,
        **REVIEWED,
    ),
]
ISO = {"decision": "5/QĐ-UBND", "decided_on": "2024-03-18", "valid_from": "2024-03-18"}
VERSION = "/procedures/{code}/versions/{no}"
BIRTH_NO = {"args": lambda w: {"code": BIRTH, "no": w.birth.no}} | SEES
MARRIAGE_NO = {"args": lambda w: {"code": MARRIAGE, "no": w.marriage.no}} | SEES
IN_FORCE = {"args": {"code": NATIONAL}} | OF_NATION
PLAN = {"args": lambda w: {"pk": w.review_draft.pk}} | SEES
REVIEW_PK = {"args": lambda w: {"pk": w.review.pk}} | SEES
OPERATIONS = [
    Row("/procedures", shows=NATIONAL, **OWN),
    Row(
        "/procedures/import",
        "POST",
        sent=(
            ISO | {"rows": [BIRTH_RAW | {"code": "1.000656", "name": "Thủ tục đăng ký khai tử"}]}
        ),
        **PUBLISH,
    ),
    Row("/procedures/file/{kind}", args={"kind": "yaml"}, shows=NATIONAL, **OWN),
    Row("/procedures/{code}", **IN_FORCE),
    Row("/procedures/{code}/due", query="received=2024-03-18T09:00:00", **IN_FORCE),
    Row("/procedures/{code}/fees", "POST", sent={}, traceless=True, **IN_FORCE),
    Row(
        "/procedures/{code}/versions",
        args={"code": MARRIAGE},
        **SEES,
        shows=f'"{MARRIAGE}"',
    ),
    Row(
        "/procedures/{code}/versions",
        "POST",
        args={"code": MARRIAGE},
        sent={"content": BIRTH_RAW},
        **EDIT,
    ),
    Row(VERSION, **BIRTH_NO),
    Row(VERSION, "PUT", sent={"content": BIRTH_RAW}, needs="procedures.edit", **BIRTH_NO),
    Row(
        f"{VERSION}/changes/{{before}}",
        args=lambda w: {"code": MARRIAGE, "no": w.marriage.no, "before": w.marriage.no},
        **SEES,
    ),
    Row(f"{VERSION}/publish", "POST", sent=ISO, needs="procedures.publish", **BIRTH_NO),
    Row(
        f"{VERSION}/withdraw",
        "POST",
        sent={"withdrawal": "7/QĐ-UBND", "last_day": "2024-03-29"},
        needs="procedures.publish",
        **MARRIAGE_NO,
    ),
    Row(f"{VERSION}/discard", "POST", sent={}, needs="procedures.edit", **BIRTH_NO),
    Row("/internal-procedures", **SEES, shows="NB-01"),
    Row(
        "/internal-procedures",
        "POST",
        sent=ENTRY | {"valid_from": "2024-01-01"},
        **AT_HOME,
    ),
    Row("/internal-procedures/plans", "POST", sent={"year": 2027}, **AT_HOME),
    Row("/internal-procedures/plans/{pk}", **PLAN),
    Row(
        "/internal-procedures/plans/{pk}/reviews",
        "POST",
        sent={
            "procedure": "NB-02",
            "post": "office",
            "due_on": "2025-06-27",
            "ground": "Rườm rà",
        },
        needs=REVIEW,
        **PLAN,
    ),
    Row(
        "/internal-procedures/plans/{pk}/approve",
        "POST",
        sent={"number": "4/KH-UBND"},
        needs=DECIDE,
        **PLAN,
    ),
    Row(
        "/internal-procedures/reviews/{pk}/assess",
        "POST",
        sent={"before": COST, "after": COST, "proposal": "Bỏ"},
        needs=REVIEW,
        **REVIEW_PK,
    ),
    Row(
        "/internal-procedures/reviews/{pk}/decide",
        "POST",
        sent={"outcome": "simplified", "decision": "8/QĐ", "decided_on": "2024-03-18"},
        needs=DECIDE,
        **REVIEW_PK,
    ),
]
ROWS = [*CATALOGUE, *REVIEWS, *OPERATIONS]
