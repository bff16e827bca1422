"""Where no mail server is configured, mail says so instead of vanishing."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class NoMailServer(Exception):
    """``MOTCUA_SMTP`` is not set: messages stay in the app."""


class NoServer(BaseEmailBackend):
    """Refuses every message."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:  # noqa: ARG002 # Django's signature
        raise NoMailServer
