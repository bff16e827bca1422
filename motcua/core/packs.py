"""Tables of law that ship with the product: CSV files under ``motcua/packs``."""

from __future__ import annotations

import csv
from importlib.resources import files


def pack_rows(name: str) -> list[dict[str, str]]:
    """The rows of one table, by its path below ``motcua/packs``; line one names the columns."""
    text = files("motcua").joinpath("packs", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
