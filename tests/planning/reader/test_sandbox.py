"""The child process: the same reading, and an end to what takes too long or too much."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from motcua.planning.reader import read_apart, read_in_child, read_plan, sandbox
from motcua.planning.reader.refusals import BrokenFile, TookTooLong

PLANS = Path(__file__).parent / "plans"
PDF = PLANS / "pdf-plain-2026.pdf"


def fake_child(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(sandbox, "_command", lambda *_limits: [sys.executable, "-c", program])


@pytest.mark.parametrize(
    "name", ["pdf-plain-2026.pdf", "auto-numbering-2025.docx", "flat-2024.txt"]
)
def test_child_reads_the_same(name: str) -> None:
    data = (PLANS / name).read_bytes()
    here, apart = read_plan(data, name), read_apart(data, name)
    assert apart.plan == here.as_dict()
    assert apart.text == here.text
    assert [heading["text"] for heading in apart.headings] == [h.text for h in here.headings]


def test_names_are_passed_as_they_are() -> None:
    name = "--kế hoạch; rm -rf.pdf"
    assert read_in_child(PDF.read_bytes(), name)["source"]["name"] == name


def test_memory_is_limited() -> None:
    with pytest.raises(TookTooLong):
        read_in_child(PDF.read_bytes(), PDF.name, megabytes=24)


def test_processor_time_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_child(
        monkeypatch,
        "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass",
    )
    with pytest.raises(TookTooLong):
        read_in_child(PDF.read_bytes(), PDF.name)


def test_waiting_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_child(monkeypatch, "import time; time.sleep(60)")
    monkeypatch.setattr(sandbox, "_GRACE", 0)
    with pytest.raises(TookTooLong):
        read_in_child(PDF.read_bytes(), PDF.name, seconds=1)


def test_a_child_that_crashes_is_a_broken_file(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_child(monkeypatch, "import os; os.abort()")
    with pytest.raises(BrokenFile):
        read_in_child(PDF.read_bytes(), PDF.name)


def test_module_answers_with_one_object() -> None:
    child = subprocess.run(
        [sys.executable, "-m", "motcua.planning.reader", "20", "1024", "--", "x.pdf"],
        input=PDF.read_bytes(),
        capture_output=True,
        check=True,
    )
    assert child.stdout.startswith(b'{"plan": {"source": {"name": "x.pdf"')
    assert child.stderr == b""
