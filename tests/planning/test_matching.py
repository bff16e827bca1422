"""Which sentence of a new text is which of the old one: a table of cases."""

import pytest

from motcua.planning.matching import Likeness, Line, Match, match

A = Line("task", "Ban hành kế hoạch rà soát văn bản quy phạm pháp luật năm 2024", "a", "2.1.1")
B = Line("task", "Niêm yết công khai thủ tục hành chính tại Bộ phận Một cửa", "b", "2.2.1")
LONG = Line(
    "task",
    "Tổ chức hội nghị đối thoại với người dân; tập huấn nghiệp vụ cho công chức một cửa",
    "b",
    "2.2.2",
)


def said(line, **changes):
    values = {"kind": line.kind, "text": line.text, "field": line.field, "code": line.code}
    return Line(**values | changes)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        pytest.param([A], [A], [Match(0, Likeness.SAME)], id="unchanged"),
        pytest.param(
            [A], [said(A, text=A.text.upper() + ".")], [Match(0, Likeness.SAME)], id="marks"
        ),
        pytest.param(
            [A],
            [said(A, text="Ban hành kế hoạch rà soát văn bản pháp luật trong quý I năm 2024")],
            [Match(0, Likeness.REWORDED)],
            id="reworded",
        ),
        pytest.param(
            [A], [said(A, field="b", code="2.2.9")], [Match(0, Likeness.MOVED)], id="moved"
        ),
        pytest.param(
            [A, B],
            [B, A],
            [Match(1, Likeness.SAME), Match(0, Likeness.SAME)],
            id="in another order",
        ),
        pytest.param(
            [LONG],
            [
                said(LONG, text="Tổ chức hội nghị đối thoại với người dân; tập huấn nghiệp vụ"),
                said(LONG, text="Tập huấn nghiệp vụ cho công chức một cửa"),
            ],
            [Match(0, Likeness.REWORDED), Match(None, Likeness.SPLIT, parted_from=0)],
            id="split",
        ),
        pytest.param(
            [A],
            [said(A, text="Lắp đặt camera tại nhà văn hóa các thôn")],
            [Match(None, Likeness.NEW)],
            id="new",
        ),
        pytest.param([A, B], [A], [Match(0, Likeness.SAME)], id="dropped"),
        pytest.param([A], [said(A, kind="duty")], [Match(None, Likeness.NEW)], id="another kind"),
        pytest.param(
            [said(A, field="b", code="9"), A], [A], [Match(1, Likeness.SAME)], id="its own place"
        ),
        pytest.param(
            [A],
            [A, A],
            [Match(0, Likeness.SAME), Match(None, Likeness.NEW)],
            id="one successor only",
        ),
        pytest.param([], [A], [Match(None, Likeness.NEW)], id="nothing before"),
        pytest.param([A], [said(A, text="…")], [Match(None, Likeness.NEW)], id="no words"),
    ],
)
def test_matches(old, new, found):
    assert match(old, new) == found
    assert match(old, new) == found


def test_many_words_alike_in_another_order_are_another_work():
    turned = said(A, text="Năm 2024 pháp luật quy phạm văn bản soát rà hoạch kế hành ban")
    assert match([A], [turned]) == [Match(None, Likeness.NEW)]
