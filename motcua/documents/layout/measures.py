"""The measures of an official document, as data with the range that the law allows.

Source of every row: Decree 30/2020/ND-CP, Annex I, parts I (page, fonts), II (main parts), III
(other parts) and IV (diagram of the boxes). Sizes are points, lengths millimetres.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MM: Final = 72 / 25.4  # points in a millimetre


@dataclass(frozen=True, slots=True)
class Face:
    """How a part is set: the size we use, within the sizes allowed."""

    box: str
    smallest: float
    largest: float
    size: float
    bold: bool = False
    italic: bool = False
    upper: bool = False

    def __post_init__(self) -> None:
        if not self.smallest <= self.size <= self.largest:
            raise ValueError(f"box {self.box}: {self.size} pt is outside the law's range")


#: Every part of the page by its box in the law's diagram.
FACES: Final = {
    "nation": Face("1", 12, 13, 13, bold=True, upper=True),
    "motto": Face("1", 13, 14, 14, bold=True),
    "parent_agency": Face("2", 12, 13, 13, upper=True),
    "agency": Face("2", 12, 13, 13, bold=True, upper=True),
    "number": Face("3", 13, 13, 13),
    "place_date": Face("4", 13, 14, 14, italic=True),
    "kind": Face("5a", 13, 14, 14, bold=True, upper=True),
    "summary": Face("5a", 13, 14, 14, bold=True),
    "subject": Face("5b", 12, 13, 13),
    "body": Face("6", 13, 14, 14),
    "grounds": Face("6", 13, 14, 14, italic=True),
    "part": Face("6", 13, 14, 14, bold=True),
    "heading_1": Face("6", 13, 14, 14, bold=True),
    "heading_2": Face("6", 13, 14, 14, bold=True),
    "heading_3": Face("6", 13, 14, 14, bold=True, italic=True),
    "heading_4": Face("6", 13, 14, 14, italic=True),
    "authority": Face("7a", 13, 14, 14, bold=True, upper=True),
    "signatory": Face("7b", 13, 14, 14, bold=True),
    "addressees": Face("9a", 13, 14, 14),
    "recipients_title": Face("9b", 12, 12, 12, bold=True, italic=True),
    "recipients": Face("9b", 11, 11, 11),
    "annex_number": Face("annex", 14, 14, 14, bold=True),
    "annex_title": Face("annex", 13, 14, 14, bold=True, upper=True),
    "annex_reference": Face("annex", 13, 14, 14, italic=True),
    "page_number": Face("page", 13, 14, 14),
    # the law is silent on tables; these follow common practice
    "urgency": Face("10b", 13, 14, 13, bold=True, upper=True),
    "replaces": Face("-", 13, 14, 13, italic=True),
    "draft": Face("-", 11, 14, 13, bold=True, upper=True),
    "form": Face("-", 11, 14, 11, italic=True),
    "slip": Face("-", 11, 14, 12),
    "table_title": Face("-", 11, 14, 13, bold=True),
    "table_head": Face("-", 11, 14, 12, bold=True),
    "table": Face("-", 11, 14, 12),
    "table_note": Face("-", 11, 14, 12, italic=True),
}

NATION: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS_TITLE: Final = "Nơi nhận:"
ADDRESSEES_TITLE: Final = "Kính gửi:"
NUMBER_TITLE: Final = "Số:"
SUBJECT_TITLE: Final = "V/v"
DRAFT_MARK: Final = "Dự thảo"
#: Boxes of urgency: the word and the length of its frame in millimetres.
URGENCY_LENGTHS: Final = {"KHẨN": 20, "THƯỢNG KHẨN": 40, "HỎA TỐC": 30}

WIDTH: Final = 210.0  # A4 (part I.1)
HEIGHT: Final = 297.0
TOP: Final = 20.0  # margins (part I.3): top and bottom 20-25, left 30-35, right 15-20
BOTTOM: Final = 20.0
LEFT: Final = 30.0
RIGHT: Final = 15.0
TEXT_WIDTH: Final = WIDTH - LEFT - RIGHT

HEAD_LEFT: Final = 65.0  # column of boxes 2 and 3; the rest is the column of boxes 1 and 4
SIGN_LEFT: Final = 80.0  # column of box 9b; the rest is the column of box 7
SIGN_SPACE: Final = 27.0  # between title and name, for signature and seal


def text_width(*, landscape: bool) -> float:
    """The width between the margins."""
    return (HEIGHT if landscape else WIDTH) - LEFT - RIGHT


FIRST_LINE: Final = 12.7  # first-line indent 10 or 12.7 mm (part II.6)
PARAGRAPH_GAP: Final = 6.0  # points between paragraphs, at least 6
LINE_SPACING: Final = 1.1  # times single spacing, from 1 to 1.5
RULE: Final = 0.75  # thickness of the separating lines, points
RULE_SHARE: Final = 0.4  # of the line above: one third to one half
TABLE_RULE: Final = 0.5
CELL_X: Final = 1.6  # padding of table cells
CELL_Y: Final = 1.0
