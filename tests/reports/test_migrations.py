"""An installation with approved reports can be brought up to date."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = [("reports", "0001_initial")], [("reports", "0002_corrections")]
#: New year's morning at home, still the old year in UTC.
APPROVED = datetime(2024, 1, 1, 1, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.mark.django_db(transaction=True)
def test_numbers_given_before_get_the_year_of_their_approval() -> None:
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes("reports")
    executor.migrate(BEFORE)
    try:
        people = executor.loader.graph.leaf_nodes("org")
        old = executor.loader.project_state([*BEFORE, *people]).apps
        agency = old.get_model("org", "Agency").objects.create(
            code="1", name="UBND xã", kind="commune", valid_from=date(2004, 1, 1)
        )
        person = old.get_model("org", "Person").objects.create(
            full_name="An", folded="an", sort_name="an"
        )
        old.get_model("reports", "Report").objects.create(
            agency=agency,
            period="2023",
            outline="year",
            since=date(2023, 1, 1),
            cut_off=date(2023, 12, 14),
            status="approved",
            number="05/BC-UBND",
            title="Báo cáo",
            opening="",
            drafted_by=person,
            drafted_at=APPROVED,
            approved_by=person,
            approved_at=APPROVED,
        )
        executor = MigrationExecutor(connection)
        executor.migrate(AFTER)
        new = executor.loader.project_state([*AFTER, *people]).apps
        assert new.get_model("reports", "Report").objects.get().number_year == 2024
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(latest)
