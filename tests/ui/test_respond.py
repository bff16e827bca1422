import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.urls")]
HTMX = {"HX-Request": "true"}


def test_a_page_without_htmx(client):
    answer = client.get("/t/faces/")
    assert "<html" in answer.text
    assert "cả trang" in answer.text
    assert "HX-Request" in answer["Vary"]


def test_a_fragment_with_its_messages_out_of_band(client):
    answer = client.get("/t/faces/", headers=HTMX)
    assert "<html" not in answer.text
    assert "một phần" in answer.text
    assert 'hx-swap-oob="beforeend"' in answer.text
    assert "Đã lưu" in answer.text


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_navigation_by_htmx_gets_the_page(client, header):
    assert "<html" in client.get("/t/faces/", headers=HTMX | {header: "true"}).text


@pytest.mark.parametrize(
    ("target", "whole"), [("beside", False), ("aside#beside", False), ("other", True), ("", True)]
)
def test_the_target_chooses_the_part(client, target, whole):
    answer = client.get("/t/faces/?parts=1", headers=HTMX | {"HX-Target": target})
    assert ("<html" in answer.text) is whole


def test_after_a_step_a_page_is_redirected_and_htmx_navigates(client):
    plain = client.get("/t/away/")
    assert (plain.status_code, plain["Location"]) == (303, "/den/")
    fragment = client.get("/t/away/", headers=HTMX)
    assert (fragment.status_code, fragment["HX-Redirect"]) == (204, "/den/")
