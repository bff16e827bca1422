"""What an administrator or a person does with the organisation: effect, refusal, trace."""

from datetime import date, timedelta

import pytest

from motcua.audit.models import Entry
from motcua.org import actions
from motcua.org.models import Account, Agency, Appointment, Placement, Post, Role
from motcua.org.queries import holder, holders, home_agency, main_post, tree
from tests import scenes

ON = date(2024, 3, 1)


def last_action():
    return Entry.objects.order_by("-pk").values_list("action", flat=True)[0]


def enter(org, now, **changes):
    values = {
        "agency": org.commune,
        "full_name": "Lưu Thị Kim Chi",
        "username": "kimchi",
        "email": "kimchi@demo.invalid",
        "post": Post.objects.get(agency=org.commune, code="land"),
        "role": Role.objects.get(code="specialist"),
        "since": ON,
        "by": org.quantri.actor,
        "at": now,
    }
    return actions.enter_colleague(**values | changes)


def test_a_colleague_gets_account_post_and_role(org, now):
    person = enter(org, now)
    assert not person.account.has_usable_password()
    assert main_post(person, ON).code == "land"
    assert person.folded == "luu thi kim chi"
    assert last_action() == "org.grant_role"


def test_a_colleague_may_come_without_a_post(org, now):
    person = enter(org, now, post=None)
    assert main_post(person, ON) is None
    assert home_agency(person, ON) == org.commune


@pytest.mark.parametrize("taken", [{"username": "CHUTICH"}, {"email": "chutich@demo.invalid"}])
def test_a_taken_name_is_refused_and_nothing_half_made(org, now, taken):
    before = Account.objects.count()
    with pytest.raises(actions.NameTaken):
        enter(org, now, **taken)
    assert Account.objects.count() == before


def test_a_person_without_account(org, now):
    person = actions.add_person(
        agency=org.commune, full_name="Người ngoài", by=org.quantri.actor, at=now
    )
    assert person.account is None


@pytest.mark.parametrize("verb", ["appoint", "grant_role"])
def test_reversed_dates_are_refused(org, now, verb):
    dates = {"valid_from": ON, "valid_to": ON - timedelta(days=1)}
    more = {
        "appoint": {"post": Post.objects.get(agency=org.commune, code="land")},
        "grant_role": {"role": Role.objects.get(code="specialist"), "agency": org.commune},
    }[verb]
    with pytest.raises(actions.DatesReversed):
        getattr(actions, verb)(person=org.tuphap, by=org.quantri.actor, at=now, **dates, **more)


def test_who_leaves_loses_posts_roles_and_log_in(org, now):
    _token, _secret = actions.create_token(
        person=org.tuphap, agency=org.commune, name="x", scopes=[], at=now
    )
    person = actions.end_service(
        person=org.tuphap, agency=org.commune, on=ON, by=org.quantri.actor, at=now
    )
    assert person.left_on == ON
    assert not Appointment.objects.filter(person=person, valid_to__isnull=True).exists()
    assert not person.tokens.filter(revoked_at__isnull=True).exists()
    assert not Account.objects.get(pk=person.account_id).is_active
    assert last_action() == "org.end_service"


def test_who_has_no_account_can_leave(org, now):
    person = actions.add_person(agency=org.commune, full_name="B", by=org.quantri.actor, at=now)
    gone = actions.end_service(
        person=person, agency=org.commune, on=ON, by=org.quantri.actor, at=now
    )
    assert gone.left_on == ON


def lend(org, now, **changes):
    values = {
        "giver": org.tuphap,
        "receiver": org.vanphong,
        "agency": org.commune,
        "reason": "Nghỉ phép",
        "valid_from": ON,
        "valid_to": ON + timedelta(days=3),
        "at": now,
    }
    return actions.delegate(**values | changes)


def test_a_delegation_is_traced(org, now):
    lend(org, now)
    assert last_action() == "org.delegate"


def test_nobody_delegates_to_themselves(org, now):
    with pytest.raises(actions.DelegationToSelf):
        lend(org, now, receiver=org.tuphap)


def test_a_delegation_ends_after_it_begins(org, now):
    with pytest.raises(actions.DatesReversed):
        lend(org, now, valid_to=ON - timedelta(days=1))


def test_two_delegations_do_not_overlap(org, now):
    lend(org, now)
    with pytest.raises(actions.DelegationOverlaps, match="Phạm Thị Thu Hà"):
        lend(
            org,
            now,
            receiver=org.ketoan,
            valid_from=ON + timedelta(days=3),
            valid_to=ON + timedelta(days=9),
        )


