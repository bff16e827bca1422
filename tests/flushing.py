"""Tests that commit leave rows behind, and the trace cannot be deleted: for the cleaning alone its
protection is lifted, and set again before the next test of this sort."""

from __future__ import annotations

from importlib import import_module

from django.db import connection

_PROTECT = import_module("motcua.audit.migrations.0002_protect")


def protect_trace() -> None:
    """The protection as the migration makes it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        for statement in _PROTECT.SQLITE:
            cursor.execute(statement.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS"))


def release_trace() -> None:
    """Let the test database be emptied."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            return
        cursor.execute("DROP TRIGGER audit_entry_no_delete")
