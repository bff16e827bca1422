"""Plans of many shapes, each held against a truth written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from motcua.planning.reader import read_plan
from tests.planning.reader.truth import differences

TRUTHS = sorted((Path(__file__).parent / "plans").glob("*.truth.yaml"))


def plan_of(truth: Path) -> Path:
    """The plan beside a truth."""
    name = truth.name.removesuffix(".truth.yaml")
    return next(path for path in truth.parent.glob(f"{name}.*") if path.suffix != ".yaml")


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda path: path.name.removesuffix(".truth.yaml"))
def test_plan_is_read_as_it_is_meant(truth: Path) -> None:
    plan = plan_of(truth)
    reading = read_plan(plan.read_bytes(), plan.name).as_dict()
    assert differences(reading, yaml.safe_load(truth.read_text())) == []


def test_there_are_a_dozen_shapes() -> None:
    assert len(TRUTHS) >= 12
    assert {plan_of(truth).suffix for truth in TRUTHS} == {".txt", ".docx", ".pdf"}
