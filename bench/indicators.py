"""Time to tell all indicators of one commune's year: ``python -m bench.indicators 6000``.

Makes an installation with the demo and a commune with that many dossiers in a year, then asks for
every measure of the year alone, and of the year with its months, as a page and without one. The
installation is thrown away, unless MOTCUA_HOME names one that has such a commune already.
"""

import json
import logging
import os
import statistics
import sys
import tempfile
import time

os.environ.setdefault("MOTCUA_HOME", tempfile.mkdtemp())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
os.environ["MOTCUA_DEMO"], os.environ["MOTCUA_TODAY"] = "1", "2024-09-30"

from motcua.site.cli.setup import init  # after the environment is set

ROUNDS = 10


def main(count: int) -> None:
    """Print JSON: the median and the slowest (ms) of each question, with its queries."""
    init()
    logging.disable(logging.INFO)
    from datetime import date

    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from motcua.core.measures import Scope, measures
    from motcua.core.measures import count as count_measures
    from motcua.core.periods import Period
    from motcua.dossiers.models import Dossier
    from motcua.org.models import Account, Agency
    from motcua.site.demo import load_demo
    from motcua.site.demo.grow import grow_desk

    today = date(2024, 9, 30)
    if not Account.objects.exists():
        load_demo(today=today)
    if not Agency.objects.filter(code__startswith="B").exists():
        list(grow_desk(dossiers=count, communes=1, today=today))
    agency = Agency.objects.get(code="B0000")
    year = Scope((agency.pk,), date(2024, 1, 1), date(2024, 12, 31), today)
    months = [Period.parse(f"2024-{month:02}") for month in range(1, 10)]
    series = [Scope((agency.pk,), month.start, month.end, today) for month in months]
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Account.objects.get(username="noivu"))
    codes = sorted(measures())
    asked = {
        "the year": lambda: count_measures(codes, [year]),
        "the year and its months": lambda: count_measures(codes, [year, *series]),
        "the list of indicators": lambda: client.get("/indicators/?agency=B0000"),
        "one indicator": lambda: client.get("/indicators/on_time/?agency=B0000"),
        "the index": lambda: client.get("/indicators/index-766/?agency=B0000"),
    }
    figures = {
        "engine": connection.vendor,
        "dossiers": Dossier.objects.count(),
        "of the commune": Dossier.objects.filter(agency=agency).count(),
    }
    for name, ask in asked.items():
        times = []
        for _round in range(ROUNDS):
            begin = time.perf_counter()
            ask()
            times.append(1000 * (time.perf_counter() - begin))
        with CaptureQueriesContext(connection) as queries:
            ask()
        figures[name] = {
            "median_ms": round(statistics.median(times)),
            "slowest_ms": round(max(times)),
            "queries": len(queries),
        }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 6_000)
