from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from motcua.ui import elements

TODAY = date(2024, 9, 30)


def show(source, **values):
    request = SimpleNamespace(today=TODAY, COOKIES={})
    return Template("{% load ui_tags %}" + source).render(Context({"request": request} | values))


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ('{% icon "search" %}', ['aria-hidden="true"', "#search"]),
        ('{% icon "search" label="Tìm" %}', ['role="img"', 'aria-label="Tìm"']),
        ('{% button "Lưu" kind="primary" %}', ['<button type="submit"', "btn-primary", "Lưu"]),
        ('{% button "Mở" href=url small=True %}', ['<a href="/x/?a=1&amp;b=2"', "btn-small"]),
        ('{% button "Mới" key="n" confirm="Chắc?" hx_post="/y/" disabled=True %}',
         ['data-key="n"', 'data-confirm="Chắc?"', 'hx-post="/y/"', " disabled>"]),
        ('{% button "Cũ" name=nothing hidden=False %}', ['<button type="submit" class="btn">Cũ']),
        ('{% tag "Trễ" tone="late" %}', ["tag-late", "exclamation-triangle-fill"]),
        ('{% tag "Mới" shape="star" %}', ['class="tag"', "#star"]),
        ('{% time_left due %}', ["time-late", "trễ 2 ngày", 'title="Hạn 28/09/2024"']),
        ('{% time_left due done=due %}', ["time-done", "xong đúng hạn"]),
        ('{% time_left none %}', ["không có hạn"]),
        ('{% time_left due why_url="/w/" %}', ['<a class="why" href="/w/">']),
        ('{% time_left ready %}', ["còn 1 ngày 3 giờ", 'href="/why/"']),
        ('{% number 98.456 unit="%" decimals=1 href="/r/" %}', ['<a href="/r/">98,5%</a>']),
        ('{% number 12 unit="hồ sơ" on=due %}', ["12\u00a0hồ sơ", "đến 28/09/2024"]),
        ('{% number 5 typed_by="Lê An" typed_at=at %}', ["Nhập tay: Lê An 09:41 30/09/2024"]),
        ('{% number none %}', ["chưa có số liệu"]),
        ('{% progress 72 %}', ['max="100"', 'value="72"', "72%"]),
        ('{% progress 7 total=38 tone="late" label="Việc" %}', ["7/38", 'aria-label="Việc"']),
        ('{% person "Lê Thị An" post="Văn phòng" href="/p/" %}', ["LA", "Văn phòng", 'href="/p/"']),
        ('{% person "Lê Thị An" post="Văn phòng" small=True %}', ["Lê Thị An"]),
        ('{% person "" %}', ["Chưa giao"]),
        ('{% stat 2 "việc trễ" href="/l/" tone="late" note="10 ngày" %}', ["stat-late", "10 ngày"]),
        ('{% stat 0 "việc trễ" tone="late" %}', ['<div class="stat">']),
        ('{% stat none "việc trễ" %}', [">–<"]),
        ('{% diff "cũ đi" "mới đi" %}', ["<del>cũ</del>", "<ins>mới</ins>"]),
        ('{% card "Thẻ" href="/c/" %}bên trong{% endcard %}', ["bên trong", '<a href="/c/">Thẻ']),
        ('{% panel "Lưu ý" tone="soon" %}x{% endpanel %}', ["panel-soon", "Lưu ý"]),
        ('{% dialog "d" "Tên" %}x{% enddialog %}', ['aria-labelledby="d-title"']),
        ('{% field_set "Nhóm" hint="Gợi ý" %}x{% endfield_set %}', ["<legend>Nhóm", "Gợi ý"]),
        ('{% empty "Chưa có" %}x{% endempty %}', ["Chưa có"]),
        ('{% board "B" %}{% board_column "C" 0 "late" %}x{% endboard_column %}{% endboard %}',
         ['aria-label="B"', "board-late", '<span class="count">0</span>']),
        ('{% pane "Gốc" side="source" %}x{% endpane %}', ["pane-source"]),
        ('{% message "Xong" %}', ["Xong", "check-circle"]),
        ('{% message "Hỏng" tone="late" %}', ["message-late"]),
        ('{% tabs tabs label="Xem" %}', ['aria-current="page"', '<span class="count">3</span>']),
        ('{% breadcrumb crumbs %}', ['<span aria-current="page">Đây', 'href="/k/"']),
        ('{% timeline events %}', ["Giao việc", "Lê An", "09:41 30/09/2024", "Vì gấp"]),
        ('{% definitions terms %}', ["<dt>Hạn</dt>", "–"]),
        ('{% file_list files %}', ["a.pdf", "340 KB"]),
        ('{% file_list none %}', ["Chưa có tệp nào."]),
        ('{{ 1500000|vn_money }} {{ due|vn_date }} {{ "Lê Thị An"|initials_of }}',
         ["1.500.000 đồng 28/09/2024 LA"]),
    ],
)  # fmt: skip
def test_a_component_shows_its_parts(source, parts):
    at = datetime(2024, 9, 30, 2, 41, tzinfo=UTC)
    html = show(
        source,
        due=date(2024, 9, 28),
        none=None,
        nothing=None,
        url="/x/?a=1&b=2",
        at=at,
        ready=elements.TimeLeft("soon", "còn 1 ngày 3 giờ", TODAY, "/why/"),
        tabs=[elements.Tab("Danh sách", "#", current=True, count=3)],
        crumbs=[elements.Crumb("Kế hoạch", "/k/"), elements.Crumb("Đây")],
        events=[elements.Event(at, "Giao việc", "Lê An", "Vì gấp")],
        terms=[elements.Term("Hạn", None)],
        files=[elements.FileItem("a.pdf", "/f/", 348_160)],
    )
    for part in parts:
        assert part in html


EVIL = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    "source",
    [
        "{% button evil href=evil %}",
        "{% tag evil %}",
        "{% person evil post=evil %}",
        "{% stat 1 evil note=evil %}",
        "{% number 1 unit=evil typed_by=evil %}",
        "{% diff evil '' %}",
        "{% message evil %}",
        "{% card evil %}{{ evil }}{% endcard %}",
        "{% icon 'x' label=evil %}",
        "{% board evil %}{% endboard %}",
    ],
)
def test_text_from_outside_is_escaped(source):
    assert "<script>" not in show(source, evil=EVIL)


def test_theme_without_a_request():
    assert Template("{% load ui_tags %}[{% theme %}]").render(Context()) == "[]"
