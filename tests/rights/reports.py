"""Periodic reports."""

from motcua.reports.rules import REPORT_STEPS
from tests.rights.rows import Row

SEES = {"sees": "reports.view"}
NEW = {"needs": "reports.draft", "home": True}
#: Step → the report that can take it.
STEPS = {
    "redraft": "report_draft",
    "submit_report": "report_draft",
    "set_urgency": "report_draft",
    "return_report": "report_submitted",
    "approve_report": "report_submitted",
    "correct_report": "report_signed",
}
NEEDS = {step: REPORT_STEPS[step].needs for step in STEPS}
SIGNED = {"args": lambda w: [w.report_signed.pk]} | SEES
SENT = {"reason": "Sai số liệu", "number": "9/BC-UBND", "urgency": "urgent"}


def _section(w):
    return {"pk": w.report_draft.pk, "code": w.report_draft.sections.first().code}


def _figure(w):
    return {"pk": w.report_draft.pk, "key": w.report_draft.figures.first().key}


PAGES = [
    Row("reports:reports", **SEES, shows=lambda w: f"/reports/{w.report_signed.pk}/"),
    Row("reports:new", **NEW),
    Row("reports:new", "POST", sent={"period": "2023"}, **NEW),
    Row("reports:report", **SIGNED),
    Row("reports:section", args=lambda w: [*_section(w).values()], **SEES),
    Row(
        "reports:section",
        "POST",
        args=lambda w: [*_section(w).values()],
        sent=lambda w: {"text": "Câu mới.", "lock": w.report_draft.sections.first().lock},
        needs=REPORT_STEPS["save_section"].needs,
        **SEES,
    ),
    *(
        Row(
            "reports:step",
            "POST",
            step=step,
            args=lambda w, step=step: [getattr(w, STEPS[step]).pk, step],
            sent=SENT,
            needs=NEEDS[step],
            **SEES,
        )
        for step in STEPS
        if step != "correct_report"
    ),
    Row("reports:correct", "POST", sent=SENT, needs=NEEDS["correct_report"], **SIGNED),
    Row("reports:figure", args=lambda w: [*_figure(w).values()], **SEES),
    Row("reports:download", args=lambda w: [w.report_signed.pk, "docx"], **SEES),
]
REPORT = "/reports/{pk}"
CALLED = {
    "redraft": "redraft",
    "submit_report": "submit",
    "set_urgency": "urgency",
    "return_report": "return",
    "approve_report": "approve",
    "correct_report": "correct",
}
OPERATIONS = [
    Row("/reports", **SEES, shows=lambda w: f'"id": {w.report_signed.pk},'),
    Row(
        "/reports",
        "POST",
        sent={"agency": "15997", "period": "2023"},
        needs="reports.draft",
        **SEES,
    ),
    Row(REPORT, args=lambda w: {"pk": w.report_signed.pk}, **SEES),
    Row(f"{REPORT}/sections/{{code}}", args=_section, **SEES),
    Row(
        f"{REPORT}/sections/{{code}}",
        "PATCH",
        args=_section,
        sent={"text": "Câu mới."},
        needs=REPORT_STEPS["save_section"].needs,
        **SEES,
    ),
    *(
        Row(
            f"{REPORT}/{CALLED[step]}",
            "POST",
            args=lambda w, step=step: {"pk": getattr(w, STEPS[step]).pk},
            sent=SENT,
            needs=NEEDS[step],
            **SEES,
        )
        for step in STEPS
    ),
    Row(f"{REPORT}/figures/{{key}}", args=_figure, **SEES),
    Row(
        f"{REPORT}/file/{{form}}", args=lambda w: {"pk": w.report_signed.pk, "form": "docx"}, **SEES
    ),
]
ROWS = [*PAGES, *OPERATIONS]
