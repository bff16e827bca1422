"""Cut the screen face to what the product writes: Latin letters with every Vietnamese mark.

``python tools/build_font.py InterVariable.woff2`` (npm ``inter-ui`` 4.1.1) in an environment with
``fonttools`` and ``brotli``. 29 KB instead of 350: weights 400–700, tabular figures, kerning. Only
needed when the face changes; the result is part of the repository.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

TARGET = (
    Path(__file__).resolve().parent.parent / "motcua/ui/static/ui/vendor/inter-vietnamese.woff2"
)

#: ASCII, Latin-1, the Vietnamese letters, typographic marks, đồng, arrows, signs of comparison.
CHARACTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *(0x102, 0x103, 0x110, 0x111, 0x128, 0x129, 0x168, 0x169, 0x1A0, 0x1A1, 0x1AF, 0x1B0),
    *range(0x1EA0, 0x1EFA),
    *(0x300, 0x301, 0x303, 0x309, 0x323),
    *(0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x20AB, 0x2190, 0x2191),
    *(0x2192, 0x2193, 0x2212, 0x2264, 0x2265, 0x2713),
)


def main(source: Path) -> None:
    """Write the cut face."""
    font = TTFont(source)
    options = subset.Options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "tnum", "locl"]
    options.name_IDs = [0, 1, 2, 13, 14]  # copyright and licence stay in the file
    options.hinting = False
    cut = subset.Subsetter(options)
    cut.populate(unicodes=CHARACTERS)
    cut.subset(font)
    plain = io.BytesIO()
    font.flavor = None
    font.save(plain)
    plain.seek(0)
    font = instancer.instantiateVariableFont(TTFont(plain), {"opsz": 14, "wght": (400, 400, 700)})
    font.flavor = "woff2"
    font.save(TARGET)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
