"""What people come for, from the log-in to the record that it leaves."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import import_plan, log_in

pytestmark = pytest.mark.e2e


def test_wrong_password_then_right_then_out(desk):
    with desk("/account/login/") as seen:
        page = seen.page
        log_in(page, "tuphap", "khong-phai-mat-khau")
        page.locator(".error-summary").wait_for()
        log_in(page, "tuphap")
        page.wait_for_url("**/work/")
        page.locator("details.me summary").click()
        page.get_by_role("button", name="Đăng xuất").click()
        page.wait_for_url("**/account/login/**")
        page.goto(f"{desk.server}/work/")
        assert "/account/login/" in page.url


def row_of(page, term):
    """The value beside a word of the preview."""
    return page.locator(f"dt:text-is('{term}') + dd").inner_text()


def items(page):
    return page.locator("li[id^='item-']")


def test_coordinator_brings_a_plan_from_file_to_submission(desk):
    with desk("/plans/import/", "hoangngoc") as seen:
        page = seen.page
        import_plan(page)
        assert row_of(page, "Nhiệm vụ") == "38"
        page.get_by_role("button", name="Lưu thành bản dự thảo").click()
        page.wait_for_url(re.compile(r"/plans/\d+/versions/1/"))

        first = items(page).first.get_attribute("id")
        page.locator(f"#{first}").get_by_role("button", name="Đúng").click()
        page.locator(f"#{first}.is-accepted").wait_for()

        items(page).nth(1).get_by_role("link", name="Sửa", exact=True).click()
        page.locator("[name=text]").fill("Nội dung đã được người soạn sửa lại")
        page.get_by_role("button", name="Lưu", exact=True).click()
        page.locator("li", has_text="Nội dung đã được người soạn sửa lại").first.wait_for()

        last = items(page).last
        dropped = last.get_attribute("id")
        last.locator("summary", has_text="Bỏ").click()
        last.get_by_label("Lý do").fill("Không thuộc thẩm quyền của xã")
        last.get_by_role("button", name="Bỏ mục này").click()
        page.locator(f"#{dropped}", has_text="Không thuộc thẩm quyền của xã").wait_for()

        press_while_there(page, "Giao việc chưa có chủ trì")
        every = page.get_by_role("button", name=re.compile(r"Chấp nhận cả \d+ lưu ý"))
        every.click()
        every.wait_for(state="detached")
        page.get_by_role("button", name="Xác nhận tất cả mục còn lại").click()
        page.locator("text=Đã đủ điều kiện trình.").wait_for()
        page.get_by_role("button", name="Trình duyệt").click()
        page.wait_for_url(re.compile(r"/plans/\d+/$"))
        assert page.locator("td .tag").inner_text().startswith("Chờ")
        page.get_by_role("link", name="Bản 1").click()
        assert page.get_by_role("button", name="Trình duyệt").count() == 0
        assert seen.complaints == []


def press_while_there(page, name):
    """One button after the other, until the page has none of the name; each shortens the list."""
    buttons = page.get_by_role("button", name=name, exact=True)
    count = buttons.count()
    assert count > 0
    while count:
        buttons.first.click()
        expect(buttons).not_to_have_count(count)
        count = buttons.count()


def test_specialist_reports_progress_with_evidence(desk):
    with desk("/work/", "tuphap") as seen:
        page = seen.page
        page.get_by_role("link", name="Cập nhật").first.click()
        report_half(page, "Đã niêm yết tại hai thôn")
        history = page.locator("section", has=page.get_by_role("heading", name="Diễn biến"))
        assert "Đã niêm yết tại hai thôn" in history.inner_text()
        assert "50" in history.inner_text()
        assert page.locator(".files", has_text="bien-ban.txt").count() == 1
        assert seen.complaints == []


def report_half(page, note):
    form = page.locator("#report_progress")
    if not form.locator("[name=percent]").is_visible():
        form.locator("summary").click()
    form.locator("[name=percent]").fill("50")
    form.locator("[name=text]").fill(note)
    evidence = {"name": "bien-ban.txt", "mimeType": "text/plain", "buffer": "Biên bản".encode()}
    form.locator("input[type=file]").set_input_files(evidence)
    form.get_by_role("button", name="Cập nhật tiến độ").click()
    page.locator("text=" + note).first.wait_for()


def test_report_of_progress_needs_no_script(desk):
    with desk("/account/login/", script=False, width=390) as seen:
        page = seen.page
        log_in(page, "vanhoa")
        page.get_by_role("link", name="Cập nhật").first.click()
        report_half(page, "Báo cáo từ máy cũ")
        assert "/tasks/" in page.url


def test_chairman_reads_today_on_a_phone(desk):
    with desk("/today/", "chutich", width=390) as seen:
        page = seen.page
        stats = page.locator("a.stat")
        numbers = stats.evaluate_all(
            "all => all.map((a) => [+a.querySelector('.stat-value').innerText, a.href])"
        )
        assert len(numbers) == 5  # two of the desk, three of the plan
        assert any(number for number, _ in numbers)
        for number, href in numbers:
            page.goto(href)
            assert (href, page.locator("main tbody tr").count()) == (href, number)


def test_chairman_grants_an_extension_with_one_tap(desk):
    with desk("/today/", "chutich", width=390) as seen:
        page = seen.page
        asked = page.locator(".waiting li", has_text="Gia hạn:")
        before = asked.count()
        address = asked.first.locator(".waiting-title a").get_attribute("href")
        with page.expect_navigation():
            asked.first.get_by_role("button", name="Đồng ý gia hạn").click()
        assert page.url.endswith("/today/")
        assert asked.count() == before - 1
        page.goto(f"{desk.server}{address}")
        assert "hạn ban đầu" in page.locator(".definitions").inner_text()


def test_palette_opens_a_task_by_a_few_plain_letters(desk):
    with desk("/work/", "vanphong") as seen:
        page = seen.page
        page.keyboard.press("Control+k")
        page.keyboard.type("minh bach")
        first = page.locator("#palette .result", has_text=re.compile("minh bạch", re.I)).first
        first.wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/tasks/\d+/"))
        assert "minh bạch" in page.locator(".task-text").inner_text().lower()


def test_report_is_read_and_downloaded(desk):
    with desk("/reports/", "vanphong") as seen:
        page = seen.page
        page.locator("main tbody a").first.click()
        page.wait_for_url(re.compile(r"/reports/\d+/"))
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Tải PDF").click()
        with open(waiting.value.path(), "rb") as file:  # noqa: PTH123 # a temporary path of the browser
            assert file.read(5) == b"%PDF-"


def test_details_open_beside_the_list_by_keys_and_a_step_leads_back(desk):
    with desk("/tasks/", "chutich") as seen:
        page = seen.page
        page.set_viewport_size({"width": 1366, "height": 768})
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        card = page.locator("#beside .beside-card")
        card.wait_for()
        assert page.url.endswith("/tasks/")
        card.locator("#comment_task > summary").click()
        card.locator("#comment_task-text").fill("Đến đâu rồi?")
        with page.expect_navigation():
            card.locator("#comment_task form button[type=submit]").click()
        assert page.url.endswith("/tasks/")
        assert page.get_by_text("Đã ghi nhận.").is_visible()
        assert seen.complaints == []


def test_a_card_of_the_board_moves_without_a_script(desk):
    with desk("/tasks/board/", "chutich", script=False) as seen:
        page = seen.page
        columns = page.locator(".board-column")
        before = columns.nth(0).locator(".count").inner_text()
        columns.nth(0).locator(".board-move summary").first.click()
        with page.expect_navigation():
            columns.nth(0).get_by_role("button", name="Nhận việc").first.click()
        assert page.url.endswith("/tasks/board/")
        assert int(columns.nth(0).locator(".count").inner_text()) == int(before) - 1
