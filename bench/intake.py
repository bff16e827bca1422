"""Intakes a second over HTTP, beside bare inserts on the same engine: ``python -m bench.intake``.

A server runs on the same machine (``motcua serve --workers 2``) with the demo; MOTCUA_HOME (and
DATABASE_URL) name its installation, MOTCUA_TOKEN holds a key of the desk (``motcua token create
motcua``). The bare insert is one row in a table of its own, one durable transaction each, by one
writer, without the product: what the engine and the disk allow.

    MOTCUA_TOKEN=… python -m bench.intake http://127.0.0.1:8000
"""

import http.client
import json
import logging
import os
import statistics
import sys
import threading
import time
from urllib.parse import urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
os.environ["MOTCUA_DEMO"], os.environ["MOTCUA_TODAY"] = "1", "2024-09-30"

from motcua.site.cli.setup import start_django  # after the environment is set

PROCEDURE = "1.001193"
#: Connections that are kept: few of them would happen to meet at one of the processes.
CLIENTS = 12
SECONDS = 15


def main(url: str) -> None:
    """Print JSON: intakes a second with p50 and p95 (ms), and the bare inserts before and after."""
    start_django()
    logging.disable(logging.INFO)
    from django.db import connection

    link = Link(url, os.environ["MOTCUA_TOKEN"])
    papers = [
        {"name": paper["name"], "originals": 1}
        for paper in link.ask("GET", f"/procedures/{PROCEDURE}")[1]["content"]["papers"]
    ]
    before = bare_inserts()
    times, failed = intakes(url, papers)
    figures = {
        "engine": connection.vendor,
        "clients": CLIENTS,
        "intakes_per_s": round(len(times) / SECONDS, 1),
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(sorted(times)[int(0.95 * len(times)) - 1], 1),
        "failed": failed,
        "bare_inserts_per_s": [before, bare_inserts()],
    }
    print(json.dumps(figures, indent=1))


class Link:
    """A connection that is kept."""

    def __init__(self, url: str, secret: str) -> None:
        self.link = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        self.headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}

    def ask(self, method, path, data=None):
        self.link.request(method, f"/api/v1{path}", data and json.dumps(data), self.headers)
        answer = self.link.getresponse()
        return answer.status, json.loads(answer.read())


def intakes(url: str, papers: list) -> tuple[list[float], int]:
    """All clients at once for some seconds: milliseconds of each intake, and how many failed."""
    times: list[float] = []
    failed: list[int] = []
    end = time.perf_counter() + SECONDS

    def post(client: int) -> None:
        link, n = Link(url, os.environ["MOTCUA_TOKEN"]), 0
        while (start := time.perf_counter()) < end:
            n += 1
            data = {
                "agency": "15997",
                "procedure": PROCEDURE,
                "applicant": {"full_name": f"Người nộp {os.getpid()}.{client}.{n}"},
                "papers": papers,
            }
            status, _told = link.ask("POST", "/dossiers", data)
            (times if status == 201 else failed).append(1000 * (time.perf_counter() - start))

    clients = [threading.Thread(target=post, args=(n,)) for n in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return times, len(failed)


def bare_inserts(seconds: float = 3) -> float:
    """Durable transactions a second of one row each."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bench_insert (id integer, word varchar(100))")
        made, begun = 0, time.perf_counter()
        while time.perf_counter() - begun < seconds:
            with transaction.atomic():
                cursor.execute("INSERT INTO bench_insert VALUES (%s, %s)", [made, "x" * 100])
            made += 1
        spent = time.perf_counter() - begun
        cursor.execute("DROP TABLE bench_insert")
    return round(made / spent, 1)


if __name__ == "__main__":
    main(sys.argv[1])
