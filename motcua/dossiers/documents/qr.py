"""The square code of a receipt: the address at which anybody sees how the dossier stands."""

from __future__ import annotations

import io
from urllib.parse import quote

import segno

_ERROR = "m"  # readable with 15 per cent of the code soiled
_MASK = 3  # any pattern can be read; trying all eight takes four times as long


def public_address(base: str, code: str) -> str:
    """Where a dossier can be followed without signing in; ``base`` has no slash at its end."""
    return f"{base}/h/" + quote(code, safe="")


def qr_svg(text: str) -> str:
    """The code as a drawing without a margin."""
    out = io.BytesIO()
    segno.make(text, error=_ERROR, micro=False, mask=_MASK).save(
        out, kind="svg", border=0, xmldecl=False
    )
    return out.getvalue().decode()


def qr_page(text: str) -> str:
    """The code as a drawing for a page, as large as its place."""
    out = io.BytesIO()
    segno.make(text, error=_ERROR, micro=False, mask=_MASK).save(
        out, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True
    )
    return out.getvalue().decode()


def qr_png(text: str) -> bytes:
    """The code as an image, eight pixels a module."""
    out = io.BytesIO()
    segno.make(text, error=_ERROR, micro=False, mask=_MASK).save(out, kind="png", border=0, scale=8)
    return out.getvalue()
