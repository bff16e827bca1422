"""People, their posts and roles."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from motcua.audit.actions import record
from motcua.audit.rules import Actor
from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import fold, name_sort_key
from motcua.db.fields import index_of
from motcua.org.models import (
    AccessToken,
    Account,
    Agency,
    Appointment,
    Grant,
    Person,
    Post,
    Role,
    as_json,
    valid_on,
)


class NameTaken(Refused):
    """Two accounts cannot share a log-in name or an address."""

    code = "name_taken"
    message = _("Tên đăng nhập hoặc thư điện tử “%(name)s” đã có người dùng. Hãy chọn tên khác.")


class DatesReversed(Refused):
    """A period that ends before it begins."""

    code = "dates_reversed"
    message = _("Ngày kết thúc phải sau ngày bắt đầu. Hãy xem lại hai ngày đã nhập.")


@transaction.atomic
def add_person(
    *,
    agency: Agency,
    full_name: str,
    by: Actor,
    at: datetime,
    username: str = "",
    email: str = "",
    phone: str = "",
    national_id: str = "",
    password: str | None = None,
) -> Person:
    """Enter a person, with an account when a log-in name is given.

    Without a password the account is opened by a link (:func:`make_one_time_link`). Raises
    :class:`NameTaken`.
    """
    account = None
    if username:
        taken = Account.objects.filter(username__iexact=username)
        if taken.exists() or Account.objects.filter(email__iexact=email).exists():
            raise NameTaken(name=username)
        account = Account(username=username, email=email)
        account.set_password(password)
        account.save()
    person = Person.objects.create(
        account=account,
        full_name=full_name,
        folded=fold(full_name),
        sort_name=name_sort_key(full_name),
        phone=phone,
        national_id=national_id,
        national_id_index=index_of(national_id, "org_person.national_id"),
    )
    record(
        chain=agency.code,
        action="org.add_person",
        obj=person,
        by=by,
        at=at,
        data={"full_name": full_name, "account": username},
        label=full_name,
    )
    return person


@transaction.atomic
def appoint(
    *, person: Person, post: Post, valid_from: date, valid_to: date | None, by: Actor, at: datetime
) -> Appointment:
    """Give a person a post from a day on. Raises :class:`DatesReversed`."""
    check_dates(valid_from, valid_to)
    appointment = Appointment.objects.create(
        person=person, post=post, valid_from=valid_from, valid_to=valid_to
    )
    record(
        chain=post.agency.code,
        action="org.appoint",
        obj=appointment,
        by=by,
        at=at,
        data={
            "person": person.full_name,
            "post": post.code,
            "from": as_json(valid_from),
            "to": as_json(valid_to),
        },
        label=f"{person.full_name}: {post.name}",
    )
    return appointment


@transaction.atomic
def grant_role(
    *,
    person: Person,
    role: Role,
    agency: Agency,
    valid_from: date,
    by: Actor,
    at: datetime,
    valid_to: date | None = None,
) -> Grant:
    """Give a person a role over an agency and all below it. Raises :class:`DatesReversed`."""
    check_dates(valid_from, valid_to)
    grant = Grant.objects.create(
        person=person, role=role, agency=agency, valid_from=valid_from, valid_to=valid_to
    )
    record(
        chain=agency.code,
        action="org.grant_role",
        obj=grant,
        by=by,
        at=at,
        data={"person": person.full_name, "role": role.code, "from": as_json(valid_from)},
        label=f"{person.full_name}: {role.name}",
    )
    return grant


@transaction.atomic
def enter_colleague(
    *,
    agency: Agency,
    full_name: str,
    username: str,
    email: str,
    post: Post | None,
    role: Role,
    since: date,
    by: Actor,
    at: datetime,
) -> Person:
    """A new colleague with a log-in, a post and a role, all or nothing. Raises ``NameTaken``."""
    person = add_person(
        agency=agency, full_name=full_name, username=username, email=email, by=by, at=at
    )
    if post is not None:
        appoint(person=person, post=post, valid_from=since, valid_to=None, by=by, at=at)
    grant_role(person=person, role=role, agency=agency, valid_from=since, by=by, at=at)
    return person


@transaction.atomic
def end_service(*, person: Person, agency: Agency, on: date, by: Actor, at: datetime) -> Person:
    """A person leaves: posts, roles and sessions end; what they did stays under their name."""
    locked = Person.objects.select_for_update().get(pk=person.pk)
    locked.left_on = on
    locked.save(update_fields=["left_on"])
    Appointment.objects.filter(valid_on(on), person=locked).update(valid_to=on)
    Grant.objects.filter(valid_on(on), person=locked).update(valid_to=on)
    AccessToken.objects.filter(person=locked, revoked_at__isnull=True).update(revoked_at=at)
    if locked.account_id is not None:
        Account.objects.filter(pk=locked.account_id).update(is_active=False)
    record(
        chain=agency.code,
        action="org.end_service",
        obj=locked,
        by=by,
        at=at,
        data={"left_on": as_json(on)},
        label=locked.full_name,
    )
    return locked


def check_dates(valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to < valid_from:
        raise DatesReversed
