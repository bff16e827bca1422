"""The year that counts: what a person chose wins over what the text says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from motcua.core.errors import mark as _

YEAR_CHOSEN = _(
    "Văn bản ghi năm %(said)s, kế hoạch được lập cho năm %(chosen)s như đã chọn: tên và các ngày "
    "theo năm %(chosen)s, câu chữ của văn bản giữ nguyên."
)


def for_year(reading: Mapping[str, Any], chosen: int | None) -> dict[str, Any]:
    """The reading as that of a plan for the chosen year; where the text says another, a warning.

    What a person chose wins: title and period follow. The sentences stay as they are written.
    """
    said, period = reading["year"], reading["period"]
    several = period and said is None and not _inside(chosen, period)
    if chosen is None or (said in {None, chosen} and not several):
        return {**reading, "year": chosen or said}
    words = f"{period['start'][:4]}–{period['end'][:4]}" if several else str(said)
    warning = {"code": "year_chosen", "message": YEAR_CHOSEN % {"said": words, "chosen": chosen}}
    return {
        **reading,
        "year": chosen,
        "title": in_year(reading["title"] or "", said, chosen) or None,
        "period": {"start": f"{chosen}-01-01", "end": f"{chosen}-12-31"},
        "warnings": [{**warning, "span": None}, *reading["warnings"]],
    }


def _inside(year: int | None, period: Mapping[str, str]) -> bool:
    return year is None or int(period["start"][:4]) <= year <= int(period["end"][:4])


def in_year(text: str, said: int | None, chosen: int) -> str:
    """Words with the year that they name replaced by the one that counts."""
    return re.sub(rf"(?<!\d){said}(?!\d)", str(chosen), text) if said else text
