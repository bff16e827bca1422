"""The gallery in a real browser: accessibility, keys, scripts, weight, pictures."""

from __future__ import annotations

import os
from itertools import product
from pathlib import Path

import brotli
import pytest
from PIL import Image

from motcua.ui.gallery import SCREENS
from tests.ui.browser import chromium, opened

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.urls("tests.ui.urls"),
    pytest.mark.django_db(transaction=True),
]
PAGES = ["", *(f"{screen}/" for screen in SCREENS if screen != "components")]
OUTPUT = Path(__file__).parent.parent / "output" / "ui"


@pytest.fixture(scope="module")
def browser():
    # The synchronous Playwright keeps an event loop in this thread; Django's guard would object.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with chromium() as browser:
        yield browser
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def see(browser, live_server):
    return lambda path="", **options: opened(browser, f"{live_server.url}/ui/{path}", **options)


@pytest.mark.parametrize("path", [*PAGES, "error/404/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_at_every_width(see, path, scheme):
    for width in (1366, 390, 320):
        with see(path, width=width, scheme=scheme) as seen:
            assert (width, seen.violations()) == (width, [])
            assert (width, seen.overflow()) == (width, 0)
            unexpected = [c for c in seen.complaints if "404" not in c or path != "error/404/"]
            assert unexpected == []


def test_keys_walk_the_list_and_open_beside_it(see):
    with see("work/") as seen:
        page = seen.page
        for key in ("j", "ArrowDown", "k", "ArrowDown"):
            page.keyboard.press(key)
        current = page.locator("tr.is-current")
        assert (
            current.locator(".row-link").inner_text()
            == "Niêm yết công khai thủ tục hành chính tại Bộ phận Một cửa"
        )
        page.keyboard.press("x")
        assert current.locator("input").is_checked()
        page.keyboard.press("Enter")
        page.wait_for_selector("#beside h2")
        assert "Niêm yết" in page.locator("#beside h2").first.inner_text()
        page.keyboard.press("/")
        page.keyboard.type("jjx?")
        assert page.locator("#listing-q").input_value() == "jjx?"


def test_question_mark_shows_the_keys_of_the_page(see):
    with see("confirm/") as seen:
        seen.page.keyboard.press("?")
        words = seen.page.locator("#keys").inner_text()
        assert "Gộp với trên" in words
        seen.page.keyboard.press("Escape")
        assert not seen.page.locator("#keys").is_visible()


def test_palette_finds_pages_without_diacritics(see):
    with see("work/") as seen:
        page = seen.page
        page.keyboard.press("Control+k")
        page.keyboard.type("ke hoach")
        assert page.locator("#palette .result").first.inner_text() == "Kế hoạch năm"
        page.keyboard.press("Enter")
        page.wait_for_url("**/ui/confirm/")


def test_chosen_theme_stays(see, live_server):
    with see("work/") as seen:
        page = seen.page
        page.locator("details.me summary").click()
        page.get_by_label("Tối").check(force=True)
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        page.goto(f"{live_server.url}/ui/form/?ok=1")
        assert page.locator("html").get_attribute("data-theme") == "dark"


def test_text_and_source_light_each_other(see):
    with see("confirm/") as seen:
        page = seen.page
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        lit = page.locator("[data-source-span].is-lit")
        assert "Nâng cao chất lượng" in lit.inner_text()
        page.locator("[data-source-span]", has_text="phản ánh").hover()
        assert "phản ánh" in page.locator("[data-item].is-lit").inner_text()


def test_a_form_is_sent_once_and_what_was_typed_is_offered_again(see):
    with see("form/?ok=1") as seen:
        page = seen.page
        page.get_by_label("Tên nhiệm vụ").fill("Đang gõ dở")
        page.on("dialog", lambda dialog: dialog.accept())
        page.reload()
        page.get_by_role("button", name="Dùng lại").click()
        assert page.get_by_label("Tên nhiệm vụ").input_value() == "Đang gõ dở"
        sent = page.evaluate(
            """() => {
              const form = document.getElementById("assign");
              let count = 0;
              addEventListener("submit", (event) => {
                if (!event.defaultPrevented) count += 1;
                event.preventDefault();
              });
              form.requestSubmit(); form.requestSubmit();
              return count;
            }"""
        )
        assert sent == 1


def test_dates_and_money_are_easy_to_type(see):
    with see("form/?ok=1") as seen:
        page = seen.page
        due = page.get_by_label("Hạn hoàn thành")
        due.fill("05022024")
        due.blur()
        assert due.input_value() == "05/02/2024"
        cost = page.get_by_label("Kinh phí")
        cost.fill("")
        cost.press_sequentially("2500000")
        assert cost.input_value() == "2.500.000"


def test_a_destructive_button_asks_first(see):
    with see() as seen:
        page = seen.page
        page.get_by_role("button", name="Xóa").first.click()
        assert "ghi vào nhật ký" in page.locator("#confirm").inner_text()
        page.get_by_role("button", name="Quay lại").click()
        assert not page.locator("#confirm").is_visible()


def test_focus_is_on_the_error_summary(see):
    with see("form/") as seen:
        assert seen.page.evaluate("document.activeElement.className") == "error-summary"


@pytest.mark.parametrize("path", PAGES)
def test_every_page_works_without_script(see, path):
    with see(path, script=False, width=390) as seen:
        page = seen.page
        assert page.locator("h1").is_visible()
        page.get_by_role("button", name="Mở danh mục").click()
        assert page.get_by_role("link", name="Việc của tôi").first.is_visible()


def test_first_page_is_light(browser, live_server):
    """At most 100 KB over the wire, compressed as the server compresses it."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    sizes: dict[str, int] = {}
    page.on("response", lambda r: sizes.update({r.url: len(brotli.compress(r.body()))}))
    page.goto(f"{live_server.url}/ui/today/", wait_until="networkidle")
    context.close()
    assert any("woff2" in url for url in sizes)
    assert sum(sizes.values()) <= 100_000, sizes


def test_contact_sheet(see):
    """All pictures of the gallery on one sheet (``tests/output/ui``), to be looked at."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    pictures = []
    for path, (width, scheme) in product(
        ["work/", "today/", "form/", "confirm/", "work/?empty=1"],
        [(1366, "light"), (1366, "dark"), (390, "light"), (320, "dark")],
    ):
        name = OUTPUT / f"{path.strip('/').replace('/?', '-')}-{width}-{scheme}.png"
        with see(path, width=width, scheme=scheme) as seen:
            seen.page.screenshot(path=name)
        pictures.append(name)
    sheet = Image.new("RGB", (2 * 683 + 2 * 300 + 100, 5 * 404 + 20), "#8a9692")
    for place, name in enumerate(pictures):
        row, column = divmod(place, 4)
        picture = Image.open(name)
        picture.thumbnail((683, 384) if column < 2 else (300, 384))
        sheet.paste(
            picture,
            (20 + (column * 703 if column < 2 else 1406 + (column - 2) * 320), 20 + row * 404),
        )
    sheet.save(OUTPUT / "contact-sheet.png")
    assert len(pictures) == 20
