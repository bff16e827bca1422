"""The life of a periodic report, and the sentences that are drafted from the records.

The sentences are Vietnamese by law and are not translated.
"""

from motcua.reports.rules.facts import DocumentFact, Facts, PlanFact, TargetFact, done, following
from motcua.reports.rules.sections import opening, plan_name, section_text
from motcua.reports.rules.steps import REPORT_STEPS, REPORTED, ReportStatus
from motcua.reports.rules.words import UNKNOWN, amount, counted, share, short, target_line

__all__ = [
    "REPORTED",
    "REPORT_STEPS",
    "UNKNOWN",
    "DocumentFact",
    "Facts",
    "PlanFact",
    "ReportStatus",
    "TargetFact",
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
]
