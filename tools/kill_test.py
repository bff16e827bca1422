"""Kill the server with SIGKILL while many take dossiers in; nothing that was answered is lost.

    python tools/kill_test.py --times 1000 --json

Each time: a server on the demo, clients that post dossiers by API, a kill at a random moment of
their work, then the check of what is new: every answered dossier is there with its code, no code
twice, no number left out in the day's codes and the year's receipts, no dossier without its entry,
the chain unbroken. At the end all of it is checked once more from the beginning. The next server
starts meanwhile and does not touch the database before the kill. Exit 1 when something is wrong.
DATABASE_URL chooses PostgreSQL (an empty database); without it SQLite in a temporary home.
"""

import argparse
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "motcua.site.cli"]
PROCEDURE = "1.001193"
#: The demo's desk: all that is taken in is its own.
AGENCY = "15997"
CLIENTS = 8


class Clients:
    """Programs that take dossiers in until the server is gone; keeps what was answered."""

    def __init__(self, port: int, secret: str, round_no: int) -> None:
        self.port, self.round_no = port, round_no
        self.headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        self.answered: list[str] = []
        self.refused: list[str] = []
        self.papers = self._papers()
        self.threads = [threading.Thread(target=self._post, args=(n,)) for n in range(CLIENTS)]

    def _ask(
        self, link: http.client.HTTPConnection, method: str, path: str, data: Any = None
    ) -> Any:
        link.request(method, f"/api/v1{path}", data and json.dumps(data), self.headers)
        answer = link.getresponse()
        return answer.status, json.loads(answer.read())

    def _papers(self) -> list[dict[str, Any]]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        _status, found = self._ask(link, "GET", f"/procedures/{PROCEDURE}")
        return [{"name": paper["name"], "originals": 1} for paper in found["content"]["papers"]]

    def _post(self, client: int) -> None:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        for n in range(10**6):
            data = {
                "agency": "15997",
                "procedure": PROCEDURE,
                "applicant": {"full_name": f"Người nộp {self.round_no}.{client}.{n}"},
                "papers": self.papers,
            }
            try:
                status, told = self._ask(link, "POST", "/dossiers", data)
            except (OSError, http.client.HTTPException, ValueError):
                return  # the server is gone
            if status == 201:
                self.answered.append(told["code"])
            else:
                self.refused.append(f"{status} {told}")

    def start(self) -> None:
        """All at once."""
        for thread in self.threads:
            thread.start()

    def join(self) -> None:
        """Until each has seen that the server is gone."""
        for thread in self.threads:
            thread.join(60)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A server as ``motcua serve`` starts it, in a group of processes of its own."""

    def __init__(self, env: dict[str, str], workers: int) -> None:
        self.port = free_port()
        words = f"--interface wsgi --port {self.port} --workers {workers} --blocking-threads 4"
        command = [sys.executable, "-m", "granian", *words.split(), "motcua.site.wsgi:application"]
        url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(  # noqa: S603 # our own command
            command,
            cwd=ROOT,
            env=env | {"MOTCUA_URL": url, "MOTCUA_HOSTS": "127.0.0.1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def wait(self) -> None:
        """Until it answers. Raises ``SystemExit`` after a minute."""
        for _ in range(1200):
            try:
                link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                link.request("GET", "/healthz")
                if link.getresponse().status < 500:
                    return
            except OSError:
                time.sleep(0.05)
        self.kill()
        raise SystemExit("the server does not answer")

    def kill(self) -> None:
        """All its processes at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def kill_once(server: Server, secret: str, round_no: int) -> Clients:
    """Clients at work, and the end of their server at a random moment."""
    try:
        server.wait()
        clients = Clients(server.port, secret, round_no)
        clients.start()
        begun = time.monotonic()
        while not clients.answered and time.monotonic() - begun < 30:
            time.sleep(0.005)
        time.sleep(random.uniform(0.02, 0.8))  # noqa: S311 # when to kill is no secret
    finally:
        server.kill()
    clients.join()
    return clients


