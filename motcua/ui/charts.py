"""Charts drawn on the server as SVG: no script, no inline style, readable in grey and on paper.

Every chart is a :class:`Figure`: the drawing and the rows behind it, shown together by
``{% chart figure %}``. Values stand at their marks, the axis begins at zero, the target is a
dashed line with its name, the cut-off day belongs into ``title``.
Lengths are in units of the view box; the drawing scales with its column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from motcua.core.text import number

Text = str | Promise

_WIDTH = 640.0
_LETTER = 7.2  # width of a letter at 13 units, for the room of labels


@dataclass(frozen=True)
class Figure:
    """A chart: title, drawing, and the table of its rows."""

    title: Text
    svg: SafeString
    headers: Sequence[Text]
    rows: Sequence[Sequence[str]]
    note: Text = ""
    wide: bool = True


@dataclass(frozen=True)
class Bar:
    """One value; ``tone`` is "", "late" or "soon"; ``url`` leads to its rows."""

    label: Text
    value: float
    tone: str = ""
    url: str = ""


@dataclass(frozen=True)
class Point:
    """One value in time."""

    label: Text
    value: float | None


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
    height, base, top = 240.0, 200.0, 28.0
    scale = (base - top) / _ceiling([bar.value for bar in values], target)
    step = _WIDTH / max(len(values), 1)
    thick = min(step * 0.6, 56.0)
    drawn = []
    for place, bar in enumerate(values):
        middle = step * (place + 0.5)
        tall = bar.value * scale
        drawn.append(
            _linked(
                bar.url,
                _rect(middle - thick / 2, base - tall, thick, tall, f"mark mark-{bar.tone}")
                + _text(middle, base - tall - 6, _shown(bar.value, unit), "value middle")
                + _text(middle, base + 18, bar.label, "label middle"),
            )
        )
    lines = [_line(0, base, _WIDTH, base, "axis")]
    if target is not None:
        lines.append(_target(base - target * scale, _shown(target, unit)))
    return _figure(title, _svg(_WIDTH, height, [*lines, *drawn], title), values, unit, target)


def rows(
    title: Text, values: Sequence[Bar], *, unit: str = "", target: float | None = None
) -> Figure:
    """Lying bars, for names: label left, value behind the bar. Long names get two thirds."""
    room = min(max((len(str(bar.label)) for bar in values), default=0) * _LETTER + 12, 300.0)
    pitch, thick, top = 30.0, 16.0, 8.0 if target is None else 24.0
    height = top + pitch * len(values) + 4
    behind = 56.0
    ceiling = _ceiling([bar.value for bar in values], target)
    scale = (_WIDTH - room - behind) / ceiling
    drawn = []
    for place, bar in enumerate(values):
        y = top + pitch * place + (pitch - thick) / 2
        long = bar.value * scale
        drawn.append(
            _linked(
                bar.url,
                _text(room - 10, y + 12.5, _cut(str(bar.label), room), "label end")
                + _rect(room, y, long, thick, f"mark mark-{bar.tone}")
                + _text(room + long + 6, y + 12.5, _shown(bar.value, unit), "value"),
            )
        )
    lines = [_line(room, top, room, height - 4, "axis")]
    if target is not None:
        x = room + target * scale
        lines.append(_line(x, top - 4, x, height - 4, "target"))
        words = _("mục tiêu %(value)s") % {"value": _shown(target, unit)}
        lines.append(_text(min(x, _WIDTH - 4), top - 9, words, "target-label end"))
    return _figure(title, _svg(_WIDTH, height, [*lines, *drawn], title), values, unit, target)


def line(
    title: Text,
    points: Sequence[Point],
    *,
    unit: str = "",
    target: float | None = None,
    cut_off: int | None = None,
) -> Figure:
    """A value over periods, with its target; ``cut_off`` is the place of the last counted point.

    Points after it are a forecast: their line is dotted. A missing value breaks the line.
    """
    height, base, top, left, right = 240.0, 200.0, 28.0, 16.0, 64.0
    known = [p.value for p in points if p.value is not None]
    scale = (base - top) / _ceiling(known, target)
    step = (_WIDTH - left - right) / max(len(points) - 1, 1)

    def at(place: int, value: float) -> tuple[float, float]:
        return left + step * place, base - value * scale

    drawn: list[SafeString] = [_line(0, base, _WIDTH, base, "axis")]
    if target is not None:
        drawn.append(_target(base - target * scale, _shown(target, unit)))
    for place, (one, two) in enumerate(pairwise(points)):
        if one.value is None or two.value is None:
            continue
        forecast = cut_off is not None and place >= cut_off
        ends = (*at(place, one.value), *at(place + 1, two.value))
        drawn.append(_line(*ends, "series forecast" if forecast else "series"))
    crowded = len(points) > 12
    last = max((i for i, p in enumerate(points) if p.value is not None), default=-1)
    for place, point in enumerate(points):
        x = left + step * place
        if not crowded or place % 3 == 0:
            anchor = "start" if place == 0 else "middle"
            drawn.append(_text(x if place else 0, base + 18, point.label, f"label {anchor}"))
        if point.value is None:
            continue
        x, y = at(place, point.value)
        drawn.append(format_html('<circle cx="{}" cy="{}" r="3.5" class="dot"/>', _n(x), _n(y)))
        if place == last:
            drawn.append(_text(x + 8, y + 4, _shown(point.value, unit), "value"))
        elif not crowded:
            drawn.append(_text(x, y - 9, _shown(point.value, unit), "value middle"))
    table = [Bar(p.label, p.value) if p.value is not None else p for p in points]
    return _figure(title, _svg(_WIDTH, height, drawn, title), table, unit, target)


def spark(
    values: Sequence[float | None], *, label: Text, target: float | None = None
) -> SafeString:
    """A small line beside a number, 96 × 24; the number beside it carries the value."""
    wide, tall = 96.0, 24.0
    known = [v for v in values if v is not None]
    scale = (tall - 6) / _ceiling(known, target)
    step = (wide - 8) / max(len(values) - 1, 1)
    places = [(4 + step * i, tall - 3 - v * scale) for i, v in enumerate(values) if v is not None]
    drawn = [
        format_html(
            '<polyline class="series" points="{}"/>',
            " ".join(f"{_n(x)},{_n(y)}" for x, y in places),
        )
    ]
    if target is not None:
        drawn.insert(
            0, _line(0, tall - 3 - target * scale, wide, tall - 3 - target * scale, "target")
        )
    if places:
        x, y = places[-1]
        drawn.append(format_html('<circle cx="{}" cy="{}" r="2.5" class="dot"/>', _n(x), _n(y)))
    return _svg(wide, tall, drawn, label, "chart spark")


def stacks(title: Text, lines: Sequence[Stack]) -> Figure:
    """Wholes in parts (done, active, waiting, late): one line each, parts by shade and number."""
    room = min(max((len(str(s.label)) for s in lines), default=0) * _LETTER + 12, 260.0)
    pitch, thick, top = 34.0, 20.0, 4.0
    height = top + pitch * len(lines)
    most = max((sum(part.value for part in s.segments) for s in lines), default=0) or 1
    scale = (_WIDTH - room - 40) / most
    drawn = []
    for place, whole in enumerate(lines):
        y = top + pitch * place + (pitch - thick) / 2
        x = room
        drawn.append(_text(room - 10, y + 14.5, _cut(str(whole.label), room), "label end"))
        for part in whole.segments:
            wide = part.value * scale
            if wide <= 0:
                continue
            drawn.append(_rect(x, y, max(wide - 1.5, 1), thick, f"part part-{part.pattern}"))
            if wide > 22:
                words = number(part.value)
                drawn.append(_text(x + wide / 2, y + 14.5, words, f"in in-{part.pattern} middle"))
            x += wide
        total = number(sum(part.value for part in whole.segments))
        drawn.append(_text(x + 6, y + 14.5, total, "value"))
    names: dict[str, Segment] = {}
    for whole in lines:
        for part in whole.segments:
            names.setdefault(part.pattern, part)
    headers = [_("Mục"), *(part.label for part in names.values()), _("Cộng")]
    table = [
        [
            str(whole.label),
            *(number(sum(p.value for p in whole.segments if p.pattern == key)) for key in names),
            number(sum(p.value for p in whole.segments)),
        ]
        for whole in lines
    ]
    legend = format_html_join(
        "",
        '<li><span class="swatch part-{}"></span>{}</li>',
        ((k, p.label) for k, p in names.items()),
    )
    svg = _svg(_WIDTH, height, drawn, title)
    return Figure(title, format_html('{}<ul class="legend">{}</ul>', svg, legend), headers, table)


# --- drawing ----------------------------------------------------------------------------------


def _figure(
    title: Text,
    svg: SafeString,
    values: Sequence[Bar | Point],
    unit: str,
    target: float | None,
) -> Figure:
    head = _("Giá trị (%(unit)s)") % {"unit": unit} if unit else _("Giá trị")
    table = [[str(v.label), "–" if v.value is None else number(v.value)] for v in values]
    note = "" if target is None else _("Mục tiêu: %(value)s") % {"value": _shown(target, unit)}
    return Figure(title, svg, [_("Mục"), head], table, note)


def _ceiling(values: Sequence[float], target: float | None) -> float:
    """The top of the scale: zero line to the largest value or target, never zero."""
    return max([*values, target or 0, 0]) or 1.0


def _shown(value: float, unit: str) -> str:
    text = number(round(value, 1))
    return f"{text}%" if unit == "%" else text


def _cut(text: str, room: float) -> str:
    """A label that fits its room; the table has it whole."""
    most = int((room - 12) / _LETTER)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _rect(x: float, y: float, wide: float, tall: float, name: str) -> SafeString:
    shape = '<rect x="{}" y="{}" width="{}" height="{}" rx="2" class="{}"/>'
    return format_html(shape, _n(x), _n(y), _n(wide), _n(tall), name.removesuffix(" mark-"))


def _line(x1: float, y1: float, x2: float, y2: float, name: str) -> SafeString:
    shape = '<line x1="{}" y1="{}" x2="{}" y2="{}" class="{}"/>'
    return format_html(shape, _n(x1), _n(y1), _n(x2), _n(y2), name)


def _text(x: float, y: float, words: Text, name: str) -> SafeString:
    return format_html('<text x="{}" y="{}" class="{}">{}</text>', _n(x), _n(y), name, words)


def _target(y: float, words: str) -> SafeString:
    label = _("mục tiêu %(value)s") % {"value": words}
    return _line(0, y, _WIDTH, y, "target") + _text(_WIDTH, y - 5, label, "target-label end")


def _linked(url: str, drawn: SafeString) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, drawn) if url else drawn


def _svg(
    wide: float, tall: float, drawn: Sequence[SafeString], title: Text, name: str = "chart"
) -> SafeString:
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        name,
        _n(wide),
        _n(tall),
        title,
        mark_safe("".join(drawn)),  # noqa: S308  # every part is made by format_html
    )
