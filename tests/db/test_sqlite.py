"""The safe engine."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from motcua.db.fields import index_of
from motcua.db.sqlite.base import require_safe_engine
from motcua.org.models import Person

sqlite_only = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a matter of SQLite only")


@pytest.mark.parametrize("version", [(3, 7, 0), (3, 40, 1), (3, 51, 2)])
def test_an_unfixed_engine_is_refused(version):
    with pytest.raises(ImproperlyConfigured, match="corrupt"):
        require_safe_engine(version)


def test_a_fixed_engine_is_taken():
    require_safe_engine((3, 51, 3))


@sqlite_only
def test_the_engine_in_use_is_durable(db):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone() == (2,)
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)


@sqlite_only
def test_a_second_program_is_kept_off_the_live_file(db):
    with pytest.raises(ImproperlyConfigured, match="backup"):
        connection.client.runshell([])


def test_an_identifier_lies_sealed_and_is_found(db):
    number = "038099012345"
    index = index_of(number, "org_person.national_id")
    made = Person.objects.create(
        full_name="A", folded="a", sort_name="a", national_id=number, national_id_index=index
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT national_id FROM org_person WHERE id = %s", [made.pk])
        assert number not in cursor.fetchone()[0]
    assert Person.objects.get(national_id_index=index).national_id == number
    assert index_of("", "org_person.national_id") == ""
