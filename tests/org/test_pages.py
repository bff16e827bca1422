"""The organisation's pages and one's own account."""

from datetime import timedelta

import pytest
from django.urls import reverse

from motcua.audit.models import Entry
from motcua.org.actions import create_token, delegate, make_one_time_link
from motcua.org.models import Account, Delegation, Person, Role
from motcua.org.permissions import act_through

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", ["organisation", "me", "delegate", "trace"])
def test_pages_open_in_both_languages(org, signed_in, name, language):
    client = signed_in(org.chutich)
    page = client.get(reverse(f"org:{name}"), headers={"Accept-Language": language})
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.content.decode()


def test_the_tree_names_posts_and_people(org, signed_in):
    page = signed_in(org.noivu).get(reverse("org:organisation")).content.decode()
    assert "UBND xã Hoằng Ngọc" in page
    assert "Trần Đức Long" in page


def test_a_person_of_another_agency_is_not_shown(org, signed_in):
    client = signed_in(org.hoangngoc)
    assert client.get(reverse("org:person", args=[org.tuphap.pk])).status_code == 404
    assert (
        signed_in(org.vanphong).get(reverse("org:person", args=[org.tuphap.pk])).status_code == 200
    )


def test_a_delegation_is_given_and_revoked(org, signed_in):
    client = signed_in(org.tuphap)
    sent = {
        "receiver": org.vanphong.pk,
        "valid_from": "01/03/2024",
        "valid_to": "05/03/2024",
        "reason": "Nghỉ phép",
    }
    assert client.post(reverse("org:delegate"), sent).status_code == 303
    again = client.post(reverse("org:delegate"), sent)
    assert again.status_code == 422
    assert "Nghỉ phép" in again.content.decode()
    made = Delegation.objects.get()
    client.post(reverse("org:revoke", args=[made.pk]))
    made.refresh_from_db()
    assert made.revoked_at is not None


def test_the_delegation_of_another_is_not_mine_to_revoke(org, now, signed_in):
    made = delegate(
        giver=org.chutich,
        receiver=org.phochutich,
        agency=org.commune,
        reason="x",
        valid_from=now.date(),
        valid_to=now.date() + timedelta(days=1),
        at=now,
    )
    assert signed_in(org.tuphap).post(reverse("org:revoke", args=[made.pk])).status_code == 404


def test_a_key_is_shown_once_and_ended(org, signed_in):
    client = signed_in(org.vanphong)
    page = client.post(reverse("org:new_token"), {"name": "Huyện", "days": "30"})
    assert "mc_" in page.content.decode()
    assert client.post(reverse("org:new_token"), {"name": ""}).status_code == 422
    token = org.vanphong.tokens.get()
    client.post(reverse("org:revoke_token", args=[token.pk]))
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_an_administrator_enters_and_ends_a_colleague(org, signed_in):
    client = signed_in(org.quantri)
    sent = {
        "full_name": "Lưu Kim Chi",
        "username": "kimchi",
        "email": "kimchi@demo.invalid",
        "role": Role.objects.get(code="specialist").pk,
        "post": "",
        "since": "01/03/2024",
    }
    page = client.post(reverse("org:new_person"), sent)
    assert "/org/first/" in page.content.decode()
    assert client.post(reverse("org:new_person"), sent).status_code == 422
    person = Person.objects.get(full_name="Lưu Kim Chi")
    assert client.post(reverse("org:new_link", args=[person.pk])).status_code == 200
    client.post(reverse("org:end_service", args=[person.pk]), {"on": "sai"})
    assert Person.objects.get(pk=person.pk).left_on is None
    client.post(reverse("org:end_service", args=[person.pk]), {"on": "30/03/2024"})
    assert Person.objects.get(pk=person.pk).left_on is not None


def test_only_an_administrator_enters_people(org, signed_in):
    client = signed_in(org.vanphong)
    assert client.get(reverse("org:new_person")).status_code == 403
    page = client.post(reverse("org:new_link", args=[org.tuphap.pk]))
    assert page.status_code == 403


