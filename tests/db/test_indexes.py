"""An index that Django made for a key goes and comes back, in one statement."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import PROTECT, ForeignKey
from django.test.utils import CaptureQueriesContext

from motcua.db.indexes import DropKeyIndex
from motcua.dossiers.models import Redating


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Redating._meta.db_table)
    return {
        name
        for name, about in found.items()
        if about["index"] and about["columns"] == ["dossier_id"]
    }


@pytest.mark.django_db(transaction=True)
def test_the_index_of_a_key_goes_and_comes_back() -> None:
    before = MigrationLoader(connection).project_state()
    after, held = before.clone(), indexes()
    field = ForeignKey("dossiers.Dossier", PROTECT, related_name="apologies", db_index=False)
    step = DropKeyIndex("redating", "dossier", field)
    step.state_forwards("dossiers", after)
    with CaptureQueriesContext(connection) as asked, connection.schema_editor() as editor:
        step.database_forwards("dossiers", editor, before, after)
    (gone,) = held
    assert indexes() == set()
    changed = [one["sql"] for one in asked if one["sql"].startswith(("DROP", "CREATE", "ALTER"))]
    assert changed == [f'DROP INDEX "{gone}"']
    with connection.schema_editor() as editor:
        step.database_backwards("dossiers", editor, after, before)
    assert len(indexes()) == 1
