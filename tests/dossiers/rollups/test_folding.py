"""Numbers from cells are those of the rows, at any moment: before, between and after folding."""

from datetime import date, datetime

import pytest

from motcua.core.measures import Part, Scope
from motcua.core.periods import Period
from motcua.dossiers.actions import ending, handling, waiting
from motcua.dossiers.actions.intake import ApplicantData
from motcua.dossiers.actions.papers import attach_file
from motcua.dossiers.models import Cell, Dossier, Folding, Unfolded
from motcua.dossiers.rollups import folding
from motcua.dossiers.rollups.checking import check, differences
from motcua.dossiers.rollups.making import cells_of
from motcua.dossiers.rollups.plain import Group
from motcua.dossiers.rollups.reading import count, whole_months
from tests.dossiers.rollups.histories import ZONE, Draw, attached
from tests.dossiers.scenes import at, received, version
from tests.procedures import scenes as procedures

NOW = datetime(2025, 6, 2, 8, 0, tzinfo=ZONE)
OTHER = "1.000656"


def scope(org, code, on=None, now=None, part=None):
    """A period of the commune as it stands; without ``on``, long after everything."""
    period = Period.parse(code)
    return Scope((org.commune.pk,), period.start, period.end, on or NOW.date(), now, part)


def straight(scopes):
    """The same scopes from the rows alone."""
    kept = list(Folding.objects.all())
    Folding.objects.all().delete()
    found = count(scopes)
    Folding.objects.bulk_create(kept)
    return found


def same(scopes):
    """The numbers, once both ways agree."""
    found = count(scopes)
    assert found == straight(scopes)
    return found


@pytest.fixture
def versions(org):
    return [version(org), procedures.published(org, OTHER, name="Đăng ký khai tử")]


def scopes_of(org, versions):
    """Whole and cut periods, as of later and as of then, whole agency and parts."""
    now = datetime(2024, 4, 17, 10, 0, tzinfo=ZONE)
    codes = ["2024", "2024-H1", "2024-Q1", "2024-Q2", "2024-01", "2024-02", "2024-03", "2024-W09"]
    code = versions[0].procedure.code
    return [
        *(scope(org, one) for one in codes),
        *(scope(org, one, now.date(), now) for one in codes),
        *(scope(org, one, date(2024, 3, 31)) for one in codes[:6]),
        *(scope(org, one, part=Part("procedure", code)) for one in codes[:4]),
        scope(org, "2024", part=Part("field", versions[0].field)),
        Scope((org.commune.pk, org.neighbour.pk), date(2024, 1, 1), date(2024, 6, 30), NOW.date()),
        Scope((org.neighbour.pk,), date(2024, 2, 1), date(2024, 2, 29), NOW.date()),
    ]


@pytest.mark.parametrize("seed", range(8))
def test_any_histories_are_told_alike_from_cells_and_rows(org, versions, seed):
    """The rules, the statement of SQL and the reading of cells, over 60 histories; a part of them
    is written after the cells were made and waits to be folded."""
    draw = Draw(seed)
    for n in range(40):
        draw.stored(org, versions, n, agency=draw.draw.choice([org.commune, org.neighbour]))
    folding.fold(at=NOW)
    assert not Unfolded.objects.exists()
    same(scopes_of(org, versions))
    for n in range(40, 60):
        draw.stored(org, versions, n)
    assert Unfolded.objects.exists()
    same(scopes_of(org, versions))
    folding.fold(at=NOW)
    assert not Unfolded.objects.exists()
    same(scopes_of(org, versions))
    assert differences(org.commune.pk) == []


@pytest.mark.parametrize("seed", range(4))
def test_folding_part_by_part_makes_what_making_all_makes(org, versions, seed):
    """Rows changed one by one, folded after each, end in the same cells, bit for bit."""
    draw = Draw(100 + seed)
    made = [draw.stored(org, versions, n) for n in range(20)]
    folding.fold(at=NOW)
    for row in made:
        change(draw, row, versions)
        folding.fold(at=NOW)
    stored = {
        (cell.procedure_id, cell.month): (cell.counters, cell.latest, tuple(cell.odd or ()))
        for cell in Cell.objects.filter(agency=org.commune)
    }
    anew = {key: cell.value() for key, cell in cells_of(Group(org.commune.pk)).items()}
    assert stored == anew


