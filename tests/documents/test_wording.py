from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pytest

from motcua.documents.layout import Align, Cell, Column, Items, Paragraph, Run, Table
from motcua.documents.layout import wording as w

from .sample import ANNEX, LETTER, REPORT


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        (unicodedata.normalize("NFD", "Kế hoạch"), "Kế hoạch"),
        ("a\x00b\u202ec\u200b\ufeff", "abc"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb", "a b"),
        ("\ud800x\ue000", "x"),
    ],
)
def test_clean(raw, cleaned):
    assert w.clean(raw) == cleaned


def test_runs_drop_what_is_empty():
    assert w.runs(["a", Run(""), Run("b\x00", bold=True)]) == [Run("a"), Run("b", bold=True)]
    assert w.runs(Run("a", italic=True)) == [Run("a", italic=True)]
    assert w.runs("") == []


def test_lists_end_as_the_law_wants():
    assert w.punctuate(["UBND huyện (b/c)", "HĐND;", "Lưu: VT."]) == [
        "UBND huyện (b/c);",
        "HĐND;",
        "Lưu: VT.",
    ]
    assert w.punctuate([]) == []


def test_head_of_a_signed_document():
    assert w.number_line(REPORT) == "Số: 05/BC-UBND"
    assert w.place_and_date(REPORT) == "Hoằng Đông, ngày 16 tháng 9 năm 2024"
    assert w.title(REPORT) == "BÁO CÁO Kết quả công tác cải cách hành chính 9 tháng năm 2024"
    assert w.addressees(REPORT) == ["Ủy ban nhân dân huyện Hoằng Hóa"]


def test_head_of_a_draft_leaves_room():
    room = w.NBSP * 6
    assert w.number_line(LETTER) == f"Số: {room}/SNV-CCHC"
    assert w.place_and_date(LETTER) == f"Thanh Hóa, ngày{room}tháng{room}năm 2024"
    assert w.subject(LETTER).startswith("V/v đôn đốc")
    assert w.addressees(LETTER)[-1] == "Trung tâm Phục vụ hành chính công tỉnh."


def test_an_annex_says_what_it_belongs_to():
    assert w.annex_name(ANNEX) == "Phụ lục I"
    assert w.annex_name(replace(ANNEX, number="")) == "Phụ lục"
    document = replace(REPORT, day=date(2024, 2, 5))
    assert w.annex_reference(document) == (
        "(Kèm theo Báo cáo số 05/BC-UBND ngày 05 tháng 02 năm 2024 "
        "của Ủy ban nhân dân xã Hoằng Đông)"
    )
    assert w.annex_reference(LETTER).startswith("(Kèm theo Công văn số")


def test_lists_become_paragraphs_with_their_marks():
    items = Items(["một", Items(["hai", Items(["ba"], mark="*")]), [Run("bốn", bold=True)]])
    texts = ["".join(run.text for run in w.runs(p.text)) for p in w.flatten([items])]
    assert texts == ["- một", "+ hai", "* ba", "- bốn"]
    assert w.flatten([Paragraph("x")]) == [Paragraph("x")]


COLUMNS = [Column("A"), Column("B", align=Align.RIGHT), Column("C", align=Align.CENTER)]


def test_cells_are_aligned_by_the_column_in_which_they_begin():
    table = Table(COLUMNS, [["a", Cell("b", rows=2, columns=1), "c"], ["d", "e"]])
    assert [(place.row, place.column, place.align) for place in w.body_of(table)] == [
        (0, 0, Align.LEFT),
        (0, 1, Align.RIGHT),
        (0, 2, Align.CENTER),
        (1, 0, Align.LEFT),
        (1, 2, Align.CENTER),
    ]


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        (["a", "b"], "too few"),
        (["a", "b", "c", "d"], "too many"),
        ([Cell("a", columns=4)], "too many"),
        (["a", Cell("b", rows=2), "c"], "hangs below"),
    ],
)
def test_a_row_fills_its_table(row, complaint):
    with pytest.raises(ValueError, match=complaint):
        w.body_of(Table(COLUMNS, [row]))


def test_the_head_is_bold_and_may_have_several_rows():
    simple = Table(COLUMNS, [])
    assert [place.cell.text for place in w.head_of(simple)] == ["A", "B", "C"]
    assert w.head_rows(simple) == 1
    double = Table(COLUMNS, [], head=[[Cell("x", columns=3)], ["a", "b", "c"]])
    assert [place.cell.bold for place in w.head_of(double)] == [True] * 4
    assert w.head_rows(double) == 2


@pytest.mark.parametrize(
    ("rows", "together"),
    [
        ([["a", "b", "c"]] * 10, True),
        ([["a", "b", "c"]] * 11, False),
        ([["a" * 1501, "", ""]], False),
    ],
)
def test_short_tables_keep_together(rows, together):
    assert w.keeps_together(Table(COLUMNS, rows)) is together
