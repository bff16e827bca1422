"""The trace in words. That every recorded action has them, each test holds (``conftest.py``)."""

import pytest

from motcua.audit.words import action_choices, action_word, has_words


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("org.delegate", "Ủy quyền"),
        ("files.attach", "Đính kèm tệp"),
        ("planning.submit_task", "Báo hoàn thành"),
        ("planning.comment_task", "Ý kiến"),
        ("reports.save_section", "Sửa mục của báo cáo"),
        ("elsewhere.forgotten", "elsewhere.forgotten"),
    ],
)
def test_an_action_in_words(action, words):
    assert action_word(action) == words
    assert has_words(action) == (words != action)


def test_the_choices_stand_in_the_order_of_their_words():
    words = [word for _name, word in action_choices()]
    assert words == sorted(words)
    assert "Ủy quyền" in words
