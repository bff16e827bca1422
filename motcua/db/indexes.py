"""Which index a list is read by, and indexes that Django makes by itself and nobody reads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, TypeVar

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AlterField
from django.db.models import ForeignKey, Lookup, QuerySet

Rows = TypeVar("Rows", bound=QuerySet[Any])


@ForeignKey.register_lookup
class OneOfMany(Lookup[Any]):
    """``agency__one_of_many=keys``: as ``__in``, for a list that is read by the index of its order.

    SQLite would rather look each key up and sort all that it finds, hundreds of thousands of rows
    for a page of fifty: a sign before the column hides it from the planner. PostgreSQL's planner
    counts, and is given the keys as they are.
    """

    lookup_name = "one_of_many"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Keys as a list in JSON."""
        key, params = self.process_lhs(compiler, connection)
        return f"+{key} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(self.rhs)]  # noqa: S608 # a quoted name

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Keys as an array."""
        key, params = self.process_lhs(compiler, connection)
        return f"{key} = ANY(%s)", [*params, self.rhs]


def seen_among(queryset: Rows, path: str, keys: Sequence[int]) -> Rows:
    """Rows whose key ``path`` is among ``keys``: one key by its index, many in the list's order."""
    return queryset.filter(**{f"{path}__{'one_of_many' if len(keys) > 1 else 'in'}": keys})


class DropKeyIndex(AlterField):
    """Take the index from a foreign key that has become ``db_index=False``.

    Django's own ``AlterField`` writes the whole table anew for it on SQLite.
    """

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,  # noqa: ARG002 # Django's signature
    ) -> None:
        """One statement."""
        model = from_state.apps.get_model(app_label, self.model_name)
        for name in self._names(schema_editor, model):
            schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,  # noqa: ARG002 # Django's signature
        to_state: Any,
    ) -> None:
        """Django makes it again."""
        model = to_state.apps.get_model(app_label, self.model_name)
        field = model._meta.get_field(self.name)
        for statement in schema_editor._field_indexes_sql(model, field):  # type: ignore[attr-defined] # private to Django
            schema_editor.execute(statement)

    def _names(self, schema_editor: BaseDatabaseSchemaEditor, model: Any) -> list[str]:
        """The plain indexes over this column alone."""
        column = model._meta.get_field(self.name).column
        connection = schema_editor.connection
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, model._meta.db_table)
        return [
            name
            for name, about in found.items()
            if about["index"] and not about["unique"] and about["columns"] == [column]
        ]
