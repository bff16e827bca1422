"""The outbox: once per key, kept in the app where no mail server is, tried again when it fails."""

from datetime import timedelta

import pytest
from django.core import mail
from django_tasks_db.models import DBTaskResult

from motcua.notify.actions import mark_read, tell
from motcua.notify.backends import NoMailServer, NoServer
from motcua.notify.models import Message
from motcua.notify.tasks import deliver

pytestmark = pytest.mark.django_db


def say(org, now, **changes):
    values = {
        "account_id": org.tuphap.account_id,
        "kind": "test",
        "dedupe": "test:1",
        "subject": "Có việc mới",
        "body": "Nội dung",
        "url": "/work/",
        "at": now,
    }
    return tell(**values | changes)


def test_one_key_makes_one_message_and_one_job(org, now):
    assert say(org, now) is not None
    assert say(org, now) is None
    assert (Message.objects.count(), DBTaskResult.objects.count()) == (1, 1)


def test_nobody_is_told_nothing(org, now):
    assert say(org, now, account_id=None) is None


def test_a_message_for_the_app_only_makes_no_job(org, now):
    assert say(org, now, email=False).state == "app_only"
    assert not DBTaskResult.objects.exists()


def test_a_delivered_message_is_delivered_once(org, now, settings):
    message = say(org, now)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert [deliver.func(message.pk), deliver.func(message.pk)] == ["sent", "sent"]
    assert [m.subject for m in mail.outbox] == ["Có việc mới"]
    assert "/work/" in mail.outbox[0].body


def test_without_a_link_the_body_stands_alone(org, now, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    deliver.func(say(org, now, url="").pk)
    assert mail.outbox[0].body == "Nội dung"


def test_without_a_mail_server_it_stays_in_the_app(org, now, settings):
    settings.EMAIL_BACKEND = "motcua.notify.backends.NoServer"
    assert deliver.func(say(org, now).pk) == "app_only"
    with pytest.raises(NoMailServer):
        NoServer().send_messages([])


def test_a_failing_server_leaves_the_reason_and_raises_for_a_retry(org, now, settings):
    message = say(org, now)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # nothing listens there
    with pytest.raises(OSError, match="refused"):
        deliver.func(message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("waiting", 1)
    assert message.error


def test_the_bell_counts_what_is_unread(org, now):
    first, second = say(org, now), say(org, now, dedupe="test:2")
    account = org.tuphap.account_id
    assert list(Message.objects.bell(account)) == [second, first]
    assert mark_read(account_id=account, at=now, message_id=first.pk) == 1
    assert mark_read(account_id=account, at=now + timedelta(hours=1)) == 1
    assert not Message.objects.unread(account).exists()
