"""Forecasts from records: as of a cut-off, on the page, by API, on "Hôm nay"."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from motcua.core import forecasts
from motcua.core.forecasts import Outlook, outlook_of, register
from motcua.core.measures import Scope
from motcua.core.periods import Period
from motcua.dossiers.actions import handling, waiting
from motcua.dossiers.actions.intake import ApplicantData, receive
from motcua.dossiers.forecasts import OUTLOOK, lefts, pending
from motcua.dossiers.models import Dossier
from motcua.indicators import actions, backtest, packs, words
from motcua.indicators.queries import remembering
from motcua.indicators.queries.forecast import Unforeseen, outcome_of, unforeseen
from motcua.indicators.queries.prospects import goal_of_target, prospects_of
from motcua.indicators.rules import Better, read_indicators
from motcua.indicators.rules.forecast import Fate, Goal, WhatIf
from motcua.org.models import Grant, Role
from tests.dossiers.scenes import at, received, typed, version
from tests.indicators.test_rules import COUNT

pytestmark = pytest.mark.django_db
TODAY = date(2024, 3, 18)
YEAR = Period.parse("2024")
ON_TIME = "on_time"


@pytest.fixture(autouse=True)
def _today(settings):
    settings.TODAY = TODAY
    remembering.forget_all()


def scope(org, on=TODAY, now=None, period=YEAR):
    return Scope((org.commune.pk,), period.start, period.end, on, now)


def outcome(org, code=ON_TIME, on=TODAY, period=YEAR, **more):
    return outcome_of(packs.indicators()[code], period, scope(org, on, period=period), **more)


def come(org, n, moment=None, **more):
    """A dossier of somebody."""
    someone = ApplicantData(f"Lê Văn {n}", address="Thôn 3")
    return received(org, moment or at(4), procedure=come.version, applicant=someone, **more)


def received_at(org, n, moment, entered):
    """A dossier that is entered later than it came."""
    someone = ApplicantData(f"Lê Văn {n}", address="Thôn 3")
    return receive(
        agency=org.commune,
        intake=typed(come.version, applicant=someone),
        by=org.motcua,
        at=entered,
        received_at=moment,
    )


def settle(org, dossier, moment):
    row = handling.forward(dossier=dossier, to=org.tuphap, by=org.motcua, at=at(4, 10))
    row = handling.present(dossier=row, to=org.chutich, by=org.tuphap, at=at(5))
    return handling.sign(dossier=row, number=str(row.pk), by=org.chutich, at=moment)


@pytest.fixture
def desk(org):
    """On 18 March: four settled in time, one late; one open and late, one due on the 20th."""
    come.version = version(org)
    for n in range(4):
        settle(org, come(org, n), at(8))
    settle(org, come(org, 4), at(13))
    come(org, 5)
    come(org, 6, at(13))
    return org


# --- the records ----------------------------------------------------------------------------------


def test_open_dossiers_with_what_is_left_of_their_time(desk):
    late, running = pending(scope(desk))
    assert late.left < 0 < running.left
    assert (running.due.date(), running.note) == (date(2024, 3, 20), "")
    assert pending(scope(desk, now=at(18, 8)))[1].note == "Tiếp nhận"
    assert running.url == reverse("dossiers:dossier", args=[running.key])
    assert not any((running.paused, running.lost, late.lost))
    assert sorted(n < 0 for n in lefts(scope(desk))) == [False] * 4 + [True]


def test_a_wait_stops_the_clock_and_a_second_one_loses(desk):
    row = Dossier.objects.order_by("-pk").first()
    row = handling.forward(dossier=row, to=desk.tuphap, by=desk.motcua, at=at(13, 10))
    row = waiting.ask_supplement(dossier=row, text="thiếu", by=desk.tuphap, at=at(14))
    assert [one.paused for one in pending(scope(desk))] == [False, True]
    row = waiting.supply(dossier=row, text="đủ", by=desk.motcua, at=at(14, 15))
    waiting.ask_supplement(dossier=row, text="thiếu", by=desk.tuphap, at=at(15))
    assert [one.lost for one in pending(scope(desk))] == [False, True]


def test_beyond_the_calendar_days_are_counted_as_they_come(desk):
    Dossier.objects.filter(due_at__gt=at(18)).update(due_at=at(1).replace(year=2199))
    assert pending(scope(desk))[-1].left > 10**7


def test_two_cannot_foresee_the_same():
    with pytest.raises(ValueError, match="both tell"):
        register(Outlook("x", frozenset({"dossiers.received"}), {}, pending, lefts))
    register(Outlook("test.x", frozenset({"x.y"}), {}, pending, lefts))
    assert outlook_of(["x.y"]).name == "test.x"
    forecasts.forget("test.x")
    assert outlook_of(["x.y"]) is None
    assert outlook_of(["dossiers.index.punctual", "dossiers.index"]) is OUTLOOK


# --- as of a cut-off ------------------------------------------------------------------------------


def test_what_comes_after_the_cut_off_changes_nothing(desk):
    before = [outcome(desk, code) for code in FORESEEN]
    rows = Dossier.objects.order_by("pk")
    settle(desk, rows[6], at(19))  # the one that is open
    come(desk, 7, at(20))
    received_at(desk, 8, at(15), at(21))
    after = [outcome(desk, code) for code in FORESEEN]
    for one, two in zip(before, after, strict=True):
        assert one.forecast == two.forecast
        assert [row.key for row in one.records] == [row.key for row in two.records]
    assert outcome(desk, on=date(2024, 3, 21)).forecast != before[0].forecast


FORESEEN = ("on_time", "index_on_time", "received_online", "dossiers_received", "settled_late")


@pytest.mark.parametrize("code", FORESEEN)
def test_each_is_told_with_its_course_so_far(desk, code):
    found = outcome(desk, code)
    assert [on for on, _reading in found.course][-1] == TODAY
    assert found.course[-1][1].value == found.reading.value
    assert found.forecast.course[-1].on == date(2024, 12, 31)
    assert words.sentence_of(found).endswith(".")


@pytest.mark.parametrize("period", ["2024", "2024-Q1", "2024-H1", "2024-03", "2024-W12"])
def test_any_period_has_its_end(desk, period):
    found = outcome(desk, period=Period.parse(period))
    assert found.forecast.end.low <= found.forecast.end.value <= found.forecast.end.high


def test_a_live_forecast_and_one_at_the_days_end_agree_on_what_is_counted(desk):
    live = outcome_of(packs.indicators()[ON_TIME], YEAR, scope(desk, now=at(18, 8)))
    assert live.reading.value == outcome(desk).reading.value
    assert live.records[1].left > outcome(desk).records[1].left


@pytest.mark.parametrize("code", FORESEEN)
def test_queries_do_not_grow_with_the_records(desk, code, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        outcome(desk, code)
    come(desk, 9, at(14))
    with django_assert_max_num_queries(9):
        outcome(desk, code)


@pytest.mark.parametrize(
    ("code", "period", "why"),
    [
        ("on_time", "2023", Unforeseen.OVER),
        ("on_time", "2024-02", Unforeseen.OVER),
        ("on_time", "2025", Unforeseen.AHEAD),
        ("on_time", "2199", Unforeseen.AHEAD),
        ("satisfied", "2024", Unforeseen.TYPED),
        ("mean_time", "2024", Unforeseen.MEAN),
        ("open_late", "2024", Unforeseen.STOCK),
        ("full_online", "2024", Unforeseen.STOCK),
        ("on_time", "2024", None),
    ],
)
def test_why_there_is_no_forecast(org, code, period, why):
    asked = Period.parse(period)
    assert unforeseen(packs.indicators()[code], asked, scope(org, period=asked)) is why


def test_a_definition_that_changes_in_the_period_is_not_foreseen(org):
    said = COUNT | {"top": "dossiers.received", "unit": "hồ sơ", "owner": "office"}
    versions = [
        said | {"valid_to": date(2024, 9, 9)},
        said | {"valid_from": date(2024, 9, 10), "top": "dossiers.settled"},
    ]
    (changed,) = read_indicators([{"code": "changed", "group": "plan", "versions": versions}])
    assert unforeseen(changed, YEAR, scope(org)) is Unforeseen.CHANGED


def test_beyond_the_calendar_there_is_no_day_left(org):
    far = Period.parse("2199")
    assert unforeseen(
        packs.indicators()[ON_TIME], far, scope(org, date(2199, 3, 1), None, far)
    ) is (Unforeseen.OVER)


# --- goals and what if ----------------------------------------------------------------------------


def test_what_if_of_nothing_changes_nothing(desk):
    found = outcome(desk, what=WhatIf(frozenset(), date(2024, 3, 20)))
    assert found.if_so == found.forecast


def test_returning_the_deciding_one_in_time_makes_the_end_better(desk):
    (key,) = (one.key for one in outcome(desk).deciding)
    found = outcome(desk, what=WhatIf(frozenset({key}), date(2024, 3, 20)))
    assert found.if_so.end.value > found.forecast.end.value
    assert found.if_so.deciders == ()
    late = outcome(desk, what=WhatIf(frozenset({key}), date(2024, 3, 21)))
    assert late.if_so.end.value < found.forecast.end.value
    assert late.if_so.certain == found.forecast.certain + 1


def test_a_goal_of_the_other_direction_is_none_of_this_indicator(desk):
    assert outcome(desk, goal=Goal(Decimal(2), Better.DOWN)).goal is None
    assert outcome(desk, "index_on_time").goal is None
    aim = Goal(Decimal(90), Better.UP)
    assert outcome(desk, "index_on_time", goal=aim).goal == aim
    assert outcome(desk, "settled_early", goal=aim).forecast.affordable is not None


def test_where_nothing_arose_the_forecast_has_no_number_so_far(org):
    found = outcome(org)
    assert (found.reading.value.amount, found.forecast.fate) == (None, Fate.THIN)


# --- remembered -----------------------------------------------------------------------------------


def test_a_forecast_stands_until_a_record_changes(desk, django_assert_num_queries):
    known, now = packs.indicators()[ON_TIME], at(18, 8)

    def ask(moment=now):
        return remembering.remembered_outcome(known, YEAR, scope(desk, now=moment))

    first = ask()
    with django_assert_num_queries(1):
        assert ask(now + timedelta(minutes=9)) is first
    assert ask(now + timedelta(minutes=10)) is not first
    come(desk, 7, at(18, 8))
    assert ask(at(18, 9)).reading.value == first.reading.value
    assert ask() is not first


def test_only_so_many_are_kept(desk, monkeypatch):
    monkeypatch.setattr(remembering, "MOST", 1)
    known = packs.indicators()[ON_TIME]
    first = remembering.remembered_outcome(known, YEAR, scope(desk))
    remembering.remembered_outcome(known, YEAR, scope(desk, date(2024, 3, 15)))
    assert remembering.remembered_outcome(known, YEAR, scope(desk)) is not first


# --- the page -------------------------------------------------------------------------------------


@pytest.fixture
def ask(org, signed_in):
    def get(url, person=None, **query):
        return signed_in(person or org.motcua).get(url, query)

    return get


def page(code=ON_TIME):
    return reverse("indicators:forecast", args=[code])


def text_of(answer):
    return answer.content.decode()


def test_the_page_says_it_first_and_lists_what_decides(ask, desk):
    text = text_of(ask(page()))
    assert "Dữ liệu còn mỏng" in text
    assert 'class="band"' in text
    (deciding,) = outcome(desk).deciding
    assert f'name="dossier" value="{deciding.key}" checked' in text
    assert "đã trễ" in text
    assert 'value="20/03/2024"' in text  # the first promise


def test_what_if_by_address(ask, desk):
    late, running = pending(scope(desk))
    text = text_of(ask(page(), dossier=[running.key, "x"], by="2024-03-20"))
    assert "Nếu trả 1 hồ sơ chậm nhất ngày 20/03/2024" in text
    assert f'value="{running.key}" checked' in text
    assert f'value="{late.key}" checked' not in text
    assert ask(page(), by="hôm qua").status_code == 422


def test_who_may_not_see_the_rows_sees_the_numbers(ask, desk):
    role = Role.objects.create(code="reader", name="Người đọc", permissions=["indicators.view"])
    Grant.objects.filter(person=desk.ketoan).delete()
    Grant.objects.create(
        person=desk.ketoan, role=role, agency=desk.commune, valid_from=date(2023, 1, 1)
    )
    text = text_of(ask(page(), desk.ketoan, dossier=1, by="2024-03-20"))
    assert "Danh sách hồ sơ cần quyền" in text
    assert "Lê Văn" not in text
    assert 'name="dossier"' not in text
    assert "Nếu trả" not in text
    told = ask("/api/v1/indicators/on_time/forecast", desk.ketoan).json()
    assert "deciding" not in told
    assert told["forecast"]["end"]["value"]
    refused = ask("/api/v1/indicators/on_time/forecast", desk.ketoan, by="2024-03-20")
    assert refused.status_code == 403


@pytest.mark.parametrize(
    ("code", "query", "words_"),
    [
        ("mean_time", {}, "Số bình quân không dự báo"),
        ("on_time", {"period": "2023"}, "Kỳ này đã kết thúc"),
        ("dossiers_received", {}, "đến ngày 31/12/2024 được"),
        ("settled_late", {}, "không còn đạt được"),
        ("on_time", {"period": "2024-03"}, "31/03/2024"),
        ("on_time", {"on": "2024-03-14"}, "như ở cuối ngày 14/03/2024"),
    ],
)
def test_any_indicator_says_what_it_can(ask, desk, code, query, words_):
    assert words_ in text_of(ask(page(code), **query))


def test_unknown_codes_and_targets_are_not_found(ask, org):
    assert ask(page("nothing")).status_code == 404
    assert ask(page(), target="x").status_code == 404
    assert ask(page(), target="999999999999999999999").status_code == 404
    assert ask("/api/v1/indicators/nothing/forecast").status_code == 404


def test_the_indicators_own_page_leads_to_it(ask, desk):
    text = text_of(ask(reverse("indicators:indicator", args=[ON_TIME])))
    assert "/indicators/on_time/forecast/?agency=15997&amp;period=2024" in text
    assert "/forecast/" not in text_of(ask(reverse("indicators:indicator", args=["mean_time"])))


# --- targets --------------------------------------------------------------------------------------


@pytest.fixture
def target(org, running):
    """98 % of the dossiers on time."""
    found = next(one for one in running.targets.values() if one.field == "procedures")
    actions.connect_target(target=found, indicator=ON_TIME, by=org.vanphong, at=at(4))
    return found


def test_a_target_is_foreseen_by_its_own_goal(ask, org, target, running, desk):
    type(target).objects.filter(pk=target.pk).update(value=Decimal(60))
    text = text_of(ask(page(), org.vanphong, target=target.pk))
    assert target.code in text
    assert "60%" in text
    assert ask(page("index_on_time"), org.vanphong, target=target.pk).status_code == 404
    told = ask("/api/v1/indicators/on_time/forecast", org.vanphong, target=target.pk).json()
    assert told["goal"] == "60.0000" or Decimal(told["goal"]) == 60


@pytest.mark.parametrize(
    ("comparison", "value", "goal"),
    [
        ("ge", 98, Goal(Decimal(98), Better.UP)),
        ("gt", 98, Goal(Decimal(98), Better.UP, strict=True)),
        ("lt", 5, Goal(Decimal(5), Better.DOWN, strict=True)),
        ("between", 98, None),
        ("", None, None),
    ],
)
def test_which_goals_are_limits(target, comparison, value, goal):
    target.comparison, target.value = comparison, value and Decimal(value)
    assert goal_of_target(target) == goal


def test_today_tells_what_is_at_risk_and_what_saves_it(ask, org, target, desk, monkeypatch):
    from motcua.indicators.rules.forecast import ends

    monkeypatch.setattr(ends, "THIN", 1)
    type(target).objects.filter(pk=target.pk).update(value=Decimal(79))
    known = reverse("planning:today")
    assert 'hx-get="/today/foreseen/"' in text_of(ask(known, org.chutich))  # not known yet
    text = text_of(ask(reverse("planning:foreseen"), org.chutich))
    assert "<html" in text
    assert 'hx-get="/today/foreseen' not in text_of(ask(known, org.chutich))
    text = text_of(ask(known, org.chutich))
    assert "Chỉ tiêu dự báo khó đạt, và điều gì cứu được" in text
    (deciding,) = outcome(desk).deciding
    assert deciding.url in text
    assert (
        f"/indicators/on_time/forecast/?agency=15997&amp;period=2024&amp;target={target.pk}" in text
    )
    assert "Dự báo đến cuối năm" in text_of(
        ask(reverse("planning:target", args=[target.pk]), org.chutich)
    )


def test_what_nothing_saves_names_nothing(org, target, desk, monkeypatch):
    from motcua.indicators.rules.forecast import ends

    monkeypatch.setattr(ends, "THIN", 1)
    for goal, named in ((Decimal(79), 1), (Decimal(100), 0)):
        target.value = goal
        (told,) = prospects_of(org.chutich, [target], TODAY, at(18, 8), True).values()
        assert (told.risky, len(told.saves)) == (True, named)


def test_today_is_silent_where_nothing_is_at_risk(ask, org, target, desk):
    type(target).objects.filter(pk=target.pk).update(value=Decimal(10))
    text = text_of(ask(reverse("planning:foreseen"), org.chutich))
    assert "Không có chỉ tiêu nào dự báo không đạt" in text
    assert "điều gì cứu được" not in text_of(ask(reverse("planning:today"), org.chutich))


def test_only_what_can_be_foreseen_is(org, running, target, desk):
    others = [one for one in running.targets.values() if one.unit == "%" and one.pk != target.pk]
    actions.connect_target(target=others[0], indicator="followed", by=org.vanphong, at=at(4))
    found = prospects_of(org.chutich, [target, *others], TODAY, at(18, 8), True)
    assert list(found) == [target.pk]


# --- API ------------------------------------------------------------------------------------------


def test_the_api_tells_what_the_page_does(ask, desk):
    (deciding,) = outcome(desk).deciding
    url = "/api/v1/indicators/on_time/forecast"
    told = ask(url).json()
    assert (told["why"], told["what_if"], told["forecast"]["fate"]) == (None, None, "thin")
    assert [row["id"] for row in told["deciding"]] == [deciding.key]
    assert len(told["late"]) == 1
    supposed = ask(url, by="2024-03-20", dossier=[deciding.key, 10**9]).json()
    assert supposed["forecast"] == told["forecast"]
    assert supposed["what_if"]["dossiers"] == [deciding.key]
    value = Decimal(told["forecast"]["end"]["value"])
    assert Decimal(supposed["what_if"]["end"]["value"]) > value
    none = ask("/api/v1/indicators/mean_time/forecast").json()
    assert (none["forecast"], none["why"]) == (None, "mean")


# --- the figures of the back-test -----------------------------------------------------------------


def test_the_errors_that_are_shown_are_those_of_the_back_test(ask, desk):
    found = backtest.tried(ON_TIME)
    assert found.forecasts > 100
    assert backtest.tried("received_online") is None
    text = text_of(ask(page()))
    assert f"±{words.vn_number(found.error)}" in text
    kept = json.loads(
        (packs.files("motcua").joinpath("packs", "indicators", "backtest.json")).read_text()
    )
    assert str(found.error) == str(kept["indicators"][ON_TIME]["all"]["error"])
    assert found.better
    assert 70 <= found.within <= 92  # of a hundred, said to be eighty
