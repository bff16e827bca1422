"""Who may do what, from the rows."""

from datetime import date, timedelta

import pytest

from motcua.org.actions import delegate, end_service, grant_role, revoke_delegation
from motcua.org.models import AccessToken, Agency, Person, Role
from motcua.org.permissions import (
    NotAllowed,
    act_through,
    actor_of,
    check_may,
    know_paths,
    may,
    path_of,
    visible_agencies,
)
from tests.conftest import NOW

ON = date(2024, 3, 1)


def fresh(person):
    """The person as another request would read them."""
    return Person.objects.get(pk=person.pk)


@pytest.mark.parametrize(
    ("who", "permission", "where", "allowed"),
    [
        ("chutich", "planning.approve", "commune", True),
        ("chutich", "planning.approve", "neighbour", False),
        ("vanphong", "planning.approve", "commune", False),
        ("vanphong", "planning.import", "commune", True),
        ("hoangngoc", "planning.view", "commune", False),
        ("noivu", "planning.view", "commune", True),
        ("noivu", "planning.view", "province", False),
        ("noivu", "planning.assign", "commune", False),
    ],
)
def test_roles_hold_at_their_agency_and_below(org, who, permission, where, allowed):
    assert may(org.people[who], permission, getattr(org, where), ON) is allowed


def test_a_stranger_may_nothing(org):
    assert may(None, "planning.view", org.commune, ON) is False
    assert visible_agencies(None, "planning.view", ON) == []


def test_a_role_begins_on_its_day(org):
    assert not may(org.chutich, "planning.approve", org.commune, date(2022, 12, 31))


def test_the_refusal_names_who_may(org):
    with pytest.raises(NotAllowed, match="Chủ tịch UBND"):
        check_may(org.tuphap, "planning.approve", org.commune, ON)


def test_the_refusal_names_three_roles_at_most(org):
    with pytest.raises(NotAllowed) as refused:
        check_may(org.mattran, "procedures.view", org.commune, ON)
    assert refused.value.params["who"].endswith(", …")
    assert refused.value.params["who"].count(", ") == 3


def test_a_permission_nobody_has_names_the_administrator(org):
    with pytest.raises(NotAllowed, match="quản trị"):
        check_may(org.tuphap, "planning.no_such", org.commune, ON)


def lend(org, **dates):
    values = {"valid_from": ON, "valid_to": ON + timedelta(days=5)} | dates
    return delegate(
        giver=org.chutich,
        receiver=org.phochutich,
        agency=org.commune,
        reason="Đi tập huấn",
        at=NOW,
        **values,
    )


def test_a_delegate_acts_on_behalf(org):
    lend(org)
    actor = check_may(fresh(org.phochutich), "planning.approve", org.commune, ON)
    assert actor.on_behalf_of == "Lê Quang Hưng"


def test_a_delegation_ends_with_its_last_day(org):
    lend(org)
    later = ON + timedelta(days=6)
    assert not may(fresh(org.phochutich), "planning.approve", org.commune, later)


def test_a_revoked_delegation_is_over(org, now):
    revoke_delegation(delegation=lend(org), by=org.chutich.actor, at=now)
    assert not may(fresh(org.phochutich), "planning.approve", org.commune, ON)


def test_a_delegation_reaches_no_further_than_its_agency(org, now):
    """The giver's rights over the district are lent for the commune only."""
    role = Role.objects.get(code="chairman")
    grant_role(
        person=org.chutich,
        role=role,
        agency=org.district,
        valid_from=ON,
        by=org.chutich.actor,
        at=now,
    )
    lend(org)
    assert not may(fresh(org.phochutich), "planning.approve", org.neighbour, ON)
    assert may(fresh(org.phochutich), "planning.approve", org.commune, ON)


def test_who_left_may_nothing(org, now):
    end_service(person=org.tuphap, agency=org.commune, on=ON, by=org.quantri.actor, at=now)
    assert not may(fresh(org.tuphap), "planning.view", org.commune, ON)


def test_a_key_acts_under_its_name(org):
    person = act_through(fresh(org.vanphong), AccessToken(name="huyện", scopes=["planning.view"]))
    assert may(person, "planning.view", org.commune, ON)
    assert not may(person, "planning.import", org.commune, ON)
    assert actor_of(person).kind == "token"
    assert "huyện" in actor_of(person).name


def test_the_district_level_ends(org):
    """From 1 July 2025 on, the new commune stands below the province itself."""
    merged = Agency.objects.get(code="16000-2025")
    assert path_of(merged, date(2025, 7, 1)) == "38/16000-2025/"
    assert visible_agencies(org.noivu, "planning.view", date(2025, 7, 1)) == []


def test_an_agency_without_a_place_is_below_nothing(org):
    lonely = Agency.objects.create(code="z", name="Z", kind="commune", valid_from=ON)
    assert not may(org.noivu, "planning.view", lonely, ON)


def test_rights_cost_two_queries_however_often_asked(org, django_assert_num_queries):
    person = fresh(org.chutich)
    with django_assert_num_queries(3):  # grants, delegations, the agency's path
        for _ in range(10):
            may(person, "planning.approve", org.commune, ON)
    with django_assert_num_queries(1):
        for _ in range(10):
            visible_agencies(person, "planning.view", ON)


def test_places_of_many_are_looked_up_at_once(org, now, django_assert_num_queries):
    agencies = [org.commune, org.neighbour, org.district]
    expected = [path_of(agency, now.date()) for agency in agencies]
    fresh = list(Agency.objects.filter(pk__in=[agency.pk for agency in agencies]))
    with django_assert_num_queries(1):
        know_paths(fresh, now.date())
        assert sorted(path_of(agency, now.date()) for agency in fresh) == sorted(expected)
