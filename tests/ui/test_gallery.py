import re

import pytest

from motcua.ui.gallery import SCREENS

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.urls")]
PAGES = ["", *(f"{screen}/" for screen in SCREENS if screen != "components"), "form/?ok=1"]


@pytest.mark.parametrize("page", [*PAGES, "work/?empty=1"])
def test_pages_hold_no_inline_code_and_one_of_each_id(client, page):
    answer = client.get(f"/ui/{page}")
    assert answer.status_code == 200
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)", answer.text)
    ids = re.findall(r'\sid="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))
    assert answer.text.count("<h1") == 1
    assert answer.text.count("btn-primary") <= 2  # one on the page, one in a list of decisions


@pytest.mark.parametrize("status", [400, 403, 404, 409, 418, 500, 503])
def test_error_pages_say_what_to_do(client, status):
    answer = client.get(f"/ui/error/{status}/")
    assert answer.status_code == status
    assert answer.text.count("<h1>") == 1
    assert answer["X-Request-Id"] in answer.text


def test_work_list_alone_for_htmx(client):
    answer = client.get("/ui/work/", headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert answer.text.count("data-item") == 12


@pytest.mark.parametrize(("cookie", "shown"), [("dark", True), ("light", True), ('"><b>', False)])
def test_chosen_theme_is_in_the_page_from_the_start(client, cookie, shown):
    client.cookies["theme"] = cookie
    assert (f'data-theme="{cookie}"' in client.get("/ui/").text) is shown
