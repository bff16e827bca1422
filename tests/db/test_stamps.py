"""What a request remembers of reference data, and when it forgets."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction

from motcua.db import stamps
from motcua.db.stamps import reading, remembered, stamped_tables
from motcua.org.models import Agency, Grant, Person, Role
from motcua.org.permissions import may

ON = date(2024, 3, 4)


def mark() -> str:
    """The mark as it stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT mark FROM db_stamp")
        return str(cursor.fetchone()[0])


@pytest.fixture
def asked() -> Any:
    """A question that counts how often it is put to the database."""
    found = SimpleNamespace(times=0)

    def ask() -> int:
        found.times += 1
        return found.times

    found.ask = ask
    return found


def test_an_answer_stands_while_the_mark_stands(org: SimpleNamespace, asked: Any) -> None:
    for _request in range(3):
        with reading():
            assert remembered("a question", asked.ask) == 1
            assert remembered("a question", asked.ask) == 1
    Agency.objects.filter(code="15997").update(short_name="HĐ")
    with reading():
        assert remembered("a question", asked.ask) == 2


def test_outside_a_request_nothing_is_kept(org: SimpleNamespace, asked: Any) -> None:
    assert [remembered("another", asked.ask) for _time in range(2)] == [1, 2]


def test_a_request_sees_what_it_wrote(org: SimpleNamespace, asked: Any) -> None:
    with reading():
        assert remembered("a third", asked.ask) == 1
        Role.objects.create(code="x", name="X", permissions=[])
        assert remembered("a third", asked.ask) == 2
        assert remembered("a third", asked.ask) == 3


def test_what_was_rolled_back_is_not_remembered(org: SimpleNamespace, asked: Any) -> None:
    before = mark()
    with transaction.atomic():
        Agency.objects.update(short_name="?")
        during = mark()
        with reading():
            assert remembered("a fourth", asked.ask) == 1
        transaction.set_rollback(True)
    assert mark() == before != during
    with reading():
        assert remembered("a fourth", asked.ask) == 2


def test_memory_has_an_end(
    org: SimpleNamespace, asked: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "MOST", 2)
    with reading():
        for key in ("first", "second", "third", "first"):
            remembered(key, asked.ask)
    assert asked.times == 4


def test_a_right_that_is_taken_is_gone_at_the_next_request(org: SimpleNamespace) -> None:
    def may_receive() -> bool:
        with reading():
            person = Person.objects.get(pk=org.motcua.pk)
            return may(person, "dossiers.receive", Agency.objects.get(code="15997"), ON)

    assert may_receive()
    assert may_receive()
    Grant.objects.filter(person=org.motcua).update(valid_to=date(2024, 3, 3))
    assert not may_receive()


def test_every_marked_table_changes_the_mark(db: None) -> None:
    """A later migration that remakes a table must make its triggers again."""
    assert len(stamped_tables()) == 10
    column = "tbl_name" if connection.vendor == "sqlite" else "event_object_table"
    source = "sqlite_master" if connection.vendor == "sqlite" else "information_schema.triggers"
    where = "type = 'trigger' AND name" if connection.vendor == "sqlite" else "trigger_name"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {column}, COUNT(*) FROM {source} "  # noqa: S608 # no one types these
            f"WHERE {where} LIKE %s GROUP BY 1",
            ["%\\_stamp%"] if connection.vendor != "sqlite" else ["%_stamp%"],
        )
        triggers = {table: n for table, n in cursor.fetchall() if table in stamped_tables()}
    assert triggers == dict.fromkeys(stamped_tables(), 3)
