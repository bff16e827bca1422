"""What the installation does with dossiers by itself each day."""

from __future__ import annotations

from django_tasks import task

from motcua.dossiers.actions.waiting import expire_unanswered
from motcua.jobs import clock


@task()  # type: ignore[untyped-decorator,unused-ignore] # the library ships no types
def expire_all() -> int:
    """Close the dossiers whose supplements did not come by their day; returns how many."""
    return expire_unanswered(at=clock.now())
