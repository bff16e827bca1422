"""Rows without objects, indexes dropped and made again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.audit.models import DayRoot, Entry
from motcua.db.bulk import Table, bare_tables
from motcua.dossiers.models import Dossier

AT = datetime(2024, 3, 4, 1, tzinfo=UTC)


def entry(n: int) -> Entry:
    return Entry(
        chain="15997",
        seq=n,
        at=AT,
        actor_kind="person",
        actor_id=1,
        actor_name="Lê Thị “Lan”\t\\",
        action="dossiers.receive",
        object_type="dossiers.dossier",
        object_id=str(n),
        data='{"a":"b\\\\c\\n"}',
        previous="0" * 64,
        hash="1" * 64,
    )


def parts() -> list[Any]:
    """Indexes, triggers and constraints as the database describes them."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2")
            return list(cursor.fetchall())
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1")
        indexes = list(cursor.fetchall())
        cursor.execute(
            "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
        )
        return [*indexes, *cursor.fetchall()]


@pytest.mark.django_db
def test_rows_come_as_the_orm_writes_them() -> None:
    Entry.objects.bulk_create([entry(1)])
    Table(Entry).put_objects([entry(2)])
    first, second = Entry.objects.order_by("seq").values()
    apart = {"id": 0, "seq": 0, "object_id": ""}
    assert first | apart == second | apart
    with pytest.raises(IntegrityError), transaction.atomic():
        Table(Entry).put_objects([entry(2)])
    assert Table(Entry).last_key() == second["id"]
    assert Table(DayRoot).last_key() == 0


@pytest.mark.django_db(transaction=True)
def test_indexes_come_back() -> None:
    before = parts()
    with bare_tables([Dossier, Entry], words=[(Dossier, "folded")]):
        assert len(parts()) < len(before) - 15
        Table(Entry).put_objects([entry(1), entry(2)])
    assert parts() == before
    assert Entry.objects.of_chain("15997").count() == 2
    with connection.cursor() as cursor:  # as careful as before
        if connection.vendor == "sqlite":
            assert cursor.execute("PRAGMA foreign_keys").fetchone()[0] == 1


@pytest.mark.django_db(transaction=True)
def test_indexes_come_back_after_a_fault() -> None:
    before = parts()
    with pytest.raises(ZeroDivisionError), bare_tables([Dossier]):
        raise ZeroDivisionError
    assert parts() == before
