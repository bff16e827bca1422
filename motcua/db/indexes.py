"""Indexes that Django makes by itself and nobody reads."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AlterField


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
