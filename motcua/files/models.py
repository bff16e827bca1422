"""Attachments of records."""

from __future__ import annotations

from typing import ClassVar

from django.core.files.storage import default_storage
from django.db import models


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def of(self, obj: models.Model) -> AttachmentQuerySet:
        """Files of one record that were not withdrawn, oldest first."""
        return self.filter(
            object_type=obj._meta.label_lower, object_id=obj.pk, withdrawn_at__isnull=True
        ).order_by("pk")


class Attachment(models.Model):
    """A file of a record. Its content lies in storage under its SHA-256."""

    chain = models.CharField(max_length=40)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)  # product, evidence, source …
    name = models.CharField(max_length=150)
    media = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects: ClassVar[AttachmentQuerySet] = AttachmentQuerySet.as_manager()  # type: ignore[assignment] # django-stubs types as_manager as Manager

    class Meta:
        indexes = [models.Index(fields=["object_type", "object_id"], name="files_attachment_of")]

    @property
    def path(self) -> str:
        """Where the content lies in storage."""
        return f"{self.sha256[:2]}/{self.sha256}"

    def read(self) -> bytes:
        """The content."""
        with default_storage.open(self.path, "rb") as file:
            content: bytes = file.read()
        return content
