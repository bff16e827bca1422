"""Who tells which figures: each key has one source."""

from datetime import date

import pytest

from motcua.core import figures
from motcua.core.figures import Figure, Source, figures_from_sources, forget, register, sources

DAY = date(2024, 9, 30)


def told_by(name, *keys):
    """A source that tells one for each of its keys."""
    told = [Figure(key, key, "hồ sơ", "1") for key in keys]
    return Source(name, frozenset(keys), lambda _agency, _since, _on: told)


@pytest.fixture
def two(monkeypatch):
    """Two sources beside each other, the product's own set aside; gone after the test."""
    monkeypatch.setattr(figures, "_SOURCES", {})
    names = [register_one("test.b", "t.3"), register_one("test.a", "t.1", "t.2")]
    yield names
    for name in names:
        forget(name)


def register_one(name, *keys):
    register(told_by(name, *keys))
    return name


def test_sources_stand_by_name_and_tell_together(two):
    ours = [source.name for source in sources() if source.name.startswith("test.")]
    assert ours == ["test.a", "test.b"]
    told = [figure.key for figure in figures_from_sources(1, DAY, DAY) if figure.key[0] == "t"]
    assert told == ["t.1", "t.2", "t.3"]


def test_a_key_has_one_source(two):
    with pytest.raises(ValueError, match=r"both tell \['t.3'\]"):
        register(told_by("test.c", "t.3", "t.4"))
    assert "test.c" not in [source.name for source in sources()]


def test_a_source_that_is_gone_tells_nothing(two):
    forget("test.a")
    forget("test.a")
    assert [source.name for source in sources() if source.name == "test.a"] == []
