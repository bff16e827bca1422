"""What the installation does by itself each day: close the chains' day, tidy what is over."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.utils import timezone
from django_tasks import task

from motcua.api.actions import forget_answers
from motcua.audit.actions import close_days
from motcua.audit.models import Head
from motcua.jobs import clock


@task()  # type: ignore[untyped-decorator,unused-ignore] # the library ships no types
def close_yesterday() -> int:
    """Store the roots of every chain up to yesterday for publication; twice makes one."""
    now = clock.now()
    day = now.date() - timedelta(days=1)
    return sum(close_days(chain=head.chain, until=day, at=now) for head in Head.objects.all())


@task()  # type: ignore[untyped-decorator,unused-ignore] # the library ships no types
def tidy() -> int:
    """Forget ended sessions and answers that no client repeats any more."""
    now = timezone.now()
    ended, _kinds = Session.objects.filter(expire_date__lt=now).delete()
    return ended + forget_answers(before=now - timedelta(days=7))
