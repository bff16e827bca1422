"""The engine: ``ENGINE = "motcua.db.sqlite"``."""

from __future__ import annotations

import contextlib
import fcntl
import os
import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured

# Django's features, operations and creation modules all read the module-level ``sqlite3``, so the
# module itself is swapped; a subclass alone would read the flags of the system's old engine.
try:
    import pysqlite3
    from pysqlite3 import dbapi2
except ImportError:  # no wheel for this machine: the system's engine, if it is safe
    pass
else:
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = dbapi2

from django.db.backends.sqlite3 import base as django_sqlite
from django.db.backends.sqlite3.client import DatabaseClient as DjangoDatabaseClient

#: The first release with the fix of the WAL-reset fault.
FIRST_SAFE_RELEASE = (3, 51, 3)


def require_safe_engine(version: tuple[int, ...]) -> None:
    """Raise ``ImproperlyConfigured`` for an SQLite that may corrupt a database."""
    if version < FIRST_SAFE_RELEASE:
        found = ".".join(map(str, version))
        needed = ".".join(map(str, FIRST_SAFE_RELEASE))
        raise ImproperlyConfigured(
            f"SQLite {found} can corrupt a WAL database; {needed} or newer is needed. "
            "Install pysqlite3 (pip install pysqlite3) or set DATABASE_URL to PostgreSQL."
        )


require_safe_engine(django_sqlite.Database.sqlite_version_info)  # type: ignore[attr-defined] # a module-level import of Django's


class DatabaseClient(DjangoDatabaseClient):
    """No shell: a second SQLite copy on a live file breaks its locks."""

    def runshell(self, parameters: Any) -> None:  # noqa: ARG002 # Django's signature
        raise ImproperlyConfigured(
            "A second SQLite program must not open the live database. "
            "Run `motcua backup FILE` and open the copy."
        )


class DatabaseWrapper(django_sqlite.DatabaseWrapper):
    """Writers queue on ``flock`` before ``BEGIN IMMEDIATE``: fair where SQLite's retry starves."""

    client_class = DatabaseClient
    _queue_fd: int | None = None
    _queued = False

    def _queue_path(self) -> str | None:
        name = str(self.settings_dict["NAME"])
        if ":memory:" in name or "mode=memory" in name:
            return None
        return name + ".writer"

    def _enter_queue(self) -> None:
        path = self._queue_path()
        if path is None or self._queued:
            return
        if self._queue_fd is None:
            self._queue_fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._queue_fd, fcntl.LOCK_EX)
        self._queued = True

    def _leave_queue(self) -> None:
        if self._queued and self._queue_fd is not None:
            fcntl.flock(self._queue_fd, fcntl.LOCK_UN)
            self._queued = False

    def _start_transaction_under_autocommit(self) -> None:
        self._enter_queue()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc] # private to Django
        except BaseException:
            self._leave_queue()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc] # likewise
        finally:
            self._leave_queue()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc] # likewise
        finally:
            self._leave_queue()

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._leave_queue()
            if self._queue_fd is not None and self.connection is None:
                with contextlib.suppress(OSError):
                    os.close(self._queue_fd)
                self._queue_fd = None
