"""An intake with keys only, each counted: procedure, person, papers, receipt, the next one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest

pytestmark = pytest.mark.e2e
SIZE = {"width": 1366}
FORM = re.compile(r"/dossiers/new/\d\.\d{6}/")
DOSSIER = re.compile(r"/dossiers/\d+/$")


@dataclass
class Keys:
    """The keyboard, counting what is struck."""

    page: Any
    struck: int = 0
    stops: int = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.struck += 1
            self.stops += key in ("Tab", "Enter")

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.struck += len(text)

    def focus(self) -> str:
        """What has the focus: name, or words."""
        return str(
            self.page.evaluate(
                "document.activeElement.name || document.activeElement.textContent.trim()"
            )
        )


def chosen(page: Any) -> str:
    """The words of the option that the box points to."""
    return str(
        page.evaluate(
            "document.getElementById(document.querySelector('#procedure-q')"
            ".getAttribute('aria-activedescendant')).textContent"
        )
    )


def test_a_visitor_is_served_with_keys_alone(desk: Any) -> None:
    with desk("/dossiers/", "motcua", **SIZE) as seen:
        page, keys = seen.page, Keys(seen.page)
        keys.press("n")
        page.wait_for_url("**/dossiers/new/")
        keys.type("chung thuc")
        page.locator("#found [role=option]").nth(1).wait_for()
        box = page.get_by_role("combobox", name="Bà con cần làm gì?")
        assert box.get_attribute("aria-expanded") == "true"
        first = chosen(page)
        keys.press("ArrowDown")
        assert chosen(page) != first
        keys.press("ArrowUp")
        assert chosen(page) == first
        keys.press("Enter")
        page.wait_for_url(FORM)
        assert keys.focus() == "id_number"
        keys.type("038085000777")
        keys.press("Enter")  # who is that?
        page.get_by_text("Chưa có người nộp nào").wait_for()
        assert keys.focus() == "full_name"
        keys.type("Nguyễn Thị Lụa")
        while keys.focus() != "paper0":
            keys.press("Enter")
            assert keys.stops < 12
        for place in range(page.locator("table.papers tbody tr").count()):
            assert keys.focus() == f"paper{place}"
            keys.press("Space", "Tab")
        keys.press("Control+Enter")
        page.wait_for_url(DOSSIER)
        assert keys.focus().startswith("In giấy tiếp nhận")
        assert keys.struck < 75
        with page.context.expect_page():
            keys.press("Enter")  # the slip, beside
        assert "Hồ sơ tiếp theo" in keys.focus()
        keys.press("Enter")
        page.wait_for_url("**/dossiers/new/")
        assert keys.focus() == "q"


def test_who_came_before_is_known_by_the_number(desk: Any) -> None:
    with desk("/dossiers/new/2.000815/", "motcua", **SIZE) as seen:
        page, keys = seen.page, Keys(seen.page)
        keys.type("038085000888")
        keys.press("Tab")
        keys.type("Lê Thị Trở Lại")
        for _n in range(page.locator("table.papers tbody tr").count()):
            page.locator(f"[name=paper{_n}]").focus()
            keys.press("Space")
        keys.press("Control+Enter")
        page.wait_for_url(DOSSIER)
        keys.press("n")
        page.wait_for_url("**/dossiers/new/")
        keys.type("2.000815")
        keys.press("Enter")  # before the list has come: it is waited for
        page.wait_for_url(FORM)
        keys.type("038085000888")
        keys.press("Enter")
        page.wait_for_function("document.activeElement.name === 'paper0'")
        assert page.get_by_label("Họ tên, tên tổ chức").input_value() == "Lê Thị Trở Lại"


def test_an_invalid_form_leads_to_what_is_wrong(desk: Any) -> None:
    with desk("/dossiers/new/2.000815/", "motcua", **SIZE) as seen:
        page, keys = seen.page, Keys(seen.page)
        keys.type("12")
        keys.press("Tab")
        keys.type("Lê Thị Na")
        keys.press("Control+Enter")
        page.locator(".error-summary").wait_for()
        assert "Cần sửa" in keys.focus()
        # a draft that is kept meanwhile does not take the cursor away
        page.get_by_label("Địa chỉ").fill("Thôn 9")
        page.get_by_label("Địa chỉ").blur()
        page.get_by_label("Điện thoại").focus()
        page.get_by_text("Đã lưu bản đang nhập lúc").wait_for()
        assert keys.focus() == "phone"


def test_an_input_method_that_composes_keeps_its_keys(desk: Any) -> None:
    with desk("/dossiers/new/", "motcua", **SIZE) as seen:
        page, keys = seen.page, Keys(seen.page)
        keys.type("khai sinh")
        page.locator("#found [role=option]").nth(1).wait_for()
        before = chosen(page)
        for key in ("ArrowDown", "Enter"):
            page.evaluate(
                "key => document.querySelector('#procedure-q').dispatchEvent("
                "new KeyboardEvent('keydown', {key, isComposing: true, bubbles: true}))",
                key,
            )
        assert (chosen(page), page.url.endswith("/dossiers/new/")) == (before, True)


def test_without_script_the_list_is_links(desk: Any) -> None:
    with desk("/dossiers/new/?q=khai+sinh", "motcua", script=False) as seen:
        page = seen.page
        assert page.locator("#found a").count() > 1
        assert page.locator("[role=option]").count() == 0
        page.locator("#found a").first.click()
        page.wait_for_url(FORM)
        assert page.get_by_role("button", name="Lấy thông tin đã có").is_visible()
