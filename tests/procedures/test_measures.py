"""Numbers of procedures, counted and opened."""

from datetime import date

import pytest

from motcua.core.measures import Scope
from motcua.procedures.actions import decide_review
from motcua.procedures.measures import FAMILIES, count_internal, count_versions
from motcua.procedures.rules import Outcome
from tests.procedures.scenes import AT, load, published
from tests.procedures.test_reviews import approved_plan, assess, entered

pytestmark = pytest.mark.django_db


def scope(org, end, since=date(2024, 1, 1)):
    return Scope((org.commune.pk,), since, end, end)


def both(count, one):
    """The numbers, once counting and opening agree on them."""
    told = {code: values[0] for code, values in count([one]).items()}
    family = next(f for f in FAMILIES if f.count is count)
    assert told == {code: family.rows(code, one).count() for code in told}
    told.pop("procedures.online", None)  # full and partial together
    return {code.rpartition(".")[2]: n for code, n in told.items() if n}


def test_levels_are_those_in_force_on_the_last_day(org):
    published(org, "1.001193", online="full", level="commune")
    published(org, "1.000894", online="partial", level="commune", online_reason="phải ký tại chỗ")
    late = {"valid_from": date(2024, 4, 1), "online_reason": "chưa có biểu mẫu"}
    published(org, "1.000656", online="none", level="commune", **late)
    published(org, "1.000689", online="full", level="province")
    march = both(count_versions, scope(org, date(2024, 3, 31)))
    assert march == {"total": 2, "full": 1, "partial": 1, "eligible": 1}
    april = both(count_versions, scope(org, date(2024, 4, 30)))
    assert april == {"total": 3, "full": 1, "partial": 1, "none": 1, "eligible": 1}


def test_the_nearest_version_counts(org):
    load("2.000815")
    national = both(count_versions, scope(org, date(2024, 2, 1)))
    published(org, "2.000815", online="none", level="commune", online_reason="phải ký tại chỗ")
    own = both(count_versions, scope(org, date(2024, 3, 31)))
    assert (national["total"], own["total"], own["none"]) == (1, 1, 1)
    assert (national["eligible"], own.get("eligible")) == (
        1,
        None,
    )  # the national row has no reason


def test_offered_online_is_full_or_partial(org):
    published(org, "1.001193", online="full", level="commune")
    published(org, "1.000894", online="none", level="commune", online_reason="phải ký tại chỗ")
    published(org, "1.000656", online="partial", level="commune", online_reason="phải ký tại chỗ")
    assert count_versions([scope(org, date(2024, 3, 31))])["procedures.online"] == [2]


def test_reviewed_are_those_decided_in_the_period(org):
    plan = approved_plan(org, "NB-01", "NB-02", "NB-03")
    first, _second, _third = plan.reviews.order_by("procedure__code")
    assess(first, org)
    first.refresh_from_db()
    decide_review(
        review=first,
        outcome=Outcome.SIMPLIFIED,
        decision="9/QĐ-UBND",
        decided_on=AT.date(),
        by=org.chutich,
        at=AT,
    )
    day = AT.date()
    assert both(count_internal, scope(org, day)) == {"internal": 3, "reviewed": 1}
    before = scope(org, date(2024, 2, 1))
    assert both(count_internal, before) == {"internal": 3}
    assert both(count_internal, scope(org, date(2024, 12, 31), since=date(2024, 6, 1))) == {
        "internal": 3
    }


def test_queries_do_not_grow(org, django_assert_num_queries):
    entered(org)
    published(org)
    scopes = [scope(org, date(2024, month, 28)) for month in range(1, 13)]
    with django_assert_num_queries(3):
        count_versions(scopes)
    with django_assert_num_queries(2):
        count_internal(scopes)


def test_a_row_leads_to_its_procedure(org):
    row, internal = published(org, level="commune"), entered(org)
    catalogue, inventory = FAMILIES
    one = scope(org, date(2024, 3, 31))
    found = catalogue.rows("procedures.total", one).get()
    assert catalogue.address(found) == f"/procedures/1.001193/versions/{row.no}/"
    there = inventory.rows("procedures.internal", one).get()
    assert inventory.address(there) == f"/procedures/internal/{internal.pk}/"
