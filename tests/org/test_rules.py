"""Authority without a database."""

from datetime import date

import pytest

from motcua.org.rules import Authority, Right, in_force, merge, narrow

COMMUNE, DISTRICT = "38/399/15997/", "38/399/"


def right(path, *permissions, on_behalf_of=""):
    return Right(path, frozenset(permissions), on_behalf_of)


@pytest.mark.parametrize(
    ("valid_to", "on", "holds"),
    [
        (None, date(2024, 1, 1), True),
        (None, date(2023, 12, 31), False),
        (date(2025, 6, 30), date(2025, 6, 30), True),
        (date(2025, 6, 30), date(2025, 7, 1), False),
    ],
)
def test_both_ends_of_a_validity_count(valid_to, on, holds):
    assert in_force(date(2024, 1, 1), valid_to, on) is holds


@pytest.mark.parametrize(
    ("rights", "permission", "path", "found"),
    [
        ([right(COMMUNE, "a.x")], "a.x", COMMUNE, True),
        ([right(DISTRICT, "a.x")], "a.x", COMMUNE, True),
        ([right(COMMUNE, "a.x")], "a.x", DISTRICT, False),
        ([right(COMMUNE, "a.x")], "a.y", COMMUNE, False),
        ([right(COMMUNE, "a.x")], "a.x", "38/399/15994/", False),
        ([], "a.x", COMMUNE, False),
    ],
)
def test_a_right_covers_its_subtree(rights, permission, path, found):
    assert (merge(rights).find(permission, path) is not None) is found


def test_own_rights_come_before_delegated_ones():
    own, lent = right(COMMUNE, "a.x"), right(COMMUNE, "a.x", on_behalf_of="Lê Quang Hưng")
    assert Authority((lent, own)).find("a.x", COMMUNE) == own
    assert Authority((lent,)).find("a.x", COMMUNE) == lent


def test_paths_inside_another_are_not_repeated():
    authority = merge([right(COMMUNE, "a.x"), right(DISTRICT, "a.x"), right("39/", "a.y")])
    assert authority.paths("a.x") == {DISTRICT}


def test_a_key_narrows_rights_to_its_scopes():
    whole = merge([right(COMMUNE, "a.x", "a.y")])
    assert narrow(whole, frozenset({"a.x"})).find("a.y", COMMUNE) is None
    assert narrow(whole, frozenset({"a.x"})).find("a.x", COMMUNE) is not None
    assert narrow(whole, None) == whole
