"""From the target at risk to what saves it: the chairman's phone, the clerk without a script."""

from __future__ import annotations

import pytest

from tests.ui.browser import HEIGHTS

pytestmark = pytest.mark.e2e


def test_what_takes_a_while_comes_after_the_page(desk):
    with desk("/today/", "chutich") as seen:
        page = seen.page
        page.set_viewport_size({"width": 390, "height": HEIGHTS[390]})
        page.get_by_role("heading", name="Chỉ tiêu dự báo khó đạt").wait_for()
        page.get_by_role("link", name="Xem dự báo, thử nếu").first.click()
        page.wait_for_url("**/indicators/on_time/forecast/?**target=*")
        assert seen.overflow() == 0
        assert seen.violations() == []
        assert seen.complaints == []


def test_what_if_without_a_script_has_an_address_to_send_on(desk):
    with desk("/indicators/on_time/forecast/", "motcua", script=False) as seen:
        page = seen.page
        ticked = page.locator("input[name=dossier]:checked")
        n = ticked.count()
        assert n > 1
        page.get_by_label("Trả chậm nhất ngày").fill("1/10/2024")
        page.get_by_role("button", name="Xem nếu như vậy").click()
        page.get_by_role("heading", name=f"Nếu trả {n} hồ sơ chậm nhất ngày 01/10/2024").wait_for()
        told = page.locator("#what-if").inner_text()
        page.goto(page.url)
        assert page.locator("#what-if").inner_text() == told
        assert page.locator("input[name=dossier]:checked").count() == n


@pytest.mark.parametrize("width", [1366, 390, 320])
def test_what_if_is_accessible_at_any_width(desk, width):
    with desk("/indicators/on_time/forecast/?by=2024-10-01&dossier=1", "motcua") as seen:
        page = seen.page
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert (scheme, seen.violations()) == (scheme, [])
        assert seen.overflow() == 0
