import base64
import json
from datetime import date
from itertools import chain
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.ui.listing import (
    BooleanFilter,
    BulkAction,
    ChoiceFilter,
    Column,
    DateRangeFilter,
    TextFilter,
    listing,
)
from motcua.ui.listing import page as page_module
from motcua.ui.listing.cursor import ordering
from tests.ui.conftest import Thing

COLUMNS = (
    Column("name", "Tên", order_by="name", primary=True),
    Column("rank", "Hạng", order_by=("rank", "-name")),
    Column("due", "Hạn", order_by="due"),
    Column("owner", "Người", path="owner__name", order_by="owner__name"),
    Column("note", "Ghi chú", path="", render=lambda thing: len(thing.name)),
)
FILTERS = (
    ChoiceFilter("rank", "Hạng", [(0, "Không"), (1, "Một")]),
    DateRangeFilter("due", "Hạn"),
    TextFilter("name", "Tên"),
    BooleanFilter("open", "Đang mở"),
)


def show(address="/l/", rows=None, **options):
    options = {"order": "name", "page_size": 5, "filters": FILTERS, "search": "folded"} | options
    rows = Thing.objects.all() if rows is None else rows
    return listing(RequestFactory().get(address), rows, COLUMNS, **options)


def ranks(found):
    return [row.object.rank for row in found.rows]


def names(found):
    return [row.object.name for row in found.rows]


def walk(found, way):
    """All pages from here in one direction, as lists of names."""
    pages = [names(found)]
    while url := getattr(found, way):
        found = show(url, order=found.order_default, page_size=found.page_size)
        pages.append(names(found))
    return pages


@pytest.mark.parametrize("order", ["name", "-name", "rank", "-rank", "due", "-due", "owner"])
def test_pages_forward_hold_every_row_once(things, order):
    pages = walk(show(f"/l/?order={order}"), "next_url")
    assert [len(page) for page in pages] == [5, 5, 2]
    assert sorted(chain.from_iterable(pages)) == sorted(thing.name for thing in things)


@pytest.mark.parametrize("order", ["name", "-name", "rank", "-rank", "due", "-due", "-owner"])
def test_pages_backward_are_the_pages_forward(things, order):
    forward = walk(show(f"/l/?order={order}"), "next_url")
    backward = walk(show(f"/l/?order={order}&before=end"), "previous_url")
    assert backward[::-1] == forward


