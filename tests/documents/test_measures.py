from __future__ import annotations

import pytest

from motcua.documents.layout import measures as m
from motcua.documents.layout.metrics import metrics


def test_a_face_outside_the_laws_range_is_refused():
    with pytest.raises(ValueError, match="outside the law's range"):
        m.Face("6", 13, 14, 15)


def test_the_page_is_within_the_law():
    assert (m.WIDTH, m.HEIGHT) == (210, 297)
    assert 20 <= m.TOP <= 25
    assert 20 <= m.BOTTOM <= 25
    assert 30 <= m.LEFT <= 35
    assert 15 <= m.RIGHT <= 20
    assert m.FIRST_LINE in (10, 12.7)
    assert m.PARAGRAPH_GAP >= 6
    assert 1 <= m.LINE_SPACING <= 1.5
    assert 1 / 3 <= m.RULE_SHARE <= 1 / 2


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("italic", [False, True])
def test_every_face_knows_every_vietnamese_letter(bold, italic):
    letters = (
        "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
    )
    widths = metrics(bold=bold, italic=italic).widths
    assert not set(letters + letters.upper() + "–“”…%°≥≤□\u00a0") - set(widths)


def test_widths_are_those_of_times_new_roman():
    # advance widths of Times New Roman in 1/2048 em: space 512, A 1479, m 1593
    face = metrics()
    assert face.width(" ", 2048) == 512
    assert face.width("A", 2048) == 1479
    assert face.width("m", 2048) == 1593
    assert face.line == pytest.approx(1.149, abs=0.001)


def test_the_nations_name_fits_its_column_in_one_line():
    width = metrics(bold=True).width(m.NATION, m.FACES["nation"].size)
    assert width < (m.TEXT_WIDTH - m.HEAD_LEFT) * m.MM
