"""How fast everyday words find a procedure: ``python -m bench.search``."""

import json
import os
import statistics
import tempfile
import time

os.environ.setdefault("MOTCUA_HOME", tempfile.mkdtemp())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
os.environ["MOTCUA_DEMO"], os.environ["MOTCUA_TODAY"] = "1", "2024-09-30"

from motcua.site.cli.setup import init  # after the environment is set

ASKED = (
    "khai sinh",
    "giay to nha dat",
    "mở quán tạp hóa",
    "chung thuc ban sao",
    "tro cap nguoi gia",
)
ROUNDS = 40


def main() -> None:
    """Print JSON: the first search, which makes the index, then median and 95th percentile (ms)."""
    init()
    from datetime import date

    from motcua.org.models import Agency
    from motcua.procedures.queries import find
    from motcua.site.demo import load_demo

    load_demo(today=date(2024, 9, 30))
    agency, times = Agency.objects.get(code="15997"), []
    for query in ASKED * ROUNDS:
        start = time.perf_counter()
        assert find(query, agency, date(2024, 9, 30)), query
        times.append(1000 * (time.perf_counter() - start))
    first, *rest = times
    figures = {
        "first_ms": round(first, 1),
        "median_ms": round(statistics.median(rest), 1),
        "p95_ms": round(sorted(rest)[int(0.95 * len(rest))], 1),
    }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
