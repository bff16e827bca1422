"""The demo's procedures: a year of reviews as the people did them."""

from datetime import date
from decimal import Decimal

import pytest

from motcua.procedures.models import ProcedureVersion, Review
from motcua.procedures.queries import review_progress
from motcua.site.demo.procedures import load_national, review_internal
from motcua.site.demo.timeline import Timeline, moment

pytestmark = pytest.mark.django_db


def play(org, today):
    """The demo's year of procedures up to the morning of a day."""
    load_national()
    timeline = Timeline(before=lambda _at: None)
    review_internal(agency=org.commune, people=org.people, timeline=timeline)
    timeline.run(moment(today, 7, 0))


def test_a_year_of_reviews(org):
    play(org, date(2024, 9, 30))
    assert ProcedureVersion.objects.count() == 410
    progress = review_progress(org.commune, 2024)
    assert (progress.inventory, progress.planned, progress.assessed) == (10, 4, 3)
    assert progress.simplified_share == Decimal("20.0")
    states = list(Review.objects.order_by("procedure__code").values_list("status", flat=True))
    assert states == ["decided", "decided", "planned", "assessed"]


def test_an_earlier_today_has_less_behind_it(org):
    play(org, date(2024, 5, 6))
    assert set(Review.objects.values_list("status", flat=True)) == {"planned", "assessed"}
