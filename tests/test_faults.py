"""A fault at any statement of an action leaves everything as it was; without one all is there."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from django.db import OperationalError, connection

from motcua.audit.models import Entry
from motcua.audit.queries import verify
from motcua.dossiers.actions import handling, intake
from motcua.dossiers.models import Dossier
from motcua.planning import actions as planning
from motcua.planning.models import Extension, PlanVersion, Task
from motcua.reports.actions import approve_report, draft_report
from motcua.reports.models import Report
from tests import scenes
from tests.dossiers import scenes as dossiers
from tests.reports import scenes as reports

pytestmark = pytest.mark.django_db
AT = datetime(2024, 3, 1, 9, 0, tzinfo=scenes.ZONE)


def importing(org):
    read = scenes.read_text(scenes.SMALL_PLAN)
    return lambda: planning.import_plan(agency=org.commune, read=read, by=org.vanphong, at=AT)


def amending(org):
    plan = scenes.run_plan(org).plan
    return lambda: planning.amend_plan(plan=plan, reason="Theo huyện", by=org.vanphong, at=AT)


def approving(org):
    key = scenes.submitted_plan(org).pk
    return lambda: planning.approve_plan(
        version=PlanVersion.objects.get(pk=key), by=org.chutich, at=AT
    )


def handing_in(org):
    key = scenes.run_plan(org).tasks["2.1.1"].pk
    file = planning.Upload("ke-hoach.txt", "Kế hoạch rà soát".encode())
    return lambda: planning.submit_task(
        task=Task.objects.get(pk=key), text="Xong", files=[file], by=org.tuphap, at=AT
    )


def accepting(org):
    task = scenes.run_plan(org).tasks["2.1.1"]
    planning.submit_task(task=task, text="Xong", by=org.tuphap, at=AT)
    later = AT + timedelta(hours=1)
    return lambda: planning.accept_task(task=Task.objects.get(pk=task.pk), by=org.chutich, at=later)


def extending(org):
    asked = planning.ask_extension(
        task=scenes.run_plan(org).tasks["2.1.1"],
        new_due_on=date(2024, 4, 15),
        reason="Chờ hướng dẫn",
        by=org.tuphap,
        at=AT,
    )
    return lambda: planning.decide_extension(
        extension=Extension.objects.get(pk=asked.pk), grant=True, by=org.chutich, at=AT
    )


def reporting(org):
    scenes.run_plan(org)
    return lambda: draft_report(
        agency=org.commune, period="2024-Q1", by=org.vanphong, at=reports.CUT
    )


def signing_a_report(org):
    scenes.run_plan(org)
    key, at = reports.submitted(org).pk, reports.CUT + timedelta(hours=2)
    return lambda: approve_report(
        report=Report.objects.get(pk=key), number="05/BC-UBND", by=org.chutich, at=at
    )


def receiving(org):
    typed = dossiers.typed(dossiers.version(org))
    return lambda: intake.receive(
        agency=org.commune, intake=typed, by=org.motcua, at=dossiers.MONDAY
    )


def signing_a_result(org):
    key = dossiers.signing(org).pk
    return lambda: handling.sign(
        dossier=Dossier.objects.get(pk=key), number="12", by=org.chutich, at=dossiers.at(7)
    )


ACTIONS = [importing, amending, approving, handing_in, accepting, extending, reporting]
ACTIONS += [signing_a_report, receiving, signing_a_result]


def picture():
    """All rows of all tables."""
    kept = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 # names from the database itself
            rows = sorted(map(repr, cursor.fetchall()))
            kept[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return kept


@contextmanager
def fault_at(place):
    """The statement at ``place`` fails; tells whether it came to that."""
    seen = count(1)
    struck = []

    def wrapper(execute, sql, params, many, context):
        if next(seen) == place:
            struck.append(sql)
            raise OperationalError("disk I/O error")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield struck


@pytest.mark.parametrize("scene", ACTIONS, ids=lambda scene: scene.__name__)
def test_a_fault_at_any_statement_leaves_nothing_half_written(org, scene):
    attempt = scene(org)
    before, entries = picture(), Entry.objects.count()
    for place in count(1):
        with fault_at(place) as struck:
            try:
                attempt()
            except OperationalError:
                assert struck
        if not struck:
            break
        assert changed(before) == [], struck
    assert place > 10  # the fault has struck often
    assert Entry.objects.count() > entries
    assert verify().breaks == []


def changed(before):
    """Tables that are not as they were."""
    return [table for table, rows in picture().items() if rows != before[table]]