def test_a_first_password_is_set_once(org, now, client):
    secret = make_one_time_link(account=org.tuphap.account, at=now)
    address = reverse("org:first_password", args=[secret])
    assert client.get(address).status_code == 200
    assert client.post(address, {"password": "ngắn", "again": "ngắn"}).status_code == 422
    different = {"password": "một câu đủ dài", "again": "một câu khác hẳn"}
    assert client.post(address, different).status_code == 422
    good = {"password": "một câu đủ dài", "again": "một câu đủ dài"}
    assert client.post(address, good).status_code == 302
    assert Account.objects.get(username="tuphap").check_password("một câu đủ dài")
    assert client.get(address).status_code == 410


def log_in(client, name, password):
    return client.post(reverse("account_login"), {"login": name, "password": password})


def test_log_in_by_name_or_address_and_what_is_wrong_is_said(org, client):
    org.tuphap.account.set_password("một câu đủ dài")
    org.tuphap.account.save()
    assert "chưa đúng" in log_in(client, "tuphap", "sai").content.decode()
    assert log_in(client, "tuphap@demo.invalid", "một câu đủ dài").status_code == 302


def test_guessing_is_slowed_down(org, client):
    answers = [log_in(client, "tuphap", f"sai {n}") for n in range(8)]
    assert "quá nhiều" in answers[-1].content.decode()


def test_nobody_signs_up(client, db):
    assert "quản trị" in client.get(reverse("account_signup")).content.decode()


@pytest.mark.parametrize("name", ["account_reset_password", "account_login"])
def test_account_pages_open_for_strangers(org, client, name):
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ["account_change_password", "usersessions_list"])
def test_account_pages_open_for_their_person(org, signed_in, name):
    org.tuphap.account.set_password("một câu đủ dài")
    org.tuphap.account.save()
    page = signed_in(org.tuphap).get(reverse(name))
    assert page.status_code == 200
    assert "Current Password" not in page.content.decode()


def test_a_reset_is_mailed_in_our_words(org, client, mailoutbox, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.post(reverse("account_reset_password"), {"email": "tuphap@demo.invalid"})
    assert "Đặt lại mật khẩu" in mailoutbox[0].subject
    client.post(reverse("account_reset_password"), {"email": "la@demo.invalid"})
    assert len(mailoutbox) == 1


def test_a_log_in_without_a_person_sees_no_records(db, client):
    client.force_login(Account.objects.create_user("vo-danh", "v@demo.invalid"))
    assert client.get(reverse("org:me")).status_code == 403


def test_strangers_are_sent_to_log_in(org, client):
    names = ["organisation", "me", "delegate", "new_person", "trace"]
    addresses = [reverse(f"org:{name}") for name in names]
    addresses += [
        reverse(f"org:{n}", args=[1])
        for n in ("person", "revoke", "revoke_token", "end_service", "new_link")
    ]
    assert {client.get(address).status_code for address in addresses} == {302}


def test_the_trace_tells_actions_in_words(org, running, signed_in):
    client = signed_in(org.chutich)
    page = client.get(reverse("org:trace"), {"action": "planning.approve_plan"})
    rows = page.context["listing"].rows
    assert [cell.content for row in rows for cell in row.cells].count("Phê duyệt") == 1
    file = client.get(reverse("org:trace"), {"export": "csv"})
    assert "Phê duyệt" in b"".join(file).decode()


def test_a_delegation_by_key_names_the_key(org, now):
    token, _secret = create_token(
        person=org.vanphong, agency=org.commune, name="phần mềm", scopes=[], at=now
    )
    delegate(
        giver=act_through(org.vanphong, token),
        receiver=org.tuphap,
        agency=org.commune,
        reason="Nghỉ phép",
        valid_from=now.date(),
        valid_to=now.date(),
        at=now,
    )
    entry = Entry.objects.get(action="org.delegate")
    assert (entry.actor_kind, "phần mềm" in entry.actor_name) == ("token", True)
