"""Agencies, posts, people, accounts, roles, delegation, access tokens."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.audit.rules import Actor
from motcua.db.fields import EncryptedTextField
from motcua.db.stamps import stamped
from motcua.org.rules import AgencyKind


def valid_on(on: date, prefix: str = "") -> Q:
    """The condition "this dated row holds on that day"; ``prefix`` as ``grant__``."""
    return Q(**{f"{prefix}valid_from__lte": on}) & (
        Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": on})
    )


def _dates_in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name=name
    )


class Account(AbstractUser):
    """A log-in. What a person may do hangs on :class:`Person`, never on the account's flags."""

    email = models.EmailField(_("Thư điện tử"), unique=True)

    class Meta(AbstractUser.Meta):
        db_table = "org_account"


class AgencyQuerySet(models.QuerySet["Agency"]):
    def existing_on(self, on: date) -> AgencyQuerySet:
        """Agencies that exist on a day."""
        return self.filter(valid_on(on))

    def below(self, paths: frozenset[str] | set[str], on: date) -> AgencyQuerySet:
        """Agencies placed in any of these subtrees on a day, their roots included."""
        if not paths:
            return self.none()
        inside = Q()
        for path in paths:
            inside |= Q(path__startswith=path)
        placed = Placement.objects.filter(valid_on(on)).filter(inside)
        return self.filter(pk__in=placed.values("agency_id"))


@stamped
class Agency(models.Model):
    """A body of the administration with its own records. ``code`` names its audit chain."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(_("Tên cơ quan"), max_length=200)
    short_name = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in AgencyKind])
    place = models.CharField(max_length=100, blank=True)  # as in "Hoằng Đông, ngày …"
    symbol = models.CharField(max_length=30, default="UBND")  # as in 12/KH-UBND
    identifier = models.CharField(max_length=35, blank=True)  # mã định danh: 000.00.01.H56
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    objects: ClassVar[AgencyQuerySet] = AgencyQuerySet.as_manager()  # type: ignore[assignment] # django-stubs types as_manager as Manager

    class Meta:
        constraints = [_dates_in_order("org_agency_dates")]

    def __str__(self) -> str:
        return self.name


@stamped
class Placement(models.Model):
    """Where an agency hangs in the tree, and when. ``path`` ends with its own code and "/"."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    path = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            _dates_in_order("org_placement_dates"),
            models.UniqueConstraint(fields=["agency", "valid_from"], name="org_placement_start"),
        ]
        indexes = [models.Index(fields=["path"], name="org_placement_path")]


@stamped
class Post(models.Model):
    """A post (chức danh, vị trí công tác) of an agency; ``external``: of another body."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="posts")
    code = models.CharField(max_length=40)
    name = models.CharField(_("Tên vị trí"), max_length=120)
    external = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="org_post_code"),
            _dates_in_order("org_post_dates"),
        ]

    def __str__(self) -> str:
        return self.name


class PersonQuerySet(models.QuerySet["Person"]):
    def serving(self, agency: Agency, on: date) -> PersonQuerySet:
        """People who hold a post of the agency on a day."""
        held = Appointment.objects.filter(valid_on(on), post__agency=agency)
        return self.filter(pk__in=held.values("person_id"), left_on__isnull=True)


@stamped
class Person(models.Model):
    """A person who works with the system."""

    account = models.OneToOneField(Account, models.PROTECT, null=True, related_name="person")
    full_name = models.CharField(_("Họ và tên"), max_length=120)
    folded = models.CharField(max_length=120, editable=False)
    sort_name = models.CharField(max_length=240, editable=False)
    phone = models.CharField(_("Điện thoại"), max_length=20, blank=True)
    national_id = EncryptedTextField(_("Số định danh"), blank=True)
    national_id_index = models.CharField(max_length=32, blank=True, editable=False, db_index=True)
    left_on = models.DateField(null=True, blank=True)

    objects: ClassVar[PersonQuerySet] = PersonQuerySet.as_manager()  # type: ignore[assignment] # django-stubs types as_manager as Manager

    class Meta:
        indexes = [models.Index(fields=["folded"], name="org_person_folded")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def actor(self) -> Actor:
        """This person as the one who acts."""
        return Actor("person", self.pk, self.full_name)


class Appointment(models.Model):
    """A person holds a post for a time."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    post = models.ForeignKey(Post, models.PROTECT, related_name="appointments")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [_dates_in_order("org_appointment_dates")]
        indexes = [models.Index(fields=["post", "valid_from"], name="org_appointment_post")]


@stamped
class Role(models.Model):
    """A named set of permissions, loaded from a pack (``packs/org/roles.yaml``)."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    permissions = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.name


@stamped
class Grant(models.Model):
    """A person has a role over an agency and all below it, for a time."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="grants")
    role = models.ForeignKey(Role, models.PROTECT, related_name="grants")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="grants")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [_dates_in_order("org_grant_dates")]
        indexes = [models.Index(fields=["person", "valid_from"], name="org_grant_person")]


@stamped
class Delegation(models.Model):
    """While away, a person lets another act in their place (ủy quyền)."""

    giver = models.ForeignKey(Person, models.PROTECT, related_name="delegations_given")
    receiver = models.ForeignKey(Person, models.PROTECT, related_name="delegations_received")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    reason = models.CharField(_("Lý do"), max_length=300)
    valid_from = models.DateField(_("Từ ngày"))
    valid_to = models.DateField(_("Đến ngày"))
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="org_delegation_dates"
            ),
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")), name="org_delegation_two_people"
            ),
        ]
        indexes = [models.Index(fields=["receiver", "valid_to"], name="org_delegation_receiver")]


@stamped
class AccessToken(models.Model):
    """A key to the API: a person's rights, narrowed to scopes. Only its hash is kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="tokens")
    name = models.CharField(_("Tên"), max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)  # permissions; empty: all that the person may
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)


class OneTimeLink(models.Model):
    """A link by which the first administrator sets a password, once."""

    account = models.ForeignKey(Account, models.PROTECT)
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


def as_json(value: date | None) -> str | None:
    """A date as it stands in the trace."""
    return value.isoformat() if value else None


def trace_of(obj: models.Model, *names: str) -> dict[str, Any]:
    """Named fields of a record as plain values for the trace."""
    values: dict[str, Any] = {}
    for name in names:
        value = getattr(obj, name)
        values[name] = value if isinstance(value, (str, int, bool, type(None))) else str(value)
    return values
