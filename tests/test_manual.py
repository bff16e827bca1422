"""The manual names what is on the screens; its links and pictures are there."""

import re
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent
MANUAL = sorted((ROOT / "docs" / "manual").glob("*.md"))
PAGES = [*MANUAL, ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
PICTURE_BYTES = 80_000


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("page", MANUAL, ids=lambda page: page.stem)
def test_what_the_manual_says_to_press_is_a_text_of_the_product(page):
    catalogue = polib.pofile(str(ROOT / "motcua/locale/en/LC_MESSAGES/django.po"))
    texts = {_plain(entry.msgid) for entry in catalogue if not entry.obsolete}
    named = set(re.findall(r"\*\*(.+?)\*\*", _plain(page.read_text())))
    assert named - texts == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_and_pictures_are_there(page):
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text())
    ours = [link for link in links if "://" not in link]
    assert [link for link in ours if not (page.parent / link).exists()] == []


def test_pictures_are_small():
    pictures = (ROOT / "docs").rglob("*.png")
    assert {p.name: p.stat().st_size for p in pictures if p.stat().st_size > PICTURE_BYTES} == {}
