"""A slip as PDF."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from motcua.core.text import date_long
from motcua.documents.layout import measures as m
from motcua.documents.layout import wording as w
from motcua.documents.layout.pdf import Standard, blocks_as_data, scaled, shown, typeset
from motcua.dossiers.documents import words
from motcua.dossiers.documents.page import SlipPage
from motcua.dossiers.documents.qr import qr_svg

PaperSize = Literal["a4", "a5"]
#: Narrower margins than a letter's: a form is filled to its edges. Millimetres; gap in points.
MARGINS: Final = {"top": 15.0, "bottom": 15.0, "left": 20.0, "right": 15.0, "gap": 1.5}
#: Archivable (ISO 19005-2). Tagged as well, but not declared accessible: typst 0.15 refuses to
#: declare it for some tables that go over a page's end, and a slip must always print.
STANDARDS: Final[tuple[Standard, ...]] = ("a-2b",)
QR: Final = 26.0  # millimetres: read by any telephone at arm's length
SIGN_SPACE: Final = 20.0


@cache
def _template() -> bytes:
    return files("motcua.dossiers.documents").joinpath("slip.typ").read_bytes()


#: Half the paper: letters and boxes at seven tenths of their size, as if A4 were copied smaller,
#: and margins as narrow as printers can.
A5: Final = {"width": 148.0, "height": 210.0, "left": 12.0, "right": 8.0, "top": 8.0, "bottom": 8.0}
A5_SCALE: Final = 0.7


def text_width(page: SlipPage) -> float:
    """The width between the margins of A4, in millimetres."""
    return (m.HEIGHT if page.landscape else m.WIDTH) - MARGINS["left"] - MARGINS["right"]


def slip_pdf(page: SlipPage, size: PaperSize = "a4") -> bytes:
    """The slip as PDF/A-2b; the same slip gives the same bytes. Landscape is always A4."""
    width, height = (m.HEIGHT, m.WIDTH) if page.landscape else (m.WIDTH, m.HEIGHT)
    measures = {**MARGINS, "width": width, "height": height, "qr": QR, "sign_space": SIGN_SPACE}
    if size == "a4" or page.landscape:
        return typeset(
            _template(), _content(page, text_width(page)), page.day, STANDARDS, **measures
        )
    measures = {**scaled(A5_SCALE), **A5, **{name: measures[name] * A5_SCALE for name in _SPACES}}
    content = _content(page, (A5["width"] - A5["left"] - A5["right"]) / A5_SCALE)
    return typeset(_template(), content, page.day, STANDARDS, **measures)


_SPACES: Final = ("gap", "qr", "sign_space")


def _content(page: SlipPage, width: float) -> dict[str, Any]:
    """What the template is filled with; words longer than ``width`` (in millimetres of A4's
    letters) may be broken."""
    return {
        "title": shown(f"{page.title} {page.subtitle}".strip()),
        "author": shown(page.agency),
        "form": shown(words.form(page)),
        "agency": shown(w.caps(page.agency)),
        "desk": shown(w.caps(page.desk)),
        "nation": m.NATION,
        "motto": m.MOTTO,
        "number": shown(page.number),
        "place_date": shown(f"{page.place}, {date_long(page.day)}"),
        "kind": shown(page.title),
        "subtitle": shown(page.subtitle),
        "qr": qr_svg(page.qr) if page.qr else "",
        "qr_words": words.QR,
        "cancelled": shown(words.cancelled(page)),
        "cancelled_mark": words.CANCELLED,
        "body": blocks_as_data(page.blocks, width, face="slip"),
        "signatures": [
            {"role": shown(w.caps(sign.role)), "name": shown(w.clean(sign.name))}
            for sign in page.signatures
        ],
        "sign_words": words.SIGN,
        "recipients_title": m.RECIPIENTS_TITLE,
        "recipients": [shown(line) for line in w.punctuate(page.recipients)],
    }
