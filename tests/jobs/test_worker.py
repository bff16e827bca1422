"""Background work: retried, revived, started once per slot."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from motcua.jobs import clock, periodic
from motcua.jobs.models import Tick, WorkerBeat
from motcua.jobs.worker import (
    JobWorker,
    backoff,
    revive,
    start_periodic,
    workers_alive,
)

pytestmark = pytest.mark.django_db
RUNS = []


@task()
def note(word):
    """Remembers that it ran."""
    RUNS.append(word)


@task()
def fail():
    """Always fails."""
    raise RuntimeError("not yet")


@task()
def slot_job():
    """Started by the clock."""
    RUNS.append("slot")


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    RUNS.clear()
    for module in ("motcua.jobs.worker", "django_tasks_db.management.commands.db_worker"):
        # The test's transaction lives on the one connection that the worker would close.
        monkeypatch.setattr(f"{module}.close_old_connections", lambda: None)
    monkeypatch.setattr(periodic, "_registry", {})


def test_a_batch_worker_runs_what_waits_and_ends():
    note.enqueue("một")
    note.enqueue("hai")
    JobWorker(batch=True).run()
    assert RUNS == ["một", "hai"]


def test_a_failed_job_goes_back_with_a_pause():
    result = fail.enqueue()
    JobWorker(batch=True).run()
    row = DBTaskResult.objects.get(pk=result.id)
    assert row.status == "READY"
    assert row.run_after > timezone.now()


def test_a_job_that_never_works_is_given_up():
    result = fail.enqueue()
    DBTaskResult.objects.filter(pk=result.id).update(worker_ids=["a"] * 7)
    JobWorker(batch=True).run()
    assert DBTaskResult.objects.get(pk=result.id).status == "FAILED"


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 2), (3, 8), (20, 3600)])
def test_the_pause_grows_to_an_hour(attempt, seconds):
    assert backoff(attempt) == timedelta(seconds=seconds)


def running(worker_id):
    result = note.enqueue("x")
    started = timezone.now() - timedelta(minutes=1)
    DBTaskResult.objects.filter(pk=result.id).update(
        status="RUNNING", worker_ids=[worker_id], started_at=started
    )
    return result


def test_the_work_of_a_dead_worker_is_taken_back():
    result = running("dead")
    assert revive(timezone.now()) == 1
    assert DBTaskResult.objects.get(pk=result.id).status == "READY"


def test_a_living_worker_keeps_its_work():
    WorkerBeat.objects.create(worker_id="alive", at=timezone.now())
    running("alive")
    assert revive(timezone.now()) == 0
    assert workers_alive(timezone.now()) == 1


def test_a_beat_shows_life_and_forgets_the_long_dead():
    WorkerBeat.objects.create(worker_id="old", at=timezone.now() - timedelta(hours=1))
    worker = JobWorker()
    worker.beat()
    assert list(WorkerBeat.objects.values_list("worker_id", flat=True)) == [worker.worker_id]


MORNING = datetime(2024, 3, 1, 7, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def test_a_slot_starts_once_whoever_comes():
    periodic.register(periodic.Periodic("daily", slot_job, periodic.daily_at(7)))
    assert [start_periodic(MORNING), start_periodic(MORNING + timedelta(hours=3))] == [1, 0]
    assert start_periodic(MORNING + timedelta(days=1)) == 1
    assert Tick.objects.count() == 2


def test_before_its_hour_nothing_starts():
    periodic.register(periodic.Periodic("daily", slot_job, periodic.daily_at(8)))
    assert start_periodic(MORNING) == 0


def test_an_hourly_slot():
    assert periodic.hourly(MORNING) == "2024-03-01T07"


def test_the_demo_s_clock_moves_the_day_only(settings):
    settings.TODAY = MORNING.date()
    moved, real = clock.now(), timezone.localtime()
    assert clock.today() == MORNING.date()
    assert abs((moved.hour * 60 + moved.minute) - (real.hour * 60 + real.minute)) <= 1
    settings.TODAY = None
    assert abs(clock.now() - real) < timedelta(minutes=1)
