"""Entries are appended in their action's transaction and protected by the database."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from motcua.audit.actions import close_day, close_days, record
from motcua.audit.merkle import merkle_root
from motcua.audit.models import DayRoot, Entry, Head
from motcua.audit.queries import proof_of, verify
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


@pytest.fixture
def closed(agency, now):
    """An agency whose earlier days are closed."""
    close_days(chain=agency.code, until=(now - timedelta(days=1)).date(), at=now)
    return agency


def test_a_day_is_closed_once(closed, now):
    agency = closed
    entries = [append(agency, now) for _ in range(3)]
    later = now + timedelta(days=1)
    root = close_day(chain=agency.code, day=now.date(), at=later)
    assert root.root == merkle_root([entry.hash for entry in entries])
    assert close_day(chain=agency.code, day=now.date(), at=later).pk == root.pk
    assert DayRoot.objects.filter(day=now.date()).count() == 1


def test_a_day_without_entries_has_no_root(closed, now):
    assert close_day(chain=closed.code, day=(now + timedelta(days=9)).date(), at=now) is None


def ranges(agency):
    rows = DayRoot.objects.filter(chain=agency.code).order_by("first_seq")
    return list(rows.values_list("day", "first_seq", "last_seq"))


def test_what_began_before_midnight_and_was_written_after_it_has_one_root(closed, now):
    agency, day = closed, timedelta(days=1)
    before = append(agency, now).seq
    append(agency, now + day)
    late = append(agency, now).seq  # taken before midnight, written after the next one
    after = append(agency, now + day).seq
    close_day(chain=agency.code, day=now.date(), at=now + day)
    slow = append(agency, now).seq  # and one that was even slower
    close_day(chain=agency.code, day=(now + day).date(), at=now + 2 * day)
    assert ranges(agency)[-2:] == [
        (now.date(), before, late),
        ((now + day).date(), after, slow),
    ]
    proven = proof_of(agency)["entries"]
    assert all("root" in one and one["path"] is not None for one in proven[-5:])


def test_days_during_which_the_machine_was_off_are_closed_later(closed, now):
    agency, day = closed, timedelta(days=1)
    for n in (0, 0, 2, 5):
        append(agency, now + n * day)
    assert close_days(chain=agency.code, until=(now + 4 * day).date(), at=now + 5 * day) == 2
    assert [one[0] for one in ranges(agency)][-2:] == [now.date(), (now + 2 * day).date()]
    assert close_days(chain=agency.code, until=(now + 4 * day).date(), at=now + 5 * day) == 0
    assert close_days(chain=agency.code, until=(now + 5 * day).date(), at=now + 6 * day) == 1
