"""What all tests share: the demo organisation, people, and a plan that lives.

Tests reach a state by playing the real steps (``tests/scenes.py``); no test writes a status.
"""

from __future__ import annotations

import os
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

# Before Django reads its settings: tests have a home of their own, with keys of their own.
_HOME = Path(tempfile.mkdtemp(prefix="motcua-test-"))
os.environ["MOTCUA_HOME"] = str(_HOME)
os.environ.setdefault("MOTCUA_DEMO", "1")
for _variable in ("MOTCUA_TODAY", "MOTCUA_SMTP", "MOTCUA_EMBED_WORKER"):
    os.environ.pop(_variable, None)

from motcua.site.keys import make_keys  # noqa: E402 # after the environment is set

make_keys(_HOME)

import pytest  # noqa: E402 # likewise

#: The moment at which most scenes play.
NOW = datetime(2024, 3, 1, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    """Pages are rendered without a collected manifest."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def org(db):
    """The demo organisation with its people, by log-in name (``org.chutich``)."""
    from tests.scenes import found_organisation

    return found_organisation()


@pytest.fixture
def running(org):
    """A small plan in force: ``running.plan``, ``running.tasks`` by code, ``running.targets``."""
    from tests.scenes import run_plan

    return run_plan(org)


@pytest.fixture
def signed_in(client):
    """Log a person in: ``signed_in(org.chutich)`` gives the client."""

    def enter(person):
        client.force_login(person.account)
        return client

    return enter
