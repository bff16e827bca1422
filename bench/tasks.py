"""Server time and queries of the task list and "Việc của tôi": ``python -m bench.tasks 10000``.

Makes an installation with the demo and that many tasks of the same shapes over fifty communes of
one district, then asks the pages through Django's own handler, without a network. The installation
is thrown away, unless MOTCUA_HOME (and DATABASE_URL) name one: then it is grown to that many tasks
and kept for the next run. ``--plans``: the slow statements of each page with the engine's plan
instead.
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

PAGES = {
    "my_work": "/work/",
    "tasks": "/tasks/",
    "late": "/tasks/?late=1",
    "all": "/tasks/?status=all",
    "one_field": "/tasks/?field=institutions",
    "search": "/tasks/?q=ra+soat",
    "search_all": "/tasks/?q=ra+soat&status=all",
    "rare_search": "/tasks/?q=cong+khai+ngan+sach&status=all",
    "today": "/today/",
    "board": "/tasks/board/",
    "calendar": "/tasks/calendar/",
}
ROUNDS = 20
#: Seconds from which a statement is worth its plan.
SLOW = 0.01


def main(count: int, *, plans: bool) -> None:
    """Print JSON: per page and person the median, the 95th percentile (ms) and the queries."""
    init()
    logging.disable(logging.INFO)
    from datetime import date

    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from motcua.org.models import Account
    from motcua.planning.models import Task
    from motcua.site.demo import load_demo

    if not Account.objects.exists():
        load_demo(today=date(2024, 9, 30))
    grow(count)
    with connection.cursor() as cursor:
        # As its own housekeeping leaves a database some minutes after many rows came in.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    figures = {"engine": connection.vendor, "tasks": Task.objects.count(), "pages": {}}
    for who in ("vanphong", "noivu"):
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(Account.objects.get(username=who))
        for name, path in PAGES.items():
            if plans:
                show_plans(client, f"{name} ({who})", path)
                continue
            times = []
            client.get(path)
            for _ in range(ROUNDS):
                start = time.perf_counter()
                answer = client.get(path)
                times.append(1000 * (time.perf_counter() - start))
                assert answer.status_code == 200, path
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
                asked = list(queries.captured_queries)
            figures["pages"][f"{name} ({who})"] = {
                "median_ms": round(statistics.median(times), 1),
                "p95_ms": round(sorted(times)[int(0.95 * ROUNDS) - 1], 1),
                "queries": len(asked),
                "in_database_ms": round(1000 * sum(float(one["time"]) for one in asked), 1),
            }
    if not plans:
        print(json.dumps(figures, indent=1))


def show_plans(client, name: str, path: str) -> None:
    """The page's statements that take longest, with the engine's plan."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
        asked = list(queries.captured_queries)
    print(f"== {name}: {path}")
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN ANALYZE"
    for query in asked:
        if float(query["time"]) >= SLOW:
            print(f"-- {query['time']} s: {query['sql']}")
            with connection.cursor() as cursor:
                cursor.execute(f"{explain} {query['sql']}")
                for row in cursor.fetchall():
                    print("    ", *row)


def grow(count: int) -> None:
    """Copies of the demo's tasks for fifty more communes below the demo's district."""
    from datetime import date, timedelta

    from motcua.org.models import Agency, Placement
    from motcua.planning.models import Task

    made = Task.objects.count()
    if made >= count:
        return
    start = date(2004, 1, 1)
    agencies = [
        Agency(code=f"B{n}", name=f"UBND xã {n}", kind="commune", valid_from=start)
        for n in range(50)
    ]
    Agency.objects.bulk_create(agencies)
    Placement.objects.bulk_create(
        Placement(agency=a, path=f"38/399/{a.code}/", valid_from=start) for a in agencies
    )
    pattern = list(Task.objects.followed().filter(series__isnull=True))
    batch: list[Task] = []
    number = 0
    while made < count:
        source = pattern[number % len(pattern)]
        moved = timedelta(days=number * 7 % 61)  # texts and deadlines do not go together
        batch.append(
            Task(
                agency=agencies[number % 50],
                code=f"{source.code}"[:20],
                field=source.field,
                text=source.text,
                folded=source.folded,
                starts_on=source.starts_on,
                due_on=source.due_on and source.due_on + moved,
                first_due_on=source.due_on and source.due_on + moved,
                status=source.status,
                percent=source.percent,
                done_on=source.done_on,
                changed_at=source.changed_at,
            )
        )
        number, made = number + 1, made + 1
        if len(batch) == 5000 or made == count:
            Task.objects.bulk_create(batch)
            batch = []


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    main(numbers[0] if numbers else 10_000, plans="--plans" in sys.argv)
