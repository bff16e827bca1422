"""A real mail server of the test's own receives the morning's digest."""

import asyncio
import socket
from datetime import datetime, time, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.test import override_settings

from motcua.notify.models import Message
from motcua.notify.tasks import deliver
from motcua.planning.actions import send_digests

pytestmark = pytest.mark.django_db


class Box:
    """Keeps what arrives."""

    def __init__(self, answer="250 OK"):
        self.answer, self.letters = answer, []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 # the library's name
        await asyncio.sleep(0)
        if self.answer.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def serve():
    """Starts a server with a box; mail goes there until the test ends."""
    running = []

    def start(box):
        port = free_port()
        server = Controller(box, hostname="127.0.0.1", port=port)
        server.start()
        settings = override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=port,
        )
        settings.enable()
        running.append((server, settings))
        return box

    yield start
    for server, settings in running:
        settings.disable()
        server.stop()


@pytest.fixture
def digest(running, org, now):
    task = running.tasks["2.1.1"]
    on = task.due_on + timedelta(days=1)
    send_digests(agency=org.commune, on=on, at=datetime.combine(on, time(7), now.tzinfo))
    return Message.objects.bell(org.tuphap.account_id).get(kind="planning.digest")


def test_the_digest_arrives_once(digest, org, serve):
    box = serve(Box())
    for _retry in range(2):
        assert deliver.func(digest.pk) == Message.State.SENT
    (letter,) = box.letters
    assert letter["To"] == org.tuphap.account.email
    assert letter["Subject"].strip() == digest.subject  # a long header is folded
    assert "trễ 1 ngày" in letter.get_content()
    assert "/work/" in letter.get_content()


def test_a_server_that_says_no_is_tried_again(digest, serve):
    serve(Box("451 Try later"))
    with pytest.raises(Exception, match="Try later"):
        deliver.func(digest.pk)
    digest.refresh_from_db()
    assert (digest.state, digest.attempts) == (Message.State.WAITING, 1)
    assert "Try later" in digest.error
    box = serve(Box())
    assert deliver.func(digest.pk) == Message.State.SENT
    assert len(box.letters) == 1
