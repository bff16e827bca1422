"""Another CHECK on a table of a million rows, without writing the table anew."""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddConstraint
from django.db.models import Model


class ReplaceCheck(AddConstraint):
    """Put a check in the place of the one of the same name, where every row fulfils both.

    Django's own pair of operations copies the whole table on SQLite; there the text of the check
    is replaced in the schema, as SQLite's documentation of ALTER TABLE describes for constraints
    that change nothing on the disk. PostgreSQL reads the rows once and writes none.
    """

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The one goes, the other comes."""
        state.remove_constraint(app_label, self.model_name_lower, self.constraint.name)
        super().state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        """Replace the check in the table's schema."""
        old = from_state.apps.get_model(app_label, self.model_name)
        new = to_state.apps.get_model(app_label, self.model_name)
        self._replace(schema_editor, old, new)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: Any,
        to_state: Any,
    ) -> None:
        """The same the other way."""
        self.database_forwards(app_label, schema_editor, from_state, to_state)

    def _replace(
        self, schema_editor: BaseDatabaseSchemaEditor, old: type[Model], new: type[Model]
    ) -> None:
        before, after = (self._of(model) for model in (old, new))
        if schema_editor.connection.vendor != "sqlite":
            schema_editor.remove_constraint(old, before)
            schema_editor.add_constraint(new, after)
            return
        texts = (
            one.constraint_sql(model, schema_editor) for one, model in ((before, old), (after, new))
        )
        _rewrite(schema_editor, new._meta.db_table, *texts)

    def _of(self, model: type[Model]) -> Any:
        return next(one for one in model._meta.constraints if one.name == self.constraint.name)

    def describe(self) -> str:
        """What the list of migrations says."""
        return f"Replace check {self.constraint.name} on model {self.model_name}"


def _rewrite(schema_editor: BaseDatabaseSchemaEditor, table: str, before: str, after: str) -> None:
    """The other text in the table's own CREATE statement; ``RuntimeError`` where it is not there
    exactly once: nothing is guessed about a schema."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
        sql = str(cursor.fetchone()[0])
        if sql.count(before) != 1:
            raise RuntimeError(f"{table} does not have the check {before}")
        cursor.execute("PRAGMA schema_version")
        version = int(cursor.fetchone()[0])
        cursor.execute("PRAGMA writable_schema = ON")
        cursor.execute(
            "UPDATE sqlite_master SET sql = %s WHERE type = 'table' AND name = %s",
            [sql.replace(before, after), table],
        )
        cursor.execute(f"PRAGMA schema_version = {version + 1}")
        cursor.execute("PRAGMA writable_schema = RESET")
