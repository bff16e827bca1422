"""Reading hostile files apart: a child process with limits of time and memory.

DOCX and PDF are parsed by large libraries; whatever a crafted file makes them do happens in a
process that may be killed. A text file is read where it is.
"""

from __future__ import annotations

import json
import signal
import subprocess  # the child runs this very package, see _command
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import motcua
from motcua.planning.reader.read import read_plan
from motcua.planning.reader.refusals import BrokenFile, TookTooLong, all_refusals
from motcua.planning.reader.result import Reading
from motcua.planning.reader.sources import TXT, media_of


@dataclass(frozen=True, slots=True)
class Sandboxed:
    """A reading as JSON values, with what the confirm screen shows beside it."""

    plan: dict[str, Any]
    text: str
    headings: list[dict[str, Any]]


def read_in_child(
    data: bytes, name: str, *, seconds: int = 20, megabytes: int = 1024
) -> dict[str, Any]:
    """The plan of a file as ``docs/reference/plan.schema.json`` has it.

    Raises the refusals of ``read_plan``, and ``TookTooLong`` when a limit was met.
    """
    return read_apart(data, name, seconds=seconds, megabytes=megabytes).plan


_GRACE = 5
"""Seconds of waiting beyond the child's own limit, which counts processor time only."""


def read_apart(data: bytes, name: str, *, seconds: int = 20, megabytes: int = 1024) -> Sandboxed:
    """Like ``read_in_child``, with the normalised text that the spans point into."""
    if media_of(data) == TXT:
        return sandboxed(read_plan(data, name))
    try:
        child = subprocess.run(  # noqa: S603 - a fixed command; the file's name is one argument
            _command(name, seconds, megabytes),
            input=data,
            capture_output=True,
            timeout=seconds + _GRACE,
            env={"PYTHONPATH": str(Path(motcua.__file__).parent.parent), "LANG": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TookTooLong from None
    return _answer(child)


def _command(name: str, seconds: int, megabytes: int) -> list[str]:
    module = "motcua.planning.reader"
    return [sys.executable, "-m", module, str(seconds), str(megabytes), "--", name]


def sandboxed(reading: Reading) -> Sandboxed:
    """A reading as plain values."""
    headings = [{"text": entry.text, "span": list(entry.span)} for entry in reading.headings]
    return Sandboxed(reading.as_dict(), reading.text, headings)


_STOPPED = {-signal.SIGXCPU, -signal.SIGKILL}


def _answer(child: subprocess.CompletedProcess[bytes]) -> Sandboxed:
    """What the child said; a child that died without a word met a limit or a broken file."""
    try:
        answer = json.loads(child.stdout)
    except ValueError:
        raise (TookTooLong if child.returncode in _STOPPED else BrokenFile) from None
    if "refused" in answer:
        raise all_refusals()[answer["refused"]](**answer["params"])
    return Sandboxed(answer["plan"], answer["text"], answer["headings"])
