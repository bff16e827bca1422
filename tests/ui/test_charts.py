import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.ui import charts

MONTHS = [charts.Point(f"T{n}", value) for n, value in enumerate([92, 95.5, None, 97, 99], 1)]
BARS = [charts.Bar("Quý I", 94.5, url="/q1/"), charts.Bar("Quý II", 0, "late")]
STACKS = [
    charts.Stack("Thể chế", [charts.Segment("Xong", 3, "done"), charts.Segment("Trễ", 0, "late")]),
    charts.Stack("Bộ máy", [charts.Segment("Đang làm", 0.1, "active")]),
]


@pytest.mark.parametrize(
    "figure",
    [
        charts.bars("Tên", BARS, unit="%", target=98),
        charts.rows("Tên", BARS, target=5),
        charts.line("Tên", MONTHS, unit="%", target=98, cut_off=3, floor=90),
        charts.stacks("Tên", STACKS),
    ],
    ids=["bars", "rows", "line", "stacks"],
)
def test_a_chart_is_drawn_twice_without_style_and_has_its_rows(figure):
    assert re.findall(r'class="chart (chart-\w+)"', figure.svg) == ["chart-narrow", "chart-wide"]
    assert "style=" not in figure.svg
    assert "<script" not in figure.svg
    assert all(len(row) == len(figure.headers) for row in figure.rows)


def test_rows_behind_bars():
    figure = charts.bars("Đúng hạn", BARS, unit="%", target=98)
    assert list(figure.headers) == ["Mục", "Giá trị (%)"]
    assert figure.rows == [["Quý I", "94,5"], ["Quý II", "0"]]
    assert figure.note == "Mục tiêu: 98%"
    assert 'href="/q1/"' in figure.svg


def test_stacks_add_up():
    figure = charts.stacks("Theo lĩnh vực", STACKS)
    assert list(figure.headers) == ["Mục", "Xong", "Trễ", "Đang làm", "Cộng"]
    assert figure.rows == [["Thể chế", "3", "0", "0", "3"], ["Bộ máy", "0", "0", "0,1", "0,1"]]


def test_line_breaks_at_a_missing_value_and_dots_the_forecast():
    svg = charts.line("Tên", MONTHS, cut_off=3).svg
    assert svg.count('class="series"') == 2  # T1–T2, in both drawings
    assert svg.count('class="series forecast"') == 2  # T4–T5
    assert "trục bắt đầu" not in svg


def test_axis_that_does_not_begin_at_zero_says_so():
    assert "trục bắt đầu từ 90%" in charts.line("Tên", MONTHS, unit="%", floor=90).svg


def test_long_labels_are_cut_in_the_drawing_only():
    name = "Nguyễn Hoàng Phương Quỳnh Như – Địa chính–nông nghiệp–xây dựng và môi trường"
    figure = charts.rows("Tên", [charts.Bar(name, 3)])
    assert name not in figure.svg
    assert "…" in figure.svg
    assert figure.rows[0][0] == name


def test_words_from_outside_are_escaped():
    svg = charts.rows("<b>", [charts.Bar("<script>", 1, url='"x')]).svg
    assert "<script>" not in svg
    assert "&lt;b&gt;" in svg


@pytest.mark.parametrize("draw", [charts.bars, charts.rows, charts.line, charts.stacks])
def test_no_values_is_an_empty_chart(draw):
    assert draw("Tên", []).rows == []


@given(
    st.lists(st.one_of(st.none(), st.floats(0, 1e6)), max_size=15),
    st.one_of(st.none(), st.floats(0, 1e6)),
)
def test_spark_stays_in_its_box(values, target):
    svg = charts.spark(values, label="Xu hướng", target=target)
    heights = [float(y) for y in re.findall(r'(?:cy|y1|y2)="([-\d.]+)"', svg)]
    assert all(0 <= y <= 24 for y in heights)


def test_spark_of_nothing_is_empty():
    assert "<circle" not in charts.spark([None], label="Xu hướng")


def test_what_is_foreseen_has_a_band_from_the_last_counted_value_and_its_rows():
    points = [charts.Point("T1", 97), charts.Point("T2", 98)]
    points += [charts.Point("T3", 98, 97, 99), charts.Point("T4", 97.5, 96, 99.5)]
    figure = charts.line("Tên", points, unit="%", target=98, cut_off=1, floor=90)
    band = re.findall(r'class="band" points="([^"]+)"', figure.svg)
    assert [len(shape.split()) for shape in band] == [6, 6]  # there and back, in both drawings
    assert figure.headers[-1] == "Khoảng dự báo"
    assert figure.rows[0][-1] == "–"
    assert figure.rows[-1] == ["T4", "97,5", "96 – 99,5"]


@pytest.mark.parametrize(
    ("points", "cut_off", "corners"),
    [
        ([charts.Point("T1", 1), charts.Point("T2", 2)], 1, 0),  # nothing is foreseen
        ([charts.Point("T1", None), charts.Point("T2", 2, 1, 3)], 0, 0),  # one interval is no band
        ([charts.Point("T1", 2, 1, 3), charts.Point("T2", 2, 1, 3)], None, 4),
    ],
)
def test_a_band_needs_two_ends(points, cut_off, corners):
    svg = charts.line("Tên", points, cut_off=cut_off).svg
    found = re.findall(r'class="band" points="([^"]+)"', svg)
    assert [len(shape.split()) for shape in found] == ([corners, corners] if corners else [])