@given(size=st.integers(1, 13), order=st.sampled_from(["name", "-rank", "due", "-due", "owner"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_any_page_size_cuts_the_same_list(things, size, order):
    whole = names(show(f"/l/?order={order}", page_size=100))
    pages = walk(show(f"/l/?order={order}", page_size=size), "next_url")
    assert list(chain.from_iterable(pages)) == whole


def test_empty_values_come_last_both_ways(things):
    for order in ("due", "-due"):
        days = [row.object.due for row in show(f"/l/?order={order}", page_size=50).rows]
        assert days[-3:] == [None, None, None]
        assert None not in days[:-3]


def test_ties_follow_the_second_column_of_the_order(things):
    assert names(show("/l/?order=rank"))[:3] == ["Việc 2", "Việc 1", "Việc 0"]
    assert names(show("/l/?order=-rank"))[:3] == ["Việc 10", "Việc 11", "Việc 9"]


def test_page_tells_its_place(things):
    second = show(show().next_url)
    assert (second.page.first, second.page.last, second.count_words) == (6, 10, "12")
    last = show(second.last_url)
    assert (last.page.first, last.page.last, last.next_url) == (11, 12, "")
    assert show(second.previous_url).page.first == 1
    assert second.first_url == "/l/"


def test_going_back_onto_the_first_page_counts_from_one(things):
    second = show(show().next_url)
    Thing.objects.filter(name="Việc 0").delete()
    first = show(second.previous_url)
    assert (first.page.first, first.previous_url, len(first.rows)) == (1, "", 4)


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "%%%", base64.urlsafe_b64encode(b"[]").decode(), "WyJuYW1lIiwwXQ", "bnVsbA"],
)
def test_damaged_cursor_gives_the_first_page(things, cursor):
    assert names(show(f"/l/?after={cursor}")) == names(show())


@pytest.mark.parametrize("values", [["due", 0, "no day", 3], ["name", 0, "Việc 5", 5]])
def test_cursor_of_wrong_values_or_order_gives_the_first_page(things, values):
    cursor = base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
    assert names(show(f"/l/?order=due&after={cursor}")) == names(show("/l/?order=due"))


def test_order_outside_the_columns_is_ignored(things):
    found = show("/l/?order=folded")
    assert found.order == "name"
    assert show("/l/?order=note").order == "name"


def test_order_by_annotation_is_possible(things):
    rows = Thing.objects.annotate(twice=F("rank") * 2)
    columns = (Column("twice", "Gấp đôi", order_by="twice"),)
    request = RequestFactory().get("/l/")
    first = listing(request, rows, columns, order="-twice", page_size=5)
    assert [cell.content for row in first.rows for cell in row.cells] == ["6", "6", "6", "4", "4"]
    again = listing(RequestFactory().get(first.next_url), rows, columns, order="-twice")
    assert again.page.first == 6


@pytest.mark.parametrize("path", ["permission", "model__x", "nothing"])
def test_order_must_lead_to_a_column(path):
    with pytest.raises(FieldDoesNotExist):
        ordering(ContentType.objects.all(), [path])


def test_primary_key_ends_an_order_only_once(db):
    assert [key.path for key in ordering(Thing.objects.all(), ["-pk"])] == ["pk"]
    assert [key.path for key in ordering(Thing.objects.all(), ["rank"])] == ["rank", "pk"]
    assert [key.path for key in ordering(Thing.objects.all(), [])] == ["pk"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("rank=1", ["Việc 3", "Việc 4", "Việc 5"]),
        ("rank=9", None),
        ("due_from=04/01/2024", ["Việc 3", "Việc 9"]),
        ("due_to=2/1/2024&due_from=02012024", ["Việc 1", "Việc 11", "Việc 6"]),
        ("due_from=32/1/2024", None),
        ("name=11", ["Việc 11"]),
        ("open=on&rank=0", ["Việc 0", "Việc 2"]),
        ("q=VIỆC+1", ["Việc 1", "Việc 10", "Việc 11"]),
        ("q=viec+khong", []),
    ],
)
def test_filters_and_search(things, query, expected):
    found = show(f"/l/?{query}", page_size=50)
    if query == "due_from=04/01/2024":
        expected = sorted(t.name for t in things if t.due and t.due.isoformat() >= "2024-01-04")
    if query.startswith("due_to"):
        expected = sorted(t.name for t in things if t.due and t.due.isoformat() == "2024-01-02")
    everything = sorted(thing.name for thing in things)
    assert sorted(names(found)) == (everything if expected is None else expected)


def test_wrong_filter_says_why_and_keeps_what_was_typed(things):
    found = show("/l/?due_from=32/1/2024&rank=1")
    assert "không phải là ngày" in str(found.form["due_from"].errors)
    assert 'value="32/1/2024"' in str(found.form["due_from"])
    assert [chip.label for chip, _url in found.chips] == ["Hạng: Một"]


def test_chips_say_the_filters_and_lead_away_from_each(things):
    found = show("/l/?rank=1&due_from=1/1/2024&due_to=9/1/2024&name=4&open=on&order=-name")
    labels = [chip.label for chip, _url in found.chips]
    assert labels == ["Hạng: Một", "Hạn từ 01/01/2024", "Hạn đến 09/01/2024", "Tên: 4", "Đang mở"]
    assert "rank" not in parse_qs(urlsplit(found.chips[0][1]).query)
    assert found.clear_url == "/l/?order=-name"
    assert show("/l/?rank=1").clear_url == "/l/"


