"""The result against its published schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from motcua.planning.reader import read_plan
from tests.planning.reader.test_shapes import TRUTHS, plan_of

SCHEMA = json.loads(Path("docs/reference/plan.schema.json").read_text())
PLANS = [Path("motcua/packs/demo/plan-hoang-dong-2024.txt"), *map(plan_of, TRUTHS)]


def result_of(plan: Path) -> Any:
    return json.loads(json.dumps(read_plan(plan.read_bytes(), plan.name).as_dict()))


def test_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("plan", PLANS, ids=lambda path: path.name)
def test_result_fits_the_schema(plan: Path) -> None:
    errors = Draft202012Validator(SCHEMA).iter_errors(result_of(plan))
    assert [f"{error.json_path}: {error.message}" for error in errors] == []


def test_keys_stand_in_the_order_of_the_schema() -> None:
    result = result_of(PLANS[0])
    assert list(result) == list(SCHEMA["properties"])
    for name, part in (("target", "targets"), ("task", "tasks"), ("item", "purposes")):
        assert list(result[part][0]) == list(SCHEMA["$defs"][name]["properties"])


def test_a_result_with_a_slip_is_caught() -> None:
    result = result_of(PLANS[0])
    result["tasks"][0]["field"] = "thể chế"
    assert not Draft202012Validator(SCHEMA).is_valid(result)
