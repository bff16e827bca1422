"""Nothing is dropped: every letter of any text belongs to an item, a heading or a remainder."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.planning.reader import Reading, read_plan
from motcua.planning.reader.document import Joins, RawDocument, RawLine, RawTable
from motcua.planning.reader.read import read_document
from tests.planning.reader.test_shapes import TRUTHS, plan_of

REAL = Path("motcua/packs/demo/plan-hoang-dong-2024.txt")
FRAGMENTS = sorted({line for line in REAL.read_text().splitlines() if line.strip()})


def dropped(reading: Reading) -> str:
    """The letters that no span of the result covers."""
    covered = bytearray(len(reading.text))
    parts = (
        *reading.preamble,
        *reading.closing,
        *reading.purposes,
        *reading.requirements,
        *reading.targets,
        *reading.tasks,
        *reading.responsibilities,
        *reading.annex,
        *reading.headings,
        *reading.not_understood,
        *([reading.funding] if reading.funding else []),
    )
    for part in parts:
        start, end = part.span
        assert 0 <= start <= end <= len(reading.text)
        covered[start:end] = b"\x01" * (end - start)
    return "".join(
        char
        for char, seen in zip(reading.text, covered, strict=True)
        if not seen and not char.isspace()
    )


MARKS = ["I.", "1.", "2.1.", "a)", "-", "+", "Điều 1.", "Nơi nhận:", "PHỤ LỤC", "TM."]
LINES = st.one_of(
    st.sampled_from(FRAGMENTS),
    st.text(max_size=60),
    st.builds(
        lambda mark, text: f"{mark} {text}",
        st.sampled_from(MARKS),
        st.sampled_from(FRAGMENTS),
    ),
)
RAW_LINES = st.builds(RawLine, LINES, st.integers(1, 3), st.sampled_from(Joins))


@st.composite
def raw_tables(draw: st.DrawFn) -> RawTable:
    cells = draw(st.lists(LINES, min_size=1, max_size=8))
    width = draw(st.integers(1, 4))
    fields = st.integers(0, len(cells) - 1)
    row = st.lists(fields, min_size=width, max_size=width).map(tuple)
    return RawTable(tuple(draw(st.lists(row, min_size=1, max_size=4))), tuple(cells))


@given(st.lists(st.one_of(RAW_LINES, raw_tables()), max_size=25))
@settings(max_examples=150, deadline=None)
def test_no_letter_is_dropped(parts: list[RawLine | RawTable]) -> None:
    reading = read_document(RawDocument("text/plain", parts), "any.txt", "")
    assert dropped(reading) == ""


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda path: path.name)
def test_no_letter_of_a_plan_is_dropped(truth: Path) -> None:
    plan = plan_of(truth)
    assert dropped(read_plan(plan.read_bytes(), plan.name)) == ""


@given(st.permutations(FRAGMENTS))
@settings(max_examples=10, deadline=None)
def test_any_order_of_lines_is_read(lines: list[str]) -> None:
    raw = RawDocument("text/plain", [RawLine(line) for line in lines])
    reading = read_document(raw, "shuffled.txt", "")
    assert dropped(reading) == ""
    for part in (*reading.tasks, *reading.targets, *reading.references):
        assert part.span[0] < part.span[1]
