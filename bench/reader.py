"""How fast plans are read: ``python -m bench.reader [RUNS]`` prints JSON.

``ms_per_plan`` is the median of reading the real plan in this process; ``ms_per_15_pages`` the
same for a plan of 15 pages made of its text; ``child_ms`` reads a PDF in a child process.
A page is counted as 2,900 characters, which is what a page of the real plan holds.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from motcua.planning.reader import read_in_child, read_plan

PLAN = Path("motcua/packs/demo/plan-hoang-dong-2024.txt")
PDF = Path("tests/planning/reader/plans/pdf-table-2025.pdf")
CHARS_OF_A_PAGE = 2_900


def median_ms(
    work: Callable[[], object], runs: int, clock: Callable[[], float] = time.process_time
) -> float:
    """The median time of one run in milliseconds, after one run to warm up.

    By default the processor's time, so that a neighbour's load does not count; work in a child
    process is timed by the wall clock.
    """
    work()
    times = []
    for _ in range(runs):
        start = clock()
        work()
        times.append(clock() - start)
    return round(1000 * statistics.median(times), 1)


def longer(data: bytes, pages: int) -> bytes:
    """The plan with its tasks repeated until it has so many pages."""
    text = data.decode()
    start, end = text.index("2.1. "), text.index("III. ")
    middle = text[start:end]
    while len(text) < pages * CHARS_OF_A_PAGE * 1.15:  # a blank line after each line
        text = text[:end] + middle + text[end:]
    return text.encode()


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    data = PLAN.read_bytes()
    long = longer(data, 15)
    chars = read_plan(data, PLAN.name).source.chars
    long_chars = read_plan(long, PLAN.name).source.chars
    short_ms = median_ms(lambda: read_plan(data, PLAN.name), runs)
    long_ms = median_ms(lambda: read_plan(long, PLAN.name), runs)
    pdf = PDF.read_bytes()
    result = {
        "ms_per_plan": short_ms,
        "pages": round(chars / CHARS_OF_A_PAGE, 1),
        "pages_of_long": round(long_chars / CHARS_OF_A_PAGE, 1),
        "ms_per_15_pages": long_ms,
        "pages_per_second": round(long_chars / CHARS_OF_A_PAGE / long_ms * 1000),
        "pdf_with_table_ms": median_ms(lambda: read_plan(pdf, PDF.name), max(3, runs // 4)),
        "child_ms": median_ms(
            lambda: read_in_child(pdf, PDF.name), max(3, runs // 4), time.perf_counter
        ),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
