"""How the installation is: for ``/readyz`` and ``motcua check``."""

from __future__ import annotations

import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from motcua.audit.models import Entry, Head
from motcua.jobs.worker import workers_alive

#: Bytes below which the disk counts as full.
LEAST_FREE = 200 * 1024 * 1024


def look() -> dict[str, str]:
    """Each part with "ok …" or what is wrong with it."""
    states: dict[str, str] = {}
    try:
        states["database"] = _database()
        states["worker"] = "ok" if workers_alive(timezone.now()) else "no worker shows life"
        states["chain"] = _chains()
    except DatabaseError as error:
        states["database"] = type(error).__name__
    free = shutil.disk_usage(settings.HOME).free
    states["disk"] = "ok" if free > LEAST_FREE else "less than 200 MB free"
    return states


def _database() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
        else:
            cursor.execute("SHOW server_version")
        version = cursor.fetchone()[0]
    return f"ok ({connection.vendor} {version})"


def _chains() -> str:
    """Every chain ends where its head says: cheap; ``motcua verify`` walks each entry."""
    for head in Head.objects.order_by("chain")[:1000]:
        last = (
            Entry.objects.of_chain(head.chain).order_by("-seq").values_list("seq", "hash").first()
        )
        if (last or (0, head.hash)) != (head.seq, head.hash):
            return f"chain {head.chain} does not end where its head says"
    return "ok"
