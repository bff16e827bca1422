"""The reader's main path: file → raw lines → paragraphs → tree → parts → reading."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from motcua.core.errors import mark as _
from motcua.planning.reader import frame, notices
from motcua.planning.reader.build import build
from motcua.planning.reader.document import (
    Document,
    Line,
    RawDocument,
    Table,
    compose,
    uncovered,
)
from motcua.planning.reader.meaning import Section
from motcua.planning.reader.outline import outline
from motcua.planning.reader.paragraphs import Block, paragraphs
from motcua.planning.reader.parts import Context, Parts
from motcua.planning.reader.references import references
from motcua.planning.reader.refusals import EmptyFile, EmptyPlan, NotAPlan, TooLong
from motcua.planning.reader.result import (
    AnnexRow,
    Field,
    Heading,
    Item,
    NotUnderstood,
    Reading,
    Source,
    Task,
    Warning,
)
from motcua.planning.reader.sources import load
from motcua.planning.reader.tables import TableReading, read_tables
from motcua.planning.reader.words import is_upper, plain, words
from motcua.planning.reader.zones import Zones, tables_of, zones_of

MAX_CHARS = 250_000
"""Some 100 pages: no plan of a commune, a district or a province is longer."""

NO_PART = _("Không thuộc phần nào của kế hoạch.")
NOT_A_TASK_TABLE = _("Bảng này không phải bảng nhiệm vụ.")
LOOSE_ANNEX = _("Chữ của phụ lục, không nằm trong bảng.")


def read_plan(data: bytes, name: str) -> Reading:
    """Read a plan from the bytes of a TXT, DOCX or PDF file.

    Raises a ``ReaderRefused`` whose sentence says what is wrong with the file and what to do.
    Hostile kinds belong in a child process: see ``sandbox.read_in_child``.
    """
    raw = load(data)
    reading = read_document(raw, name, hashlib.sha256(data).hexdigest())
    if not reading.text:
        raise EmptyFile
    if not (reading.tasks or reading.annex or reading.targets or reading.responsibilities):
        known = any(_opens_part(heading.text) for heading in reading.headings)
        raise (
            EmptyPlan
            if known or (reading.kind == "kế hoạch" and len(reading.text) < 2_000)
            else NotAPlan
        )
    return reading


def _opens_part(text: str) -> bool:
    folded = plain(text)
    return bool(re.search(r"\b(?:muc dich|muc tieu|nhiem vu|to chuc thuc hien|kinh phi)\b", folded))


def read_document(raw: RawDocument, name: str, sha256: str) -> Reading:
    """Understand raw lines and tables; never refuses but for length."""
    document = compose(raw)
    if len(document.text) > MAX_CHARS:
        limit = f"{MAX_CHARS:,} chữ".replace(",", ".")
        raise TooLong(size=f"{len(document.text):,} chữ".replace(",", "."), limit=limit)
    zones = zones_of(document)
    body = _blocks(zones.body)
    parts = build(outline(body))
    tables = read_tables(tables_of(document, zones))
    annex_parts, loose = _annex(zones.annex, tables)
    cover = [block for block in _blocks(zones.cover) if isinstance(block, Block)]
    titles = paragraphs(zones.front.title_lines)
    flow = (*cover, *titles, *body, *_blocks(zones.annex))
    blocks = [block for block in flow if isinstance(block, Block)]
    blocks += _cell_blocks(tables_of(document, zones))
    source = Source(name, raw.media, sha256, len(document.text), raw.pages)
    return _assemble(document, source, zones, parts, annex_parts, loose, tables, cover, blocks)


def _blocks(parts: Sequence[Line | Table]) -> list[Block | Table]:
    """Paragraphs and tables in order; a table ends the paragraph before it."""
    found: list[Block | Table] = []
    run: list[Line] = []
    for part in parts:
        if isinstance(part, Line):
            run.append(part)
            continue
        found.extend(paragraphs(run))
        found.append(part)
        run = []
    found.extend(paragraphs(run))
    return found


def _annex(parts: Sequence[Line | Table], tables: TableReading) -> tuple[Parts, list[Item]]:
    """The text of the annexes: headings over tables, or tasks written as a list."""
    blocks = [block for block in _blocks(parts) if isinstance(block, Block)]
    listed = [block for block in blocks if block.marker is not None and len(words(block.text)) >= 6]
    if tables.rows or len(listed) < 3 or any(_is_column_name(block) for block in blocks):
        return Parts(), [block.item for block in blocks]
    heads = [block for block in blocks if block.marker is None and _is_annex_heading(block.text)]
    tasks = [block for block in blocks if block not in heads]
    found = build(outline(tasks), Context(section=Section.TASKS, label="PL"))
    found.headings.extend(Heading(block.text, block.span) for block in heads)
    return found, []


def _is_column_name(block: Block) -> bool:
    return plain(block.text).strip(" .") in {"stt", "tt", "so tt"}


def _cell_blocks(tables: Sequence[Table]) -> list[Block]:
    """The cells of tables as paragraphs, for what is looked up anywhere in the text."""
    return [
        Block(cell.text, None, cell.start, cell.end, tuple(range(cell.start, cell.end)))
        for table in tables
        for cell in {id(cell): cell for row in table.rows for cell in row.distinct}.values()
    ]


def _assemble(
    document: Document,
    source: Source,
    zones: Zones,
    parts: Parts,
    annex: Parts,
    loose: list[Item],
    tables: TableReading,
    cover: list[Block],
    blocks: list[Block],
) -> Reading:
    shouted = [block for block in cover if is_upper(block.text) and len(words(block.text)) <= 12]
    preamble = [block.item for block in cover if block not in shouted] + parts.preamble
    openings = [item.text for item in preamble]
    title = zones.front.title
    headings = [
        *zones.front.headings,
        *zones.headings,
        *parts.headings,
        *annex.headings,
        *zones.tail.headings,
    ]
    headings += [Heading(text, span) for text, span in tables.heads]
    headings += [Heading(block.text, block.span) for block in shouted]
    year, period = frame.year_and_period(
        [title or "", *_year_sentences(openings), *(h.text for h in parts.headings)]
    )
    cited = references(blocks)
    tasks = _with_annex([*parts.tasks, *annex.tasks], tables.rows)
    rows = [_with_field(row, tasks) for row in tables.rows]
    not_understood = [*zones.numbers, *parts.not_understood, *annex.not_understood]
    not_understood += [NotUnderstood(text, span, NOT_A_TASK_TABLE) for text, span in tables.unread]
    for item in loose:
        if _is_annex_heading(item.text):
            headings.append(Heading(item.text, item.span))
        else:
            not_understood.append(NotUnderstood(item.text, item.span, LOOSE_ANNEX))
    reading = Reading(
        source=source,
        kind=zones.front.kind,
        title=title,
        year=year,
        issuer=zones.front.issuer or frame.issuer_in_text(openings) or frame.issuer_in_title(title),
        period=period,
        preamble=tuple(preamble),
        closing=tuple(parts.closing),
        purposes=tuple(parts.purposes),
        requirements=tuple(parts.requirements),
        targets=tuple(sorted([*parts.targets, *tables.targets], key=lambda goal: goal.span)),
        tasks=tuple(tasks),
        responsibilities=tuple(parts.responsibilities),
        funding=parts.funding,
        annex=tuple(rows),
        recipients=tuple(zones.tail.recipients),
        signatory=zones.tail.signatory,
        references=tuple(cited),
        warnings=(),
        not_understood=(),
        text=document.text,
        headings=tuple(sorted(headings, key=lambda heading: heading.span)),
    )
    rest = [
        NotUnderstood(document.text[start:end], (start, end), NO_PART)
        for start, end in uncovered(
            document.text, [*_spans(reading), *(n.span for n in not_understood)]
        )
    ]
    return replace(
        reading,
        not_understood=tuple(sorted([*not_understood, *rest], key=lambda entry: entry.span)),
        warnings=tuple(sorted(_warnings(reading, blocks), key=lambda warning: warning.span)),
    )


def _is_annex_heading(text: str) -> bool:
    return is_upper(text) or bool(re.match(r"(?:phu luc|bieu|\(?kem theo|danh muc)", plain(text)))


def _year_sentences(openings: Sequence[str]) -> list[str]:
    """Where the opening sentences speak of this plan, the last one first."""
    found = []
    for text in reversed(openings):
        mark = re.search(r"(?:xay dung|ban hanh|trien khai)\b[^.;]{0,30}ke hoach.*$", plain(text))
        if mark:
            found.append(text[mark.start() :])
    return found


def _spans(reading: Reading) -> list[tuple[int, int]]:
    items: Iterable[Item | None] = (
        *(*reading.preamble, *reading.closing, *reading.purposes, *reading.requirements),
        reading.funding,
    )
    return [
        *(item.span for item in items if item),
        *(target.span for target in reading.targets),
        *(task.span for task in reading.tasks),
        *(post.span for post in reading.responsibilities),
        *(row.span for row in reading.annex),
        *(heading.span for heading in reading.headings),
    ]


_SAME_TASK = 0.6


def _with_annex(tasks: Sequence[Task], rows: Sequence[AnnexRow]) -> list[Task]:
    """Tasks of the text, completed from the row of the annex that says the same."""
    keyed = [(set(words(row.task)), row) for row in rows]
    return [_completed(task, keyed) for task in tasks]


def _completed(task: Task, rows: list[tuple[set[str], AnnexRow]]) -> Task:
    own = set(words(task.text))
    best, score = None, _SAME_TASK
    for key, row in rows:
        alike = len(own & key) / max(1, min(len(own), len(key)))
        close = len(own & key) / max(1, len(own | key))
        if alike >= 0.85 and close >= 0.4 and close + 0.4 >= score:
            best, score = row, close + 0.4
    if best is None:
        return task
    return replace(
        task,
        lead=task.lead or best.lead,
        with_=task.with_ or best.with_,
        due=task.due or best.due,
        product=task.product or best.product,
        cost=task.cost or best.cost,
    )


def _with_field(row: AnnexRow, tasks: Sequence[Task]) -> AnnexRow:
    """A row that names no field takes it from the same task in the text."""
    if row.field is not Field.OTHER:
        return row
    same = next((task for task in tasks if plain(row.task) in plain(task.text)), None)
    return replace(row, field=same.field) if same else row


def _warnings(reading: Reading, blocks: Sequence[Block]) -> list[Warning]:
    inside = _spans(replace(reading, headings=(), preamble=()))
    covered = bytearray(len(reading.text) + 1)
    for start, end in inside:
        covered[start:end] = b"\x01" * (end - start)
    said = [block for block in blocks if covered[block.start]]
    numbered = [block for block in said if block.end - block.start > 1]
    return [
        *notices.annex_missing(
            blocks, has_annex=bool(reading.annex) or _has_annex_heading(reading)
        ),
        *notices.year_mismatch(numbered, reading.year),
        *notices.repeated_text(
            [
                block
                for block in said
                if not any(r.span[0] <= block.start < r.span[1] for r in reading.annex)
            ]
        ),
        *notices.outdated_terms(blocks, reading.year),
        *notices.spelling(blocks),
        *notices.no_deadline(reading.tasks),
        *notices.not_measurable(reading.targets),
        *notices.authority_unknown(blocks, reading.references),
    ]


def _has_annex_heading(reading: Reading) -> bool:
    return any(re.match(r"phu luc\b", plain(heading.text)) for heading in reading.headings)
