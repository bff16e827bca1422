"""The year told in bulk: what a life leaves is what the actions leave; numbers and chain hold."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce

from motcua.audit.models import Entry
from motcua.audit.queries import verify
from motcua.core.workcalendar import national_calendar
from motcua.core.workflow import StepNotAllowed
from motcua.dossiers.actions import ON_DOSSIER, intake
from motcua.dossiers.models import (
    Applicant,
    Charge,
    Counter,
    Dossier,
    DossierPaper,
    DossierStep,
    Event,
    Pause,
    Redating,
    ReturnWay,
    Slip,
    bare_number,
)
from motcua.dossiers.rules import STEPS, DossierStatus
from motcua.dossiers.simulate import TABLES, Cast, Tales, play_desk, play_often
from motcua.dossiers.simulate.life import Life, NotYet
from motcua.dossiers.simulate.marks import Slot, check_plain, text_mark
from motcua.dossiers.simulate.mould import KEYS, Mould, agency_of_marks, posts_of_marks
from motcua.dossiers.simulate.store import Store
from motcua.dossiers.simulate.visitors import visitor_of
from motcua.files.models import Attachment
from motcua.org.actions import read_pack
from motcua.org.models import Post
from motcua.procedures.rules.parts import Channel
from tests.dossiers import scenes
from tests.dossiers.scenes import at

pytestmark = pytest.mark.django_db

MODELS = (Applicant, Dossier, DossierPaper, Charge, DossierStep, Pause, Redating, Slip, Event)
#: Keys differ, and the tale pays at once what is due.
APART = {"id", "dossier_id", "applicant_id", "paid", "paid_at", "paid_by_id", "way"}


def rows_of(model: type[models.Model], key: int) -> list[dict[str, Any]]:
    path = {"Applicant": "dossiers", "Dossier": "pk"}.get(model.__name__, "dossier")
    rows = model._default_manager.filter(**{path: key}).order_by("pk").values()
    return [{name: bare(row[name]) for name in row if name not in APART} for row in rows]


def bare(value: Any) -> Any:
    """A slip's data without the key of the applicant."""
    return {**value, "applicant": None} if isinstance(value, dict) else value


def entries_of(key: int) -> list[tuple[Any, ...]]:
    rows = Entry.objects.filter(object_type="dossiers.dossier", object_id=str(key))
    return list(rows.order_by("seq").values_list("at", "action", "actor_name", "data", "label"))


#: Step, day of March, what it is told.
OWNERS_WAY = (
    ("forward", 5, {}),
    ("ask_supplement", 5, {"text": "Thiếu tờ khai."}),
    ("supply", 7, {"text": "Đã nộp."}),
    ("apologise", 8, {"reason": "Xác minh thêm", "due_at": at(20, 17)}),
    ("consult", 11, {"of": "Trạm Y tế", "text": "Cho ý kiến."}),
    ("hear", 12, {"answer": "Đồng ý."}),
    ("ask_payment", 12, {"text": "Chờ thuế."}),
    ("confirm_payment", 13, {"text": "Đã nộp."}),
    ("present", 14, {}),
    ("sign", 15, {"number": "12/XN"}),
    ("hand_over", 18, {"to": "Trần Thị Bưởi", "way": ReturnWay.DESK}),
)


def walked(org: SimpleNamespace, dossier: Dossier, way: Any) -> Dossier:
    for step, day, more in way:
        by = by_of(org, step)
        to = {"to": to_of(org, step)} if step in ("forward", "present") else {}
        dossier = ON_DOSSIER[step](dossier=dossier, by=by, at=at(day), **to, **more)
    return dossier


def by_of(org: SimpleNamespace, step: str) -> Any:
    needs = STEPS[step].needs
    return {"dossiers.receive": org.motcua, "dossiers.sign": org.chutich}.get(needs, org.tuphap)


def to_of(org: SimpleNamespace, step: str) -> Any:
    return org.tuphap if step == "forward" else org.chutich


def told(org: SimpleNamespace, entered: intake.Intake, way: Any, until: datetime) -> Dossier:
    """By a life in memory, told of nobody and filled in for the one who asked."""
    of_nobody = replace(entered.applicant, full_name=text_mark(Slot.NAME), id_number="", phone="")
    life = Life(agency_of_marks(org.commune), national_calendar(), until)
    nobodys = replace(entered, applicant=of_nobody)
    life.begin(nobodys, DossierStatus.SUBMITTED, at(4, 8), KEYS)
    life.submit(org.motcua, at(4, 8))
    posts = {post.code: post for post in Post.objects.filter(agency=org.commune)}
    life.receive(9, posts_of_marks(posts, posts), org.motcua, at(4), at(4))
    for step, day, more in way:
        tell(life, org, step, at(day), more)
    store = Store(org.commune, list(posts))
    asked = entered.applicant
    visitor = visitor_of(
        name=asked.full_name,
        born_on=asked.born_on,
        id_number=bare_number(asked.id_number),
        phone=bare_number(asked.phone),
    )
    key = store.add(Mould(life), visitor)
    store.write()
    return Dossier.objects.get(pk=key)


