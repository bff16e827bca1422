"""The demo's reports."""

from datetime import date

import pytest

from motcua.audit.queries import verify
from motcua.reports.models import Report
from motcua.site.demo import load_demo

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("today", "reports"),
    [
        (
            date(2024, 9, 30),
            {"2024-Q1": "approved", "2024-H1": "approved", "2024-Q3": "draft"},
        ),
        (date(2024, 3, 17), {"2024-Q1": "submitted"}),
    ],
)
def test_the_demo_has_reports_of_the_past_only(today, reports):
    load_demo(today=today)
    assert dict(Report.objects.values_list("period", "status")) == reports
    assert verify().breaks == []
