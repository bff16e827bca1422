"""The indicators that ship with the product."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from motcua.core.measures import Measure
from motcua.indicators.rules import Indicator, read_indicators
from motcua.indicators.rules.compare import Watches, read_watches
from motcua.indicators.rules.fitting import Rule, read_rules
from motcua.indicators.rules.index import IndexSet, read_sets


def _pack(name: str) -> Any:
    text = files("motcua").joinpath("packs", "indicators", name).read_text(encoding="utf-8")
    return yaml.safe_load(text)


@cache
def indicators() -> dict[str, Indicator]:
    """All indicators by code, in the order of the pack."""
    return {one.code: one for one in read_indicators(_pack("national.yaml")["indicators"])}


@cache
def groups() -> dict[str, str]:
    """The groups of indicators in order: code and heading."""
    return dict(_pack("national.yaml")["groups"])


@cache
def fitting_rules() -> tuple[Rule, ...]:
    """Which words of a target speak for which indicator."""
    return read_rules(_pack("fitting.yaml")["rules"])


@cache
def index_sets() -> tuple[IndexSet, ...]:
    """The index of Decision 766/QĐ-TTg through its regimes."""
    return read_sets(_pack("index-766.yaml")["sets"])


@cache
def watches() -> tuple[Watches, ...]:
    """What is watched among places."""
    return read_watches(_pack("watches.yaml")["watches"])


def unkept_measures() -> list[Measure]:
    """Measures whose records no app keeps yet."""
    return [Measure(**row) for row in _pack("unkept.yaml")["measures"]]
