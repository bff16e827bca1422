"""The rule sets that ship with the product."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

from motcua.dossiers.rules.codes import check_pattern
from motcua.dossiers.rules.rulesets import RuleSet


@cache
def rule_sets() -> tuple[RuleSet, ...]:
    """All regimes, the oldest first."""
    text = files("motcua").joinpath("packs/dossiers/rulesets.yaml").read_text(encoding="utf-8")
    sets = tuple(RuleSet.read(row) for row in yaml.safe_load(text)["rulesets"])
    for one in sets:
        check_pattern(one.code_pattern)
    return sets


def rule_set(code: str) -> RuleSet:
    """The regime of a code."""
    return next(one for one in rule_sets() if one.code == code)
