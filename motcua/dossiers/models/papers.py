"""What a dossier holds: its papers and its charges, due, paid and given back."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.core.errors import mark as _
from motcua.core.workflow import Status
from motcua.dossiers.models.dossiers import Dossier
from motcua.dossiers.models.slips import Slip
from motcua.dossiers.models.words import WrittenOnce, one_of
from motcua.org.models import Agency, Person


class DossierPaper(WrittenOnce):
    """A paper of a dossier: how many of each sort came, and whether it is in order."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers", db_index=False)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=500)
    code = models.CharField(max_length=60, blank=True)
    originals = models.PositiveSmallIntegerField(default=0)
    certified = models.PositiveSmallIntegerField(default=0)
    photos = models.PositiveSmallIntegerField(default=0)
    electronic = models.PositiveSmallIntegerField(default=0)
    pages = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "position"], name="dossiers_paper_place")
        ]

    @property
    def count(self) -> int:
        """Copies of all sorts; 0: the paper is missing."""
        return self.originals + self.certified + self.photos + self.electronic


class PayWay(Status):
    """How the desk got the money; the clerk answers for a transfer having arrived."""

    CASH = "cash", _("Tiền mặt")
    TRANSFER = "transfer", _("Chuyển khoản")


class Charge(models.Model):
    """A fee of a dossier: what is due, under which rule, what was exempt."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="charges")
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    amount = models.PositiveBigIntegerField()  # đồng
    why = models.JSONField(default=dict)  # of :class:`Said`
    exemption = models.CharField(max_length=200, blank=True)
    paid_at = models.DateTimeField(null=True)
    paid_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    way = models.CharField(max_length=8, blank=True)  # of :class:`PayWay`; "" while it is due
    slip = models.ForeignKey(
        Slip, models.PROTECT, null=True, related_name="charges", db_index=False
    )

    class Meta:
        constraints = [one_of("dossiers_charge_way", "way", ("", *PayWay))]
        indexes = [
            models.Index(
                fields=["paid_at", "id"],
                condition=Q(paid_at__isnull=False),
                name="dossiers_charge_paid",
            )
        ]


class Refund(models.Model):
    """Money that a desk gave back, under a slip of its own. ``agency`` is the dossier's: its day's
    money is counted by it."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="refunds")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    slip = models.OneToOneField(Slip, models.PROTECT, related_name="refund")
    amount = models.PositiveBigIntegerField()  # đồng
    way = models.CharField(max_length=8)  # of :class:`PayWay`
    reason = models.CharField(max_length=1000)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            one_of("dossiers_refund_way", "way", PayWay),
            models.CheckConstraint(condition=Q(amount__gt=0), name="dossiers_refund_some"),
        ]
        indexes = [models.Index(fields=["agency", "at", "id"], name="dossiers_refund_day")]
