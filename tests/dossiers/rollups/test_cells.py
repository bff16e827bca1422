"""Cells add up to periods: by a table, and for any course."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers.measures import MEASURES
from motcua.dossiers.rules import cells
from motcua.dossiers.rules.cells import ATOMS, COUNTERS, EVER, TOLD, counted, told
from motcua.dossiers.rules.counting import MINUTES, Kept, Known, Span, codes_of, worked
from motcua.dossiers.rules.marks import Course, NewDate, Wait
from tests.dossiers.rollups.histories import BEGIN, CALENDAR, EDGES, MONTHS
from tests.dossiers.scenes import at


def cell(**numbers):
    return tuple(numbers.get(name, 0) for name in COUNTERS)


def test_every_measure_is_told_from_cells():
    assert set(TOLD) == {measure.code for measure in MEASURES}
    named = {name for how in TOLD.values() for name in (*how.over, *how.first, *how.last)}
    assert named == set(COUNTERS)
    assert set(ATOMS) < set(COUNTERS)


#: January 5 came and 3 stayed, February 2 came, 4 were settled (1 late), 1 stayed.
YEAR = [
    (date(2024, 1, 1), cell(desk=4, online=1, early=2, open=3, open_late=1, open_kept=2)),
    (date(2024, 2, 1), cell(desk=2, carried=3, on_time=3, late=1, open=1, open_kept=1)),
    (date(2024, 3, 1), cell(carried=1, late=1, minutes=60, results=1)),
]


@pytest.mark.parametrize(
    ("first", "last", "numbers"),
    [
        (1, 1, {"received": 5, "settled": 2, "open": 3, "index": 5, "index.punctual": 4}),
        (2, 2, {"received": 2, "carried": 3, "settled": 4, "open": 1, "index": 5}),
        (1, 2, {"received": 7, "carried": 0, "settled": 6, "open": 1, "index": 7}),
        (1, 2, {"index.punctual": 6, "open.late": 0, "settled.early": 2, "settled.punctual": 5}),
        (1, 3, {"received": 7, "settled": 7, "settled.late": 2, "open": 0, "settled.minutes": 60}),
        (3, 3, {"received": 0, "carried": 1, "settled": 1, "results": 1}),
        (4, 6, {"received": 0, "carried": 0, "open": 0, "index": 0}),
    ],
)
def test_what_happened_adds_up_and_what_stood_is_of_an_edge(first, last, numbers):
    found = told(YEAR, date(2024, first, 1), date(2024, last, 1))
    assert {name: found[f"dossiers.{name}"] for name in numbers} == numbers


moments = st.one_of(
    st.sampled_from(EDGES),
    st.timedeltas(timedelta(0), timedelta(days=180)).map(lambda later: BEGIN + later),
)
late_ones = st.none() | moments


@st.composite
def knowns(draw):
    """An ended dossier, mostly in the order of things."""
    line = sorted(draw(st.lists(moments, min_size=2, max_size=8)))
    if draw(st.booleans()):
        received, end, between = line[0], line[-1], line[1:-1]
    else:
        received, end, between = draw(moments), draw(moments), line
    waits = tuple(
        Wait(asked, ended if draw(st.booleans()) else None, draw(late_ones), draw(st.booleans()))
        for asked, ended in pairwise(between)
    )
    redatings = tuple(NewDate(moment, draw(moments)) for moment in draw(st.permutations(between)))
    settled = draw(st.booleans())
    course = Course(
        received,
        draw(late_ones),
        end if settled else None,
        None if settled else end,
        waits,
        redatings if draw(st.booleans()) else (),
    )
    files = tuple(Kept(moment, draw(late_ones)) for moment in between[:1])
    channel = draw(st.sampled_from(["desk", "online", "post"]))
    return Known(1, 1, 1, channel, False, received, course, files, files)


@given(st.lists(knowns(), max_size=4), st.integers(1, 8), st.integers(0, 7))
def test_cells_add_up_to_any_period(dossiers, begin, more):
    first, last = date(2024, begin, 1), date(2024, min(begin + more, 12), 1)
    regular = [one for one in dossiers if cells.is_regular(one, MONTHS, CALENDAR)]
    found = told((row for one in regular for row in counted(one, MONTHS, CALENDAR)), first, last)
    span = Span(MONTHS.first(first), MONTHS.after(last), EVER)
    straight = dict.fromkeys(TOLD, 0)
    for one in regular:
        for code in codes_of(one, span):
            straight[code] += worked(one.course, CALENDAR) if code == MINUTES else 1
    assert found == straight


@given(knowns())
def test_what_is_regular_lies_between_its_ends(known):
    """The latest moment of a regular dossier that has no files lies in its last month."""
    if cells.is_regular(known, MONTHS, CALENDAR):
        bare = Known(1, 1, 1, "desk", False, known.entered, known.course)
        assert bare.latest < MONTHS.after(cells.place_of(known, MONTHS))


ODD = {
    "nothing says when it ended": Course(at(4)),
    "ended before it began": Course(at(4), None, at(1)),
    "asked before it was received": Course(
        at(4), None, at(8), waits=(Wait(at(4, month=2), at(5), None),)
    ),
    "answered in a later month than it ended": Course(
        at(4), None, at(8), waits=(Wait(at(5), at(4, month=4), None),)
    ),
    "given a new date after its month": Course(
        at(4), None, at(8), redatings=(NewDate(at(4, month=4), at(5)),)
    ),
    "before the work calendar": Course(at(4).replace(year=2010), None, at(8)),
}


@pytest.mark.parametrize("name", ODD)
def test_what_contradicts_itself_is_odd(name):
    assert not cells.is_regular(Known(1, 1, 1, "desk", False, at(4), ODD[name]), MONTHS, CALENDAR)


def test_the_month_of_an_odd_dossier_is_that_of_its_result_or_receipt():
    def place(course):
        return cells.place_of(Known(1, 1, 1, "desk", False, at(4), course), MONTHS)

    assert place(Course(at(4), None, at(1, month=2))) == date(2024, 2, 1)
    assert place(Course(at(4), None, None, at(1, month=4))) == date(2024, 4, 1)
    assert place(Course(at(4))) == date(2024, 3, 1)


def test_months_follow_each_other():
    assert cells.next_month(date(2024, 12, 31)) == date(2025, 1, 1)
    assert MONTHS.of(EDGES[1]) == date(2024, 1, 1)
    assert MONTHS.of(EDGES[1] + timedelta(microseconds=1)) == date(2024, 2, 1)