def test_revoking_twice_leaves_one_trace(org, now):
    delegation = lend(org, now)
    actions.revoke_delegation(delegation=delegation, by=org.tuphap.actor, at=now)
    again = actions.revoke_delegation(
        delegation=delegation, by=org.tuphap.actor, at=now + timedelta(hours=1)
    )
    assert again.revoked_at == now
    assert Entry.objects.filter(action="org.revoke_delegation").count() == 1


def test_only_the_digest_of_a_key_is_kept(org, now):
    token, secret = actions.create_token(
        person=org.vanphong, agency=org.commune, name="x", scopes=["planning.view"], at=now
    )
    assert token.digest == actions.digest_of(secret)
    assert secret not in Entry.objects.order_by("-pk")[0].data
    for _ in range(2):
        actions.revoke_token(token=token, agency=org.commune, by=org.vanphong.actor, at=now)
    assert Entry.objects.filter(action="org.revoke_token").count() == 1


def test_a_link_sets_the_password_once(org, now):
    secret = actions.make_one_time_link(account=org.tuphap.account, at=now)
    actions.spend_link(secret=secret, password="mot cau du dai", at=now)
    assert Account.objects.get(username="tuphap").check_password("mot cau du dai")
    with pytest.raises(actions.LinkSpent):
        actions.spend_link(secret=secret, password="lan thu hai", at=now)


@pytest.mark.parametrize("hours", [25])
def test_an_old_or_wrong_link_is_refused(org, now, hours):
    secret = actions.make_one_time_link(account=org.tuphap.account, at=now)
    with pytest.raises(actions.LinkSpent):
        actions.open_link(secret=secret, at=now + timedelta(hours=hours))
    with pytest.raises(actions.LinkSpent):
        actions.open_link(secret="sai", at=now)


def test_loading_a_pack_twice_changes_nothing(org, settings):
    pack = actions.read_pack(settings.PACKS / "demo" / "org.yaml")
    before = (Agency.objects.count(), Post.objects.count(), Placement.objects.count())
    actions.load_agencies(pack=pack, name="org.yaml")
    assert (Agency.objects.count(), Post.objects.count(), Placement.objects.count()) == before
    assert Agency.objects.get(code="15997").successor.code == "16000-2025"


AGENCY = {"code": "x", "name": "X", "kind": "commune", "valid_from": "2024-01-01"}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"parent": "none"}, "không có cơ quan cấp trên"),
        ({"successor": "none"}, "không có cơ quan kế thừa"),
        ({"parent": "399", "valid_from": "1990-01-01"}, "chưa tồn tại"),
    ],
)
def test_a_faulty_pack_says_where(org, row, fault):
    with pytest.raises(actions.PackFaulty, match=fault):
        actions.load_agencies(pack={"agencies": [AGENCY | row]}, name="thu.yaml")
    assert not Agency.objects.filter(code="x").exists()


def test_a_pack_is_a_mapping(tmp_path):
    path = tmp_path / "pack.yaml"
    path.write_text("- 1\n")
    with pytest.raises(actions.PackFaulty):
        actions.read_pack(path)


def test_posts_and_their_holders(org, django_assert_num_queries):
    assert holder(None, ON) is None
    assert holder(Post.objects.get(agency=org.neighbour, code="land"), ON) is None
    assert holder(Post.objects.get(agency=org.commune, code="justice"), ON) == org.tuphap
    assert org.tuphap in holders(org.commune, ON).values()
    with django_assert_num_queries(3):
        branches = tree([org.commune.pk, org.district.pk], ON)
    assert [branch.depth for branch in branches] == [0, 1]


def test_an_agency_without_people_has_no_home(org, now):
    person = actions.add_person(agency=org.commune, full_name="C", by=org.quantri.actor, at=now)
    assert home_agency(person, ON) is None


def test_people_of_a_pack_are_entered_once(org):
    again = scenes.found_organisation()
    assert again.chutich == org.chutich
    assert Account.objects.filter(username="chutich").count() == 1


def test_two_who_open_a_link_at_once_set_one_password(org, now, monkeypatch):
    secret = actions.make_one_time_link(account=org.tuphap.account, at=now)
    link = actions.open_link(secret=secret, at=now)
    actions.spend_link(secret=secret, password="người thứ nhất", at=now)
    monkeypatch.setattr("motcua.org.actions.access.open_link", lambda **_: link)
    with pytest.raises(actions.LinkSpent):
        actions.spend_link(secret=secret, password="người thứ hai", at=now)
    assert Account.objects.get(username="tuphap").check_password("người thứ nhất")
