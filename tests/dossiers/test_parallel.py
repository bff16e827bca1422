"""Many clerks at once: each dossier its own code, none left out, on either side of midnight."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connections

from motcua.audit.queries import verify
from motcua.dossiers.actions import intake
from motcua.dossiers.models import Counter, Dossier, Slip
from motcua.org.models import Agency, Person
from motcua.procedures.models import ProcedureVersion
from tests import scenes as all_scenes
from tests.dossiers import scenes
from tests.dossiers.scenes import at

pytestmark = pytest.mark.django_db(transaction=True)
CLERKS = 50


def all_at_once(
    version: ProcedureVersion, org: SimpleNamespace, moments: Sequence[datetime]
) -> None:
    """One thread with its own connection for each intake; they begin together."""
    gate = Barrier(len(moments))

    def take_in(place: int) -> None:
        try:
            typed = scenes.typed(
                ProcedureVersion.objects.select_related("procedure").get(pk=version.pk),
                summary=f"Hồ sơ thứ {place}",
            )
            by = Person.objects.get(pk=org.motcua.pk)
            agency = Agency.objects.get(pk=org.commune.pk)
            gate.wait(60)
            intake.receive(agency=agency, intake=typed, by=by, at=moments[place])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(moments)) as clerks:
        for done in [clerks.submit(take_in, place) for place in range(len(moments))]:
            done.result()


@pytest.mark.parametrize(
    "moments",
    [
        [at(4)] * CLERKS,
        [
            at(4, 23, 59) + timedelta(seconds=59 * (n % 2 == 0) + 61 * (n % 2))
            for n in range(CLERKS)
        ],
    ],
    ids=["one morning", "over midnight"],
)
def test_codes_have_no_gap_and_no_double(moments: list[Any]) -> None:
    org = all_scenes.found_organisation()
    all_at_once(scenes.version(org), org, moments)
    codes = Dossier.objects.values_list("code", flat=True)
    assert Dossier.objects.count() == len(set(codes)) == CLERKS
    days = {f"{moment:%y%m%d}" for moment in moments}
    for day in days:
        numbers = sorted(int(code[-4:]) for code in codes if code[6:12] == day)
        assert numbers == list(range(1, CLERKS // len(days) + 1))
    receipts = Slip.objects.filter(kind="receipt").order_by("number")
    assert list(receipts.values_list("number", flat=True)) == list(range(1, CLERKS + 1))
    assert sorted(Counter.objects.filter(series="dossier").values_list("last", flat=True)) == [
        CLERKS // len(days)
    ] * len(days)
    assert verify().breaks == []
