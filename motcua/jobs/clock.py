"""The product's clock, read at the edge only: views, commands, jobs.

In demo mode the day is a chosen one (``MOTCUA_TODAY``) and the time of day is the real one.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The present moment, aware, in the installation's time zone."""
    real = timezone.localtime()
    chosen: date | None = settings.TODAY
    if chosen is None:
        return real
    return real + timedelta(days=(chosen - real.date()).days)


def today() -> date:
    """The present day."""
    return now().date()
