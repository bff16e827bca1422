"""Work that only one process of an installation does at a time."""

from __future__ import annotations

import fcntl
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def alone(name: str, *, wait: bool = False) -> Iterator[bool]:
    """Whether nobody else does what is called ``name``; then nobody will until the end of the
    block. With ``wait`` it waits for whoever does, and is always true.

    A lock of the database server on PostgreSQL, of a file beside the database on SQLite; both end
    with the process.
    """
    if connection.vendor == "postgresql":
        yield from _by_server(zlib.crc32(name.encode()), wait=wait)
    else:
        yield from _by_file(f"{connection.settings_dict['NAME']}.{name}", wait=wait)


def _by_server(key: int, *, wait: bool) -> Iterator[bool]:
    with connection.cursor() as cursor:
        asked = "pg_advisory_lock(%s)" if wait else "pg_try_advisory_lock(%s)"
        cursor.execute(f"SELECT {asked}", [key])
        got = wait or bool(cursor.fetchone()[0])
    try:
        yield got
    finally:
        if got:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def _by_file(path: str, *, wait: bool) -> Iterator[bool]:
    if ":memory:" in path or "mode=memory" in path:  # of this process alone
        yield True
        return
    found = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(found, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(found)
