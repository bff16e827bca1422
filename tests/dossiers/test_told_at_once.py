"""One record of another system told for the first time by two programs at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections

from motcua.audit.models import Entry
from motcua.audit.queries import verify
from motcua.dossiers.actions import outside
from motcua.dossiers.actions.intake import ApplicantData
from motcua.dossiers.actions.outside import Mirrored, OutsideData
from motcua.dossiers.models import Applicant, Dossier
from motcua.org.models import Agency, Person
from tests import scenes as all_scenes
from tests.dossiers import scenes
from tests.dossiers.scenes import at

SAID = OutsideData(
    procedure=scenes.MARRIAGE,
    applicant=ApplicantData("Lê Thị Na"),
    national=4,
    submitted_at=at(4),
    received_at=at(4),
)


def tell(org: SimpleNamespace) -> Mirrored:
    by = Person.objects.get(pk=org.ketnoi.pk)
    agency = Agency.objects.get(pk=org.commune.pk)
    told = outside.mirror(agency=agency, owner="Cổng", code="G1", said=SAID, by=by, at=at(5))
    return told[1]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_record(monkeypatch: pytest.MonkeyPatch) -> None:
    org = all_scenes.found_organisation()
    scenes.version(org)
    gate, known = Barrier(2), outside._known

    def both_look_first(*asked: Any) -> Dossier | None:
        found = known(*asked)
        if found is None and connection.vendor == "postgresql":  # SQLite lets one in at a time
            gate.wait(30)
        return found

    monkeypatch.setattr(outside, "_known", both_look_first)

    def one() -> Mirrored:
        try:
            return tell(org)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as programs:
        done = [programs.submit(one) for _n in range(2)]
        assert {each.result() for each in done} == {Mirrored.NEW, Mirrored.SAME}
    assert Dossier.objects.count() == Applicant.objects.count() == 1
    assert Entry.objects.filter(action="dossiers.mirror").count() == 1
    assert verify().breaks == []


def test_who_comes_second_reads_what_the_first_wrote(
    org: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same on either engine: the first look finds nothing, the constraint does."""
    scenes.version(org)
    assert tell(org) is Mirrored.NEW
    known, looks = outside._known, iter([True, False])
    monkeypatch.setattr(outside, "_known", lambda *a: None if next(looks) else known(*a))
    assert tell(org) is Mirrored.SAME
    assert Dossier.objects.count() == Applicant.objects.count() == 1


def test_what_is_no_second_telling_is_not_swallowed(
    org: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenes.version(org)
    tell(org)
    monkeypatch.setattr(outside, "_known", lambda *_a: None)
    with pytest.raises(IntegrityError):
        tell(org)
