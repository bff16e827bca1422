"""The life of a periodic report, and the sentences that are drafted from the records.

The sentences are Vietnamese by law and are not translated.
"""

from motcua.reports.rules.facts import (
    DocumentFact,
    Facts,
    PlanFact,
    TargetFact,
    done,
    following,
    yearless,
)
from motcua.reports.rules.sections import opening, plan_name, section_text
from motcua.reports.rules.steps import FROZEN, REPORT_STEPS, REPORTED, ReportStatus, Urgency
from motcua.reports.rules.words import UNKNOWN, amount, counted, share, short, target_line

__all__ = [
    "FROZEN",
    "REPORTED",
    "REPORT_STEPS",
    "UNKNOWN",
    "DocumentFact",
    "Facts",
    "PlanFact",
    "ReportStatus",
    "TargetFact",
    "Urgency",
    "amount",
    "counted",
    "done",
    "following",
    "opening",
    "plan_name",
    "section_text",
    "share",
    "short",
    "target_line",
    "yearless",
]
