"""A check replaced in place, on rows that stay where they are."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.state import ModelState, ProjectState

from motcua.db.checks import ReplaceCheck

pytestmark = pytest.mark.django_db(transaction=True)

ONE = models.CheckConstraint(condition=models.Q(kind__in=["a", "b"]), name="checked_kind")
OTHER = models.CheckConstraint(condition=models.Q(kind__in=["a", "b", "c"]), name="checked_kind")


@pytest.fixture
def made(transactional_db: None) -> Any:
    """A table with a check and a row."""
    fields = [("id", models.AutoField(primary_key=True)), ("kind", models.CharField(max_length=1))]
    state = ProjectState()
    state.add_model(ModelState("db", "Checked", fields, {"constraints": [ONE]}))
    model = state.apps.get_model("db", "Checked")
    with connection.schema_editor() as editor:
        editor.create_model(model)
    model.objects.create(kind="a")
    yield SimpleNamespace(state=state, model=model)
    with connection.schema_editor() as editor:
        editor.delete_model(model)


def go(before: ProjectState, *, back: bool = False) -> ProjectState:
    """The operation done, or undone, with the statements it needed."""
    after = before.clone()
    operation = ReplaceCheck("checked", OTHER)
    operation.state_forwards("db", after)
    with connection.schema_editor() as editor:
        if back:
            operation.database_backwards("db", editor, after, before)
        else:
            operation.database_forwards("db", editor, before, after)
    return after


def keep(model: Any, kind: str) -> None:
    with transaction.atomic():
        model.objects.create(kind=kind)


def test_the_other_check_holds_and_the_row_stays(made: SimpleNamespace) -> None:
    with pytest.raises(IntegrityError):
        keep(made.model, "c")
    go(made.state)
    keep(made.model, "c")
    with pytest.raises(IntegrityError):
        keep(made.model, "d")
    assert list(made.model.objects.order_by("pk").values_list("kind", flat=True)) == ["a", "c"]


def test_it_goes_back(made: SimpleNamespace) -> None:
    go(made.state)
    go(made.state, back=True)
    with pytest.raises(IntegrityError):
        keep(made.model, "c")


def test_on_sqlite_a_table_without_the_check_is_not_guessed_about(made: SimpleNamespace) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL drops constraints by name")
    go(made.state)
    with pytest.raises(RuntimeError, match="checked_kind"):
        go(made.state)


def test_it_says_what_it_does() -> None:
    assert "checked_kind" in ReplaceCheck("checked", OTHER).describe()
