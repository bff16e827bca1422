"""The outline of the report as dated data: ``packs/reports/outline.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class FigureSpec:
    """A number that a section or an annex asks for."""

    key: str
    label: str
    unit: str


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A heading of the report; ``field`` is the field of reform whose work it tells."""

    code: str
    title: str
    field: str
    figures: tuple[FigureSpec, ...]


@dataclass(frozen=True, slots=True)
class RowSpec:
    """A row of an annex table: a figure, or a calculation over rows of the same table."""

    code: str
    figure: FigureSpec
    calc: str
    yearly: bool


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table of the annex."""

    code: str
    title: str
    rows: tuple[RowSpec, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """What a report consists of while the outline is valid."""

    id: str
    valid_from: date
    valid_to: date | None
    kind: str
    symbol: str
    sections: tuple[SectionSpec, ...]
    annex: tuple[TableSpec, ...]


def outline_on(day: date) -> Outline:
    """The youngest outline in force on a day; the oldest there is for a day before all of them."""
    rows = sorted(_outlines().values(), key=lambda row: row.valid_from)
    fitting = [
        row
        for row in rows
        if row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
    ]
    return fitting[-1] if fitting else rows[0]


def outline_named(name: str) -> Outline:
    """The outline that a report was drafted by."""
    return _outlines()[name]


@cache
def _outlines() -> dict[str, Outline]:
    pack = files("motcua").joinpath("packs", "reports", "outline.yaml")
    rows = yaml.safe_load(pack.read_text(encoding="utf-8"))["outlines"]
    return {row["id"]: _outline(row) for row in rows}


def _outline(row: dict[str, Any]) -> Outline:
    return Outline(
        id=row["id"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        kind=row["kind"],
        symbol=row["symbol"],
        sections=tuple(
            SectionSpec(
                section["code"],
                section["title"],
                section.get("field", ""),
                tuple(FigureSpec(*figure) for figure in section["figures"]),
            )
            for section in row["sections"]
        ),
        annex=tuple(
            TableSpec(
                table["code"],
                table["title"],
                tuple(
                    RowSpec(
                        line["code"],
                        FigureSpec(line["key"], line["label"], line["unit"]),
                        line["calc"],
                        line.get("yearly", False),
                    )
                    for line in table["rows"]
                ),
            )
            for table in row["annex"]
        ),
    )