def test_choice_and_boolean_filters_take_their_own_query(things):
    filters = (
        ChoiceFilter(
            "kind", "Loại", lambda: [("hi", "Cao")], lookup=lambda qs, v: qs.filter(rank=len(v) + 1)
        ),
        BooleanFilter("odd", "Lẻ", when=lambda qs: qs.filter(open=False)),
    )
    assert ranks(show("/l/?kind=hi", filters=filters)) == [3, 3, 3]
    assert len(show("/l/?odd=1", filters=filters, page_size=50).rows) == 6


def test_search_may_be_a_function(things):
    found = show("/l/?q=ba", search=lambda rows, text: rows.filter(rank=len(text)))
    assert ranks(found) == [2, 2, 2]


def test_count_stops_at_its_limit(things, monkeypatch):
    monkeypatch.setattr(page_module, "COUNT_LIMIT", 10)
    found = show()
    assert (found.count, found.count_is_exact, found.count_words) == (11, False, "hơn 10")
    assert len(show("/l/?before=end").rows) == 5


def test_headings_turn_the_order_round(things):
    found = show("/l/?order=rank")
    by_key = {heading.column.key: heading for heading in found.headings}
    assert (by_key["rank"].sort, by_key["rank"].url) == ("ascending", "/l/?order=-rank")
    assert (by_key["name"].sort, by_key["name"].url) == ("", "/l/?order=name")
    assert by_key["note"].url == ""
    down = {h.column.key: h for h in show("/l/?order=-rank").headings}["rank"]
    assert (down.sort, down.url) == ("descending", "/l/?order=rank")


def test_foreign_parameters_are_carried_along(things):
    assert show("/l/?view=board&order=-name&after=x&q=a&rank=1").hidden == [
        ("view", "board"),
        ("order", "-name"),
    ]


def test_two_queries_a_page(things, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = show(rows=Thing.objects.select_related("owner"))
        assert (found.count_words, bool(found.rows), found.previous_url) == ("12", True, "")


@pytest.mark.parametrize("order", ["due", "-due"])
def test_filled_rows_of_a_column_are_read_without_the_empty_ones(
    things, order, django_assert_num_queries
):
    found = show(order=order)
    with django_assert_num_queries(1):
        assert all(thing.due for thing in found.page.objects)
    filled = Thing.objects.filter(due__isnull=False)
    assert not ordering(filled, [order])[0].nullable
    assert not ordering(Thing.objects.filter(due__gt=date(2024, 1, 1)), [order])[0].nullable
    assert ordering(Thing.objects.filter(due__isnull=True), [order])[0].nullable
    assert ordering(Thing.objects.exclude(due=date(2024, 1, 1)), [order])[0].nullable
    with django_assert_num_queries(1):
        assert show(rows=filled, order=order, page_size=100).page.objects


def test_days_of_a_moment_begin_at_midnight_here(db):
    day = DateRangeFilter("created", "Lập", path="created__date")
    asked = {"created_from": date(2024, 3, 4), "created_to": date(2024, 3, 5)}
    seen = []

    class Rows:
        def filter(self, **conditions):
            seen.extend((name, at.isoformat()) for name, at in conditions.items())
            return self

    day.apply(Rows(), asked)
    assert seen == [
        ("created__gte", "2024-03-04T00:00:00+07:00"),
        ("created__lt", "2024-03-06T00:00:00+07:00"),
    ]


def test_page_shows_rows_links_and_ways_on(things, rf):
    found = show(
        row_url=lambda thing: f"/thing/{thing.pk}/",
        row_tone=lambda thing: "late" if thing.rank == 0 else "",
        bulk=(BulkAction("Nhắc", "/remind/", danger=True, confirm="Nhắc?"),),
        beside=True,
    )
    html = found.respond("ui/listing.html").content.decode()
    assert html.count('class="row-late"') == 3
    assert 'name="selected"' in html
    assert "Dòng 1–5 trong 12" in html
    assert 'data-label="Hạng"' in html
    assert 'data-confirm="Nhắc?"' in html


def test_empty_list_says_why(db):
    assert "Chưa có mục nào" in show().respond("ui/listing.html").content.decode()
    filtered = show("/l/?q=khong-co").respond("ui/listing.html").content.decode()
    assert "Không có mục nào khớp" in filtered
    assert show().page.first == 0
