"""A mark of the state of reference data, kept by the database itself.

Rights, places in the tree, posts and published procedures are read at every request and change a
few times a month. Triggers give their tables one mark that changes with every write, whoever
writes; a process keeps what it read for as long as that mark stands::

    @stamped                                               # the model
    operations = [AddStamp("grant")]                       # its migration
    remembered(("rights", person.pk, day), lambda: ...)    # asks the database once per mark

The mark is random, not a count: one that was rolled back never comes again. It is read before the
data, so what is kept under a mark is never older than the mark. Outside a request (commands,
worker) nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

from django.db import connection, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.models.signals import post_delete, post_save

T = TypeVar("T")
M = TypeVar("M", bound=models.Model)

#: So many answers are kept under one mark; then all are forgotten.
MOST = 10_000


class _Reading:
    """One request: the mark it saw at its first question."""

    def __init__(self) -> None:
        self._mark: str | None = None
        self.wrote = False  # its own changes are not under its mark

    def mark(self) -> str:
        """The mark, read once."""
        if self._mark is None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT mark FROM db_stamp")
                self._mark = cursor.fetchone()[0]
        return self._mark


class _Memory:
    """The answers under the mark that was seen last."""

    def __init__(self) -> None:
        self._kept: tuple[str, dict[Hashable, Any]] = ("", {})

    def under(self, mark: str) -> dict[Hashable, Any]:
        """The answers of a mark; those of another are forgotten."""
        known, kept = self._kept
        if known != mark or len(kept) >= MOST:
            kept = {}
            self._kept = (mark, kept)
        return kept


_reading: ContextVar[_Reading | None] = ContextVar("reading", default=None)
_memory = _Memory()
_stamped: set[str] = set()  # tables


@contextmanager
def reading() -> Iterator[None]:
    """A request, in which answers may be kept."""
    token = _reading.set(_Reading())
    try:
        yield
    finally:
        _reading.reset(token)


def remembered(key: Hashable, load: Callable[[], T]) -> T:
    """The answer of ``load``, from memory while the reference data stand as they stood.

    Only for what follows from reference data and ``key``; nobody may change what comes back.
    """
    now = _reading.get()
    if now is None or now.wrote:
        return load()
    kept = _memory.under(now.mark())
    if key not in kept:
        kept[key] = load()
    return cast("T", kept[key])


def _note_own_write(sender: Any, **_: Any) -> None:
    now = _reading.get()
    if now is not None and sender._meta.db_table in _stamped:
        now.wrote = True


post_save.connect(_note_own_write, dispatch_uid="db.stamps")
post_delete.connect(_note_own_write, dispatch_uid="db.stamps")


def stamped(model: type[M]) -> type[M]:
    """Mark a model whose table has the triggers, so that a request sees its own changes."""
    _stamped.add(model._meta.db_table)
    return model


def stamped_tables() -> frozenset[str]:
    """The tables of all marked models."""
    return frozenset(_stamped)


class AddStamp(Operation):
    """Let a model's table change the mark."""

    reversible = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models do not change."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,  # noqa: ARG002 # Django's signature
        to_state: Any,
    ) -> None:
        """Make the table of the mark, if it is not there, and the triggers."""
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        vendor = schema_editor.connection.vendor
        for statement in [*_MARK[vendor], *_made(vendor, table)]:
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,  # noqa: ARG002 # Django's signature
    ) -> None:
        """Drop the triggers; the mark stays for the other tables."""
        table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
        for statement in _dropped(schema_editor.connection.vendor, table):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        """For the log of migrations."""
        return f"Stamp changes of {self.model_name}"


_TABLE = "CREATE TABLE IF NOT EXISTS db_stamp (mark varchar(40) NOT NULL)"
_FIRST = "INSERT INTO db_stamp SELECT {mark} WHERE NOT EXISTS (SELECT 1 FROM db_stamp)"
_MARK = {
    "sqlite": [_TABLE, _FIRST.format(mark="hex(randomblob(16))")],
    "postgresql": [
        _TABLE,
        _FIRST.format(mark="gen_random_uuid()::text"),
        "CREATE OR REPLACE FUNCTION db_stamp_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN UPDATE db_stamp SET mark = gen_random_uuid()::text; RETURN NULL; END $$",
    ],
}
_CHANGES = ("INSERT", "UPDATE", "DELETE")


def _made(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f'CREATE TRIGGER "{table}_stamp_{change.lower()}" AFTER {change} ON "{table}" BEGIN '  # noqa: S608 # names of the schema
            "UPDATE db_stamp SET mark = hex(randomblob(16)); END"
            for change in _CHANGES
        ]
    return [
        f'CREATE TRIGGER "{table}_stamp" AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{table}" '
        "FOR EACH STATEMENT EXECUTE FUNCTION db_stamp_change()"
    ]


def _dropped(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [f'DROP TRIGGER "{table}_stamp_{change.lower()}"' for change in _CHANGES]
    return [f'DROP TRIGGER "{table}_stamp" ON "{table}"']
