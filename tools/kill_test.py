"""Kill the server with SIGKILL while many take dossiers in; nothing that was answered is lost.

    python tools/kill_test.py --times 50 --json

Each time: a server on the demo, clients that post dossiers by API, a kill at a random moment, then
the check: every answered dossier is there with its code, no code twice, no number left out in the
day's codes and the year's receipts, no dossier without its entry, the chain unbroken. Exit 1 when
something is wrong. DATABASE_URL chooses PostgreSQL (an empty database); without it SQLite in a
temporary home.
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
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "motcua.site.cli"]
PROCEDURE = "1.001193"
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


def served(env: dict[str, str], workers: int) -> tuple[subprocess.Popen[bytes], int]:
    """A server that answers, as ``motcua serve`` starts it, in a group of processes of its own."""
    port = free_port()
    words = f"--interface wsgi --port {port} --workers {workers} --blocking-threads 4"
    command = [sys.executable, "-m", "granian", *words.split(), "motcua.site.wsgi:application"]
    server = subprocess.Popen(  # noqa: S603 # our own command
        command,
        cwd=ROOT,
        env=env | {"MOTCUA_URL": f"http://127.0.0.1:{port}", "MOTCUA_HOSTS": "127.0.0.1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    for _ in range(600):
        try:
            link = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            link.request("GET", "/healthz")
            if link.getresponse().status < 500:
                return server, port
        except OSError:
            time.sleep(0.1)
    os.killpg(server.pid, signal.SIGKILL)
    raise SystemExit("the server does not answer")


def kill_once(env: dict[str, str], secret: str, round_no: int, workers: int) -> Clients:
    """One server, its clients, and its end at a random moment of their work."""
    server, port = served(env, workers)
    try:
        clients = Clients(port, secret, round_no)
        clients.start()
        begun = time.monotonic()
        while not clients.answered and time.monotonic() - begun < 30:
            time.sleep(0.01)
        time.sleep(random.uniform(0.05, 1.5))  # noqa: S311 # when to kill is no secret
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
    clients.join()
    return clients


def faults(answered: list[str]) -> list[str]:
    """What is wrong in the database, in words."""
    from django.db import connection

    from motcua.audit.models import Entry
    from motcua.audit.queries import verify
    from motcua.dossiers.models import Counter as LastNumber
    from motcua.dossiers.models import Dossier, Slip

    codes = list(Dossier.objects.exclude(code=None).values_list("code", flat=True))
    found = [f"answered and lost: {code}" for code in sorted(set(answered) - set(codes))]
    twice = [code for code, times in Counter([*answered]).items() if times > 1]
    found += [f"answered twice: {code}" for code in twice]
    days: dict[str, list[int]] = {}
    for code in codes:
        _agency, day, number = code.split("-")
        days.setdefault(day, []).append(int(number))
    found += [
        f"codes of {day} have a gap or a double"
        for day, numbers in days.items()
        if sorted(numbers) != list(range(1, len(numbers) + 1))
    ]
    receipts = sorted(Slip.objects.filter(kind="receipt").values_list("number", flat=True))
    if receipts != list(range(1, len(receipts) + 1)):
        found.append("numbers of receipts have a gap or a double")
    last = LastNumber.objects.get(series="dossier", period="2024-09-30").last
    if last != len(days.get("240930", [])):
        found.append(f"the counter says {last}")
    received = {"dossiers.receive", "dossiers.accept"}
    if Entry.objects.filter(action__in=received).count() != len(codes):
        found.append("a dossier without its entry, or an entry without its dossier")
    found += [f"chain {one.chain}: {one.reason} at {one.seq}" for one in verify().breaks]
    connection.close()
    return found


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
    wrong: list[str] = []
    for round_no in range(1, options.times + 1):
        clients = kill_once(env, secret, round_no, options.workers)
        answered += clients.answered
        refused += clients.refused
        new = faults(answered)
        wrong += new
        sys.stderr.write(f"{round_no}: {len(clients.answered)} answered, {len(new)} faults\n")
    from django.db import connection

    return {
        "engine": connection.vendor,
        "kills": options.times,
        "answered": len(answered),
        "refused": refused[:5],
        "faults": wrong,
    }


if __name__ == "__main__":
    sys.exit(main())
