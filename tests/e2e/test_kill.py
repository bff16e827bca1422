"""A server that is killed in the middle of its work has lost nothing that it answered."""

import json
import os
import subprocess
import sys

import pytest

from tests.e2e.conftest import ROOT

pytestmark = pytest.mark.e2e


def test_killed_three_times_nothing_is_lost():
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
    kept.pop("DATABASE_URL", None)  # a database of its own: SQLite in a temporary home
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        [sys.executable, "tools/kill_test.py", "--times", "3", "--json"],
        cwd=ROOT,
        env=kept,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    figures = json.loads(done.stdout)
    assert figures["kills"] == 3
    assert figures["answered"] > 0
    assert figures["faults"] == figures["refused"] == []
