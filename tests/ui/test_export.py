import csv
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from motcua.ui.listing import Column, TooManyRows, export, listing
from tests.ui.conftest import Thing
from tests.ui.test_listing import show

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MOMENT = datetime(2024, 2, 5, 9, 41, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def cells(response):
    """The cells of an XLSX answer: (text or value, is a formula)."""
    content = b"".join(response.streaming_content)
    response.file_to_stream.close()
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    rows = ElementTree.fromstring(sheet).iter(f"{SHEET}row")  # noqa: S314  # written by ourselves
    return [
        [
            ("".join(cell.itertext()), cell.find(f"{SHEET}f") is not None)
            for cell in row.iter(f"{SHEET}c")
        ]
        for row in rows
    ]


def lines(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_xlsx_holds_all_filtered_rows_in_order(things):
    response = show("/l/?export=xlsx&order=-name&rank=0").respond("ui/listing.html")
    rows = cells(response)
    assert [text for text, _ in rows[0]] == ["Tên", "Hạng", "Hạn", "Người"]
    assert [row[0][0] for row in rows[1:]] == ["Việc 2", "Việc 1", "Việc 0"]
    assert 'filename="danh-sach.xlsx"' in response["Content-Disposition"]


def test_csv_is_read_with_vietnamese_letters(things):
    rows = lines(show("/l/?export=csv&q=viec+1").respond("ui/listing.html"))
    assert rows[0] == ["Tên", "Hạng", "Hạn", "Người"]
    assert [row[0] for row in rows[1:]] == ["Việc 1", "Việc 10", "Việc 11"]


def test_the_columns_of_a_file_are_chosen(things):
    rows = lines(show("/l/?export=csv&column=due&column=name").respond("ui/listing.html"))
    assert rows[0] == ["Tên", "Hạn"]
    rows = lines(show("/l/?export=csv&column=unknown").respond("ui/listing.html"))
    assert rows[0] == ["Tên", "Hạng", "Hạn", "Người"]


@pytest.mark.parametrize("text", ["=1+1", "+84", "-2", "@x", "http://x.vn"])
def test_typed_text_never_becomes_a_formula(db, text):
    Thing.objects.create(name=text)
    assert cells(show("/l/?export=xlsx").respond("ui/listing.html"))[1][0] == (text, False)
    shown = lines(show("/l/?export=csv").respond("ui/listing.html"))[1][0]
    assert shown == (text if text.startswith("http") else f"'{text}")


def test_values_keep_their_kind(db, rf):
    Thing.objects.create(name="a", due=date(2024, 2, 5), made=MOMENT, rank=7, open=True)
    columns = (
        Column("due", "Hạn"),
        Column("made", "Lúc"),
        Column("rank", "Hạng", export_value=lambda rank: Decimal(rank) / 2),
        Column("open", "Mở"),
        Column("owner", "Người", path="owner__name"),
        Column("computed", "Tính", path="", render=str),
    )
    found = listing(rf.get("/l/?export=xlsx"), Thing.objects.all(), columns, order="")
    row = cells(found.respond("ui/listing.html"))[1]
    assert [text for text, _ in row] == ["45327", "45327.40347222222", "3.5", "1"]
    found = listing(rf.get("/l/?export=csv"), Thing.objects.all(), columns, order="")
    row = lines(found.respond("ui/listing.html"))[1]
    assert row == ["2024-02-05", "2024-02-05T09:41+07:00", "3.5", "True", ""]


def test_too_many_rows_are_refused_with_a_sentence(things, monkeypatch):
    monkeypatch.setattr(export, "EXPORT_LIMIT", 11)
    with pytest.raises(TooManyRows, match="dài hơn 11 dòng"):
        show("/l/?export=csv").respond("ui/listing.html")


def test_unknown_kind_and_closed_list_show_the_page(things):
    assert show("/l/?export=pdf").respond("ui/listing.html")["Content-Type"].startswith("text/html")
    closed = show("/l/?export=csv", exportable=False)
    assert closed.export_urls == []
    assert closed.respond("ui/listing.html")["Content-Type"].startswith("text/html")


def test_links_to_both_files(things):
    urls = show("/l/?rank=1&after=x").export_urls
    assert urls == [("XLSX", "/l/?rank=1&export=xlsx"), ("CSV", "/l/?rank=1&export=csv")]
