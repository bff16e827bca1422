"""Work shared out to processes beside this one, each with a database connection of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import get_context
from types import ModuleType
from typing import TypeVar

import django

T = TypeVar("T")


def over(keys: Sequence[int], work: Callable[[int], T], processes: int) -> Iterator[T]:
    """What ``work``, a function of a module, answers for each key, in any order; with 0 processes
    it is done here."""
    if not processes or len(keys) < 2:
        yield from map(work, keys)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_begin) as pool:
        with _bare_main():
            given = [pool.submit(work, key) for key in keys]
        for done in as_completed(given):
            yield done.result()


def _begin() -> None:
    """A process begins; models may be read after that."""
    django.setup()


@contextmanager
def _bare_main() -> Iterator[None]:
    """Within: a process that begins does not run the program that this one began with."""
    kept = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = kept
