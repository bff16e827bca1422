"""Many questions answered as of one moment, without stopping writers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[bool]:
    """What is read within stood so at one moment; nothing is written. Yields whether that holds.

    Inside a transaction it is the caller's: on SQLite that is one moment; on PostgreSQL each
    statement sees what was committed before it, unless the caller asked for more, and the answer
    is no.
    """
    connection.ensure_connection()
    if connection.in_atomic_block or _is_reading():
        yield not _sees_later_commits()
        return
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield True
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")  # a reader's: it does not queue with writers
        try:
            yield True
        finally:
            cursor.execute("ROLLBACK")


def _sees_later_commits() -> bool:
    """Whether each statement of the transaction may see more than the one before. The transaction
    around a test is none of a caller: nobody commits beside it."""
    if connection.vendor != "postgresql":
        return False
    blocks = connection.atomic_blocks
    if all(getattr(block, "_from_testcase", False) for block in blocks):
        return False
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_isolation")
        return bool(cursor.fetchone()[0] == "read committed")


def _is_reading() -> bool:
    """Whether a reader's transaction of SQLite runs already."""
    return connection.vendor == "sqlite" and bool(connection.connection.in_transaction)
