"""Hundreds of rows a millisecond: for the demo and for measuring, never for business.

Rows go to the driver without an object each: ``executemany`` on SQLite, ``COPY`` on PostgreSQL::

    with bare_tables([Event], words=()):              # many rows: indexes are made once, after
        Table(Event).put(rows)                        # rows: a list of values each, by its columns

No signal is sent and no check of Python runs; the constraints of the database do.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db import connection, models, transaction

from motcua.db.words import index_statements

Row = Sequence[Any]


class Table:
    """A model's table as the driver sees it. ``keyed``: the rows bring their keys with them."""

    def __init__(self, model: type[models.Model], *, keyed: bool = False) -> None:
        self.model = model
        self.fields = [
            field
            for field in model._meta.concrete_fields
            if not field.generated and (keyed or not field.primary_key)
        ]
        self.columns = [str(field.column) for field in self.fields]
        self._makers = [(field.attname, _maker(field)) for field in self.fields]

    def values(self, row: models.Model) -> list[Any]:
        """What the driver is given for a row of the ORM."""
        return [make(getattr(row, name)) for name, make in self._makers]

    def put(self, rows: Iterable[Row]) -> None:
        """Insert rows of values."""
        quote = connection.ops.quote_name
        table = quote(self.model._meta.db_table)
        columns = ", ".join(map(quote, self.columns))
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                copying = cursor.copy(f"COPY {table} ({columns}) FROM STDIN")
                with connection.wrap_database_errors, copying as copy:
                    for row in rows:
                        copy.write_row(row)
                return
            places = ", ".join(["%s"] * len(self.columns))
            statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 # names of the schema
            cursor.executemany(statement, rows)  # type: ignore[arg-type] # it reads any iterable

    def put_objects(self, rows: Iterable[models.Model]) -> None:
        """Insert rows of the ORM; a tenth of what ``bulk_create`` takes."""
        self.put(map(self.values, rows))

    def last_key(self) -> int:
        """The highest key that is taken; 0 in an empty table."""
        return self.model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0


def _maker(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """How a field's value goes to the driver; ``COPY`` takes moments and JSON as text."""
    if type(field) is models.CharField and not field.null:
        return str  # a word of an enumeration as well
    if isinstance(field, models.IntegerField | models.ForeignKey):
        return lambda value: value
    if isinstance(field, models.JSONField):
        return partial(json.dumps, cls=field.encoder)
    return lambda value: _text(field.get_db_prep_save(value, connection))


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value


@contextmanager
def bare_tables(
    tables: Iterable[type[models.Model]], *, words: Iterable[tuple[type[models.Model], str]] = ()
) -> Iterator[None]:
    """Within: few indexes and no check of foreign keys or (mostly) doubles; after: all again.

    ``words`` are columns with an index of words (:mod:`motcua.db.words`). On PostgreSQL everything
    is one transaction, outside any other. On SQLite what is written within may be lost if the
    machine fails, and a killed process leaves the tables without their indexes: a database for
    measuring is made anew.
    """
    names = [model._meta.db_table for model in tables]
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
            cursor.execute(_POSTGRES_PARTS, {"tables": names})
            parts = cursor.fetchall()
            for dropping, _making in parts:
                cursor.execute(dropping)
            yield
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no check may wait for its table
            for _dropping, making in parts:
                cursor.execute(making)
        with connection.cursor() as cursor:  # as the daemon would sooner or later
            cursor.execute(f"VACUUM ANALYZE {', '.join(names)}")
        return
    with _careless_sqlite():
        made, dropped = _sqlite_parts(names, words)
        _run(dropped)
        try:
            yield
        finally:
            _run(made)


#: How to drop and to make all but the primary keys.
_POSTGRES_PARTS = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
           format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname,
                  pg_get_constraintdef(oid))
    FROM pg_constraint
    WHERE contype IN ('f', 'u') AND conrelid = ANY(%(tables)s::regclass[])
    UNION ALL
    SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    FROM pg_index WHERE indrelid = ANY(%(tables)s::regclass[]) AND NOT EXISTS (
        SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('p', 'u')
    )
"""


@contextmanager
def _careless_sqlite() -> Iterator[None]:
    """Each page written once, no waiting for the disk, no look for the parent of each row, a larger
    cache, sorting beside. Nobody else may have the database open."""
    with connection.cursor() as cursor:
        kept = {}
        for name, value in _CARELESS.items():
            kept[name] = cursor.execute(f"PRAGMA {name}").fetchone()[0]
            cursor.execute(f"PRAGMA {name} = {value}")
        try:
            yield
        finally:
            for name, value in kept.items():
                cursor.execute(f"PRAGMA {name} = {value}")


_CARELESS = {
    "journal_mode": "TRUNCATE",  # of new pages it keeps nothing
    "synchronous": 0,
    "foreign_keys": 0,
    "cache_size": -200_000,
    "temp_store": 1,  # sorters in files may have threads
    "threads": 2,
}


def _sqlite_parts(
    names: list[str], words: Iterable[tuple[type[models.Model], str]]
) -> tuple[list[str], list[str]]:
    """The statements that make and that drop indexes."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index'")
        plain = [(name, sql) for table, name, sql in cursor.fetchall() if table in names and sql]
    made, dropped = [sql for _name, sql in plain], [f"DROP INDEX {quote(n)}" for n, _sql in plain]
    for model, column in words:
        meta = model._meta
        making, dropping = index_statements("sqlite", meta.db_table, str(meta.pk.column), column)
        made, dropped = made + making, dropped + dropping
    return made, dropped


@transaction.atomic
def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
