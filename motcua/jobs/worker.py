"""The worker: runs queued tasks, retries them, revives a dead worker's, starts periodic ones.

django-tasks-db gives the queue; retry, periodic runs and recovery are ours. A job is at least
once: it must bear being run twice.
"""

from __future__ import annotations

import logging
import os
import random
import socket
import threading
import time
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, OperationalError, close_old_connections, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from motcua.jobs import clock
from motcua.jobs.models import Tick, WorkerBeat
from motcua.jobs.periodic import all_periodic

logger = logging.getLogger("motcua.jobs")

MAX_ATTEMPTS = 8
BEAT_SECONDS = 2.0
LEASE = timedelta(seconds=8)


def backoff(attempt: int) -> timedelta:
    """How long to wait after a failed attempt (1, 2, …): 2, 4, 8 … seconds, at most an hour."""
    return timedelta(seconds=min(2**attempt, 3600))


class JobWorker(Worker):
    """One worker, in a process of its own or in a thread of the web process."""

    def __init__(self, *, interval: float = 0.5, batch: bool = False) -> None:
        host = socket.gethostname()[:20]
        super().__init__(
            queue_names=["*"],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{host}-{os.getpid()}-{uuid.uuid4().hex[:12]}",
            excluded_queue_names=[],
        )

    def run(self) -> None:
        """Work until told to stop; an idle look at the queue takes no write lock."""
        while self.running:
            close_old_connections()
            try:
                if DBTaskResult.objects.ready().exists():
                    self._run_ready()
                    continue
            except OperationalError:
                logger.warning("the database did not answer; trying again")
            if self.batch:
                return
            time.sleep(self.interval)

    def _run_ready(self) -> None:
        whole, self.batch = self.batch, True
        try:
            super().run()
        finally:
            self.batch = whole

    def run_task(self, db_task_result: Any) -> None:
        """Run one task; a failed one goes back to the queue with a growing pause."""
        super().run_task(db_task_result)
        attempts = len(db_task_result.worker_ids)
        if db_task_result.status == TaskResultStatus.FAILED:
            logger.warning("job %s failed (attempt %d)", db_task_result.task_path, attempts)
            if attempts < MAX_ATTEMPTS:
                jitter = timedelta(seconds=random.random())  # noqa: S311 # spreads retries, no secret
                DBTaskResult.objects.filter(
                    pk=db_task_result.pk, status=TaskResultStatus.FAILED
                ).update(
                    status=TaskResultStatus.READY,
                    run_after=timezone.now() + backoff(attempts) + jitter,
                    finished_at=None,
                )

    def beat(self) -> None:
        """Show life, take back the work of dead workers, start what is due."""
        now = timezone.now()
        WorkerBeat.objects.update_or_create(worker_id=self.worker_id, defaults={"at": now})
        WorkerBeat.objects.filter(at__lt=now - timedelta(minutes=10)).delete()
        revive(now)
        start_periodic(clock.now())

    def beat_forever(self) -> None:
        """The beat's own thread."""
        while self.running:
            close_old_connections()
            try:
                self.beat()
            except OperationalError:
                logger.warning("no beat: the database did not answer")
            for _step in range(int(BEAT_SECONDS * 10)):
                if self.running:
                    time.sleep(0.1)
        close_old_connections()

    def start_threads(self) -> None:
        """Run inside this process (no signal handlers in threads)."""
        for target in (self.run, self.beat_forever):
            threading.Thread(target=target, daemon=True, name=f"motcua-{target.__name__}").start()


def revive(now: datetime) -> int:
    """Put back running tasks whose worker shows no life; returns how many."""
    live = set(WorkerBeat.objects.filter(at__gte=now - LEASE).values_list("worker_id", flat=True))
    revived = 0
    for result in DBTaskResult.objects.running().filter(started_at__lt=now - LEASE):
        if result.worker_ids and result.worker_ids[-1] in live:
            continue
        revived += DBTaskResult.objects.filter(
            pk=result.pk, status=TaskResultStatus.RUNNING, started_at=result.started_at
        ).update(status=TaskResultStatus.READY, run_after=now)
    return revived


def start_periodic(at: datetime) -> int:
    """Enqueue each periodic job whose slot has come, once over all workers; returns how many."""
    started = 0
    for periodic in all_periodic():
        slot = periodic.slot(at)
        if not slot or Tick.objects.filter(name=periodic.name, slot=slot).exists():
            continue
        try:
            with transaction.atomic():
                Tick.objects.create(name=periodic.name, slot=slot, at=at)
                periodic.task.enqueue()
        except IntegrityError:  # another worker was first
            continue
        started += 1
    return started


def workers_alive(now: datetime) -> int:
    """How many workers showed life within the lease."""
    return WorkerBeat.objects.filter(at__gte=now - LEASE).count()
