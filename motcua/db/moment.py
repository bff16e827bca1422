"""Many questions answered as of one moment, without stopping writers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """What is read within stood so at one moment; nothing is written.

    Inside a transaction it is the caller's: on SQLite that is one moment, on PostgreSQL each
    statement sees what was committed before it, unless the caller asked for more.
    """
    connection.ensure_connection()
    if connection.in_atomic_block or _is_reading():
        yield
        return
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")  # a reader's: it does not queue with writers
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _is_reading() -> bool:
    """Whether a reader's transaction of SQLite runs already."""
    return connection.vendor == "sqlite" and bool(connection.connection.in_transaction)
