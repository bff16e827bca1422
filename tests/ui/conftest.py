"""A table of things to list: the design system has no models of its own."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps.registry import Apps
from django.conf import settings
from django.db import connection, models

from motcua.db.words import index_statements

registry = Apps()


class Owner(models.Model):
    name = models.CharField(max_length=50)

    class Meta:
        app_label = "samples"
        apps = registry


class Thing(models.Model):
    name = models.CharField(max_length=100)
    folded = models.CharField(max_length=100, default="")
    rank = models.IntegerField(default=0)
    due = models.DateField(null=True)
    made = models.DateTimeField(null=True)
    open = models.BooleanField(default=True)
    owner = models.ForeignKey(Owner, models.CASCADE, null=True)

    class Meta:
        app_label = "samples"
        apps = registry

    def __str__(self):
        return self.name


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(Owner)
        editor.create_model(Thing)
        for sql in index_statements(connection.vendor, "samples_thing", "id", "folded")[0]:
            editor.execute(sql, params=None)


@pytest.fixture(scope="session", autouse=True)
def static_root():
    """WhiteNoise warns when nothing was collected yet, and warnings are errors."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture
def things(db):
    """Twelve things: three to a rank, every fourth without a day."""
    owner = Owner.objects.create(name="An")
    made = [
        Thing(
            name=f"Việc {n}",
            folded=f"viec {n}",
            rank=n // 3,
            due=None if n % 4 == 0 else date(2024, 1, 1) + timedelta(days=n % 5),
            open=n % 2 == 0,
            owner=owner if n % 3 else None,
        )
        for n in range(12)
    ]
    Thing.objects.bulk_create(made)
    return Thing.objects.all()
