"""Chromium for the browser tests: pages of any width and scheme that report what goes wrong."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: How long a thing may take to appear (Playwright's own is 30 s: failures would be slow).
PATIENCE_MS = 10_000
HEIGHTS = {1366: 768, 390: 844, 320: 640}


@contextmanager
def chromium():
    """Debian's Chromium, closed afterwards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Seen:
    """A page and the complaints of its console (a broken policy is one of them)."""

    page: object
    complaints: list[str] = field(default_factory=list)

    def violations(self):
        """What axe finds: rule, and the first element that breaks it."""
        found = Axe().run(self.page).response["violations"]
        return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found]

    def overflow(self):
        """By how many pixels the page is wider than its window."""
        return self.page.evaluate("document.documentElement.scrollWidth - innerWidth")


@contextmanager
def opened(browser, url, *, width=1366, scheme="light", script=True, locale="vi-VN", state=None):
    """A page of its own context, closed afterwards; ``state`` brings a log-in along."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHTS[width]},
        color_scheme=scheme,
        java_script_enabled=script,
        reduced_motion="reduce",
        locale=locale,
        storage_state=state,
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    seen = Seen(page)
    page.on("console", lambda m: m.type in ("error", "warning") and seen.complaints.append(m.text))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.goto(url)
    try:
        yield seen
    finally:
        context.close()
