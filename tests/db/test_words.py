"""Words of a folded column: the index and the reading of rows agree, on both databases."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import connection

from motcua.core.text import fold
from motcua.db import words
from motcua.planning.models import Task

#: Text and the words that find it.
TEXTS = {
    "rà soát thủ tục hành chính": {"ra soat", "ra so", "thu tuc ra", "r", "hanh chinh"},
    "Nghị định 62/2020/NĐ-CP": {"62", "2020 nd", "nd-cp", "62/2020"},
    "báo cáo quý 1": {"bao cao quy 1", "1"},
    "khảo sát": {"khao", "khao sat"},
}
ASKED = sorted(
    set().union(*TEXTS.values()) | {"soat thu xa", "oat", "khao soat", "ra soa thu", "kha sat"}
)


@pytest.fixture
def texts(running: SimpleNamespace) -> None:
    """One task for each text."""
    task = next(iter(running.tasks.values()))
    Task.objects.update(folded="")
    for text in TEXTS:
        task.pk, task.lineage, task.folded = None, None, fold(text)
        task.save(force_insert=True)


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("common", [-1, 100])
@pytest.mark.parametrize("rare", [0, 100])
def test_words_by_index_and_by_reading(
    texts: None, monkeypatch: pytest.MonkeyPatch, asked: str, rare: int, common: int
) -> None:
    monkeypatch.setitem(words.RARE, connection.vendor, rare)
    monkeypatch.setitem(words.COMMON, connection.vendor, common)
    found = words.with_words(Task.objects.all(), "folded", asked)
    expected = {fold(text) for text, finds in TEXTS.items() if asked in finds}
    assert set(found.values_list("folded", flat=True)) == expected


def test_nothing_but_signs_finds_nothing(texts: None) -> None:
    assert not words.with_words(Task.objects.all(), "folded", "-- ?").exists()


def test_the_index_follows_changes(texts: None) -> None:
    indexed = Task.objects.filter(folded__words="khao")
    assert indexed.count() == 1
    indexed.update(folded="dieu tra")
    assert indexed.count() == 0
    assert Task.objects.filter(folded__words="dieu").count() == 1
    Task.objects.filter(folded__words="dieu").delete()
    assert Task.objects.filter(folded__words="dieu").count() == 0


def test_sqlite_keeps_its_triggers(db: None) -> None:
    """A later migration that remakes the table must make them again."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps an index of its own")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        names = {name for (name,) in cursor.fetchall()}
    kept = {f"planning_task_folded_words_{what}" for what in ("put", "take", "change")}
    assert kept <= names


def test_codes_find_their_task(running: SimpleNamespace) -> None:
    code, task = next(iter(running.tasks.items()))
    assert list(Task.objects.matching(f" {code} ")) == [task]
    assert Task.objects.matching(task.text[:12]).filter(pk=task.pk).exists()


def test_open_and_pressing_agree_with_the_rules(running: SimpleNamespace) -> None:
    last = date(2024, 12, 31)
    pressing = Task.objects.pressing(date(2024, 3, 1), last)
    either = Task.objects.late(date(2024, 3, 1)) | Task.objects.open().filter(
        order_on__gte=date(2024, 3, 1), order_on__lte=last
    )
    assert set(pressing) == set(either)
    assert pressing.exists()