def tell(life: Life, org: SimpleNamespace, step: str, moment: datetime, more: Any) -> None:
    by = by_of(org, step)
    match step:
        case "forward" | "present":
            life.pass_on(step, to_of(org, step), by, moment)
        case "ask_supplement" | "ask_payment" | "consult":
            life.wait(step, more["text"], by, moment, of=more.get("of", ""))
        case "supply" | "confirm_payment" | "hear":
            life.resume(step, more.get("text") or more["answer"], by, moment)
        case "apologise":
            life.apologise(more["reason"], more["due_at"], by, moment)
        case "sign":
            life.sign(more["number"], by, moment)
        case "hand_over":
            life.hand_over(by, moment)
        case _:
            life.end(step, more.get("reason", ""), by, moment)


@pytest.mark.parametrize(
    "way",
    [
        OWNERS_WAY,
        (("withdraw", 5, {"reason": "Không cần nữa"}),),
        (*OWNERS_WAY[:1], ("decline", 6, {"reason": "Không đủ điều kiện"})),
    ],
)
@pytest.mark.parametrize("steps", [scenes.STEPS, scenes.STEPS[:1]])
def test_a_life_leaves_what_the_actions_leave(org: SimpleNamespace, way: Any, steps: Any) -> None:
    procedure = scenes.version(
        org, channels=["online"], steps=[{**step, "share": 100 // len(steps)} for step in steps]
    )
    entered = scenes.typed(procedure, channel=Channel.ONLINE)
    first = intake.submit(agency=org.commune, intake=entered, by=org.motcua, at=at(4, 8))
    first = ON_DOSSIER["accept"](dossier=first, by=org.motcua, at=at(4))
    walked(org, first, way)
    kept = {model: rows_of(model, first.pk) for model in MODELS}, entries_of(first.pk)
    for model in (*reversed(MODELS), Counter):  # as if it had never been; the chain runs on
        model._default_manager.filter().delete()
    second = told(org, entered, way, at(30))
    assert second.pk
    for model in MODELS:
        assert rows_of(model, second.pk) == kept[0][model], model
    assert entries_of(second.pk)[-len(kept[1]) :] == kept[1]
    assert verify().breaks == []


def test_a_life_ends_with_the_present(org: SimpleNamespace) -> None:
    entered = scenes.typed(scenes.version(org, channels=["online"]), channel=Channel.ONLINE)
    life = Life(org.commune, national_calendar(), at(4, 7))
    with pytest.raises(NotYet):
        life.begin(entered, DossierStatus.SUBMITTED, at(4, 8), KEYS)
    assert not life.is_begun


def test_a_life_takes_only_steps_of_the_table(org: SimpleNamespace) -> None:
    entered = scenes.typed(scenes.version(org, channels=["online"]), channel=Channel.ONLINE)
    with pytest.raises(StepNotAllowed):
        told(org, entered, [("sign", 5, {"number": "1"})], at(30))


@pytest.fixture
def script() -> dict[str, Any]:
    pack = read_pack(settings.PACKS / "demo" / "dossiers.yaml")
    busy = {"supplement": 50, "turned_away": 10, "declined": 10, "back_dated": 10, "withdrawn": 10}
    row = {"code": scenes.MARRIAGE, "weight": 1, "owes": True, "about": ["Xác nhận"]}
    return {**pack, "procedures": [row], "luck": {**pack["luck"], **busy}}


def tales_of(org: SimpleNamespace, script: dict[str, Any], last: date) -> Tales:
    return Tales(
        like=org.commune,
        cast=Cast(org.motcua, {"justice": org.tuphap}, (org.chutich, org.phochutich)),
        script=script,
        first=date(2024, 3, 4),
        until=datetime.combine(last, at(4, 7).timetz()),
        seed=1,
    )


def play(org: SimpleNamespace, script: dict[str, Any], count: int, last: date) -> int:
    return play_desk(agency=org.commune, tales=tales_of(org, script, last), count=count)


def check_chain_and_numbers() -> None:
    assert verify().breaks == []
    assert Entry.objects.filter(action__startswith="dossiers.").count() == Event.objects.count()
    check_codes()
    for kind in ("receipt", "supplement", "refusal"):
        numbers = list(
            Slip.objects.filter(kind=kind).order_by("pk").values_list("number", "made_at")
        )
        assert [n for n, _moment in numbers] == list(range(1, len(numbers) + 1))
        assert numbers == sorted(numbers, key=lambda one: one[1])
    for name, last in Counter.objects.values_list("series", "last"):
        assert last >= 1, name


def test_a_year_is_numbered_chained_and_partly_open(
    org: SimpleNamespace, script: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.dossiers.simulate.desk.BATCH", 40)  # many batches, one chain
    scenes.version(org, limit="8 ngày làm việc")
    made = play(org, script, 150, date(2024, 5, 6))
    assert made == Dossier.objects.count() > 130
    assert {"returned", "stopped", "withdrawn", "refused", "processing"} <= set(
        Dossier.objects.values_list("status", flat=True)
    )
    check_chain_and_numbers()


def test_no_mark_is_left_in_what_is_written(org: SimpleNamespace, script: dict[str, Any]) -> None:
    scenes.version(org, limit="8 ngày làm việc")
    play(org, script, 60, date(2024, 5, 6))
    for model in TABLES:
        for row in model._default_manager.values():
            text = repr(row)
            assert not re.search("[\ue000-\ue0ff]|9000000000001", text), text


def test_few_tales_happen_to_many(
    org: SimpleNamespace, script: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.dossiers.simulate.desk.BATCH", 70)
    scenes.version(org, limit="8 ngày làm việc")
    tales = tales_of(org, script, date(2024, 5, 6))
    pool = list(tales.tell(30))
    assert play_often(agency=org.commune, tales=tales, pool=pool, count=200, seed=3) == 200
    assert (
        Dossier.objects.count() == Applicant.objects.values("id_number").distinct().count() == 200
    )
    check_chain_and_numbers()
    one = Dossier.objects.exclude(code=None).select_related("applicant").last()
    assert one is not None
    assert one in Dossier.objects.matching(one.applicant.id_number)
    assert one in Dossier.objects.matching(one.code or "")
    assert one in Dossier.objects.matching(f"{one.applicant.full_name} {one.summary}")


def check_codes() -> None:
    """From 1 each day, in the order of receipt."""
    days: dict[str, list[int]] = {}
    received = Dossier.objects.exclude(code=None).order_by("received_at", "pk")
    for code in received.values_list("code", flat=True):
        _agency, day, n = code.split("-")
        days.setdefault(day, []).append(int(n))
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in days.values())


def test_the_desk_goes_on_where_the_tale_ends(org: SimpleNamespace, script: dict[str, Any]) -> None:
    procedure = scenes.version(org)
    play(org, script, 60, date(2024, 4, 8))
    before = Dossier.objects.filter(code__startswith="15997-240405-").count()
    dossier = scenes.received(org, at(5, 16, month=4), procedure=procedure)
    assert dossier.code == f"15997-240405-{before + 1:04}"
    assert verify().breaks == []


def test_the_same_seed_tells_the_same_year(org: SimpleNamespace, script: dict[str, Any]) -> None:
    scenes.version(org)
    play(org, script, 30, date(2024, 4, 8))
    names = list(Dossier.objects.values_list("applicant__full_name", "due_at"))
    again = tales_of(org, script, date(2024, 4, 8))
    assert [mould.began for mould in again.tell(30)] == list(
        Dossier.objects.order_by("pk").values_list(
            Coalesce("received_at", "submitted_at"), flat=True
        )
    )
    other = play(org, {**script, "procedures": []}, 0, date(2024, 3, 3) - timedelta(days=9))
    assert (other, len(names)) == (0, len(set(names)))


def test_only_what_json_leaves_as_it_is_is_filled_in() -> None:
    assert check_plain("Nguyễn Văn Ất") == "Nguyễn Văn Ất"
    for text in ('Ma "Bảy"', "a\\b", "Ho\u0300a"):
        with pytest.raises(ValueError, match="JSON"):
            check_plain(text)


def test_most_dossiers_hold_files(org: SimpleNamespace, script: dict[str, Any]) -> None:
    scenes.version(org)
    play(org, script, 60, date(2024, 4, 8))
    done = Dossier.objects.exclude(result_number="").first()
    assert done is not None
    files = list(Attachment.objects.filter(object_id__in=Dossier.objects.values("pk")))
    assert len(files) == Entry.objects.filter(action="files.attach").count() > 60
    assert {file.kind for file in files} == {"paper", "result"}
    assert files[0].read().startswith(b"%PDF")
    scripted = {**script, "files": {**script["files"], "result": {"luck": 0, "name": "a.pdf"}}}
    before = Attachment.objects.filter(kind="result").count()
    play(org, scripted, 20, date(2024, 4, 8))
    assert Attachment.objects.filter(kind="result").count() == before
