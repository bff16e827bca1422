"""The report as an official document: PDF and DOCX in the layout of Decree 30/2020/ND-CP."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from django.utils import timezone

from motcua.core.figures import Figure
from motcua.core.numbering import NumberPattern
from motcua.core.periods import Period, PeriodKind, national_cutoffs
from motcua.core.text import date_short
from motcua.documents.layout import (
    Align,
    Annex,
    Block,
    Cell,
    Column,
    Heading,
    Items,
    OfficialDocument,
    Paragraph,
    Table,
    render_docx,
    render_pdf,
)
from motcua.org.models import Agency, Person
from motcua.org.queries import main_post
from motcua.reports.actions import title_of
from motcua.reports.models import Report
from motcua.reports.outline import Outline, RowSpec, TableSpec, outline_named, outline_on
from motcua.reports.queries import facts_of, full_name, parent_of, signatory
from motcua.reports.rules import UNKNOWN, Urgency, opening, section_text, share, short
from motcua.reports.sources import figures_of

Form = Literal["pdf", "docx"]


@dataclass(frozen=True, slots=True)
class Content:
    """What stands on the pages, stored or drafted just now."""

    agency: Agency
    period: Period
    cut_off: date
    outline: Outline
    opening: str
    texts: Mapping[str, str]  # section code → text
    figures: Mapping[str, Figure]
    number: str = ""
    signed_on: date | None = None
    signed_by: Person | None = None
    urgency: str = ""
    replaces: str = ""


def build(report: Report) -> OfficialDocument:
    """The document of a stored report; a draft has no number and is marked "DỰ THẢO"."""
    figures = {
        row.key: Figure(row.key, row.label, row.unit, row.value, tuple(row.rows))
        for row in report.figures.all()
    }
    return lay_out(
        Content(
            agency=report.agency,
            period=report.span,
            cut_off=report.cut_off,
            outline=outline_named(report.outline),
            opening=report.opening,
            texts={section.code: section.text for section in report.sections.all()},
            figures=figures,
            number=report.number,
            signed_on=timezone.localdate(report.approved_at) if report.approved_at else None,
            signed_by=report.approved_by,
            urgency=str(Urgency(report.urgency).label) if report.urgency else "",
            replaces=_replaced(report),
        )
    )


def _replaced(report: Report) -> str:
    """How the report that a correction replaces is named."""
    old = report.corrects
    if old is None or old.approved_at is None:
        return ""
    sign = f" số {old.number}" if old.number else ""
    return f"Báo cáo{sign} ngày {date_short(timezone.localdate(old.approved_at))}"


def preview(*, agency: Agency, period: str, form: Form, today: date) -> bytes:
    """The report on a period as the records would have it, without storing anything.

    Before the cut-off date the records of ``today`` are told.
    """
    span = Period.parse(period)
    cut_off = min(national_cutoffs().window(span)[1], today)
    outline = outline_on(cut_off)
    facts = facts_of(agency, span, cut_off)
    figures = {figure.key: figure for figure in figures_of(facts)}
    known = frozenset(figures)
    content = Content(
        agency=agency,
        period=span,
        cut_off=cut_off,
        outline=outline,
        opening=opening(facts),
        texts={spec.code: section_text(facts, spec, known) for spec in outline.sections},
        figures=figures,
    )
    return render(lay_out(content), form)


def render(document: OfficialDocument, form: Form) -> bytes:
    """The file."""
    return render_pdf(document) if form == "pdf" else render_docx(document)


def lay_out(content: Content) -> OfficialDocument:
    """The parts of the document in the words of Decree 30/2020, art. 8."""
    agency, on = content.agency, content.signed_on or content.cut_off
    parent = parent_of(agency, on)
    pattern = NumberPattern(f"{{n:02}}/{content.outline.symbol}-{agency.symbol}")
    above = [f"{parent.name} (b/c)"] if parent else []
    return OfficialDocument(
        agency=_head(agency),
        agency_name=full_name(agency),
        number=content.number or pattern.blank(),
        place=agency.place,
        day=content.signed_on,
        year=content.cut_off.year,
        kind=content.outline.kind,
        summary=title_of(content.period),
        addressees=[full_name(parent)] if parent else [],
        body=list(_body(content)),
        authority=["TM. ỦY BAN NHÂN DÂN", *_authority(content.signed_by, on)],
        signatory=content.signed_by.full_name if content.signed_by else signatory(agency, on),
        recipients=[*above, f"Chủ tịch, Phó Chủ tịch {agency.name}", "Lưu: VT"],
        annexes=_annexes(content),
        draft=content.signed_on is None,
        urgency=content.urgency,
        replaces=content.replaces,
    )


def _head(agency: Agency) -> list[str]:
    """The agency in two lines: "ỦY BAN NHÂN DÂN", "XÃ HOẰNG ĐÔNG"."""
    body, found, place = full_name(agency).partition("Ủy ban nhân dân ")
    return ["ỦY BAN NHÂN DÂN", place.upper()] if found else [body.upper()]


def _authority(person: Person | None, on: date) -> list[str]:
    post = main_post(person, on) if person else None
    if post is not None and post.code == "vice_chairman":
        return ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    return ["CHỦ TỊCH"]


def _body(content: Content) -> Iterator[Block]:
    yield Paragraph(content.opening)
    for spec in content.outline.sections:
        title = spec.title.replace("CCHC", "cải cách hành chính")
        part, _dot, place = spec.code.partition(".")
        yield Heading(f"{place}. {title}", 2) if place else Heading(f"{part}. {title.upper()}", 1)
        yield from blocks_of(content.texts.get(spec.code, ""))
    yield Paragraph(
        f"Trên đây là báo cáo kết quả công tác cải cách hành chính {content.period.phrase}, "
        f"{full_name(content.agency)} trân trọng báo cáo./."
    )


def blocks_of(text: str) -> Iterator[Block]:
    """Paragraphs, and lists of the lines that begin with "- "."""
    items: list[str] = []
    for line in text.splitlines():
        if line.startswith("- "):
            items.append(line[2:].strip())
            continue
        if items:
            yield Items(items)
            items = []
        if line.strip():
            yield Paragraph(line.strip())
    if items:
        yield Items(items)


# --- annexes --------------------------------------------------------------------------------------


def _annexes(content: Content) -> list[Annex]:
    found = [annex for annex in (_progress(content), _numbers(content)) if annex is not None]
    numbers = ("I", "II") if len(found) > 1 else ("",)
    return [replace(annex, number=number) for annex, number in zip(found, numbers, strict=False)]


def _progress(content: Content) -> Annex | None:
    keys = ("plan.tasks.total", "assigned.total")
    rows = [row for key in keys if key in content.figures for row in content.figures[key].rows]
    if not rows:
        return None
    table = Table(
        columns=[
            Column("TT", 0.5, Align.CENTER),
            Column("Nhiệm vụ", 4.6),
            Column("Chủ trì", 1.5),
            Column("Thời hạn", 1.1, Align.CENTER),
            Column("Sản phẩm", 2.1),
            Column("Tình trạng", 1.5, Align.CENTER),
        ],
        rows=[
            [
                str(n),
                f"{row['code']}. {short(row['label'])}",
                row["lead"],
                row["due"],
                row["product"],
                row["state"],
            ]
            for n, row in enumerate(rows, 1)
        ],
    )
    day = f"{content.cut_off:%d/%m/%Y}"
    title = f"Tiến độ thực hiện các nhiệm vụ đến ngày {day}"
    return Annex(title=title, blocks=[table], landscape=True)


def _numbers(content: Content) -> Annex | None:
    """The tables of the outline of which at least one row is known; unknown rows say so."""
    tables = [table for spec in content.outline.annex if (table := _table(spec, content))]
    title = "Số liệu kết quả công tác cải cách hành chính"
    return Annex(title=title, blocks=tables) if tables else None


def _table(spec: TableSpec, content: Content) -> Table | None:
    yearly = content.period.kind is PeriodKind.YEAR
    rows = [row for row in spec.rows if yearly or not row.yearly]
    values = {row.code: value for row in rows if (value := _known(row, content.figures))}
    if not values:
        return None
    heads = {row.code for row in rows if not row.figure.key and not row.calc}
    lines: list[list[str | Cell]] = []
    for row in rows:
        value = values.get(row.code) or _share(row.calc, values) or UNKNOWN
        top = "." not in row.code
        shown = "" if row.code in heads else value
        lines.append([row.code, Cell(row.figure.label, bold=top), row.figure.unit, shown])
    return Table(
        title=f"Biểu {spec.code}. {spec.title}",
        columns=[
            Column("TT", 0.6, Align.CENTER),
            Column("Nội dung", 5),
            Column("Đơn vị tính", 2, Align.CENTER),
            Column("Kết quả", 1.8, Align.CENTER),
        ],
        rows=lines,
    )


def _known(row: RowSpec, figures: Mapping[str, Figure]) -> str:
    figure = figures.get(row.figure.key)
    return figure.value if figure else ""


_SHARE: Final = re.compile(r"([0-9.]+)/([0-9.]+)\*100")


def _share(calc: str, values: Mapping[str, str]) -> str:
    """The value of "1.2/1.1*100" where both rows are known; "" otherwise."""
    found = _SHARE.fullmatch(calc)
    if found is None:
        return ""
    part, whole = (Decimal(values.get(code, "0")) for code in found.groups())
    return share(int(part), int(whole)) if whole else ""
