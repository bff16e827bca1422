"""The worker folds when something waits, and forgets its own runs."""

from datetime import timedelta

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from motcua.dossiers.actions import handling
from motcua.dossiers.models import Unfolded
from motcua.dossiers.rollups.folding import is_due
from motcua.dossiers.rollups.jobs import NAME, fold_all, slot
from motcua.jobs.models import Tick
from tests.dossiers.scenes import at, received, version


def test_a_slot_comes_only_when_something_waits(org):
    fold_all.func()
    assert slot(at(4)) == ""
    row = received(org, procedure=version(org))
    assert slot(at(4)) == ""
    handling.settle(dossier=row, number="7", by=org.motcua, at=at(8))
    named = slot(at(4))
    assert named.startswith(f"{timezone.now():%Y-%m-%dT%H}")
    assert int(named[-2:]) % 3 == 0
    assert fold_all.func() == 1
    assert not is_due()
    assert not Unfolded.objects.exists()


def test_runs_of_hours_ago_are_forgotten(org):
    now, hours = timezone.now(), timedelta(hours=2)
    for n, name in enumerate((NAME, "another")):
        Tick.objects.create(name=name, slot="2024-03-01T07:30:00", at=now)
        Tick.objects.create(name=name, slot=f"{now:%Y-%m-%dT%H:%M}:0{n}", at=now)
    old, new = fold_all.enqueue(), fold_all.enqueue()
    runs = DBTaskResult.objects.filter(pk__in=[old.id, new.id])
    runs.update(status="SUCCESSFUL", finished_at=now)
    runs.filter(pk=old.id).update(finished_at=now - hours)
    fold_all.func()
    assert Tick.objects.filter(name=NAME).count() == 1
    assert Tick.objects.filter(name="another").count() == 2
    assert [str(run.pk) for run in runs] == [str(new.id)]
