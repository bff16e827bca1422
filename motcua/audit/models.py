"""Entries of the chains, their heads, and each day's root."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from motcua.audit.rules import Actor, Row


class EntryQuerySet(models.QuerySet["Entry"]):
    def of_chain(self, chain: str) -> EntryQuerySet:
        """Entries of one chain in their order."""
        return self.filter(chain=chain).order_by("seq")

    def about(self, obj: models.Model) -> EntryQuerySet:
        """Entries about one record, newest first."""
        return self.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk)).order_by("-id")


class Entry(models.Model):
    """One change of a business record. Never updated, never deleted: the database refuses."""

    chain = models.CharField(max_length=40)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField()
    actor_name = models.CharField(max_length=200)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    label = models.CharField(max_length=300, blank=True)  # for people; not part of the hash
    data = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects: ClassVar[EntryQuerySet] = EntryQuerySet.as_manager()  # type: ignore[assignment] # django-stubs types as_manager as Manager

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="audit_entry_chain_seq"),
        ]
        indexes = [
            models.Index(fields=["object_type", "object_id", "-id"], name="audit_entry_object"),
            models.Index(fields=["chain", "-at"], name="audit_entry_time"),
        ]

    def as_row(self) -> Row:
        """The entry as the pure rules read it."""
        return Row(
            chain=self.chain,
            seq=self.seq,
            at=self.at,
            actor=Actor(self.actor_kind, self.actor_id, self.actor_name, self.on_behalf_of),
            action=self.action,
            object_type=self.object_type,
            object_id=self.object_id,
            data=self.data,
            previous=self.previous,
            hash=self.hash,
        )


class Head(models.Model):
    """The end of a chain: what parallel writers of one agency queue on, for one transaction."""

    chain = models.CharField(max_length=40, primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)


class DayRoot(models.Model):
    """The Merkle root over one chain's entries of one day, for publication."""

    chain = models.CharField(max_length=40)
    day = models.DateField()
    first_seq = models.PositiveBigIntegerField()
    last_seq = models.PositiveBigIntegerField()
    root = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "day"], name="audit_dayroot_chain_day"),
        ]
