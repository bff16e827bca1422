from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.ui import elements

TODAY = date(2024, 9, 30)


@pytest.mark.parametrize(
    ("days", "done_after", "state", "phrase"),
    [
        (-3, None, "late", "trễ 3 ngày"),
        (0, None, "soon", "hạn hôm nay"),
        (5, None, "soon", "còn 5 ngày"),
        (6, None, "in_time", "còn 6 ngày"),
        (-9, 0, "done", "xong đúng hạn"),
        (-9, 2, "done_late", "xong, trễ 2 ngày"),
    ],
)
def test_days_left(days, done_after, state, phrase):
    due = TODAY + timedelta(days=days)
    done = None if done_after is None else due + timedelta(days=done_after)
    left = elements.days_left(due, TODAY, done=done)
    assert (left.state, left.phrase, left.due) == (state, phrase, due)


def test_no_deadline():
    assert elements.days_left(None, TODAY).state == "none"


def test_word_diff_marks_words():
    changes = elements.word_diff("đạt 95% hồ sơ", "đạt trên 98% hồ sơ điện tử")
    marked = [(c.kind, c.text) for c in changes if c.kind != "same"]
    assert ("deleted", "95%") in marked
    assert any(kind == "inserted" and "98%" in text for kind, text in marked)


@given(st.text(), st.text())
def test_word_diff_keeps_both_texts(before, after):
    changes = elements.word_diff(before, after)
    assert "".join(c.text for c in changes if c.kind != "inserted") == before
    assert "".join(c.text for c in changes if c.kind != "deleted") == after


def test_month_is_whole_weeks_from_monday():
    entry = elements.Entry("Báo cáo", tone="soon")
    month = elements.month(
        date(2024, 9, 17), {TODAY: [entry]}, today=TODAY, days_off={date(2024, 9, 2): "Quốc khánh"}
    )
    days = [day for week in month.weeks for day in week]
    assert (days[0].date, days[-1].date) == (date(2024, 8, 26), date(2024, 10, 6))
    assert [day.date for day in days if day.is_today] == [TODAY]
    assert [day.entries for day in days if day.entries] == [[entry]]
    assert [day.note for day in days if day.note] == ["Quốc khánh"]
    assert sum(day.in_month for day in days) == 30


@pytest.mark.parametrize(
    ("size", "words"),
    [(None, ""), (0, "1 KB"), (348_160, "340 KB"), (1_258_291, "1,2 MB")],
)
def test_file_size(size, words):
    assert elements.file_size(size) == words
