"""Entries are appended in their action's transaction and protected by the database."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.audit.actions import close_day, record
from motcua.audit.merkle import merkle_root
from motcua.audit.models import DayRoot, Entry, Head
from motcua.audit.queries import verify
from motcua.audit.rules import SYSTEM


@pytest.fixture
def agency(org):
    return org.commune


def append(agency, at, action="org.note", **data):
    return record(chain=agency.code, action=action, obj=agency, by=SYSTEM, at=at, data=data)


def test_entries_are_numbered_without_a_gap(agency, now):
    first, second = append(agency, now), append(agency, now)
    assert second.seq == first.seq + 1
    assert second.previous == first.hash


def test_each_agency_has_its_own_chain(org, now):
    one, other = append(org.commune, now), append(org.district, now)
    assert one.chain != other.chain
    assert verify().breaks == []


def test_outside_a_transaction_nothing_is_traced(agency, now):
    connection.in_atomic_block = False
    try:
        with pytest.raises(transaction.TransactionManagementError, match="inside its action"):
            append(agency, now)
    finally:
        connection.in_atomic_block = True


def test_an_action_that_fails_leaves_no_entry(agency, now):
    before = Entry.objects.count()

    class Failed(Exception):
        pass

    @transaction.atomic
    def act():
        append(agency, now)
        raise Failed

    with pytest.raises(Failed):
        act()
    assert Entry.objects.count() == before


def test_floats_are_refused(agency, now):
    with pytest.raises((TypeError, ValueError)):
        append(agency, now, share=0.98)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry"]
)
def test_the_database_refuses_to_rewrite(agency, now, statement):
    append(agency, now)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def behind_its_back(statement, *values):
    """What someone with the database's own password could do."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_entry_no_update")
            cursor.execute("DROP TRIGGER audit_entry_no_delete")
        else:
            cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_no_change")
        cursor.execute(statement, values)


def test_a_row_changed_behind_its_back_is_named(agency, now):
    entry = append(agency, now, text="Đúng hạn")
    append(agency, now)
    behind_its_back("UPDATE audit_entry SET data = %s WHERE id = %s", '{"text":"Khác"}', entry.pk)
    found = verify().breaks[0]
    assert (found.chain, found.seq, found.reason) == (agency.code, entry.seq, "changed")


def test_a_last_row_cut_off_is_named(agency, now):
    entry = append(agency, now)
    behind_its_back("DELETE FROM audit_entry WHERE id = %s", entry.pk)
    found = verify(agency.code).breaks[0]
    assert (found.seq, found.reason) == (entry.seq, "missing")


def test_a_chain_without_its_head_is_named(agency, now):
    append(agency, now)
    Head.objects.filter(pk=agency.code).delete()
    assert ("headless", agency.code) in {(b.reason, b.chain) for b in verify().breaks}


def test_a_day_is_closed_once(agency, now):
    entries = [append(agency, now) for _ in range(3)]
    later = now + timedelta(days=1)
    root = close_day(chain=agency.code, day=now.date(), at=later)
    assert root.root == merkle_root([entry.hash for entry in entries])
    assert close_day(chain=agency.code, day=now.date(), at=later).pk == root.pk
    assert DayRoot.objects.count() == 1


def test_a_day_without_entries_has_no_root(agency, now):
    assert close_day(chain=agency.code, day=(now + timedelta(days=9)).date(), at=now) is None
