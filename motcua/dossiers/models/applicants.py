"""Who asks, as they were on that day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from motcua.core.errors import mark as _
from motcua.core.workflow import Status
from motcua.db.fields import EncryptedTextField, index_of
from motcua.dossiers.models.words import WrittenOnce, bare_number, one_of
from motcua.org.models import Agency


class ApplicantKind(Status):
    """Who asks."""

    PERSON = "person", _("Cá nhân")
    ORGANISATION = "organisation", _("Tổ chức")
    BUSINESS = "business", _("Doanh nghiệp, hộ kinh doanh")


class ApplicantQuerySet(models.QuerySet["Applicant"]):
    def known_as(self, agency: Agency, id_number: str) -> ApplicantQuerySet:
        """Those of an agency with this identity number, the latest first."""
        index = index_of(bare_number(id_number), "dossiers_applicant.id_number")
        return self.filter(agency=agency, id_index=index).exclude(id_index="").order_by("-pk")


class Applicant(WrittenOnce):
    """Whom a dossier concerns, as they were on that day: a changed address is a new row."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, default=ApplicantKind.PERSON)
    full_name = models.CharField(max_length=200)
    born_on = models.DateField(null=True)
    id_number = EncryptedTextField(blank=True)
    id_index = models.CharField(max_length=64, blank=True, editable=False)
    phone = EncryptedTextField(blank=True)
    phone_index = models.CharField(max_length=64, blank=True, editable=False)
    email = EncryptedTextField(blank=True)
    address = models.CharField(max_length=300, blank=True)

    objects: ClassVar[ApplicantQuerySet] = ApplicantQuerySet.as_manager()  # type: ignore[assignment] # django-stubs types as_manager as Manager

    class Meta:
        constraints = [one_of("dossiers_applicant_kind", "kind", ApplicantKind)]
        indexes = [
            models.Index(fields=["id_index", "-id"], name="dossiers_applicant_id"),
            models.Index(fields=["phone_index", "-id"], name="dossiers_applicant_phone"),
        ]

    def __str__(self) -> str:
        return self.full_name
