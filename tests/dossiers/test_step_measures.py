"""Steps counted at the posts that held them, and opened to their rows."""

from datetime import date

from motcua.core.measures import Part, Scope, count, parts_of
from motcua.dossiers.actions import handling, waiting
from motcua.dossiers.measures import STEPS
from motcua.dossiers.models import Dossier
from tests.dossiers.scenes import at, received, version

CODES = [measure.code for measure in STEPS.measures]


def scope(org, post="", first=1, last=31, **more):
    part = Part("post", post) if post else None
    days = date(2024, 3, first), date(2024, 3, last)
    return Scope((org.commune.pk,), *days, more.pop("on", days[1]), part=part, **more)


def both(one):
    """What is counted, once the rows behind each number agree."""
    told = {code: values[0] for code, values in count(CODES, [one]).items()}
    assert told == {code: STEPS.rows(code, one).count() for code in CODES}
    return {code.removeprefix("steps."): number for code, number in told.items() if number}


def worked_on(org):
    """Received on Monday 4, with justice at ten, before the chairman late, signed at once."""
    row = received(org, procedure=version(org))
    row = handling.forward(dossier=row, to=org.tuphap, by=org.motcua, at=at(4, 10))
    row = handling.present(dossier=row, to=org.chutich, by=org.tuphap, at=at(11))
    return handling.sign(dossier=row, number="7", by=org.chutich, at=at(11, 14))


def test_each_post_is_told_its_own_step(org):
    worked_on(org)
    assert both(scope(org, "one_stop")) == {"ended": 1, "punctual": 1}
    assert both(scope(org, "justice")) == {"ended": 1, "late": 1}
    assert both(scope(org, "chairman")) == {"ended": 1, "late": 1}
    assert both(scope(org)) == {"ended": 3, "punctual": 1, "late": 2}


def test_a_dossier_that_went_on_mid_month_counts_at_each(org):
    """Before the eleventh it was still with justice."""
    worked_on(org)
    assert both(scope(org, "justice", last=8)) == {"open": 1, "open.late": 1}
    assert both(scope(org, "chairman", last=8)) == {}
    assert both(scope(org, "justice", first=11)) == {"ended": 1, "late": 1}


def test_a_step_whose_dossier_waits_is_not_late(org):
    row = received(org, procedure=version(org))
    row = handling.forward(dossier=row, to=org.tuphap, by=org.motcua, at=at(4, 10))
    waiting.ask_supplement(dossier=row, text="Thiếu tờ khai", by=org.tuphap, at=at(5))
    assert both(scope(org, "justice")) == {"open": 1}


def test_what_was_entered_after_the_cut_off_is_not_there(org):
    row = worked_on(org)
    Dossier.objects.filter(pk=row.pk).update(entered_at=at(20))
    assert both(scope(org, on=date(2024, 3, 19))) == {}
    assert both(scope(org))["ended"] == 3


def test_one_query_for_many_periods(org, django_assert_num_queries):
    worked_on(org)
    with django_assert_num_queries(1):
        told = count(CODES, [scope(org, last=day) for day in range(4, 32)])
    assert told["steps.ended"] == [1] * 7 + [3] * 21


def test_more_scopes_than_one_statement_counts(org):
    worked_on(org)
    assert count(CODES, [scope(org)] * 60)["steps.ended"] == [3] * 60


def test_by_which_parts_measures_can_be_told(org):
    agencies = (org.commune.pk,)
    worked_on(org)
    posts = dict(parts_of("steps.ended", "post", agencies) or ())
    assert posts["justice"] == "Tư pháp–hộ tịch"
    assert parts_of("steps.ended", "procedure", agencies) is None
    (procedure,) = parts_of("dossiers.settled", "procedure", agencies) or ()
    assert procedure[0] == "1.000894"
    assert len(parts_of("dossiers.settled", "field", agencies) or ()) == 1
    assert parts_of("dossiers.rated", "field", agencies) is None


def test_a_part_that_a_family_cannot_tell_is_unknown(org):
    worked_on(org)
    told = count(["dossiers.settled", "steps.ended"], [scope(org, "justice"), scope(org)])
    assert told == {"dossiers.settled": [None, 1], "steps.ended": [1, 3]}


def test_a_row_leads_to_its_dossier(org):
    row = worked_on(org)
    assert STEPS.address(STEPS.rows("steps.late", scope(org))[0]) == f"/dossiers/{row.pk}/"