def change(draw, row, versions):
    """Anything may be written over an ended dossier."""
    rows, moment = Dossier.objects.filter(pk=row.pk), draw.moment()
    what = draw.draw.randrange(7)
    if what == 0:
        rows.update(procedure=draw.draw.choice(versions).procedure)
    elif what == 1 and row.settled_at:
        rows.update(settled_at=moment)
    elif what == 2:
        rows.update(due_at=moment)
    elif what == 3:
        rows.update(status="processing", returned_at=None)
    elif what == 4:
        attached(row, draw.draw.choice(["paper", "result"]), moment)
    elif what == 5:
        row.pauses.update(ended_at=moment)
    else:
        row.events.update(at=moment)


# --- what leaves a mark ---------------------------------------------------------------------------


def marks():
    found = set(Unfolded.objects.values_list("agency", "procedure", "month"))
    Unfolded.objects.all().delete()
    return found


def test_an_open_dossier_leaves_no_mark_until_it_ends(org):
    row = received(org, procedure=version(org))
    attach_file(dossier=row, name="a.txt", content=b"a", kind="paper", by=org.motcua, at=at(4, 10))
    row = handling.forward(dossier=row, to=org.tuphap, by=org.motcua, at=at(4, 10))
    row = waiting.ask_supplement(dossier=row, text="Thiếu tờ khai", by=org.tuphap, at=at(5))
    row = waiting.supply(dossier=row, text="đủ", by=org.motcua, at=at(6))
    assert marks() == set()
    row = handling.settle(dossier=row, number="7", by=org.tuphap, at=at(8))
    one = (org.commune.pk, row.procedure_id, date(2024, 3, 1))
    assert marks() == {one}
    ending.hand_over(dossier=row, to="người nộp", way="desk", by=org.motcua, at=at(9))
    assert marks() == set()
    attach_file(dossier=row, name="b.txt", content=b"b", kind="result", by=org.motcua, at=at(10))
    assert marks() == {one}


def test_a_withdrawn_dossier_leaves_one(org):
    row = received(org, procedure=version(org))
    ending.withdraw(dossier=row, reason="không cần nữa", by=org.motcua, at=at(5))
    assert marks() == {(org.commune.pk, row.procedure_id, date(2024, 3, 1))}


def test_many_changes_leave_one_mark_a_month(org, versions):
    draw = Draw(5)
    for n in range(30):
        draw.stored(org, versions, n)
    assert Unfolded.objects.count() <= 2 * 8


# --- hard cases -----------------------------------------------------------------------------------


def settled(org, procedure, n=0, day=8):
    someone = ApplicantData(f"Trần Thị {n}", address="Thôn 3")
    row = received(org, procedure=procedure, applicant=someone)
    return handling.settle(dossier=row, number=str(n), by=org.motcua, at=at(day))


def test_nothing_is_read_from_cells_of_another_calendar(org):
    settled(org, version(org))
    folding.fold(at=NOW)
    Cell.objects.update(early=50)
    assert count([scope(org, "2024")])["dossiers.settled.early"] == [50]
    Folding.objects.update(basis="another")
    assert count([scope(org, "2024")])["dossiers.settled.early"] == [1]
    assert folding.is_due()
    folding.fold(at=NOW)
    assert count([scope(org, "2024")])["dossiers.settled.early"] == [1]
    assert not folding.is_due()


def test_a_merged_commune_adds_up_in_the_new_one(org):
    """History stays with the old one."""
    procedure = version(org)
    row = settled(org, procedure)
    Dossier.objects.filter(pk=row.pk).update(agency=org.neighbour)
    settled(org, procedure, 1)
    folding.fold(at=NOW)
    both = Scope(
        (org.commune.pk, org.neighbour.pk), date(2024, 1, 1), date(2024, 12, 31), NOW.date()
    )
    one = Scope((org.neighbour.pk,), date(2024, 1, 1), date(2024, 12, 31), NOW.date())
    assert same([both, one])["dossiers.settled"] == [2, 1]


def test_a_moved_procedure_changes_both(org, versions):
    row = settled(org, versions[0])
    folding.fold(at=NOW)
    parts = [scope(org, "2024", part=Part("procedure", one.procedure.code)) for one in versions]
    assert same(parts)["dossiers.settled"] == [1, 0]
    Dossier.objects.filter(pk=row.pk).update(procedure=versions[1].procedure)
    assert same(parts)["dossiers.settled"] == [0, 1]
    folding.fold(at=NOW)
    assert same(parts)["dossiers.settled"] == [0, 1]


def test_what_was_changed_after_the_cut_off_is_told_from_rows(org):
    """A result scanned in April is not there at the end of March."""
    row = settled(org, version(org))
    attach_file(
        dossier=row, name="a.txt", content=b"a", kind="result", by=org.motcua, at=at(3, month=4)
    )
    folding.fold(at=NOW)
    then, now = scope(org, "2024-03", date(2024, 3, 31)), scope(org, "2024-03")
    assert same([then, now])["dossiers.results.electronic"] == [0, 1]
    assert same([then])["dossiers.results.electronic"] == [0]


