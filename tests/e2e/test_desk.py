"""The one-stop desk, from the keyboard: a visitor comes, a dossier is received and handed on."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.e2e


def test_a_dossier_is_received_without_the_mouse(desk):
    with desk("/dossiers/", "motcua") as seen:
        page = seen.page
        page.keyboard.press("n")  # "Tiếp nhận hồ sơ"
        page.wait_for_url("**/dossiers/new/")
        page.keyboard.type("chung thuc ban sao")  # the box has the focus
        page.locator("#found a").first.wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/dossiers/new/\d\.\d{6}/"))
        page.get_by_label("Số định danh").focus()
        page.keyboard.type("038085000123")
        page.get_by_label("Họ tên, tên tổ chức").focus()
        page.keyboard.type("Nguyễn Thị Lụa")
        for box in page.locator("tbody input[type=checkbox]").all():
            box.focus()
            page.keyboard.press("Space")
        page.get_by_role("button", name="Tiếp nhận và in giấy hẹn").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/dossiers/\d+/$"))
        page.get_by_text("Nguyễn Thị Lụa").first.wait_for()
        code = page.locator("h1").inner_text().split()[-1]

        page.goto(f"{desk.server}/search/?q={code}")  # as scanned
        page.wait_for_url(re.compile(r"/dossiers/\d+/$"))
        page.get_by_text("vì sao?").first.click()
        page.get_by_text("Hẹn trả kết quả:").wait_for()
        page.locator("#forward > summary").click()
        page.locator("#forward").get_by_role("button", name="Chuyển giải quyết").click()
        page.get_by_text("Đang giải quyết").first.wait_for()


def test_an_interrupted_intake_is_found_again(desk):
    with desk("/dossiers/new/1.001193/", "motcua") as seen:
        page = seen.page
        page.get_by_label("Họ tên, tên tổ chức").fill("Lê Văn Dở Dang")
        page.get_by_label("Địa chỉ").fill("Thôn 2")  # leaving a field keeps the draft
        page.get_by_label("Địa chỉ").blur()
        page.get_by_text("Đã lưu bản đang nhập lúc").wait_for()
        page.goto(f"{desk.server}/dossiers/new/")
        page.get_by_role("link", name="Lê Văn Dở Dang").click()
        assert page.get_by_label("Địa chỉ").input_value() == "Thôn 2"
