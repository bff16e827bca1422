"""A commune with a year behind it and reports at each of their states."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from motcua.planning.actions import accept_task, submit_task
from motcua.reports.actions import approve_report, draft_report, submit_report
from motcua.reports.models import Report

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CUT = datetime(2024, 3, 15, 8, 0, tzinfo=ZONE)


def hand_in(org: SimpleNamespace, running: SimpleNamespace, at: datetime) -> None:
    """The one task with a near deadline is handed in, and accepted the next day."""
    task = running.tasks["2.1.1"]
    submit_task(task=task, text="Kế hoạch số 21/KH-UBND", by=org.tuphap, at=at)
    accept_task(task=task, by=org.chutich, at=at + timedelta(days=1))


def drafted(org: SimpleNamespace) -> Report:
    """The draft on the first quarter."""
    return draft_report(agency=org.commune, period="2024-Q1", by=org.vanphong, at=CUT)


def submitted(org: SimpleNamespace) -> Report:
    """Sent to the chairman."""
    return submit_report(report=drafted(org), by=org.vanphong, at=CUT + timedelta(hours=1))


def approved(org: SimpleNamespace) -> Report:
    """Signed."""
    at = CUT + timedelta(hours=2)
    return approve_report(report=submitted(org), by=org.chutich, at=at, number="05/BC-UBND")
