"""The plan reader: the text of a reform plan becomes typed parts, each tied to its sentence.

Pure Python. ``read_plan`` reads a file's bytes; ``read_in_child`` does it in a child process with
limits of time and memory. The form of the result is published in
``docs/reference/plan.schema.json``.
"""

from motcua.planning.reader.meaning import field_of
from motcua.planning.reader.read import read_plan
from motcua.planning.reader.refusals import ReaderRefused
from motcua.planning.reader.result import Reading, Target, Task
from motcua.planning.reader.sandbox import read_apart, read_in_child
from motcua.planning.reader.suggest import suggest_lead
from motcua.planning.reader.targets import parse_targets

__all__ = [
    "ReaderRefused",
    "Reading",
    "Target",
    "Task",
    "field_of",
    "parse_targets",
    "read_apart",
    "read_in_child",
    "read_plan",
    "suggest_lead",
]
