"""Every page: accessible in both schemes at both widths, quiet, narrow, in two languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.e2e.conftest import import_plan
from tests.ui.browser import HEIGHTS

pytestmark = pytest.mark.e2e

#: Page: who opens it, where it is, and the link on it that leads to the page meant.
PAGES = {
    "log-in": (None, "/account/login/", None),
    "today": ("chutich", "/today/", None),
    "work": ("tuphap", "/work/", None),
    "tasks": ("vanphong", "/tasks/", None),
    "board": ("vanphong", "/tasks/board/", None),
    "calendar": ("vanphong", "/tasks/calendar/", None),
    "task": ("tuphap", "/work/", r"/tasks/\d+/$"),
    "plans": ("vanphong", "/plans/", None),
    "plan": ("vanphong", "/plans/", r"/plans/\d+/$"),
    "draft": ("hoangngoc", "/plans/import/", None),
    "import": ("vanphong", "/plans/import/", None),
    "targets": ("vanphong", "/targets/", None),
    "indicators": ("vanphong", "/indicators/", None),
    "indicator": ("vanphong", "/indicators/on_time/", None),
    "index": ("chutich", "/indicators/index-766/", None),
    "forecast": ("motcua", "/indicators/on_time/forecast/?on=2024-08-30", None),
    "what-if": ("motcua", "/indicators/on_time/forecast/?by=2024-10-02&dossier=1", None),
    "not-foreseen": ("vanphong", "/indicators/mean_time/forecast/", None),
    "foreseen": ("chutich", "/today/foreseen/", None),
    "desk-board": ("motcua", "/dossiers/desk/", None),
    "rows": ("vanphong", "/indicators/rows/dossiers.open/", None),
    "steering": ("vanphong", "/steering/", None),
    "dossiers": ("motcua", "/dossiers/?stage=all", None),
    "choose": ("motcua", "/dossiers/new/?q=khai+sinh", None),
    "intake": ("motcua", "/dossiers/new/1.001193/", None),
    "dossier": ("motcua", "/dossiers/?stage=all", r"/dossiers/\d+/$"),
    "register": ("motcua", "/dossiers/register/?start=01/03/2024&end=31/03/2024", None),
    "fees": ("motcua", "/dossiers/fees/?start=01/03/2024&end=31/03/2024", None),
    "guidance": ("motcua", "/dossiers/guidance/?start=01/03/2024&end=31/03/2024", None),
    "outside": ("ketnoi", "/dossiers/outside/", None),
    "kiosk": ("motcua", "/dossiers/queue/", r"/dossiers/kiosk/"),
    "queue": ("motcua", "/dossiers/queue/", None),
    "hall": (None, "/dossiers/hall/15997/", None),
    "roots": (None, "/verify/", None),
    "procedures": ("vanphong", "/procedures/", None),
    "procedure": ("vanphong", "/procedures/2.000815/", None),
    "procedure-draft": ("vanphong", "/procedures/1.001193/new/", None),
    "procedures-import": ("vanphong", "/procedures/import/", None),
    "internal": ("vanphong", "/procedures/internal/", None),
    "review-plan": ("vanphong", "/procedures/reviews/", r"/reviews/plans/\d+/$"),
    "assess": ("vanphong", "/procedures/reviews/3/assess/", None),
    "reports": ("vanphong", "/reports/", None),
    "report": ("vanphong", "/reports/", r"/reports/\d+/$"),
    "organisation": ("quantri", "/org/", None),
    "me": ("vanphong", "/org/me/", None),
    "trace": ("quantri", "/org/trace/", None),
    "search": ("vanphong", "/search/?q=minh+bach", None),
}
VIETNAMESE = re.compile("[ăđĩũơưà-ỹ]")
OUTPUT = Path(__file__).parent.parent / "output" / "e2e"
COLUMNS, CELL = 5, (420, 300)


@pytest.fixture(scope="module")
def addresses(desk):
    """The path of every page; the draft is read for a year that no journey uses."""
    found = {}
    for name, (who, path, link) in PAGES.items():
        found[name] = path
        if name != "draft" and not link:
            continue
        with desk(path, who) as seen:
            page = seen.page
            if name == "draft":
                import_plan(page, year="2025")
                page.get_by_role("button", name="Lưu thành bản dự thảo").click()
                page.wait_for_url(re.compile(r"/versions/1/"))
                found[name] = page.url.removeprefix(desk.server).partition("#")[0]
            else:
                links = page.locator("main a").evaluate_all(
                    "all => all.map((a) => a.getAttribute('href'))"
                )
                found[name] = next(href for href in links if href and re.search(link, href))
    return found


@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_quiet_and_narrow(desk, addresses, name):
    with desk(addresses[name], PAGES[name][0]) as seen:
        page = seen.page
        OUTPUT.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=OUTPUT / f"{name}.png")
        for width in (1366, 390):
            page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                assert (width, scheme, seen.violations()) == (width, scheme, [])
        page.set_viewport_size({"width": 320, "height": HEIGHTS[320]})
        assert seen.overflow() == 0
        assert seen.complaints == []


def test_pages_speak_english_to_who_prefers_it(desk, addresses):
    for who in {person for person, _, _ in PAGES.values()}:
        with desk("/readyz", who, locale="en-GB", script=False) as seen:
            for name in (name for name in PAGES if PAGES[name][0] == who):
                seen.page.goto(desk.server + addresses[name])
                assert seen.page.locator("html").get_attribute("lang") == "en"
                words = " ".join(seen.page.locator("nav#nav").all_inner_texts())
                assert (name, VIETNAMESE.findall(words.lower())) == (name, [])


def test_contact_sheet():
    """All pictures just taken on one (``tests/output/e2e``), to be looked at."""
    rows = -(-len(PAGES) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * CELL[0], rows * CELL[1]), "#8a9692")
    for place, name in enumerate(PAGES):
        picture = Image.open(OUTPUT / f"{name}.png")
        picture.thumbnail((CELL[0] - 20, CELL[1] - 20))
        row, column = divmod(place, COLUMNS)
        sheet.paste(picture, (column * CELL[0] + 10, row * CELL[1] + 10))
    sheet.save(OUTPUT / "contact-sheet.png")
    assert sheet.size == (COLUMNS * CELL[0], rows * CELL[1])
