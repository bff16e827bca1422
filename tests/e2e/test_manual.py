"""The manual's pictures: each page can be opened as told; ``--update-docs`` takes them anew."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from tests.e2e.conftest import import_plan

pytestmark = pytest.mark.e2e

MANUAL = Path(__file__).parent.parent.parent / "docs" / "manual"
COLOURS = 64


@dataclass(frozen=True)
class Picture:
    """Who opens which page; the link on it that leads to the page meant; how wide."""

    who: str
    path: str
    link: str = ""
    width: int = 1366


PICTURES = {
    "chu-tich-hom-nay": Picture("chutich", "/today/", width=390),
    "chu-tich-bao-cao": Picture("chutich", "/reports/", r"/reports/\d+/$"),
    "chuyen-mon-viec": Picture("tuphap", "/work/"),
    "chuyen-mon-nhiem-vu": Picture("tuphap", "/work/", r"/tasks/\d+/$"),
    "van-phong-xac-nhan": Picture("hoangngoc", "/plans/import/"),
    "van-phong-muc-bao-cao": Picture("vanphong", "/reports/3/", r"/sections/\w"),
    "mot-cua-so": Picture("motcua", "/dossiers/queue/"),
    "mot-cua-tiep-nhan": Picture("motcua", "/dossiers/new/?q=khai+sinh", r"/dossiers/new/[\d.]+/"),
    "mot-cua-ho-so": Picture("motcua", "/dossiers/", r"/dossiers/\d+/$"),
    "cap-tren-nhiem-vu": Picture("noivu", "/tasks/"),
    "quan-tri-to-chuc": Picture("quantri", "/org/"),
    "quan-tri-nhat-ky": Picture("quantri", "/org/trace/"),
}


def confirm(page):
    """A draft to be confirmed; the demo has none."""
    import_plan(page, year="2026")
    page.get_by_role("button", name="Lưu thành bản dự thảo").click()
    page.wait_for_url(re.compile(r"/versions/1/"))
    page.locator("li[id^='item-']").first.evaluate("item => item.scrollIntoView()")


def call(page):
    """Three visitors, the first at the desk."""
    for name in ("Lấy số cho khách",) * 3 + ("Gọi số tiếp theo",):
        page.get_by_role("button", name=name).click()


FIRST = {"van-phong-xac-nhan": confirm, "mot-cua-so": call}


def test_the_manual_shows_these_pictures():
    named = re.findall(r"images/([\w-]+)\.png", "".join(p.read_text() for p in MANUAL.glob("*.md")))
    assert sorted(named) == sorted(PICTURES)


@pytest.mark.parametrize("name", PICTURES)
def test_what_the_manual_shows_can_be_opened(desk, name, pytestconfig):
    picture = PICTURES[name]
    with desk(picture.path, picture.who, width=picture.width) as seen:
        page = seen.page
        if name in FIRST:
            FIRST[name](page)
        if picture.link:
            links = page.locator("main a").evaluate_all("all => all.map((a) => a.pathname)")
            page.goto(desk.server + next(one for one in links if re.search(picture.link, one)))
        assert page.locator("h1").count() == 1
        assert seen.overflow() == 0
        assert seen.complaints == []
        if pytestconfig.getoption("--update-docs"):
            _keep(name, page.screenshot())


def _keep(name: str, shot: bytes) -> None:
    """A palette serves a screen: a tenth of the size."""
    small = Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(MANUAL / "images" / f"{name}.png", optimize=True)
