"""The outbox."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class MessageQuerySet(models.QuerySet["Message"]):
    def bell(self, account_id: int) -> MessageQuerySet:
        """A person's messages in the app, newest first."""
        return self.filter(account_id=account_id).order_by("-id")

    def unread(self, account_id: int) -> MessageQuerySet:
        """Those not opened yet."""
        return self.bell(account_id).filter(read_at__isnull=True)


class Message(models.Model):
    """One message to one account, with the reason why it came."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"
        APP_ONLY = "app_only"

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=40)
    dedupe = models.CharField(max_length=120, unique=True)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)

    objects: ClassVar[MessageQuerySet] = MessageQuerySet.as_manager()  # type: ignore[assignment] # django-stubs types as_manager as Manager

    class Meta:
        indexes = [models.Index(fields=["account", "-id"], name="notify_message_bell")]
