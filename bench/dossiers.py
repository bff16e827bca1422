"""Server time, database time and queries of the desk's lists and searches at any size.

    python -m bench.dossiers                             # Django's own handler, no network
    python -m bench.dossiers http://127.0.0.1:8000       # a running server, over HTTP
    python -m bench.dossiers --plans                     # the databases' plans instead

Reads the installation of MOTCUA_HOME (and DATABASE_URL), grown before by ``motcua demo`` and
``motcua bench generate --dossiers 1000000``, as a commune's desk and as the district that sees
all. A server must run on the same installation (``MOTCUA_DEMO=1 motcua serve``: in demo mode its
answers carry ``Server-Timing``). Prints a table, with ``--json`` JSON: p50 and p95 in milliseconds
of the answer as a whole (``ms``) and of its statements (``db_ms``), and how many they are. Changes
nothing that counts.
"""

import argparse
import http.client
import json
import logging
import math
import os
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlencode, urlsplit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
os.environ["MOTCUA_DEMO"], os.environ["MOTCUA_TODAY"] = "1", "2024-09-30"

from motcua.site.cli.setup import start_django  # after the environment is set

ROUNDS = 20
API = "/api/v1/dossiers"
PEOPLE = {"motcua": "commune", "noivu": "district"}
#: Asks for a path; what the answer says of itself: ms, ms in the database, statements.
Ask = Callable[[str], tuple[float, float, int]]


def main() -> None:
    """Ask all questions of each person."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("url", nargs="?", default="", help="of a running server")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    parser.add_argument("--plans", action="store_true", help="plans of the statements")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of each (%(default)s)")
    options = parser.parse_args()
    start_django()
    logging.disable(logging.INFO)
    from django.db import connection

    from motcua.dossiers.models import Dossier

    figures = {"engine": connection.vendor, "dossiers": Dossier.objects.count(), "asked": {}}
    for who, name in PEOPLE.items():
        if options.plans:
            show_plans(who)
            continue
        ask = over_http(options.url, who) if options.url else in_process(who)
        for question, path in questions(who).items():
            figures["asked"][f"{name}: {question}"] = measured(ask, path, options.rounds)
    if options.json:
        print(json.dumps(figures, indent=1, ensure_ascii=False))
    elif not options.plans:
        print_table(figures)


def questions(who: str) -> dict[str, str]:
    """What is asked; the searched dossier is one that the asker may see."""
    from datetime import date

    from motcua.dossiers.models import Dossier
    from motcua.org.models import Person

    seen = Dossier.objects.visible_to(
        Person.objects.get(account__username=who), date(2024, 9, 30)
    ).exclude(code=None)
    one = seen.select_related("applicant").order_by("-pk")[500]
    words = {
        "code": one.code,
        "id": one.applicant.id_number,
        "phone": one.applicant.phone,
        "name and code": f"{one.applicant.full_name} {one.code.split('-')[1]}",
        "name": one.applicant.full_name,
        "name without diacritics": "le thi huong",
        "common name": "nguyen",
        "common words": "chứng thực bản sao",
        "common words, open": "chung thuc ban sao&stage=open",
        "nothing": "không có gì như thế",
    }
    lists = {
        "work": "/dossiers/",
        "late": "/dossiers/?late=1",
        "all": "/dossiers/?stage=all",
        "by receipt": "/dossiers/?stage=all&order=-code",
        "last page": "/dossiers/?stage=all&before=end",
        "waiting": "/dossiers/?status=waiting",
        "online": "/dossiers/?stage=all&channel=online",
        "days of receipt": "/dossiers/?stage=all&received_from=05/08/2024&received_to=09/08/2024",
        "one agency": f"/dossiers/?stage=all&agency={one.agency_id}",
        "suspect": "/dossiers/?suspect=1",
        "mine": "/dossiers/?mine=1",
        "one dossier": f"/dossiers/{one.pk}/",
        "API work of 20": f"{API}?stage=open&limit=20",
        "API late": f"{API}?late=true&limit=20",
        "API register of 50": f"{API}?order=received&limit=50",
        "API one procedure": f"{API}?procedure=1.001193&limit=20",
        "API one": f"{API}/{one.pk}",
    }
    spoken = {name: "&".join(map(_escaped, text.split("&"))) for name, text in words.items()}
    return lists | {f"search {name}": f"/dossiers/?q={text}" for name, text in spoken.items()}


def _escaped(text: str) -> str:
    return text if "=" in text else quote(text)


def measured(ask: Ask, path: str, rounds: int) -> dict[str, float]:
    """Figures of some rounds, after two to warm up."""
    ask(path), ask(path)
    told = [ask(path) for _ in range(rounds)]
    found: dict[str, float] = {"queries": told[-1][2]}
    for name, values in (("ms", [one[0] for one in told]), ("db_ms", [one[1] for one in told])):
        found[f"{name}_p50"] = round(statistics.median(values), 1)
        found[f"{name}_p95"] = round(sorted(values)[math.ceil(0.95 * rounds) - 1], 1)
    return found


# --- two ways to ask --------------------------------------------------------------------------


def in_process(who: str) -> Ask:
    """Through Django's own handler: the time of the whole answer."""
    from django.test import Client

    from motcua.org.models import Account

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Account.objects.get(username=who))

    def ask(path: str) -> tuple[float, float, int]:
        start = time.perf_counter()
        answer = client.get(path)
        spent = 1000 * (time.perf_counter() - start)
        assert answer.status_code == 200, path
        _app, db, queries = timing(answer["Server-Timing"])
        return spent, db, queries

    return ask


