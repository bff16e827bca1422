"""Folding beside people who work: two connections, both engines."""

import threading
from datetime import date, datetime

import pytest
from django.db import connection, transaction

from motcua.core.measures import Scope
from motcua.db.alone import alone
from motcua.dossiers.actions import handling
from motcua.dossiers.models import Dossier, Unfolded
from motcua.dossiers.rollups import folding, reading
from motcua.dossiers.rollups.checking import differences
from motcua.dossiers.rollups.reading import count
from tests.dossiers.rollups.histories import ZONE
from tests.dossiers.scenes import at, received, version

NOW = datetime(2025, 6, 2, 8, 0, tzinfo=ZONE)
pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(work):
    """Do something in a connection of its own, and wait for it."""
    fails = []

    def run():
        try:
            work()
        except Exception as error:  # the test's own thread says it
            fails.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    assert not fails
    assert not thread.is_alive()


@pytest.fixture
def row(org):
    """A dossier settled in time, in its cell."""
    Unfolded.objects.all().delete()
    made = received(org, procedure=version(org))
    made = handling.settle(dossier=made, number="7", by=org.motcua, at=at(8))
    folding.fold(at=NOW)
    assert not Unfolded.objects.exists()
    return made


def year(org):
    return Scope((org.commune.pk,), date(2024, 1, 1), date(2024, 12, 31), NOW.date())


def make_due(row, moment):
    Dossier.objects.filter(pk=row.pk).update(due_at=moment)


def test_a_change_while_cells_are_made_is_folded_next(org, row, monkeypatch):
    """It comes after the rows were read and before the cells are stored, in the same month as the
    change that is being folded."""
    make_due(row, at(5))
    made = folding.cells_of

    def raced(group):
        found = made(group)
        elsewhere(lambda: make_due(row, at(20)))
        return found

    monkeypatch.setattr(folding, "cells_of", raced)
    folding.fold(at=NOW)
    monkeypatch.undo()
    assert Unfolded.objects.count() == 1
    assert count([year(org)])["dossiers.settled.late"] == [0]
    folding.fold(at=NOW)
    assert not Unfolded.objects.exists()
    assert count([year(org)])["dossiers.settled.late"] == [0]
    assert differences(org.commune.pk) == []


def test_a_change_that_is_not_committed_is_neither_told_nor_lost(org, row):
    """On SQLite whoever folds waits for its end before storing; the mark is its own."""
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time")
    with transaction.atomic():
        make_due(row, at(5))
        elsewhere(lambda: folding.fold(at=NOW))
        elsewhere(lambda: tells(org, late=0))
    tells(org, late=1)
    folding.fold(at=NOW)
    tells(org, late=1)
    assert differences(org.commune.pk) == []


def tells(org, late):
    assert count([year(org)])["dossiers.settled.late"] == [late]


def test_a_reader_sees_one_moment(org, row, monkeypatch):
    """A dossier that changes and is folded between two of a reader's questions is counted once."""
    made = reading._add_cells

    def raced(totals, asked, apart):
        elsewhere(lambda: make_due(row, at(5)))
        elsewhere(lambda: folding.fold(at=NOW))
        made(totals, asked, apart)

    monkeypatch.setattr(reading, "_add_cells", raced)
    found = count([year(org)])
    assert (found["dossiers.settled.late"], found["dossiers.settled"]) == ([0], [1])
    monkeypatch.undo()
    tells(org, late=1)


def test_what_is_rolled_back_leaves_no_mark(org, row):
    with transaction.atomic():
        make_due(row, at(5))
        assert Unfolded.objects.exists()
        transaction.set_rollback(True)
    assert not Unfolded.objects.exists()


def test_only_one_process_folds(org, row):
    make_due(row, at(5))
    with alone(folding.LOCK) as got:
        assert got
        elsewhere(lambda: folding.fold(at=NOW))
        assert Unfolded.objects.exists()
    folding.fold(at=NOW)
    assert not Unfolded.objects.exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")
def test_inside_a_transaction_that_sees_later_commits_rows_alone_are_told(org, row, monkeypatch):
    """A fold between two statements would let a dossier stand in a cell and among the rows."""
    make_due(row, at(5))
    made = reading._add_cells

    def raced(totals, asked, apart):
        elsewhere(lambda: folding.fold(at=NOW))
        made(totals, asked, apart)

    monkeypatch.setattr(reading, "_add_cells", raced)
    with transaction.atomic():
        found = count([year(org)])
    assert found["dossiers.settled"] == [1]
