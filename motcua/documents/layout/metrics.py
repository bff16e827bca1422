"""Widths and characters of the bundled Tinos faces, read from the font files.

Tinos has the widths of Times New Roman, so what is measured here holds for the PDF, which embeds
Tinos, and for the DOCX, which asks for Times New Roman.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_FILES = {
    (False, False): "Tinos-Regular.ttf",
    (True, False): "Tinos-Bold.ttf",
    (False, True): "Tinos-Italic.ttf",
    (True, True): "Tinos-BoldItalic.ttf",
}
FONTS_DIR = files("motcua.documents").joinpath("fonts")


@dataclass(frozen=True, slots=True)
class FontMetrics:
    """One face: advance widths by character, ascent, descent and line gap, all in em."""

    widths: dict[str, float]
    ascent: float
    descent: float
    line_gap: float

    def width(self, text: str, size: float) -> float:
        """How wide the text is set at ``size`` points, in points; kerning left out."""
        space = self.widths[" "]
        return size * sum(self.widths.get(char, space) for char in text)

    @property
    def line(self) -> float:
        """The height of a line at single spacing, in em."""
        return self.ascent + self.descent + self.line_gap


@cache
def metrics(*, bold: bool = False, italic: bool = False) -> FontMetrics:
    """The metrics of one of the four faces."""
    data = FONTS_DIR.joinpath(_FILES[bold, italic]).read_bytes()
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {
        data[at : at + 4].decode("ascii"): struct.unpack_from(">I", data, at + 8)[0]
        for at in range(12, 12 + 16 * count, 16)
    }
    em = struct.unpack_from(">H", data, tables["head"] + 18)[0]
    ascent, descent, line_gap = struct.unpack_from(">hhh", data, tables["hhea"] + 4)
    full = struct.unpack_from(">H", data, tables["hhea"] + 34)[0]

    def advance(glyph: int) -> float:
        index = min(glyph, full - 1)  # the last width holds for all further glyphs
        width = struct.unpack_from(">H", data, tables["hmtx"] + 4 * index)[0]
        return float(width / em)

    glyphs = _characters(data, tables["cmap"])
    return FontMetrics(
        widths={chr(code): advance(glyph) for code, glyph in glyphs.items()},
        ascent=ascent / em,
        descent=-descent / em,
        line_gap=line_gap / em,
    )


def _characters(data: bytes, cmap: int) -> dict[int, int]:
    """Glyph by code point, from the Unicode subtable of format 4 (OpenType, cmap)."""
    count = struct.unpack_from(">H", data, cmap + 2)[0]
    records = [struct.unpack_from(">HHI", data, cmap + 4 + 8 * n) for n in range(count)]
    table = next(
        cmap + offset
        for platform, encoding, offset in records
        if (platform, encoding) == (3, 1)  # Windows, Unicode BMP
    )
    doubled = struct.unpack_from(">H", data, table + 6)[0]
    segments = doubled // 2
    ends, starts, deltas, ranges = (
        struct.unpack_from(f">{segments}{kind}", data, table + 14 + doubled * n + (2 if n else 0))
        for n, kind in enumerate("HHhH")
    )
    ranges_at = table + 16 + 3 * doubled
    glyphs: dict[int, int] = {}
    for n in range(segments):
        for code in range(starts[n], ends[n] + 1):
            glyph = code
            if ranges[n]:
                at = ranges_at + 2 * n + ranges[n] + 2 * (code - starts[n])
                glyph = struct.unpack_from(">H", data, at)[0]
            if glyph := (glyph + deltas[n]) & 0xFFFF if glyph else 0:
                glyphs[code] = glyph
    glyphs.pop(0xFFFF, None)
    return glyphs
