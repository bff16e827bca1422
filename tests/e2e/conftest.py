"""A real server of the tests' own, with the demo commune, and people who sit at it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.ui.browser import chromium, opened

PASSWORD = "motcua-demo-2024"
ROOT = Path(__file__).parent.parent.parent
COMMAND = [sys.executable, "-m", "motcua.site.cli"]
START_SECONDS = 60
STOP_SECONDS = 15


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_served(process, url):
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, f"the server ended with {process.returncode}"
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5):  # noqa: S310 # our own server
                return
        except urllib.error.URLError:
            time.sleep(0.2)
    pytest.fail(f"nothing answers after {START_SECONDS} s")


@pytest.fixture(scope="package")
def server(tmp_path_factory):
    """The address of a server with the demo; afterwards it must end by itself when asked."""
    home = tmp_path_factory.mktemp("home")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    env = kept | {
        "MOTCUA_HOME": str(home),
        "MOTCUA_DEMO": "1",
        "MOTCUA_TODAY": "2024-09-30",
        "MOTCUA_URL": url,
    }
    env.pop("DJANGO_SETTINGS_MODULE", None)
    subprocess.run([*COMMAND, "demo"], cwd=ROOT, env=env, check=True, capture_output=True)
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", str(port)], cwd=ROOT, env=env, stdout=log, stderr=log
        )
        try:
            wait_until_served(process, url)
            yield url
            process.send_signal(signal.SIGTERM)
            code = process.wait(STOP_SECONDS)
        finally:
            process.kill()
            process.wait()
    assert code in (0, -signal.SIGTERM), (home / "server.log").read_text()[-2000:]


@pytest.fixture(scope="package")
def browser():
    # Its end belongs to this folder: a second synchronous Playwright may not start before.
    with chromium() as started:
        yield started


def log_in(page, username, password=PASSWORD):
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


@dataclass
class Desk:
    """Opens pages as a person; each logs in once."""

    browser: object
    server: str
    states: dict[str, object] = field(default_factory=dict)

    def __call__(self, path, who=None, **options):
        """A page as ``who`` (none: a stranger) in a context of its own."""
        state = self.state(who) if who else None
        return opened(self.browser, f"{self.server}{path}", state=state, **options)

    def state(self, who):
        if who not in self.states:
            with opened(self.browser, f"{self.server}/account/login/") as seen:
                log_in(seen.page, who)
                seen.page.wait_for_selector("nav#nav")
                self.states[who] = seen.page.context.storage_state()
        return self.states[who]


@pytest.fixture(scope="package")
def desk(browser, server):
    return Desk(browser, server)


PLAN_FILE = ROOT / "motcua" / "packs" / "demo" / "plan-hoang-dong-2024.txt"


def import_plan(page, year=""):
    """Choose the file and look at the preview, on the import page."""
    page.locator("input[name=file]").set_input_files(PLAN_FILE)
    page.locator("input[name=year]").fill(year)
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("button", name="Lưu thành bản dự thảo").wait_for()
