"""Measures: who tells what, asked once for many scopes; what nobody keeps is unknown."""

from datetime import date

import pytest

from motcua.core.measures import (
    MOST_SCOPES,
    Family,
    Measure,
    Scope,
    count,
    declare,
    family_of,
    forget,
    measures,
    register,
)

DAY = date(2024, 3, 31)
SCOPE = Scope((1,), date(2024, 3, 1), DAY, DAY)


def family(name, *codes, calls=None):
    told = tuple(Measure(code, code, "hồ sơ", "") for code in codes)

    def counted(scopes):
        if calls is not None:
            calls.append(len(scopes))
        return {m.code: [7] * len(scopes) for m in told}

    return Family(name, "x.view", told, counted, lambda _code, _scope: [], (), str)


@pytest.fixture
def two():
    """Two families beside the product's own; gone after the test."""
    calls = []
    register(family("test.a", "t.one", "t.two", calls=calls))
    register(family("test.b", "t.three"))
    yield calls
    for name in ("test.a", "test.b"):
        forget(name)


def test_a_family_is_asked_once(two):
    found = count(["t.one", "t.two", "t.three"], [SCOPE] * 3)
    assert found == {"t.one": [7, 7, 7], "t.two": [7, 7, 7], "t.three": [7, 7, 7]}
    assert two == [3]


def test_what_nobody_keeps_is_unknown():
    declare([Measure("t.unkept", "Chưa có sổ", "", "")])
    assert count(["t.unkept"], [SCOPE]) == {"t.unkept": [None]}
    assert family_of("t.unkept") is None
    assert measures()["t.unkept"].label == "Chưa có sổ"


def test_what_an_app_tells_by_now_is_left_to_it(two):
    declare([Measure("t.one", "nobody's", "", "")])
    assert measures()["t.one"].label == "t.one"
    assert family_of("t.one").name == "test.a"


def test_a_measure_has_one_family(two):
    with pytest.raises(ValueError, match=r"test.c tells what is told already: \['t.one'\]"):
        register(family("test.c", "t.one", "t.four"))


def test_what_nobody_declared_is_a_mistake():
    with pytest.raises(KeyError):
        count(["t.nothing"], [SCOPE])


def test_scopes_have_an_end():
    with pytest.raises(ValueError, match=str(MOST_SCOPES + 1)):
        count([], [SCOPE] * (MOST_SCOPES + 1))
    assert count([], []) == {}


def test_a_period_that_runs_ends_at_the_cut_off():
    assert Scope((1,), date(2024, 1, 1), date(2024, 12, 31), DAY).end == DAY
    assert SCOPE.end == DAY
