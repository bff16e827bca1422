"""What all tests share: the demo organisation, people, and a plan that lives.

Tests reach a state by playing the real steps (``tests/scenes.py``); no test writes a status.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db.models.signals import post_save
from django.utils import translation

#: The moment at which most scenes play.
NOW = datetime(2024, 3, 1, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture(autouse=True)
def _first_language():
    """A page asked for in English does not leave its language to the next test."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _every_action_has_words(request):
    """An action that a test records without words for it in its app's ``trace.py`` fails it."""
    if "audit" in request.path.parts:  # the chain's own tests record what they like
        yield
        return
    from motcua.audit.models import Entry  # models: after Django is ready
    from motcua.audit.words import has_words

    def held(instance, **_more):
        assert has_words(instance.action), f"{instance.action}: name it in trace.py"

    post_save.connect(held, sender=Entry)
    yield
    post_save.disconnect(held, sender=Entry)


@pytest.fixture(autouse=True)
def _trace_can_be_emptied(request):
    """After a test that commits, the test database is emptied, the trace as well."""
    marker = request.node.get_closest_marker("django_db")
    if marker is None or not marker.kwargs.get("transaction"):
        yield
        return
    request.getfixturevalue("transactional_db")
    from tests import flushing  # models: after Django is ready

    flushing.protect_trace()
    yield
    flushing.release_trace()


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def org(db):
    """The demo organisation with its people, by log-in name (``org.chutich``)."""
    from tests import scenes  # models: after Django is ready

    return scenes.found_organisation()


@pytest.fixture
def running(org):
    """A small plan in force: ``running.plan``, ``running.tasks`` by code, ``running.targets``."""
    from tests import scenes  # models: after Django is ready

    return scenes.run_plan(org)


@pytest.fixture
def signed_in(client):
    """Log a person in: ``signed_in(org.chutich)`` gives the client."""

    def enter(person):
        client.force_login(person.account)
        return client

    return enter


def pytest_addoption(parser):
    parser.addoption("--update-docs", action="store_true", help="redraw docs/workflows")
