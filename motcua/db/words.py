"""Search for words in a column of folded text, by an index on both databases.

A row matches when its text has the words asked; the last one, which may still be typed, need only
begin a word: "ra so" finds "ra soat", "le thi" does not find "lenh thi hanh". Beginnings of every
word would cost ten times as much and find more noise than rows: Vietnamese words are short. SQLite
keeps the words in an FTS5 table filled by triggers, PostgreSQL in a GIN index::

    operations = [AddWordIndex("task", "folded")]          # in a migration
    Task.objects.filter(folded__words="ra soat")           # through the index
    with_words(Task.objects.open(), "folded", "ra soat")   # by whichever way is faster
"""

from __future__ import annotations

import json
import re
from typing import Any, TypeVar

from django.db import connections, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.models import Lookup, QuerySet

Rows = TypeVar("Rows", bound=QuerySet[Any])

#: Up to so many rows, collecting them by the index is cheaper than reading in the list's order.
RARE = {"sqlite": 4_000, "postgresql": 10_000}
#: From so many on, a row's own text is sooner read than the index's answer is listed.
COMMON = {"sqlite": 20_000, "postgresql": 30_000}
#: PostgreSQL looks at so many of the latest rows; words of so many per cent of them are common.
SAMPLE, COMMON_SHARE = 1_000, 4


def words_of(folded: str) -> list[str]:
    """The words of a folded text; everything but letters and digits separates them."""
    return re.findall(r"[a-z0-9]+", folded)


def with_words(queryset: Rows, path: str, folded: str) -> Rows:
    """Rows in whose column ``path`` the words of ``folded`` are, the last perhaps begun only; a few
    short queries.

    Rare words are answered by the index. Others are tested in the order in which the list is read,
    its page is full long before the rows of an index would be collected and ordered: by SQLite
    against the keys of its table of words while that lists them in no time, else against each
    row's own text.
    """
    words = words_of(folded)
    if not words:
        return queryset.none()
    vendor, asked = connections[queryset.db].vendor, " ".join(words)
    if _surely_common(queryset, path, words):
        return queryset.filter(**{f"{path}__words_in_text": asked})
    found = _found(queryset, path, words, RARE[vendor] + 1)
    if len(found) <= RARE[vendor]:
        return queryset.filter(pk__among=found)
    lookup = "words_in_table" if vendor == "sqlite" else "words_in_text"
    return queryset.filter(**{f"{path}__{lookup}": asked})


def _surely_common(queryset: QuerySet[Any], path: str, words: list[str]) -> bool:
    """Whether very many rows hold the words, found out without collecting them.

    SQLite stops at a limit, at once where the words are whole. PostgreSQL reads all that an index
    finds before it hands out the first row: its planner's guess spares the walk, and a sample where
    the planner thinks that words come together by chance only.
    """
    connection = connections[queryset.db]
    if connection.vendor == "sqlite":
        table = _quoted_table(queryset, path)
        with connection.cursor() as cursor:
            counted = f"SELECT 1 FROM {table} WHERE {table} MATCH %s LIMIT %s"  # noqa: S608 # a quoted name
            cursor.execute(
                f"SELECT COUNT(*) FROM ({counted})",  # noqa: S608 # likewise
                [_match(words, end=""), COMMON["sqlite"] + 1],
            )
            return bool(cursor.fetchone()[0] > COMMON["sqlite"])
    every, asked = queryset.model._default_manager.order_by(), " ".join(words)
    rows = every.filter(**{f"{path}__words": asked}).values("pk")
    plan = json.loads(rows.explain(format="json"))
    if plan[0]["Plan"]["Plan Rows"] > COMMON["postgresql"]:
        return True
    latest = every.order_by("-pk").values("pk")[:SAMPLE]
    seen = every.filter(pk__in=latest, **{f"{path}__words_in_text": asked}).count()
    return bool(seen * 100 >= SAMPLE * COMMON_SHARE)


def _found(queryset: QuerySet[Any], path: str, words: list[str], limit: int) -> list[int]:
    """The keys of rows that the index finds, of whatever agency, up to a limit."""
    connection = connections[queryset.db]
    if connection.vendor != "sqlite":
        rows = queryset.model._default_manager.filter(**{f"{path}__words": " ".join(words)})
        return list(rows.order_by().values_list("pk", flat=True)[:limit])
    table = _quoted_table(queryset, path)
    with connection.cursor() as cursor:  # the table of words alone: it stops at the limit
        cursor.execute(
            f"SELECT rowid FROM {table} WHERE {table} MATCH %s LIMIT %s",  # noqa: S608 # a quoted name
            [_match(words), limit],
        )
        return [key for (key,) in cursor.fetchall()]


def _quoted_table(queryset: QuerySet[Any], path: str) -> str:
    name = _words_table(queryset.model._meta.db_table, path)
    return str(connections[queryset.db].ops.quote_name(name))


def _match(words: list[str], end: str = "*") -> str:
    return " AND ".join(f'"{word}"' for word in words) + end


