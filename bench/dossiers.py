"""Server time and queries of the desk's lists and searches: ``python -m bench.dossiers``.

Reads the installation of MOTCUA_HOME (and DATABASE_URL), grown before by ``motcua demo`` and
``motcua bench generate --dossiers 100000``; asks pages and API through Django's own handler,
without a network, as a commune's desk and as the district that sees all. Changes nothing that
counts. ``--plans``: the databases' plans of the lists' statements instead.
"""

import json
import logging
import os
import statistics
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
os.environ["MOTCUA_DEMO"], os.environ["MOTCUA_TODAY"] = "1", "2024-09-30"

from motcua.site.cli.setup import start_django  # after the environment is set

ROUNDS = 20
API = "/api/v1/dossiers"


def main(*, plans: bool) -> None:
    """Print JSON: per question and asker p50 and p95 (ms) and the number of queries."""
    start_django()
    logging.disable(logging.INFO)
    from django.db import connection
    from django.test import Client

    from motcua.dossiers.models import Dossier
    from motcua.org.models import Account

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    figures = {"engine": connection.vendor, "dossiers": Dossier.objects.count(), "asked": {}}
    for who in ("motcua", "noivu"):
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(Account.objects.get(username=who))
        for name, path in questions(who).items():
            if plans:
                show_plans(client, f"{name} ({who})", path)
            else:
                figures["asked"][f"{name} ({who})"] = measured(client, path)
    if not plans:
        print(json.dumps(figures, indent=1, ensure_ascii=False))


def questions(who: str) -> dict[str, str]:
    """What is asked; the searched dossier is one that the asker may see."""
    from datetime import date
    from urllib.parse import quote

    from motcua.dossiers.models import Dossier
    from motcua.org.models import Person

    seen = Dossier.objects.visible_to(
        Person.objects.get(account__username=who), date(2024, 9, 30)
    ).exclude(code=None)
    one = seen.select_related("applicant").order_by("-pk")[min(500, seen.count() - 1)]
    rare = quote(f"{one.applicant.full_name} {one.code.split('-')[1]}")
    words = {
        "code": one.code,
        "id": one.applicant.id_number,
        "phone": one.applicant.phone,
        "rare name": rare,
        "common name": "nguyen",
        "common words": quote("chứng thực bản sao"),
    }
    lists = {
        "work": "/dossiers/",
        "late": "/dossiers/?late=1",
        "register": "/dossiers/?stage=all&order=received",
        "waiting": "/dossiers/?status=waiting",
        "suspect": "/dossiers/?suspect=1",
        "mine": "/dossiers/?mine=1",
        "one dossier": f"/dossiers/{one.pk}/",
        "API work of 20": f"{API}?stage=open&limit=20",
        "API register": f"{API}?order=received&limit=50",
        "API one": f"{API}/{one.pk}",
    }
    return lists | {f"search {name}": f"/dossiers/?q={text}" for name, text in words.items()}


def measured(client, path: str) -> dict[str, float]:
    """Times of some rounds, after one to warm up."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200, path
    asked = len(queries)  # at once: the next request empties the log
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        client.get(path)
        times.append(1000 * (time.perf_counter() - start))
    return {
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(sorted(times)[int(0.95 * ROUNDS) - 1], 1),
        "queries": asked,
    }


def show_plans(client, name: str, path: str) -> None:
    """Each statement on dossiers with its plan and time."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    print(f"== {name}: {path}")
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN ANALYZE"
    for query in queries:
        sql = query["sql"]
        if "dossiers_" not in sql or not sql.startswith("SELECT"):
            continue
        print(f"-- {query['time']} s: {sql[:160]} … {sql[sql.find(' WHERE ') :][:600]}")
        if float(query["time"]) >= 0.004:
            with connection.cursor() as cursor:
                cursor.execute(f"{explain} {sql}")
                for row in cursor.fetchall():
                    print("    ", *row)


if __name__ == "__main__":
    main(plans="--plans" in sys.argv)