class Checker:
    """What is wrong in the database, in words; looks at what is new since it looked last."""

    def __init__(self) -> None:
        self.dossier = self.entry = self.receipts = self.seq = 0
        self.days: dict[str, int] = {}
        self.hash = "0" * 64

    def faults(self, answered: list[str]) -> list[str]:
        """Of the dossiers that were answered since, and of all new rows."""
        from django.db import connection

        self._settle(connection)
        found = [*self._codes(answered), *self._numbers(), *self._entries()]
        connection.close()
        return found

    def _settle(self, connection: Any) -> None:
        """PostgreSQL's own processes finish what they were about after their client died."""
        for _ in range(200 if connection.vendor == "postgresql" else 0):
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                    "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
                )
                if cursor.fetchone()[0] == 0:
                    return
            time.sleep(0.05)

    def _codes(self, answered: list[str]) -> Iterator[str]:
        from motcua.dossiers.models import Counter as LastNumber
        from motcua.dossiers.models import Dossier

        rows = Dossier.objects.filter(agency__code=AGENCY, pk__gt=self.dossier).exclude(code=None)
        new = dict(rows.values_list("pk", "code"))
        codes = [code for code in new.values() if code]
        for code in sorted(set(answered) - set(codes)):
            yield f"answered and lost: {code}"
        for code, times in Counter(answered).items():
            if times > 1:
                yield f"answered twice: {code}"
        days: dict[str, list[int]] = {}
        for code in codes:
            _agency, day, number = code.split("-")
            days.setdefault(day, []).append(int(number))
        for day, numbers in days.items():
            first = self.days.get(day, 0)
            if sorted(numbers) != list(range(first + 1, first + len(numbers) + 1)):
                yield f"codes of {day} have a gap or a double"
            self.days[day] = first + len(numbers)
        counted = LastNumber.objects.filter(
            agency__code=AGENCY, series="dossier", period="2024-09-30"
        )
        last = counted.values_list("last", flat=True).first() or 0
        if last != self.days.get("240930", 0):
            yield f"the counter says {last}, the dossiers {self.days.get('240930', 0)}"
        self.received = set(new)
        self.dossier = max(new, default=self.dossier)

    def _numbers(self) -> Iterator[str]:
        from motcua.dossiers.models import Slip

        receipts = Slip.objects.filter(
            dossier__agency__code=AGENCY, kind="receipt", number__gt=self.receipts
        )
        numbers = sorted(receipts.values_list("number", flat=True))
        if numbers != list(range(self.receipts + 1, self.receipts + len(numbers) + 1)):
            yield "numbers of receipts have a gap or a double"
        self.receipts += len(numbers)

    def _entries(self) -> Iterator[str]:
        from motcua.audit.models import Entry
        from motcua.audit.rules import first_break

        rows = list(Entry.objects.of_chain(AGENCY).filter(seq__gt=self.seq))
        if broken := first_break((row.as_row() for row in rows), seq=self.seq, previous=self.hash):
            yield f"chain {broken.chain}: {broken.reason} at {broken.seq}"
        ids = {
            int(row.object_id)
            for row in rows
            if row.action in ("dossiers.receive", "dossiers.accept")
        }
        if ids != self.received:
            yield "a dossier without its entry, or an entry without its dossier"
        if rows:
            self.seq, self.hash = rows[-1].seq, rows[-1].hash


def main() -> int:
    """Print a line each time, or JSON at the end."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--times", type=int, default=10, help="how many kills (%(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="web processes (%(default)s)")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="motcua-kill-") as home:
        figures = run(home, options)
    if options.json:
        sys.stdout.write(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    return 1 if figures["faults"] else 0


def _motcua(env: dict[str, str], *words: str) -> str:
    """What a command of ours prints."""
    done = subprocess.run(  # noqa: S603 # our own command
        [*COMMAND, *words], cwd=ROOT, env=env, check=True, capture_output=True
    )
    return done.stdout.decode()


def run(home: str, options: argparse.Namespace) -> dict[str, Any]:
    """Kill so many times; what was answered in all, and every fault."""
    os.environ |= {"MOTCUA_HOME": home, "MOTCUA_DEMO": "1", "MOTCUA_TODAY": "2024-09-30"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.site.settings"
    env = dict(os.environ)
    _motcua(env, "demo")
    secret = _motcua(env, "token", "create", "motcua").split()[-1]
    sys.path.insert(0, str(ROOT))
    from motcua.site.cli.setup import start_django

    start_django()
    answered: list[str] = []
    refused: list[str] = []
    checker = Checker()
    wrong = checker.faults([])
    begun, server = time.monotonic(), Server(env, options.workers)
    for round_no in range(1, options.times + 1):
        following = Server(env, options.workers) if round_no < options.times else None
        try:
            clients = kill_once(server, secret, round_no)
            new = checker.faults(clients.answered)
        except BaseException:
            if following is not None:
                following.kill()
            raise
        answered += clients.answered
        refused += clients.refused
        wrong += new
        sys.stderr.write(f"{round_no}: {len(clients.answered)} answered, {len(new)} faults\n")
        if following is not None:
            server = following
    wrong += Checker().faults(answered)
    from django.db import connection

    return {
        "engine": connection.vendor,
        "kills": options.times,
        "answered": len(answered),
        "seconds_each": round((time.monotonic() - begun) / options.times, 2),
        "refused": refused[:5],
        "faults": wrong,
    }


if __name__ == "__main__":
    sys.exit(main())