@models.CharField.register_lookup
@models.TextField.register_lookup
class Words(Lookup[Any]):
    """``column__words="ra soat"``: the words are in the column, which has the index."""

    lookup_name = "words"

    def as_sqlite(self, _compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Through the table of words."""
        quote = connection.ops.quote_name
        column: Any = self.lhs
        table = quote(_words_table(column.target.model._meta.db_table, column.target.column))
        key = f"{quote(column.alias)}.{quote(column.target.model._meta.pk.column)}"
        sql = f"{key} IN (SELECT rowid FROM {table} WHERE {table} MATCH %s)"  # noqa: S608 # quoted names
        return sql, [_match(words_of(self.rhs))]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Through the index over the same expression."""
        column, params = self.process_lhs(compiler, connection)
        match = " & ".join(words_of(self.rhs)) + ":*"
        return f"{_vector(column)} @@ to_tsquery('simple', %s)", [*params, match]


@models.CharField.register_lookup
@models.TextField.register_lookup
class WordsInTable(Words):
    """As ``__words`` on SQLite, for a list that is read by the index of its order."""

    lookup_name = "words_in_table"

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """A sign before the key hides it from the planner, which would begin with the words and
        sort all that they find."""
        sql, params = super().as_sqlite(compiler, connection)
        return f"+{sql}", params


@models.CharField.register_lookup
@models.TextField.register_lookup
class WordsInText(Lookup[Any]):
    """As ``__words``, tested on the row's own text, for words of so many rows that an index would
    only be in the way."""

    lookup_name = "words_in_text"

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """GLOB is SQLite's own; a regular expression would call back for every row."""
        column, params = self.process_lhs(compiler, connection)
        *whole, last = words_of(self.rhs)
        patterns = [f"*[^a-z0-9]{word}[^a-z0-9]*" for word in whole] + [f"*[^a-z0-9]{last}*"]
        tests = [f"' ' || {column} || ' ' GLOB %s"] * len(patterns)
        return f"({' AND '.join(tests)})", [
            value for pattern in patterns for value in (*params, pattern)
        ]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """The cheap test first."""
        column, params = self.process_lhs(compiler, connection)
        *whole, last = words_of(self.rhs)
        ends = [(word, "([^a-z0-9]|$)") for word in whole] + [(last, "")]
        tests = [f"{column} LIKE %s AND {column} ~ %s"] * len(ends)
        return f"({' AND '.join(tests)})", [
            value
            for word, end in ends
            for value in (*params, f"%{word}%", *params, f"(^|[^a-z0-9]){word}{end}")
        ]


@models.BigAutoField.register_lookup
class Among(Lookup[Any]):
    """``pk__among=keys``: one parameter for thousands of keys."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """A list in JSON."""
        key, params = self.process_lhs(compiler, connection)
        return f"{key} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(self.rhs)]  # noqa: S608 # a quoted name

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """An array."""
        key, params = self.process_lhs(compiler, connection)
        return f"{key} = ANY(%s)", [*params, self.rhs]


class AddWordIndex(Operation):
    """Give a column of folded text the index that ``__words`` reads."""

    reversible = True

    def __init__(self, model_name: str, field: str) -> None:
        self.model_name, self.field = model_name, field

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Models do not change."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,  # noqa: ARG002 # Django's signature
        to_state: Any,
    ) -> None:
        """Make the index and fill it."""
        for statement in self._statements(app_label, schema_editor, to_state, making=True):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,  # noqa: ARG002 # Django's signature
    ) -> None:
        """Drop it."""
        for statement in self._statements(app_label, schema_editor, from_state, making=False):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        """For the log of migrations."""
        return f"Index the words of {self.model_name}.{self.field}"

    def _statements(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, state: Any, *, making: bool
    ) -> list[str]:
        model = state.apps.get_model(app_label, self.model_name)
        column = model._meta.get_field(self.field).column
        table, key = model._meta.db_table, model._meta.pk.column
        made, dropped = index_statements(schema_editor.connection.vendor, table, key, column)
        return made if making else dropped


def index_statements(vendor: str, table: str, key: str, column: str) -> tuple[list[str], list[str]]:
    """The SQL that makes, and that drops, the word index of a column."""
    return (_sqlite if vendor == "sqlite" else _postgresql)(table, key, column)


def _words_table(table: str, column: str) -> str:
    return f"{table}_{column}_words"


def _vector(column: str) -> str:
    """Only letters and digits are left to the parser, so it sees plain words and no addresses."""
    return f"to_tsvector('simple', regexp_replace({column}, '[^a-z0-9]+', ' ', 'g'))"


def _postgresql(table: str, key: str, column: str) -> tuple[list[str], list[str]]:  # noqa: ARG001 # same shape
    name, vector = _words_table(table, column), _vector(f'"{column}"')
    return (
        [f'CREATE INDEX "{name}" ON "{table}" USING gin ({vector})'],
        [f'DROP INDEX "{name}"'],
    )


def _sqlite(table: str, key: str, column: str) -> tuple[list[str], list[str]]:
    """The words alone (``content=''``), each row under the key of its own."""
    words = _words_table(table, column)
    put = f'INSERT INTO "{words}" (rowid, words) VALUES (new."{key}", new."{column}");'  # noqa: S608 # names of the schema
    take = f'DELETE FROM "{words}" WHERE rowid = old."{key}";'  # noqa: S608 # likewise
    changed = f'WHEN old."{column}" IS NOT new."{column}" OR old."{key}" <> new."{key}"'
    options = "content='', contentless_delete=1, detail='none', prefix='2 3', tokenize='ascii'"
    return (
        [
            f'CREATE VIRTUAL TABLE "{words}" USING fts5(words, {options})',
            f'INSERT INTO "{words}" (rowid, words) SELECT "{key}", "{column}" FROM "{table}"',  # noqa: S608 # likewise
            f'CREATE TRIGGER "{words}_put" AFTER INSERT ON "{table}" BEGIN {put} END',
            f'CREATE TRIGGER "{words}_take" AFTER DELETE ON "{table}" BEGIN {take} END',
            f'CREATE TRIGGER "{words}_change" AFTER UPDATE ON "{table}" {changed} '
            f"BEGIN {take} {put} END",
        ],
        [
            f'DROP TRIGGER "{words}_put"',
            f'DROP TRIGGER "{words}_take"',
            f'DROP TRIGGER "{words}_change"',
            f'DROP TABLE "{words}"',
        ],
    )
