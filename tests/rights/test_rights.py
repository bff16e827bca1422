"""Every address and every operation × every role: nobody gets what is not theirs, each gets theirs.

What is expected follows from what the address declares (the rows beside this file) and from
``packs/org/roles.yaml`` alone; what happens is asked of the product. A new address without a row
fails.
"""

from __future__ import annotations

import html
import inspect
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from motcua.api.urls import api
from motcua.audit.models import Entry
from motcua.dossiers.permissions import NotYourStep
from motcua.org.models import Account
from motcua.org.permissions import NotAllowed
from motcua.planning.permissions import NotYours
from tests.rights import dossiers, indicators, people, plans, procedures, reports, tasks
from tests.rights.rows import EVERYONE, PERSON, Row, made, upload
from tests.rights.world import (
    ASKERS,
    COMMUNE,
    EVERYTHING,
    NEIGHBOUR,
    ROLES,
    TODAY,
    Asker,
    World,
)

ROWS = [
    row
    for part in (people, plans, tasks, procedures, reports, dossiers, indicators)
    for row in part.ROWS
]
#: How a refusal for want of a right reads, whatever the status of its page.
REFUSALS = [kind.message.split("%")[0] or kind.message for kind in (NotAllowed,)]
REFUSALS += [kind.message.partition(". ")[2] for kind in (NotYours, NotYourStep)]
API = "/api/v1"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """One world for all rows; each request is undone."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "TODAY", TODAY)
        # Nobody looks at the contexts of thousands of pages: keeping them costs half the time.
        patch.setattr("django.test.client.store_rendered_templates", lambda *_a, **_k: None)
        with transaction.atomic():
            yield World()
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clients(world):
    """A browser, or a program, for each who asks."""
    made = {asker: Client(raise_request_exception=False) for asker in ASKERS}
    for asker, client in made.items():
        if asker.username == "key":
            client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {world.key}"
        elif asker.username:
            client.force_login(Account.objects.get(username=asker.username))
    return made


def expected(row: Row, asker: Asker) -> str:
    """What the declaration and the table of roles say."""
    if row.who == EVERYONE:
        return "done" if row.method != "GET" else "open"
    if asker.permissions is None and (row.who == PERSON or not asker.username):
        gone = asker.username and not row.where.startswith("/")  # an account, but nobody any more
        return "refused" if gone else "stranger"
    places = (COMMUNE, NEIGHBOUR) if row.handed else (COMMUNE,)
    if row.shows:
        shown = asker.may(row.sees or row.needs, home=row.home, at=places[-1])
        return "shown" if shown else "not shown"
    if row.sees and not any(asker.may(row.sees, at=place) for place in places):
        return row.unseen
    if not asker.may(row.needs, home=row.home, at=places[-1]):
        return "hidden" if row.hides else "refused"
    held = row.only is None or asker.username in row.only
    if not held and not (row.or_with and asker.may(row.or_with)):
        return "hidden" if row.hidden else "refused"
    return "open" if row.method == "GET" else "done"


def observed(row: Row, asker: Asker, world: World, client: Client) -> str:
    """What the product does."""
    world.asker = asker
    client.cookies.pop("messages", None)  # what an undone request has said
    before = Entry.objects.count()
    answer = _ask(row, world, client)
    written = Entry.objects.count() > before
    text = _text(answer)
    said = [text, *(str(one) for one in get_messages(answer.wsgi_request))]
    refused = any(words in one for words in REFUSALS for one in said)
    status = answer.status_code
    if status == 401 or (status == 302 and "/account/login/" in answer["Location"]):
        result = "stranger"
    elif status == 404:
        result = "hidden"
    elif status == 403 or (row.method != "GET" and refused):
        result = "refused"
    elif status >= 500 and status != 503:  # ready or not is no matter of rights
        result = f"broken: {status}"
    elif row.shows:
        result = "shown" if made(row.shows, world) in text else "not shown"
    elif row.method == "GET":
        result = "open"
    else:
        result = "done" if written or row.traceless else "without effect"
    assert not written or result == "done", f"{result}, and yet something was written"
    if result == "without effect" and row.unseen != result:
        result += f": {status} {text[text.find('error-summary') :][:600]}"
    return result


def _text(answer) -> str:
    if answer.streaming:
        return ""
    if "json" in answer.headers["Content-Type"]:
        return json.dumps(answer.json(), ensure_ascii=False)
    return html.unescape(answer.content.decode(errors="replace"))


def _ask(row: Row, world: World, client: Client):
    args, sent = made(row.args, world), made(row.sent, world)
    if row.where.startswith("/"):
        url = API + row.where.format(**dict(args))
    else:
        url = reverse(row.where, args=args)
    url += f"?{row.query}" if row.query else ""
    if row.method == "GET":
        return client.get(url)
    if "file" in str(sent):
        sent = {name: value() if value is upload else value for name, value in sent.items()}
    elif row.where.startswith("/"):
        body = json.dumps(sent, default=str)
        return client.generic(row.method, url, body, content_type="application/json")
    return client.post(url, sent or {})


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_gets_what_is_theirs_and_nothing_else(row, world, clients):
    differences = []
    for asker in ASKERS:
        if asker.username == "key" and not row.where.startswith("/"):
            continue  # a key opens no pages
        if row.who == EVERYONE and asker.username:
            continue  # what a stranger may, all may
        with transaction.atomic():
            pair = expected(row, asker), observed(row, asker, world, clients[asker])
            transaction.set_rollback(True)
        if pair[0] != pair[1]:
            differences.append(f"{asker.name}: expected {pair[0]}, found {pair[1]}")
    assert not differences, "\n".join(differences)


# --- nothing is left out --------------------------------------------------------------------------


def _addresses(resolver=None, space=""):
    """Name and view of every page."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from _addresses(one, space + (f"{one.namespace}:" if one.namespace else ""))
        elif space != "api:" or one.name.startswith("openapi"):  # operations: below
            yield space + one.name, one.callback


def test_every_address_declares_what_it_asks_for():
    assert {name for name, _ in _addresses()} ^ {
        r.where for r in ROWS if r.where[0] != "/"
    } == set()


def test_every_address_that_takes_what_is_sent_declares_it():
    sent = {row.where for row in ROWS if row.method == "POST"}
    takes = {
        name
        for name, view in _addresses()
        if view.__module__.startswith("motcua")
        and any(word in inspect.getsource(inspect.unwrap(view)) for word in ("POST", "sent_"))
    }
    assert takes - sent - {"org:first_password"} == set()


def test_every_operation_declares_what_it_asks_for():
    paths = api.get_openapi_schema()["paths"].items()
    operations = {(m.upper(), path.removeprefix(API)) for path, all_ in paths for m in all_}
    assert operations ^ {(row.method, row.where) for row in ROWS if row.where[0] == "/"} == set()


def test_every_role_is_asked():
    assert set(ROLES) <= {asker.name for asker in ASKERS}


def test_every_permission_is_explained():
    told = (Path(settings.BASE_DIR) / "docs" / "permissions.md").read_text()
    assert {one for one in EVERYTHING if one not in told} == set()
