"""Copy the front-end libraries that are committed with the product, and draw the icon sprite.

``python tools/build_assets.py NODE_MODULES`` where NODE_MODULES holds what
``npm install htmx.org@4.0.1 bootstrap-icons@1.13.1 inter-ui@4.1.1`` brings (the face itself is cut
by ``build_font.py``). Only needed when a library or the list of icons below changes; the result is
part of the repository.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "motcua" / "ui" / "static" / "ui" / "vendor"

ICONS = """
archive arrow-counterclockwise arrow-left arrow-right arrow-repeat arrows-angle-contract
arrows-angle-expand bank bar-chart-line bell box-arrow-right box-arrow-up-right building bullseye
calendar-event calendar3 cash-coin chat-left-text check-circle check-circle-fill check-lg
check2-square chevron-down chevron-left chevron-right chevron-up circle circle-half clipboard-check
clipboard-data clock clock-fill clock-history dash diagram-3 download envelope exclamation-circle
exclamation-triangle exclamation-triangle-fill eye file-earmark-arrow-up file-earmark-check
file-earmark-pdf file-earmark-text file-earmark-word flag funnel gear globe hand-thumbs-up
hourglass-split house inbox info-circle journal-text kanban key keyboard link-45deg list
list-check list-task list-ul lock megaphone moon-stars paperclip pause-fill pencil people person
person-check person-plus play-fill plus-lg printer question-circle reply scissors search send
shield-check slash-circle sliders speedometer2 star sun table three-dots translate trash
trophy union upload x x-lg
""".split()  # noqa: SIM905  # a list literal of a hundred names would fill the page


def sprite(icons: Path) -> str:
    """One SVG with a symbol for each icon."""
    symbols = []
    for name in sorted(ICONS):
        text = (icons / f"{name}.svg").read_text(encoding="utf-8")
        inner = re.search(r"<svg[^>]*>(.*)</svg>", text, re.DOTALL)
        if inner is None:
            raise ValueError(f"{name}: not an SVG file")
        body = re.sub(r"\s*\n\s*", "", inner[1])
        symbols.append(f'<symbol id="{name}" viewBox="0 0 16 16">{body}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def main(modules: Path) -> None:
    """Write the vendored files."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    (VENDOR / "icons.svg").write_text(sprite(modules / "bootstrap-icons" / "icons"), "utf-8")
    htmx = (modules / "htmx.org" / "dist" / "htmx.min.js").read_text("utf-8")
    # The source map is not shipped: a pointer to it would only make browsers ask.
    htmx = re.sub(r"\n?//# sourceMappingURL=.*", "", htmx)
    (VENDOR / "htmx.min.js").write_text(htmx, "utf-8")
    licences = [
        "# Licences of the libraries in this folder\n",
        "## htmx 4.0.1 (`htmx.min.js`)\n",
        (modules / "htmx.org" / "LICENSE").read_text("utf-8"),
        "## Bootstrap Icons 1.13.1 (`icons.svg`, those in use)\n",
        (modules / "bootstrap-icons" / "LICENSE").read_text("utf-8"),
        "## Inter 4.1 (`inter-vietnamese.woff2`, cut to Latin and Vietnamese letters)\n",
        (modules / "inter-ui" / "LICENSE.txt").read_text("utf-8"),
    ]
    (VENDOR / "LICENSES.md").write_text("\n".join(licences), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
