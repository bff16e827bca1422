"""Charts drawn on the server as SVG: no script, no inline style, readable in grey and on paper.

Every chart is a :class:`Figure`: the drawing and the rows behind it, shown together by
``{% chart figure %}``. Values stand at their marks, the axis begins at zero, the target is a
dashed line with its name, the cut-off day belongs into ``title``.

A chart is drawn twice, for a narrow and for a wide column, and the style sheet shows the one that
fits: letters keep their size on a phone. Lengths are in units of the view box.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from motcua.core.text import number
from motcua.ui.text import Text

NARROW, WIDE = 360.0, 720.0
_LETTER = 7.0  # mean width of a letter, for the room of labels


@dataclass(frozen=True)
class Figure:
    """A chart: title, drawing, and the table of its rows."""

    title: Text
    svg: SafeString
    headers: Sequence[Text]
    rows: Sequence[Sequence[str]]
    note: Text = ""


@dataclass(frozen=True)
class Bar:
    """One value; ``tone`` is "", "late" or "soon"; ``url`` leads to its rows."""

    label: Text
    value: float
    tone: str = ""
    url: str = ""


@dataclass(frozen=True)
class Point:
    """One value in time; None where there is none. ``low`` and ``high``: the interval around one
    that is foreseen."""

    label: Text
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Segment:
    """One part of a whole; ``pattern`` names its shade: done, active, waiting, soon, late."""

    label: Text
    value: float
    pattern: str


@dataclass(frozen=True)
class Stack:
    """A whole made of segments: one line of a stacked chart."""

    label: Text
    segments: Sequence[Segment] = field(default_factory=tuple)


def bars(
    title: Text, values: Sequence[Bar], *, unit: str = "", target: float | None = None
) -> Figure:
    """Standing bars, for a few periods: one bar each, the value on it."""
    base, top = 180.0, 30.0
    scale = (base - top) / _ceiling([bar.value for bar in values], target)

    def draw(width: float) -> tuple[float, list[SafeString]]:
        room = _target_room(target, unit)
        step = (width - room) / max(len(values), 1)
        thick = min(step * 0.62, 64.0)
        drawn = [_line(0, base, width, base, "axis")]
        for place, bar in enumerate(values):
            middle = step * (place + 0.5)
            tall = bar.value * scale
            mark = _rect(middle - thick / 2, base - tall, thick, tall, _named("mark", bar.tone))
            value = _text(middle, base - tall + 17, _shown(bar.value, unit), "in-mark middle")
            if tall < 24:
                value = _text(middle, base - tall - 6, _shown(bar.value, unit), "value middle")
            label = _text(middle, base + 19, _cut(str(bar.label), step), "label middle")
            drawn.append(_linked(bar.url, mark + value + label))
        if target is not None:
            drawn.append(_target(base - target * scale, width, _shown(target, unit)))
        return base + 26, drawn

    return _figure(title, draw, [(b.label, b.value) for b in values], unit, target)


def rows(
    title: Text, values: Sequence[Bar], *, unit: str = "", target: float | None = None
) -> Figure:
    """Lying bars, for names: the label left (cut where it is long), the value behind the bar."""
    ceiling = _ceiling([bar.value for bar in values], target)
    pitch, thick, top = 30.0, 18.0, 6.0 if target is None else 24.0

    def draw(width: float) -> tuple[float, list[SafeString]]:
        room = _label_room([bar.label for bar in values], width)
        height = top + pitch * len(values) + 4
        scale = (width - room - 52) / ceiling
        drawn = [_line(room, top, room, height - 4, "axis")]
        for place, bar in enumerate(values):
            y = top + pitch * place + (pitch - thick) / 2
            long = bar.value * scale
            label = _text(room - 9, y + 13.5, _cut(str(bar.label), room), "label end")
            mark = _rect(room, y, long, thick, _named("mark", bar.tone))
            value = _text(room + long + 7, y + 13.5, _shown(bar.value, unit), "value")
            drawn.append(_linked(bar.url, label + mark + value))
        if target is not None:
            x = room + target * scale
            words = _target_words(_shown(target, unit))
            drawn.append(_line(x, top - 4, x, height - 4, "target"))
            drawn.append(_text(min(x + 40, width), top - 10, words, "target-label end"))
        return height, drawn

    return _figure(title, draw, [(b.label, b.value) for b in values], unit, target)


def line(
    title: Text,
    points: Sequence[Point],
    *,
    unit: str = "",
    target: float | None = None,
    cut_off: int | None = None,
    floor: float = 0,
) -> Figure:
    """A value over periods, with its target; ``cut_off`` is the place of the last counted point.

    Points after it are a forecast: their line is dotted, their intervals make a band that widens
    from the last counted one. A missing value breaks the line. An axis that begins above zero
    (``floor``) is drawn dashed and says where it begins.
    """
    base, top, left = 180.0, 30.0, 10.0
    known = [n for p in points for n in (p.value, p.high) if n is not None]
    scale = (base - top) / ((_ceiling(known, target) - floor) or 1)
    last = max((i for i, p in enumerate(points) if p.value is not None), default=-1)

    def draw(width: float) -> tuple[float, list[SafeString]]:
        step = (width - left - _target_room(target, unit)) / max(len(points) - 1, 1)
        every = max(int(40 / step) + 1, 1)  # a label needs about forty units

        def at(place: int, value: float) -> tuple[float, float]:
            return left + step * place, base - (value - floor) * scale

        drawn = [_band(points, cut_off, at)]
        drawn.append(_line(0, base, width, base, "axis broken" if floor else "axis"))
        if floor:
            words = _("trục bắt đầu từ %(value)s") % {"value": _shown(floor, unit)}
            drawn.append(_text(width, base - 6, words, "label end small"))
        if target is not None:
            drawn.append(_target(at(0, target)[1], width, _shown(target, unit)))
        for place, (one, two) in enumerate(pairwise(points)):
            if one.value is None or two.value is None:
                continue
            forecast = cut_off is not None and place >= cut_off
            ends = (*at(place, one.value), *at(place + 1, two.value))
            drawn.append(_line(*ends, "series forecast" if forecast else "series"))
        for place, point in enumerate(points):
            named = (last - place) % every == 0
            if named:
                anchor = "start" if place == 0 else "middle"
                x = left + step * place if place else 0
                drawn.append(_text(x, base + 19, point.label, f"label {anchor}"))
            if point.value is None:
                continue
            x, y = at(place, point.value)
            drawn.append(_dot(x, y, 3.5))
            if named:
                anchor = "start" if place == 0 else "middle"
                words = _shown(point.value, unit)
                drawn.append(_text(x if place else 0, y + 19, words, f"value {anchor}"))
        return base + 26, drawn

    figure = _figure(title, draw, [(p.label, p.value) for p in points], unit, target)
    if all(p.low is None for p in points):
        return figure
    intervals = [
        "–" if p.low is None or p.high is None else f"{number(p.low)} – {number(p.high)}"
        for p in points
    ]
    table = [[*row, interval] for row, interval in zip(figure.rows, intervals, strict=True)]
    return replace(figure, headers=[*figure.headers, _("Khoảng dự báo")], rows=table)


def stacks(title: Text, lines: Sequence[Stack]) -> Figure:
    """Wholes in parts (done, active, waiting, late): one line each, parts by shade and number."""
    pitch, thick, top = 34.0, 22.0, 2.0
    most = max((sum(part.value for part in s.segments) for s in lines), default=0) or 1

    def draw(width: float) -> tuple[float, list[SafeString]]:
        room = _label_room([whole.label for whole in lines], width)
        scale = (width - room - 34) / most
        drawn: list[SafeString] = []
        for place, whole in enumerate(lines):
            y = top + pitch * place + (pitch - thick) / 2
            x = room
            drawn.append(_text(room - 9, y + 15.5, _cut(str(whole.label), room), "label end"))
            for part in whole.segments:
                wide = part.value * scale
                if wide <= 0:
                    continue
                drawn.append(_rect(x, y, max(wide - 1.5, 1), thick, f"part part-{part.pattern}"))
                if wide > 16:
                    name = f"in in-{part.pattern} middle"
                    drawn.append(_text(x + wide / 2, y + 15.5, number(part.value), name))
                x += wide
            total = number(sum(part.value for part in whole.segments))
            drawn.append(_text(x + 6, y + 15.5, total, "value"))
        return top + pitch * len(lines), drawn

    names = {part.pattern: part.label for whole in lines for part in whole.segments}
    legend = format_html_join(
        "", '<li><span class="swatch part-{}"></span>{}</li>', list(names.items())
    )
    svg = format_html('{}<ul class="legend">{}</ul>', _both(draw, title), legend)
    return Figure(
        title,
        svg,
        [_("Mục"), *names.values(), _("Cộng")],
        [_stack_row(whole, list(names)) for whole in lines],
    )


def spark(
    values: Sequence[float | None], *, label: Text, target: float | None = None
) -> SafeString:
    """A small line beside a number, 96 × 24: the direction only, so its scale fits the values."""
    wide, tall = 96.0, 24.0
    known = [v for v in values if v is not None]
    marks = [*known, *([] if target is None else [target])]
    low, high = min(marks, default=0), max(marks, default=1)
    scale = (tall - 8) / ((high - low) or 1)
    step = (wide - 8) / max(len(values) - 1, 1)

    def y_of(value: float) -> float:
        return tall - 4 - (value - low) * scale

    places = [(4 + step * i, y_of(v)) for i, v in enumerate(values) if v is not None]
    drawn: list[SafeString] = []
    if target is not None:
        drawn.append(_line(0, y_of(target), wide, y_of(target), "target"))
    path = " ".join(f"{_n(x)},{_n(y)}" for x, y in places)
    drawn.append(format_html('<polyline class="series" points="{}"/>', path))
    if places:
        drawn.append(_dot(*places[-1], 2.5))
    return _svg(wide, tall, drawn, label, "chart spark")


# --- drawing --------------------------------------------------------------------------------------

Draw = Callable[[float], tuple[float, list[SafeString]]]


def _both(draw: Draw, title: Text) -> SafeString:
    """The chart for a narrow and for a wide column."""
    narrow_height, narrow = draw(NARROW)
    wide_height, wide = draw(WIDE)
    return format_html(
        "{}{}",
        _svg(NARROW, narrow_height, narrow, title, "chart chart-narrow"),
        _svg(WIDE, wide_height, wide, title, "chart chart-wide"),
    )


def _figure(
    title: Text,
    draw: Draw,
    values: Sequence[tuple[Text, float | None]],
    unit: str,
    target: float | None,
) -> Figure:
    head = _("Giá trị (%(unit)s)") % {"unit": unit} if unit else _("Giá trị")
    table = [[str(label), "–" if value is None else number(value)] for label, value in values]
    note = "" if target is None else _("Mục tiêu: %(value)s") % {"value": _shown(target, unit)}
    return Figure(title, _both(draw, title), [_("Mục"), head], table, note)


def _band(
    points: Sequence[Point], cut_off: int | None, at: Callable[[int, float], tuple[float, float]]
) -> SafeString:
    """The intervals of what is foreseen, as one shape; "" where there are none."""
    known = cut_off is not None and points[cut_off].value is not None
    ends = [(cut_off, points[cut_off].value, points[cut_off].value)] if known else []  # type: ignore[index] # known: there is one
    ends += [(n, p.low, p.high) for n, p in enumerate(points) if p.low is not None]
    if len(ends) < 2:
        return SafeString("")
    corners = [at(n, high) for n, _low, high in ends]  # type: ignore[arg-type] # low and high come together
    corners += [at(n, low) for n, low, _high in reversed(ends)]  # type: ignore[arg-type] # likewise
    shape = " ".join(f"{_n(x)},{_n(y)}" for x, y in corners)
    return format_html('<polygon class="band" points="{}"/>', shape)


def _stack_row(whole: Stack, patterns: Sequence[str]) -> list[str]:
    by_pattern = dict.fromkeys(patterns, 0.0)
    for part in whole.segments:
        by_pattern[part.pattern] += part.value
    return [str(whole.label), *map(number, by_pattern.values()), number(sum(by_pattern.values()))]


def _ceiling(values: Sequence[float], target: float | None) -> float:
    """The top of a scale that begins at zero: the largest value or target, never zero."""
    return max([*values, target or 0, 0]) or 1.0


def _label_room(labels: Sequence[Text], width: float) -> float:
    """Room for the longest label, at most two fifths of the width."""
    longest = max((len(str(label)) for label in labels), default=0)
    return min(longest * _LETTER + 14, width * 0.42)


def _target_room(target: float | None, unit: str) -> float:
    """Room right of the marks for the words at the target line."""
    return 30.0 if target is None else 16.0 + len(_target_words(_shown(target, unit))) * 6.4


def _target_words(value: str) -> str:
    return _("mục tiêu %(value)s") % {"value": value}


def _shown(value: float, unit: str) -> str:
    text = number(round(value, 1))
    return f"{text}%" if unit == "%" else text


def _cut(text: str, room: float) -> str:
    """A label that fits its room; the table has it whole."""
    most = max(int((room - 10) / _LETTER), 3)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _named(base: str, tone: str) -> str:
    return f"{base} {base}-{tone}" if tone else base


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _rect(x: float, y: float, wide: float, tall: float, name: str) -> SafeString:
    shape = '<rect x="{}" y="{}" width="{}" height="{}" rx="2" class="{}"/>'
    return format_html(shape, _n(x), _n(y), _n(wide), _n(tall), name)


def _line(x1: float, y1: float, x2: float, y2: float, name: str) -> SafeString:
    shape = '<line x1="{}" y1="{}" x2="{}" y2="{}" class="{}"/>'
    return format_html(shape, _n(x1), _n(y1), _n(x2), _n(y2), name)


def _dot(x: float, y: float, radius: float) -> SafeString:
    return format_html('<circle cx="{}" cy="{}" r="{}" class="dot"/>', _n(x), _n(y), _n(radius))


def _text(x: float, y: float, words: Text, name: str) -> SafeString:
    return format_html('<text x="{}" y="{}" class="{}">{}</text>', _n(x), _n(y), name, words)


def _target(y: float, width: float, words: str) -> SafeString:
    line_of_target = _line(0, y, width, y, "target")
    return line_of_target + _text(width, y - 6, _target_words(words), "target-label end")


def _linked(url: str, drawn: SafeString) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, drawn) if url else drawn


def _svg(
    wide: float, tall: float, drawn: Sequence[SafeString], title: Text, name: str
) -> SafeString:
    inner = mark_safe("".join(drawn))  # noqa: S308  # every part is made by format_html
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" role="{}" aria-label="{}">{}</svg>',
        name,
        _n(wide),
        _n(tall),
        "group" if "<a " in inner else "img",  # an image may hold no links
        title,
        inner,
    )
