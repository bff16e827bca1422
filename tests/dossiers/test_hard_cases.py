"""What clerks and citizens report of today's systems, and input that nobody expects.

The faults are those of VietOpenCPS and its kin; each has a test here or, where the rest of its
subject is tested, in the file that its line names:

* a step's lateness computed wrongly, no warning: here
* a number consumed before a clerk receives: here
* "late supplement" after three or four requests: here
* one that waits for supplements cannot be sent again: here
* supplements that never expire: ``actions/`` (the worker closes what nobody answered)
* an interlinked dossier counted twice, without both dates: ``test_register``, ``test_elsewhere``
* period figures that do not add up: here, and ``test_register``
* a wrong procedure that cannot be corrected on the same day: ``actions/``
* an empty attachment that is accepted: ``test_fees`` (a bad file refuses the whole visit)
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db.models import Max

from motcua.core.workflow import StepNotAllowed
from motcua.dossiers.actions import ending, handling, intake, waiting
from motcua.dossiers.actions.intake import ApplicantData, NotInForce
from motcua.dossiers.documents.docx import slip_docx
from motcua.dossiers.documents.pdf import slip_pdf
from motcua.dossiers.models import Applicant, Counter, Dossier, ReturnWay
from motcua.dossiers.permissions import check_dossier_step
from motcua.dossiers.queries import deadlines_of
from motcua.dossiers.queries.figures import figures_of
from motcua.dossiers.rules import STEPS, DossierStatus, Timeliness, timeliness
from motcua.dossiers.rules.elsewhere import ELSEWHERE_ONLY
from motcua.dossiers.rules.status import REPAIR, SIGN
from motcua.dossiers.views.slips import page_of_slip
from motcua.org.permissions import NotAllowed
from motcua.procedures.actions import withdraw_version
from motcua.procedures.rules.parts import Channel
from tests.dossiers import scenes
from tests.dossiers.scenes import MONDAY, ZONE, at
from tests.dossiers.test_slips import docx_text, pdf_text

# --- faults of today's systems --------------------------------------------------------------------


def test_a_step_is_late_by_its_own_deadline_and_warns_before(org: SimpleNamespace) -> None:
    dossier = scenes.processing(org)
    step = dossier.steps.get(name="Thẩm định")
    assert MONDAY < step.due_at < dossier.due_at
    hour = timedelta(hours=1)
    soon, late = (deadlines_of(dossier, step.due_at + ago)[0] for ago in (-hour, hour))
    assert (soon.state, late.state) == ("soon", "late")
    signed = handling.present(dossier=dossier, to=org.chutich, by=org.tuphap, at=step.due_at + hour)
    step.refresh_from_db()
    assert timeliness(step.due_at, step.ended_at, at(20)) is Timeliness.LATE
    done = handling.sign(dossier=signed, number="1", by=org.chutich, at=at(11, 10))
    assert timeliness(done.due_at, done.settled_at, at(20)) is Timeliness.ON_TIME


def test_time_that_the_person_takes_makes_no_step_late(org: SimpleNamespace) -> None:
    asked = waiting.ask_supplement(
        dossier=scenes.processing(org), text="Bản chính", by=org.tuphap, at=at(5)
    )
    assert deadlines_of(asked, at(29))[0].state == "none"
    back = waiting.supply(dossier=asked, text="Đã nộp", by=org.motcua, at=at(29))
    assert at(29) < back.step_due_at
    assert deadlines_of(back, at(29, 10))[0].state in ("in_time", "soon")


def test_no_number_is_consumed_before_a_clerk_receives(org: SimpleNamespace) -> None:
    procedure = scenes.version(org)
    sent = [
        intake.submit(
            agency=org.commune,
            intake=scenes.typed(procedure, summary=str(n), channel=Channel.ONLINE),
            by=org.motcua,
            at=MONDAY,
        )
        for n in range(3)
    ]
    assert not Counter.objects.filter(series="dossier").exists()
    intake.refuse(dossier=sent[0], reason="Trùng", by=org.motcua, at=at(4, 10))
    codes = [
        intake.accept(dossier=one, by=org.motcua, at=at(4, 11)).code for one in (sent[2], sent[1])
    ]
    assert codes == ["15997-240304-0001", "15997-240304-0002"]


def test_four_requests_leave_a_dossier_at_work_and_its_promise_true(org: SimpleNamespace) -> None:
    dossier = scenes.processing(org)
    for day in (5, 7, 11, 13):
        waiting.ask_supplement(dossier=dossier, text="Thiếu", by=org.tuphap, at=at(day))
        dossier = waiting.supply(dossier=dossier, text="Đủ", by=org.motcua, at=at(day, 15))
    assert (dossier.status, dossier.supplements) == ("processing", 4)
    assert dossier.due_at > at(13, 15)
    done = handling.settle(dossier=dossier, number="", by=org.tuphap, at=at(14))
    assert done.settled_at < done.due_at
    # the index of Decision 766 counts it as late all the same: it may be asked for once
    judged = timeliness(done.due_at, done.settled_at, at(20), supplements=done.supplements)
    assert judged is Timeliness.LATE


def test_what_waits_for_the_person_can_be_sent_again(org: SimpleNamespace) -> None:
    procedure = scenes.version(org)
    by = {"by": org.motcua}
    made = intake.submit(agency=org.commune, intake=scenes.typed(procedure), at=MONDAY, **by)
    for hour in (9, 13):
        intake.ask_completion(dossier=made, text="Thiếu", at=at(4, hour), **by)
        made = intake.complete(dossier=made, text="Đủ", at=at(4, hour + 1), **by)
    assert intake.accept(dossier=made, at=at(4, 15), **by).code


@pytest.mark.parametrize("month", [2, 3, 4])
def test_the_figures_of_every_month_add_up(org: SimpleNamespace, month: int) -> None:
    """Through lives by real steps: carried over + received = done + open, month by month."""
    procedure, by = scenes.version(org, valid_from=date(2024, 1, 1)), {"by": org.motcua}
    moments = [at(day, 9, n, month=m) for m in (2, 3) for n, day in enumerate((19, 21, 26, 27))]
    made = [
        scenes.received(org, moment, procedure=procedure, summary=str(moment)) for moment in moments
    ]
    handling.settle(dossier=made[0], number="", at=at(20, 9, month=2), **by)
    ending.withdraw(dossier=made[1], reason="Theo đơn", at=at(4), **by)
    handling.settle(dossier=made[4], number="", at=at(2, month=4), **by)
    waiting.ask_supplement(dossier=made[5], text="Thiếu", at=at(22), **by)
    day = date(2024, month, 1)
    last = {2: 29, 3: 31, 4: 30}[month]
    figures = figures_of(Dossier.objects.all(), day, date(2024, month, last), at(15, month=5))
    assert figures.carried + figures.received == figures.done + figures.open
    assert (figures.carried, figures.received, figures.done) == {
        2: (0, 4, 1),
        3: (3, 4, 1),
        4: (6, 0, 1),
    }[month]


# --- every step in every wrong state --------------------------------------------------------------


@pytest.mark.parametrize("status", DossierStatus)
def test_a_step_is_taken_where_the_table_has_it_and_nowhere_else(
    org: SimpleNamespace, status: DossierStatus
) -> None:
    dossier = scenes.received(org)
    dossier.status = status
    for step in STEPS:
        if step.name in ELSEWHERE_ONLY:
            continue  # test_elsewhere
        by = org.chutich if step.needs in (SIGN, REPAIR) else org.motcua
        if status in step.sources:
            check_dossier_step(dossier, step.name, by, at(4, 10))
            continue
        with pytest.raises(StepNotAllowed):
            check_dossier_step(dossier, step.name, by, at(4, 10))


@pytest.mark.parametrize("name", [step.name for step in STEPS])
def test_no_step_is_taken_from_another_agency(org: SimpleNamespace, name: str) -> None:
    dossier = scenes.received(org)
    dossier.status = next(iter(STEPS[name].sources), DossierStatus.RECEIVED)
    for stranger in (org.hoangngoc, org.mattran, org.noivu, org.ketnoi):
        with pytest.raises(NotAllowed):
            check_dossier_step(dossier, name, stranger, at(4, 10))


# --- clocks and calendars -------------------------------------------------------------------------


def test_a_clock_set_back_makes_no_code_twice_and_breaks_no_chain(org: SimpleNamespace) -> None:
    procedure = scenes.version(org)
    moments = [at(4, 9), at(5, 9), at(4, 10), at(5, 8)]
    codes = [
        scenes.received(org, moment, procedure=procedure, summary=str(n)).code
        for n, moment in enumerate(moments)
    ]
    assert codes == [
        "15997-240304-0001",
        "15997-240305-0001",
        "15997-240304-0002",
        "15997-240305-0002",
    ]
    dossier = Dossier.objects.get(code=codes[1])
    asked = waiting.ask_supplement(dossier=dossier, text="Thiếu", by=org.motcua, at=at(6, 10))
    back = waiting.supply(dossier=asked, text="Đủ", by=org.motcua, at=at(6, 9))
    assert back.due_at >= asked.due_at


@pytest.mark.parametrize(
    ("moment", "code", "due"),
    [
        (
            datetime(2024, 3, 4, 23, 59, 59, tzinfo=ZONE),
            "240304",
            at(12),
        ),  # after closing: from the next day
        (datetime(2024, 3, 5, 0, 0, tzinfo=ZONE), "240305", at(12, 7)),
        (at(29, month=2), "240229", at(7, 9)),
        (at(7, month=2), "240207", at(21, 9, month=2)),  # Tết: 8 to 14 February 2024
        (at(3, month=5), "240503", at(9, 9, month=5)),  # Saturday 4 May is worked
    ],
    ids=["before midnight", "midnight", "29 February", "Tết", "a worked Saturday"],
)
def test_days_that_are_like_no_other(
    org: SimpleNamespace, moment: datetime, code: str, due: datetime
) -> None:
    procedure = scenes.version(org, valid_from=date(2024, 1, 1))
    dossier = scenes.received(org, moment, procedure=procedure)
    assert dossier.code == f"15997-{code}-0001"
    assert dossier.due_at.date() == due.date()


def test_a_procedure_abolished_while_dossiers_run(org: SimpleNamespace) -> None:
    dossier = scenes.processing(org)
    withdraw_version(
        version=dossier.version,
        withdrawal="9/QĐ-UBND",
        last_day=at(6).date(),
        by=org.vanphong,
        at=at(5),
    )
    with pytest.raises(NotInForce):
        scenes.received(org, at(7), procedure=dossier.version)
    dossier.refresh_from_db()
    asked = waiting.ask_supplement(dossier=dossier, text="Thiếu", by=org.tuphap, at=at(7))
    again = waiting.supply(dossier=asked, text="Đủ", by=org.motcua, at=at(8))
    done = handling.settle(dossier=again, number="9", by=org.tuphap, at=at(11))
    over = ending.hand_over(
        dossier=done, to="Bưởi", way=ReturnWay.DESK, by=org.motcua, at=at(11, 10)
    )
    assert over.status == "returned"


# --- people ---------------------------------------------------------------------------------------


def test_people_of_one_name_stay_apart(org: SimpleNamespace) -> None:
    procedure = scenes.version(org)
    numbers = ["038190000001", "038190000002", "012345678", "", ""]
    made = [
        scenes.received(
            org,
            at(4, 9, n * 2),
            procedure=procedure,
            applicant=ApplicantData("Nguyễn Văn Nam", id_number=number),
        )
        for n, number in enumerate(numbers)
    ]
    assert len({one.applicant_id for one in made}) == len(numbers)
    assert list(Dossier.objects.matching("038190000002")) == [made[1]]
    assert Dossier.objects.matching("nguyen van nam").count() == len(numbers)
    known = Applicant.objects.known_as(org.commune, "012345678")
    assert [one.pk for one in known] == [made[2].applicant_id]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("H'Hen Niê Kđăm", "h'hen nie"),
        ("Y Kŏ Ƀuôn Yă", "y ko buon"),
        ("Đặng Thị Ơ", "dang thi o"),
        ("O’Brien & Sons <b>", "o’brien"),
        ("Nguye\u0302\u0303n Va\u0306n Nam", "nguyen van nam"),  # letters and marks apart
    ],
)
def test_rare_letters_are_kept_found_and_printed(
    org: SimpleNamespace, name: str, typed: str
) -> None:
    dossier = scenes.received(org, applicant=ApplicantData(name))
    assert list(Dossier.objects.matching(typed)) == [dossier]
    shown = page_of_slip(dossier.slips.get(), why=False)
    for text in (pdf_text(slip_pdf(shown)), docx_text(slip_docx(shown))):
        assert dossier.code in text
        assert "Sons <b>" in text or "<b>" not in name


def test_events_of_a_life_never_go_missing(org: SimpleNamespace) -> None:
    """The last event says what the row says, whatever was refused in between."""
    dossier = scenes.processing(org)
    for wrong in (handling.sign, handling.settle):
        with pytest.raises((NotAllowed, StepNotAllowed)):
            wrong(dossier=dossier, number="", by=org.hoangngoc, at=at(5))
    last = dossier.events.aggregate(last=Max("pk"))["last"]
    assert dossier.events.get(pk=last).status == dossier.status
