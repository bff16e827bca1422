"""The components, as template tags. The gallery (``/ui/``) shows each of them.

Small ones are made here; those with more markup have their template in ``ui/components/``.
Every piece of text that comes from outside is escaped; a component takes no HTML but what stands
between its opening and closing tag, or a ``SafeString``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from django import forms, template
from django.forms import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from motcua.core.text import initials
from motcua.ui import elements, formats
from motcua.ui.charts import Figure

register = template.Library()

Tone = Literal["", "late", "soon", "done", "active", "waiting"]

#: A tone is told by shape too, so that nobody needs to see its colour.
TONE_ICONS: dict[str, str] = {
    "late": "exclamation-triangle-fill",
    "soon": "clock-fill",
    "done": "check-lg",
    "active": "play-fill",
    "waiting": "hourglass-split",
    "": "circle",
}

TIME_TONES: dict[str, tuple[str, str]] = {
    "late": ("late", "exclamation-triangle-fill"),
    "soon": ("soon", "clock-fill"),
    "in_time": ("", "clock"),
    "done": ("done", "check-lg"),
    "done_late": ("late", "exclamation-triangle-fill"),
    "none": ("done", "dash"),
}

register.filter("vn_date", formats.vn_date)
register.filter("vn_time", formats.vn_time)
register.filter("vn_datetime", formats.vn_datetime)
register.filter("vn_number", formats.vn_number)
register.filter("vn_money", formats.vn_money)
register.filter("file_size", elements.file_size)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether a form field is a single tick box: its label stands behind it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def initials_of(name: str) -> str:
    """ "Lê Thị An" → "LA"."""
    return initials(name)


@register.filter
def told(value: str, unit: str) -> str:
    """A report's figure as people write it: "1.114", "95,14%"; words stay."""
    words = formats.vn_number(int(value)) if value.isdecimal() else value
    return f"{words}%" if unit == "%" and words[-1:].isdecimal() else words


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite. Decoration unless ``label`` says what it means."""
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}">{}</svg>', label, _of_sprite(name)
        )
    return _decoration(name)


@cache
def _of_sprite(name: str) -> SafeString:
    return format_html('<use href="{}#{}"></use>', static("ui/vendor/icons.svg"), name)


@cache
def _decoration(name: str) -> SafeString:
    """A page shows a hundred of a dozen icons."""
    return format_html('<svg class="icon" aria-hidden="true">{}</svg>', _of_sprite(name))


@register.simple_tag
def button(
    label: str,
    href: str = "",
    kind: Literal["primary", "default", "quiet", "danger"] = "default",
    icon_name: str = "",
    small: bool = False,
    key: str = "",
    confirm: str = "",
    type: str = "submit",
    **attributes: object,
) -> SafeString:
    """A button, or a link that looks like one when ``href`` is given.

    ``key`` is the letter that presses it while no field has focus; ``confirm`` the question asked
    before it acts. Further attributes are passed with ``_`` for ``-``: ``name="step"``,
    ``hx_post=url``, ``aria_controls="x"``.
    """
    classes = (
        "btn" + ("" if kind == "default" else f" btn-{kind}") + (" btn-small" if small else "")
    )
    found: dict[str, object] = {"class": classes}
    if key:
        found |= {"data-key": key, "aria-keyshortcuts": key}
    if confirm:
        found["data-confirm"] = confirm
    found |= {name.replace("_", "-"): value for name, value in attributes.items()}
    inner = format_html("{}{}", icon(icon_name) if icon_name else "", label)
    if href:
        return format_html('<a href="{}"{}>{}</a>', href, _attributes(found), inner)
    return format_html('<button type="{}"{}>{}</button>', type, _attributes(found), inner)


@register.simple_tag
def tag(label: str, tone: Tone = "", shape: str = "") -> SafeString:
    """A status: a word in a small tag, told apart by shape and colour. At most four on a page."""
    mark = icon(shape or TONE_ICONS.get(tone, "circle"))
    return format_html(
        '<span class="tag{}">{}{}</span>', f" tag-{tone}" if tone else "", mark, label
    )


@register.simple_tag(takes_context=True)
def time_left(
    context: Context,
    due: date | elements.TimeLeft | None,
    done: date | None = None,
    soon: int = 5,
    why_url: str = "",
) -> SafeString:
    """How long until a deadline: words, shape and colour; the date in the title and in print.

    ``due`` is a day (counted in calendar days from ``request.today``), or a ready
    :class:`~motcua.ui.elements.TimeLeft` whose words were counted in working time. ``why_url``
    leads to the explanation of the date.
    """
    if isinstance(due, elements.TimeLeft):
        left = due
    else:
        left = elements.days_left(due, _today(context), done=done, soon=soon)
    tone, shape = TIME_TONES[left.state]
    day = formats.vn_date(left.due)
    words = format_html("{}<span>{}</span>", icon(shape), left.phrase)
    if day:
        title = _("Hạn %(day)s") % {"day": day}
        words = format_html('{}<span class="time-date"> · {}</span>', words, day)
    else:
        title = left.phrase
    shown = format_html(
        '<span class="time{}" title="{}">{}</span>', f" time-{tone}" if tone else "", title, words
    )
    why = why_url or left.why_url
    if not why:
        return shown
    return format_html('{} <a class="why" href="{}">{}</a>', shown, why, _("vì sao?"))


@register.simple_tag
def number(
    value: float | Decimal | None,
    unit: str = "",
    decimals: int | None = None,
    on: date | None = None,
    href: str = "",
    typed_by: str = "",
    typed_at: datetime | None = None,
) -> SafeString:
    """A number with its unit and its day, and the way to the rows behind it.

    A number without rows says who typed it, and when.
    """
    if value is None:
        return format_html('<span class="num num-none">{}</span>', _("chưa có số liệu"))
    text = with_unit(formats.vn_number(value, decimals), unit)
    shown = format_html('<a href="{}">{}</a>', href, text) if href else format_html("{}", text)
    notes: list[SafeString] = []
    if typed_by:
        words = _("Nhập tay: %(who)s %(when)s") % {
            "who": typed_by,
            "when": formats.vn_datetime(typed_at),
        }
        notes.append(
            format_html(
                '<span class="num-typed" title="{0}">{1}'
                '<span class="visually-hidden">{0}</span></span>',
                words.strip(),
                icon("pencil"),
            )
        )
    if on:
        notes.append(
            format_html(
                '<span class="num-on">{}</span>', _("đến %(day)s") % {"day": formats.vn_date(on)}
            )
        )
    return format_html('<span class="num">{}{}</span>', shown, mark_safe("".join(notes)))  # noqa: S308  # parts are format_html


@register.simple_tag
def progress(value: float, total: float = 100, label: str = "", tone: Tone = "") -> SafeString:
    """A bar with its number beside it: "7/38" or, of a hundred, "72%"."""
    words = (
        with_unit(formats.vn_number(value), "%")
        if total == 100
        else f"{formats.vn_number(value)}/{formats.vn_number(total)}"
    )
    return format_html(
        '<span class="progress{}"><progress max="{}" value="{}" aria-label="{}"></progress>'
        '<span class="progress-words">{}</span></span>',
        f" progress-{tone}" if tone else "",
        f"{total:g}",
        f"{value:g}",
        label or _("Tiến độ"),
        words,
    )


@register.simple_tag
def person(name: str, post: str = "", href: str = "", small: bool = False) -> SafeString:
    """A person: initials, name, post under it. An empty name is "Chưa giao"."""
    if not name:
        return format_html('<span class="person person-none">{}</span>', _("Chưa giao"))
    shown = format_html('<a href="{}">{}</a>', href, name) if href else format_html("{}", name)
    if post and not small:
        shown = format_html('{}<span class="person-post">{}</span>', shown, post)
    return format_html(
        '<span class="person"><span class="avatar" aria-hidden="true">{}</span>'
        '<span class="person-name">{}</span></span>',
        initials(name),
        shown,
    )


@register.simple_tag
def stat(
    value: float | Decimal | None,
    label: str,
    href: str = "",
    unit: str = "",
    tone: Tone = "",
    note: str = "",
) -> SafeString:
    """A large number that leads to its rows. Zero is calm whatever the tone."""
    inner = format_html(
        '<span class="stat-value">{}</span><span class="stat-label">{}</span>{}',
        "–" if value is None else with_unit(formats.vn_number(value), unit),
        label,
        format_html('<span class="stat-note">{}</span>', note) if note else "",
    )
    classes = f"stat stat-{tone}" if tone and value else "stat"
    if href:
        return format_html('<a class="{}" href="{}">{}</a>', classes, href, inner)
    return format_html('<div class="{}">{}</div>', classes, inner)


@register.simple_block_tag
def card(content: str, title: str = "", href: str = "", tone: Tone = "", level: int = 2) -> str:
    """A framed piece of a page: ``{% card "Mục tiêu" href=url %} … {% endcard %}``."""
    return _part("card", content=content, title=title, href=href, tone=tone, level=level)


@register.simple_block_tag
def panel(content: str, title: str = "", tone: Tone = "") -> str:
    """A note that belongs to what stands around it: what is late, what to know first."""
    return _part("panel", content=content, title=title, tone=tone, mark=TONE_ICONS.get(tone, ""))


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> str:
    """A dialogue; opened by any ``data-dialog="ID"``. Its form must also exist as a page."""
    return _part("dialog", content=content, id=id, title=title)


@register.simple_block_tag
def field_set(content: str, legend: str, hint: str = "") -> str:
    """Fields that belong together, under their question."""
    return _part("field_set", content=content, legend=legend, hint=hint)


@register.simple_block_tag
def empty(content: str, title: str, icon_name: str = "inbox") -> str:
    """Nothing here yet: what belongs here and how to begin."""
    return _part("empty", content=content, title=title, icon_name=icon_name)


@register.simple_block_tag
def board(content: str, label: str) -> str:
    """A board; between the tags stand its ``{% board_column … %}`` … ``{% endboard_column %}``."""
    return format_html(
        '<div class="board" role="region" tabindex="0" aria-label="{}">{}</div>', label, content
    )


@register.simple_block_tag
def board_column(content: str, title: str, count: int | str | None = None, tone: Tone = "") -> str:
    """One column of a board; its cards are ``<li>``. ``count`` may be words."""
    return _part("board_column", content=content, title=title, count=count, tone=tone)


@register.simple_block_tag
def pane(content: str, title: str, side: Literal["source", "understood"]) -> str:
    """One side of text and source; two of them stand in ``<div class="split" data-split>``."""
    return _part("pane", content=content, title=title, side=side)


@register.simple_tag
def message(text: str, tone: Tone = "") -> str:
    """One message: what was done, or what was refused."""
    return render_to_string("ui/_message.html", {"text": text, "tone": tone})


@register.simple_tag
def tabs(items: Sequence[elements.Tab], label: str) -> str:
    """Views of one thing, as links."""
    return _part("tabs", items=items, label=label)


@register.simple_tag
def breadcrumb(items: Sequence[elements.Crumb]) -> str:
    """The way to this page, where it lies three levels deep or more."""
    return _part("breadcrumb", items=items)


@register.simple_tag
def timeline(events: Sequence[elements.Event]) -> str:
    """What happened, newest first as given."""
    return _part("timeline", events=events)


@register.simple_tag
def definitions(terms: Sequence[elements.Term]) -> str:
    """Names and values of one thing."""
    return _part("definitions", terms=terms)


@register.simple_tag
def file_list(files: Sequence[elements.FileItem], empty_text: str = "") -> str:
    """Files with size, by whom and when."""
    return _part("file_list", files=files, empty_text=empty_text)


@register.simple_tag
def diff(before: str, after: str) -> SafeString:
    """Two texts in one: what was struck out, what was put in."""
    marks = {"same": "{}", "inserted": "<ins>{}</ins>", "deleted": "<del>{}</del>"}
    parts = [format_html(marks[c.kind], c.text) for c in elements.word_diff(before, after)]
    return format_html('<span class="diff">{}</span>', mark_safe("".join(parts)))  # noqa: S308  # parts are format_html


@register.simple_tag
def chart(figure: Figure) -> str:
    """A drawn chart with its table one click away."""
    return _part("chart", figure=figure)


@register.simple_tag
def month_calendar(month: elements.Month) -> str:
    """A month with what falls on its days; a list of days on a phone."""
    return _part("month_calendar", month=month)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """A form field: label, hint, error, field, in this order."""
    return bound.as_field_group()


@register.simple_tag
def error_summary(form: forms.BaseForm) -> str:
    """What is wrong in a form, on top of it, each line leading to its field; "" when nothing."""
    lines = form.summary() if form.is_bound and hasattr(form, "summary") else []
    return _part("error_summary", lines=lines) if lines else ""


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """The look that the person chose ("light", "dark"); "" follows the device."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in ("light", "dark") else ""


def with_unit(text: str, unit: str) -> str:
    """ "98%", "1.500.000 đồng": per cent stands close, words behind a space that does not break."""
    if not unit:
        return text
    return f"{text}%" if unit == "%" else f"{text}\u00a0{unit}"


def _part(name: str, **context: Any) -> str:
    return render_to_string(f"ui/components/{name}.html", context)


def _attributes(found: Mapping[str, object]) -> SafeString:
    """Attributes of an element: True stands alone, False and None leave it out."""
    pairs = [(name, value) for name, value in found.items() if value not in (False, None)]
    return format_html_join(
        "",
        "{}",
        (
            (format_html(" {}", n) if v is True else format_html(' {}="{}"', n, v),)
            for n, v in pairs
        ),
    )


def _today(context: Context) -> date:
    """Today as the request has it: the clock is read at the edge, once."""
    today: date = context["request"].today
    return today
