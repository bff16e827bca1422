"""Answers already given, for clients that repeat a request."""

from __future__ import annotations

from django.db import models


class IdempotentAnswer(models.Model):
    """One key of one client makes one effect: a repeated write gets the first answer back."""

    client = models.CharField(max_length=64)  # digest of the credentials
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)  # method, path and body
    status = models.PositiveSmallIntegerField(default=0)
    content_type = models.CharField(max_length=100, blank=True)
    body = models.BinaryField(default=bytes)
    etag = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="api_answer_key")]
        indexes = [models.Index(fields=["made_at"], name="api_answer_age")]
