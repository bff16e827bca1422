"""Making and starting an installation."""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from motcua.site.keys import make_keys


def home() -> Path:
    """MOTCUA_HOME, before Django is there to ask."""
    default = Path(__file__).resolve().parents[3] / "var"
    return Path(os.environ.get("MOTCUA_HOME") or default).resolve()


def say(text: str) -> None:
    """One line for the person at the terminal."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def start_django() -> None:
    """Set Django up, with keys: made at the first start of a machine of one's own."""
    os.umask(0o077)
    if not os.environ.get("MOTCUA_KEY_SECRET"):
        make_keys(home())
    import django

    django.setup()


def init(_options: argparse.Namespace | None = None) -> int:
    """Keys, migrations, cache table, roles, static files. Each part is skipped when it is done."""
    start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    _load_roles()
    _collect_static()
    return 0


def _load_roles() -> None:
    from django.conf import settings

    from motcua.org.actions import load_roles, read_pack

    load_roles(pack=read_pack(settings.PACKS / "org" / "roles.yaml"))


def _collect_static() -> None:
    """Collect when a file of the program changed since the last time."""
    from django.conf import settings
    from django.core.management import call_command

    sources = sorted(settings.PACKAGE.glob("*/static/**/*"))
    marks = "".join(f"{p}{p.stat().st_mtime_ns}{p.stat().st_size}" for p in sources if p.is_file())
    digest = hashlib.sha256(marks.encode()).hexdigest()
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    if stamp.exists() and stamp.read_text() == digest:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(digest)


def serve(options: argparse.Namespace) -> int:
    """Web server and worker in one; Ctrl-C or SIGTERM stops both."""
    if not options.no_worker and options.workers == 1:
        os.environ["MOTCUA_EMBED_WORKER"] = "1"
    public = f"http://{options.host}:{options.port}"
    os.environ.setdefault("MOTCUA_URL", public)
    os.environ.setdefault("MOTCUA_HOSTS", f"127.0.0.1,localhost,[::1],{options.host}")
    init()
    _welcome(public)
    from granian.constants import Interfaces
    from granian.server import Server

    worker: Any = None
    if not options.no_worker and options.workers > 1:
        worker = _worker_process()
    server = Server(
        "motcua.site.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.workers,
        blocking_threads=options.threads,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_enabled=False,
    )
    try:
        server.serve()
    finally:
        if worker is not None:
            worker.terminate()
            worker.wait(timeout=15)
    return 0


def _worker_process() -> Any:
    import subprocess

    return subprocess.Popen([sys.executable, "-m", "motcua.site.cli", "worker"])  # our own command


def _welcome(public: str) -> None:
    from django.conf import settings

    from motcua.org.models import Account

    say(f"Một Cửa: {public}   (Ctrl-C stops)")
    if settings.DEMO:
        from motcua.site.demo.people import PASSWORD, log_ins

        say(f"Demo log-ins, password {PASSWORD}:")
        for username, who in log_ins():
            say(f"  {username:<12} {who}")
    elif not Account.objects.filter(is_active=True).exists():
        say("No one can log in yet: run `motcua admin NAME` for a one-time link.")


def worker(_options: argparse.Namespace) -> int:
    """Work until SIGTERM or Ctrl-C."""
    start_django()
    from motcua.jobs.worker import JobWorker

    runner = JobWorker()

    def stop(*_: object) -> None:
        runner.running = False

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    threading.Thread(target=runner.beat_forever, daemon=True).start()
    runner.run()
    return 0
