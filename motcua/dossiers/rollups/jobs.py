"""The worker folds what changed within seconds."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from motcua.dossiers.rollups.folding import fold, is_due
from motcua.jobs.models import Tick

NAME = "dossiers.fold"
#: Seconds within which one run is enough, whatever changes.
EVERY = 3


@task()  # type: ignore[untyped-decorator,unused-ignore] # the library ships no types
def fold_all() -> int:
    """Fold what waits; returns how many agencies were told anew."""
    now = timezone.now()
    done = fold(at=now)
    _forget(now - timedelta(hours=1))
    return done


def _forget(before: datetime) -> None:
    """The runs before a moment, of which there is one every few seconds."""
    Tick.objects.filter(name=NAME, slot__lt=_named(before)).delete()
    runs = DBTaskResult.objects.filter(task_path=fold_all.module_path, finished_at__lt=before)
    runs.filter(status=TaskResultStatus.SUCCESSFUL).delete()


def _named(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M}:{moment.second // EVERY * EVERY:02}"


def slot(_at: datetime) -> str:
    """The present seconds, if anything waits; of the machine's clock, because a demo's day comes
    again every day."""
    if not is_due():
        return ""
    return _named(timezone.now())