def test_a_demo_day_before_the_newest_row_is_told_from_rows(org):
    procedure = version(org)
    settled(org, procedure)
    settled(org, procedure, 1, day=12)
    folding.fold(at=NOW)
    live = scope(org, "2024", date(2024, 3, 11), at(11))
    assert same([live])["dossiers.settled"] == [1]


def test_reading_takes_a_fixed_number_of_queries(org, versions, django_assert_num_queries):
    draw = Draw(7)
    for n in range(30):
        draw.stored(org, versions, n)
    folding.fold(at=NOW)
    live = [scope(org, f"2024-{month:02}") for month in range(1, 13)]
    Cell.objects.update(odd=None)
    # basis, marks, late, odd, cells; open dossiers, keys of the others, five for these
    with django_assert_num_queries(12):
        count(live)
    with django_assert_num_queries(12):
        count(live[:1])


@pytest.mark.parametrize(
    ("code", "on", "months"),
    [
        ("2024", None, (date(2024, 1, 1), date(2024, 12, 1))),
        ("2024", date(2024, 3, 7), (date(2024, 1, 1), date(2024, 3, 1))),
        ("2024-02", date(2024, 2, 29), (date(2024, 2, 1), date(2024, 2, 1))),
        ("2024-02", date(2024, 2, 28), (date(2024, 2, 1), date(2024, 2, 1))),
        ("2024-Q2", date(2024, 3, 7), None),
        ("2024-W09", None, None),
        ("2024-03-01", None, None),
        ("2024-03-01", date(2024, 3, 1), (date(2024, 3, 1), date(2024, 3, 1))),
    ],
)
def test_which_scopes_are_of_whole_months(org, code, on, months):
    assert whole_months(scope(org, code, on)) == months


def test_check_finds_a_tampered_cell(org):
    settled(org, version(org))
    folding.fold(at=NOW)
    assert differences(org.commune.pk) == []
    Cell.objects.update(late=1)
    (found,) = differences(org.commune.pk)
    assert (found.month, found.counter, found.stored, found.told) == (
        date(2024, 3, 1), "late", 1, 0,
    )  # fmt: skip
    whole = check(None, workers=0)
    assert (whole.stands, whole.agencies, whole.cells, whole.waiting) == (True, 1, 1, 0)
    assert whole.differences == [found]
    Cell.objects.all().delete()
    assert {one.counter for one in differences(org.commune.pk)} >= {"desk", "early", "latest"}


def test_check_leaves_what_waits_to_be_folded(org):
    procedure = version(org)
    settled(org, procedure)
    folding.fold(at=NOW)
    Cell.objects.update(late=1)
    settled(org, procedure, 1)
    assert differences(org.commune.pk) == []
    folding.rebuild([org.commune.pk], at=NOW, workers=0, tell=lambda _done, _of: None)
    assert differences(org.commune.pk) == []
    assert same([scope(org, "2024")])["dossiers.settled.late"] == [0]


def test_only_one_folds(org, monkeypatch):
    from contextlib import contextmanager

    @contextmanager
    def taken(_name, *, wait=False):
        yield False

    settled(org, version(org))
    monkeypatch.setattr(folding, "alone", taken)
    assert folding.fold(at=NOW) == 0
    assert Unfolded.objects.exists()


def test_rebuilding_all_tells_how_far_it_is(org):
    settled(org, version(org))
    steps = []
    made = folding.rebuild(None, at=NOW, workers=0, tell=lambda done, of: steps.append((done, of)))
    assert (made, steps) == (1, [(1, 1)])
    assert not folding.is_due()
    assert same([scope(org, "2024")])["dossiers.settled"] == [1]


def test_a_period_that_ends_before_it_begins_is_of_no_months(org):
    odd = Scope((org.commune.pk,), date(2024, 3, 1), date(2024, 2, 1), NOW.date())
    assert whole_months(odd) is None


def test_an_odd_dossier_that_is_open_again_counts_once(org):
    """Between the change and the fold; no step of the product does it."""
    found = received(org, procedure=version(org))
    Dossier.objects.filter(pk=found.pk).update(status="stopped")  # and nothing says when
    folding.fold(at=NOW)
    assert Cell.objects.filter(odd__isnull=False).exists()
    Dossier.objects.filter(pk=found.pk).update(status="processing")
    scopes = [scope(org, "2024")]
    assert count(scopes) == straight(scopes)
    assert count(scopes)["dossiers.open"] == [1]
