"""The national catalogue as it ships: the pack's rows, with default steps and known fees."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from motcua.procedures.actions import Row
from motcua.procedures.rules import parse_limit
from motcua.procedures.rules.limits import LimitUnit
from motcua.procedures.sheets import read_yaml, rows_of


@cache
def pack(name: str) -> Any:
    """A YAML pack of ``packs/procedures``."""
    text = files("motcua").joinpath("packs", "procedures", name).read_bytes()
    return yaml.load(text, Loader=yaml.CSafeLoader)


def national_rows() -> list[Row]:
    """The pack's procedures, complete with defaults."""
    content = files("motcua").joinpath("packs", "procedures", "national.yaml").read_bytes()
    return with_defaults(read_yaml("national.yaml", content))


def with_defaults(raws: list[Mapping[str, Any]]) -> list[Row]:
    """Clean rows; what has no steps or fees of its own gets those of the packs."""
    return rows_of([{**_defaults(raw), **raw} for raw in raws])


def _defaults(raw: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if raw.get("at_desk", True):
        found["steps"] = default_steps(str(raw["field"]), str(raw.get("limit") or ""))
    fees = pack("fees.yaml")
    known = fees["procedures"].get(raw["code"]) or fees["fields"].get(raw["field"])
    if known:
        found["fees"] = known
    return found


def default_steps(field: str, limit: str) -> list[dict[str, Any]]:
    """Steps by the field's post and the kind of limit (``packs/procedures/steps.yaml``)."""
    steps = pack("steps.yaml")
    owners = steps["owners"].items()
    owner = next((post for begin, post in owners if field.startswith(begin)), None)
    short = parse_limit(limit).unit is LimitUnit.SAME_DAY
    return [
        step
        | {"post": (owner or steps["default_owner"]) if step["post"] == "OWNER" else step["post"]}
        for step in steps["same_day" if short else "longer"]
    ]
