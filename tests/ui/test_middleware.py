import logging
import re

import pytest

from motcua.ui.middleware import new_request_id

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.urls")]


def test_policy_is_strict_on_every_answer(client):
    for path in ("/ui/", "/khong-co/"):
        policy = client.get(path)["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


def test_an_answer_may_set_its_own_policy(client):
    assert client.get("/t/policy/")["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize(
    ("sent", "kept"), [("abc-12345", True), ("short", False), ("a b\nc" * 4, False), ("", False)]
)
def test_a_well_formed_number_of_a_proxy_is_kept(client, sent, kept):
    answer = client.get("/ui/", headers={"X-Request-Id": sent})
    assert (answer["X-Request-Id"] == sent) is kept
    assert re.fullmatch(r"[A-Za-z0-9-]{8,64}", answer["X-Request-Id"])


def test_numbers_are_easy_to_read_aloud():
    assert re.fullmatch(r"([2-9A-HJKMNP-Z]{3}-){2}[2-9A-HJKMNP-Z]{3}", new_request_id())
    assert len({new_request_id() for _ in range(200)}) == 200


def test_one_log_line_without_the_query(client, caplog):
    with caplog.at_level(logging.INFO, logger="motcua.request"):
        answer = client.get("/ui/?q=Nguyen+Van+A")
    (line,) = [r.getMessage() for r in caplog.records if r.name == "motcua.request"]
    assert line.startswith("GET /ui/ 200 ")
    assert line.endswith(answer["X-Request-Id"])
    assert "Nguyen" not in line


def test_a_refusal_is_a_page_with_its_sentence(client):
    answer = client.get("/t/refuse/")
    assert answer.status_code == 409
    assert "Việc này Lê Thị An đang làm." in answer.text
    assert answer["X-Request-Id"] in answer.text


def test_a_refusal_is_a_message_for_htmx(client):
    answer = client.get("/t/refuse/", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "<html" not in answer.text
    assert answer["HX-Retarget"] == "#messages"
    assert "Việc này Lê Thị An đang làm." in answer.text


def test_a_fault_of_ours_is_a_page_with_a_number_to_quote(client):
    client.raise_request_exception = False
    answer = client.get("/t/breaks/")
    assert answer.status_code == 500
    assert "Hệ thống gặp lỗi" in answer.text
    assert answer["X-Request-Id"] in answer.text
