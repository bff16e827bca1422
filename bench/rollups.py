"""What rollups cost and save: ``python -m bench.rollups --json``.

Needs MOTCUA_HOME (and DATABASE_URL for PostgreSQL) of a province that ``python -m bench.province``
made. Asks for a commune's year and for the province's, as the pages do and without one; settles a
dossier and folds it; makes all cells anew with two processes and compares them. ``--brief`` leaves
the last two out.
"""

import json
import logging
import os
import resource
import statistics
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
os.environ["MOTCUA_DEMO"], os.environ["MOTCUA_TODAY"] = "1", "2024-09-30"

from motcua.site.cli.setup import init  # after the environment is set

ROUNDS = 7


def main(*, brief: bool) -> None:
    """Print JSON: milliseconds, the median and the slowest, and queries; seconds of the whole."""
    init()
    logging.disable(logging.INFO)
    from django.db import connection

    from motcua.dossiers.models import Cell, Dossier
    from motcua.dossiers.rollups.folding import stands

    figures = {
        "engine": connection.vendor,
        "dossiers": Dossier.objects.count(),
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
    }
    if not brief or not stands():
        figures["rebuild"] = _whole("rebuild")
        figures["check"] = _whole("check")
    figures["cells"] = Cell.objects.count()
    for name, ask in _questions().items():
        figures[name] = _timed(ask)
    figures["settle one and fold it"] = _folded()
    print(json.dumps(figures, indent=1))


def _timed(ask) -> dict[str, int]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask()
    times, work = [], []
    for _round in range(ROUNDS):
        begin, worked = time.perf_counter(), time.process_time()
        ask()
        times.append(1000 * (time.perf_counter() - begin))
        work.append(1000 * (time.process_time() - worked))
    with CaptureQueriesContext(connection) as queries:
        ask()
    return {
        "median_ms": round(statistics.median(times)),
        "slowest_ms": round(max(times)),
        "processor_ms": round(statistics.median(work)),
        "queries": len(queries),
    }


def _questions() -> dict:
    from django.test import Client

    from motcua.core.measures import Part, Scope, parts_of
    from motcua.core.periods import Period
    from motcua.dossiers.measures import STEPS, count
    from motcua.jobs import clock
    from motcua.org.models import Account, Agency

    now, today = clock.now(), clock.today()

    def scopes(agencies, codes, part=None):
        periods = map(Period.parse, codes)
        return [Scope(agencies, one.start, one.end, today, now, part) for one in periods]

    year = ["2024"]
    months = [f"2024-{month:02}" for month in range(1, today.month + 1)]
    one = (Agency.objects.get(code="B0001").pk,)
    every = tuple(Agency.objects.filter(code__startswith="B").values_list("pk", flat=True))
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Account.objects.get(username="noivu"))
    parts = [
        Part("procedure", key) for key, _name in parts_of("dossiers.settled", "procedure", one)
    ]
    return {
        "commune: the year": lambda: count(scopes(one, year)),
        "commune: the year and its months": lambda: count(scopes(one, year + months)),
        "commune: a day, from rows": lambda: count(scopes(one, ["2024-09-30"])),
        "commune: the year by procedure": lambda: count(
            [scope for part in parts for scope in scopes(one, year, part)]
        ),
        "commune: steps of the year": lambda: STEPS.count(scopes(one, year)),
        "page: the list of indicators": lambda: client.get("/indicators/?agency=B0001"),
        "page: one indicator": lambda: client.get("/indicators/on_time/?agency=B0001"),
        "page: the index": lambda: client.get("/indicators/index-766/?agency=B0001"),
        "page: an indicator by procedure": lambda: client.get(
            "/indicators/on_time/by/procedure/?agency=B0001"
        ),
        "page: posts": lambda: client.get("/indicators/posts/?agency=B0001"),
        "province: the year as one": lambda: count(scopes(every, year)),
        "province: the year and its months as one": lambda: count(scopes(every, year + months)),
        "province: the year of each commune": lambda: count(
            [scope for key in every for scope in scopes((key,), year)]
        ),
    }


def _folded() -> dict[str, int]:
    """From the commit of a result to cells that know it, less the wait for the worker's look."""
    from django.utils import timezone

    from motcua.dossiers.models import Dossier
    from motcua.dossiers.rollups.folding import fold, is_due

    times = []
    rows = Dossier.objects.filter(agency__code="B0001", settled_at__isnull=False)
    for row in rows.order_by("-pk")[:ROUNDS]:
        Dossier.objects.filter(pk=row.pk).update(due_at=row.due_at and timezone.now())
        begin = time.perf_counter()
        assert is_due()
        fold(at=timezone.now())
        times.append(1000 * (time.perf_counter() - begin))
        Dossier.objects.filter(pk=row.pk).update(due_at=row.due_at)
    fold(at=timezone.now())
    assert not is_due()
    return {"median_ms": round(statistics.median(times)), "slowest_ms": round(max(times))}


def _whole(what: str) -> dict[str, float]:
    """Seconds on the clock and of the processors, and the largest process in MB, with two."""
    from django.utils import timezone

    from motcua.dossiers.rollups.checking import check
    from motcua.dossiers.rollups.folding import rebuild

    begin, before = time.perf_counter(), _used()
    if what == "check":
        found = check(None, workers=2)
        assert not found.differences
    else:
        rebuild(None, at=timezone.now(), workers=2, tell=lambda _done, _of: None)
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "seconds": round(time.perf_counter() - begin, 1),
        "processor_seconds": round(_used() - before, 1),
        "largest_process_mb": children.ru_maxrss // 1024,
    }


def _used() -> float:
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, whose))


if __name__ == "__main__":
    main(brief="--brief" in sys.argv)
