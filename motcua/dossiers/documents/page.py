"""What a slip consists of, whatever its form: fields, tables, signatures, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from motcua.documents.layout import Align, Paragraph, Run, Table

BLANK = "…………"  # to be filled by hand


@dataclass(frozen=True, slots=True)
class Field:
    """A named line of a form; what is not known stays open for a pen."""

    label: str
    value: str

    @property
    def paragraph(self) -> Paragraph:
        """As it is set: the value stands out."""
        return Paragraph([f"{self.label}: ", Run(self.value or BLANK, bold=True)], Align.LEFT)


Part: TypeAlias = Field | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs, with the name in print below; empty: whoever signs writes it."""

    role: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class SlipPage:
    """One slip. ``form`` is its number in the circular's annex; ``subtitle`` is below the title.

    ``qr`` is what the square code says, empty for none; ``cancelled`` is why the slip no longer
    holds; ``recipients`` are listed beside the signature, as in a letter.
    """

    form: str
    agency: str
    desk: str
    number: str
    place: str
    day: date
    title: str
    subtitle: str
    parts: Sequence[Part]
    signatures: Sequence[Signature]
    recipients: Sequence[str] = ()
    qr: str = ""
    cancelled: str = ""
    landscape: bool = False

    @property
    def blocks(self) -> list[Paragraph | Table]:
        """The body as the layout sets it."""
        return [part.paragraph if isinstance(part, Field) else part for part in self.parts]