def over_http(url: str, who: str) -> Ask:
    """From a running server, logged in as a person of the demo: the server's own time."""
    from motcua.site.demo.people import PASSWORD

    link = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    cookies: dict[str, str] = {}

    def send(method: str, path: str, body: str = "") -> http.client.HTTPResponse:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in cookies.items()), "Referer": url}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        link.request(method, path, body, headers)
        answer = link.getresponse()
        answer.text = answer.read().decode(errors="replace")  # type: ignore[attr-defined] # the answer carries its text
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            cookies[name] = value
        return answer

    page = send("GET", "/account/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    fields = {"csrfmiddlewaretoken": token[1], "login": who, "password": PASSWORD}
    assert send("POST", "/account/login/", urlencode(fields)).status == 302, "no log-in"

    def ask(path: str) -> tuple[float, float, int]:
        answer = send("GET", path)
        assert answer.status == 200, (path, answer.status)
        return timing(answer.headers["Server-Timing"])

    return ask


def timing(header: str) -> tuple[float, float, int]:
    """The parts of ``Server-Timing``."""
    found = re.fullmatch(r'app;dur=([\d.]+), db;dur=([\d.]+);desc="(\d+)"', header)
    return float(found[1]), float(found[2]), int(found[3])


# --- what is printed --------------------------------------------------------------------------


def print_table(figures: dict) -> None:
    """One line for each question."""
    print(f"{figures['dossiers']} dossiers, {figures['engine']}; p50 / p95 ms, of it statements")
    for name, one in figures["asked"].items():
        whole = f"{one['ms_p50']:7.1f} /{one['ms_p95']:7.1f}"
        inside = f"{one['db_ms_p50']:7.1f} /{one['db_ms_p95']:7.1f}"
        print(f"{name:<45} {whole}   {inside}   {one['queries']:3}")


@contextmanager
def watched() -> Iterator[list]:
    """Every statement with its parameters and seconds."""
    from django.db import connection

    seen: list = []

    def watch(execute, sql, params, many, context):
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            seen.append((sql, params, time.perf_counter() - start))

    with connection.execute_wrapper(watch):
        yield seen


def show_plans(who: str) -> None:
    """Each statement on dossiers that took a while, with its plan."""
    from django.db import connection

    ask = in_process(who)
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN ANALYZE"
    for name, path in questions(who).items():
        ask(path)
        with watched() as seen:
            ask(path)
        print(f"== {PEOPLE[who]}: {name}: {path}")
        for sql, params, seconds in seen:
            if "dossiers_" not in sql or seconds < 0.003:
                continue
            print(f"-- {1000 * seconds:.1f} ms: {sql[:120]} … {sql[sql.find(' WHERE ') :][:500]}")
            if not sql.startswith("SELECT"):
                continue
            with connection.cursor() as cursor:
                cursor.execute(f"{explain} {sql}", params)
                for row in cursor.fetchall():
                    print("    ", *row)


if __name__ == "__main__":
    sys.exit(main())
