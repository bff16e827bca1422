"""What the installation does with plans by itself each day."""

from __future__ import annotations

from django_tasks import task

from motcua.jobs import clock
from motcua.org.models import Agency
from motcua.planning.actions import send_digests


@task()  # type: ignore[untyped-decorator,unused-ignore] # the library ships no types
def send_all_digests() -> int:
    """Tell everybody of every agency with a plan what is due or late; returns how many."""
    now = clock.now()
    agencies = Agency.objects.filter(plans__isnull=False).distinct()
    return sum(send_digests(agency=agency, on=now.date(), at=now) for agency in agencies)
