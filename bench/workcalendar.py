"""Deadlines a second in one process. Prints JSON. Run: python -m bench.workcalendar"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from motcua.core.workcalendar import from_holidays, national_calendar

COUNT = 200_000


def per_second(work: Callable[[], None]) -> int:
    """Operations a second of the best of three rounds of ``COUNT``."""
    best = float("inf")
    for _round in range(3):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return int(COUNT / best)


def main() -> None:
    """Measure building, adding, subtracting and counting over 2014-2030."""
    begun = time.perf_counter()
    from_holidays(range(2014, 2031))
    build_ms = (time.perf_counter() - begun) * 1000

    calendar = national_calendar()
    draw = random.Random(2024)
    starts = [
        datetime(2015, 1, 5, tzinfo=calendar.zone) + timedelta(minutes=draw.randrange(8_000_000))
        for _ in range(COUNT)
    ]
    lengths = [draw.randrange(1, 60 * 480) for _ in range(COUNT)]
    pairs = list(zip(starts, lengths, strict=True))

    def add() -> None:
        for start, minutes in pairs:
            calendar.add(start, minutes)

    def subtract() -> None:
        for start, minutes in pairs:
            calendar.subtract(start, minutes)

    def between() -> None:
        for start, minutes in pairs:
            calendar.between(start, start + timedelta(minutes=minutes))

    print(
        json.dumps(
            {
                "years": [calendar.first_year, calendar.last_year],
                "build_ms": round(build_ms, 1),
                "add_per_second": per_second(add),
                "subtract_per_second": per_second(subtract),
                "between_per_second": per_second(between),
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
