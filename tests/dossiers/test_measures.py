"""Numbers of dossiers: each judged by hand, counted by the rules, opened in SQL."""

from datetime import date, timedelta

import pytest

from motcua.core.measures import Scope
from motcua.dossiers.actions import ending, handling, waiting
from motcua.dossiers.actions.intake import ApplicantData
from motcua.dossiers.actions.papers import attach_file
from motcua.dossiers.measures import FAMILY, count, rows, worked
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries.figures import figures_of
from motcua.dossiers.rules.clock import Timeliness
from motcua.dossiers.rules.marks import Course, NewDate, Wait, marks_of
from tests.dossiers.scenes import at, received, version

T = Timeliness
#: A period of March 2024; what is judged ends before 1 April.
END = at(1, 0, month=4)
DUE = at(11)


def wait(asked, ended=None, before=DUE, supplement=True):
    return Wait(asked, ended, before, supplement)


#: name → (course, standing at the end of March, supplements asked, index 2.1)
CASES = {
    "settled the day before": (Course(at(4), DUE, at(8)), T.EARLY, 0, True),
    "settled at the promised moment": (Course(at(4), DUE, DUE), T.ON_TIME, 0, True),
    "settled that morning": (Course(at(4), DUE, at(11, 8)), T.ON_TIME, 0, True),
    "settled a minute late": (Course(at(4), DUE, at(11, 9, 1)), T.LATE, 0, False),
    "collected late, settled in time": (Course(at(4), DUE, at(11, 8)), T.ON_TIME, 0, True),
    "open and late": (Course(at(4), DUE), T.OVERDUE, 0, False),
    "open and in time": (Course(at(28), at(4, month=4)), T.RUNNING, 0, True),
    "without a promise, settled": (Course(at(4), None, at(29)), T.ON_TIME, 0, True),
    "without a promise, open": (Course(at(4)), T.RUNNING, 0, True),
    "settled in April, late in March": (Course(at(4), DUE, at(2, month=4)), T.OVERDUE, 0, False),
    "withdrawn in time": (Course(at(4), DUE, None, at(7)), T.EARLY, 0, True),
    "stopped late": (Course(at(4), DUE, None, at(20)), T.LATE, 0, False),
    "waits for the first supplement, asked in time": (
        Course(at(4), DUE, waits=(wait(at(6)),)),
        T.RUNNING,
        1,
        True,
    ),
    "waits for the first supplement, asked late": (
        Course(at(4), DUE, waits=(wait(at(12)),)),
        T.RUNNING,
        1,
        False,
    ),
    "supplied once, settled by the new promise": (
        Course(at(4), at(15), at(14), waits=(wait(at(6), at(8)),)),
        T.EARLY,
        1,
        True,
    ),
    "asked twice, settled by the promise": (
        Course(at(4), at(20), at(19), waits=(wait(at(6), at(8)), wait(at(12), at(13), at(15)))),
        T.LATE,
        2,
        False,
    ),
    "asked twice, the second time in April": (
        Course(
            at(4),
            at(20, month=4),
            at(19, month=4),
            waits=(wait(at(6), at(8)), wait(at(2, month=4), at(3, month=4), at(10, month=4))),
        ),
        T.RUNNING,
        1,
        True,
    ),
    "supplied in April: the promise of March stood": (
        Course(at(4), at(12, month=4), waits=(wait(at(12), at(5, month=4)),)),
        T.RUNNING,
        1,
        False,
    ),
    "waits for payment": (
        Course(at(4), DUE, waits=(wait(at(6), supplement=False),)),
        T.RUNNING,
        0,
        False,
    ),
    "an apology in time": (
        Course(at(4), at(20), at(19), redatings=(NewDate(at(8), DUE),)),
        T.EARLY,
        0,
        True,
    ),
    "an apology in April changes nothing in March": (
        Course(at(4), at(20, month=4), redatings=(NewDate(at(2, month=4), DUE),)),
        T.OVERDUE,
        0,
        False,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_dossier_is_judged_by_its_dates(name):
    course, stands, asked, punctual = CASES[name]
    marks = marks_of(course, END)
    assert (marks.stands, marks.asked, marks.punctual) == (stands, asked, punctual)


def test_the_time_that_the_clock_stood_is_not_worked():
    from motcua.core.workcalendar import national_calendar

    calendar = national_calendar()
    plain = worked(Course(at(4), DUE, at(7)), calendar)
    paused = worked(Course(at(4), DUE, at(7), waits=(wait(at(5), at(6)),)), calendar)
    assert (plain, plain - paused) == (3 * 8 * 60, 8 * 60)


def scope(org, since=date(2024, 3, 1), until=date(2024, 3, 31), on=None, now=None):
    return Scope((org.commune.pk,), since, until, on or until, now)


def told(one):
    """Measures that count something, by their last words."""
    return {code: values[0] for code, values in count([one]).items() if values[0]}


def opened(one):
    """The same by the rows behind each number."""
    found = {
        m.code: rows(m.code, one).count() for m in FAMILY.measures if m.code not in FAMILY.sums
    }
    return {code: n for code, n in found.items() if n}


def both(one):
    """The numbers, once counting and opening agree on them."""
    numbers = {code: n for code, n in told(one).items() if code not in FAMILY.sums}
    assert numbers == opened(one)
    return numbers


def stored(org, course, n):
    """A dossier with just these dates, however it came to them."""
    someone = ApplicantData(f"Trần Thị {n}", address="Thôn 3")
    made = received(org, course.received, procedure=stored.version, applicant=someone)
    Dossier.objects.filter(pk=made.pk).update(due_at=course.due, settled_at=course.settled)
    for one in course.waits:
        made.pauses.create(
            kind="supplement" if one.supplement else "payment",
            asked_at=one.asked,
            ended_at=one.ended,
            due_before=one.due_before,
            asked_by=org.motcua,
            text="thiếu",
        )
    for new in course.redatings:
        made.apologies.create(
            at=new.at, due_before=new.due_before, due_after=course.due, by=org.motcua, reason="x"
        )
    if course.closed:
        Dossier.objects.filter(pk=made.pk).update(status="stopped")
        made.events.create(at=course.closed, step="stop", status="stopped")
    return made


@pytest.fixture
def cases(org):
    """Every case of the table as rows."""
    stored.version = version(org)
    for n, (course, *_judged) in enumerate(CASES.values()):
        stored(org, course, n)


@pytest.mark.parametrize("week", range(-1, 8))
def test_sql_judges_as_the_rules_do(org, cases, week):
    """Each week of the year's first half, also with a cut-off in its middle."""
    first = date(2024, 2, 26) + timedelta(weeks=week)
    both(scope(org, first, first + timedelta(days=6)))
    both(scope(org, date(2024, 1, 1), first + timedelta(days=6)))
    both(scope(org, first, first + timedelta(days=27), on=first + timedelta(days=10)))


def test_the_table_adds_up(org, cases):
    numbers = both(scope(org))
    standing = [stands for _course, stands, *_more in CASES.values()]
    assert numbers["dossiers.received"] == numbers["dossiers.index"] == len(CASES)
    assert numbers["dossiers.settled.late"] == standing.count(T.LATE)
    assert numbers["dossiers.open.late"] == standing.count(T.OVERDUE)
    assert numbers["dossiers.settled.early"] == standing.count(T.EARLY)
    assert numbers["dossiers.settled.last_day"] == standing.count(T.ON_TIME)
    assert numbers["dossiers.open"] == standing.count(T.OVERDUE) + standing.count(T.RUNNING)
    assert numbers["dossiers.index.punctual"] == sum(row[3] for row in CASES.values())
    assert numbers["dossiers.supplement.again"] == 1


def test_counting_rows_takes_six_queries_for_any_number_of_scopes(
    org, cases, django_assert_num_queries
):
    scopes = [scope(org, date(2024, month, 1), date(2024, month, 28)) for month in range(1, 13)]
    with django_assert_num_queries(6):  # whether there are cells, then five
        count(scopes)


def test_the_numbers_are_those_of_the_register(org, cases):
    register = figures_of(
        Dossier.objects.filter(agency=org.commune), date(2024, 4, 1), date(2024, 4, 30), END
    )
    numbers = both(scope(org, date(2024, 4, 1), date(2024, 4, 30), now=at(30, 23, month=4)))
    assert register.carried == numbers["dossiers.carried"]
    assert register.done == numbers["dossiers.settled"]


def test_a_life_by_the_real_steps(org):
    """Received, asked once, supplied, signed; a result scanned after the cut-off."""
    row = received(org, procedure=version(org))
    row = handling.forward(dossier=row, to=org.tuphap, by=org.motcua, at=at(4, 10))
    row = waiting.ask_supplement(dossier=row, text="Thiếu tờ khai", by=org.tuphap, at=at(5))
    row = waiting.supply(dossier=row, text="đủ", by=org.motcua, at=at(6))
    row = handling.present(dossier=row, to=org.chutich, by=org.tuphap, at=at(7))
    row = handling.sign(dossier=row, number="7", by=org.chutich, at=at(8))
    attach_file(
        dossier=row, name="a.txt", content=b"a", kind="result", by=org.motcua, at=at(3, month=4)
    )
    numbers = both(scope(org))
    assert numbers["dossiers.settled.early"] == numbers["dossiers.supplement.once"] == 1
    assert "dossiers.results.electronic" not in numbers
    later = both(scope(org, on=date(2024, 4, 5)))
    assert later["dossiers.results.electronic"] == 1
    assert "dossiers.results.digitised" not in later


def test_scanned_papers_and_a_result_make_a_dossier_digital(org):
    row = received(org, procedure=version(org))
    row = handling.forward(dossier=row, to=org.tuphap, by=org.motcua, at=at(4, 10))
    row = handling.settle(dossier=row, number="7", by=org.tuphap, at=at(8))
    for kind in ("paper", "result"):
        attach_file(dossier=row, name="a.txt", content=b"a", kind=kind, by=org.motcua, at=at(8, 10))
    numbers = both(scope(org))
    assert numbers["dossiers.results.electronic"] == numbers["dossiers.results.digitised"] == 1


def test_what_was_entered_after_the_cut_off_is_not_there_yet(org):
    row = received(org, procedure=version(org))
    Dossier.objects.filter(pk=row.pk).update(entered_at=at(10))
    assert both(scope(org, on=date(2024, 3, 9))) == {}
    assert both(scope(org, on=date(2024, 3, 10)))["dossiers.received"] == 1


def test_a_withdrawn_dossier_is_settled_without_a_result(org):
    row = received(org, procedure=version(org))
    ending.withdraw(dossier=row, reason="không cần nữa", by=org.motcua, at=at(5))
    numbers = both(scope(org))
    assert numbers["dossiers.settled"] == 1
    assert "dossiers.results" not in numbers


def test_the_day_that_runs_ends_now(org):
    row = received(org, procedure=version(org))
    due = row.due_at
    before, after = (due + timedelta(minutes=minutes) for minutes in (-1, 1))
    day = due.date()
    assert "dossiers.open.late" not in both(scope(org, until=day, now=before))
    assert both(scope(org, until=day, now=after))["dossiers.open.late"] == 1


def test_channels_are_told_apart(org):
    procedure = version(org, channels=["desk", "online", "post"])
    for n, channel in enumerate(("desk", "online", "post", "post")):
        someone = ApplicantData(f"Trần Thị {n}", address="Thôn 3")
        received(org, procedure=procedure, channel=channel, applicant=someone)
    numbers = both(scope(org))
    found = [numbers[f"dossiers.received.{one}"] for one in ("desk", "online", "post")]
    assert found == [1, 1, 2]


def test_another_agency_counts_its_own(org):
    received(org, procedure=version(org))
    other = Scope((org.neighbour.pk,), date(2024, 3, 1), date(2024, 3, 31), date(2024, 3, 31))
    theirs, ours = count([other, scope(org)])["dossiers.received"]
    assert (theirs, ours) == (0, 1)


def test_a_row_leads_to_its_dossier(org):
    row = received(org, procedure=version(org))
    assert FAMILY.address(rows("dossiers.received", scope(org)).get()) == f"/dossiers/{row.pk}/"
