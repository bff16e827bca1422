"""A reading on its way to the database: one sentence after another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from motcua.core.due import DueKind, DuePhrase
from motcua.core.periods import PeriodKind
from motcua.core.text import fold
from motcua.planning.models import PlanVersion
from motcua.planning.rules import ItemKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """One item to be: what it is, where it stands, and what was read of it."""

    kind: ItemKind
    row: Mapping[str, Any]
    code: str = ""
    field: str = ""
    heading: str = ""
    parent: int | None = None  # the place of the task around a target

    @property
    def text(self) -> str:
        """Its words."""
        return str(self.row["text"])


def sentences_of(reading: Mapping[str, Any]) -> list[Sentence]:
    """The items of a reading in the order in which they are kept."""
    found = [Sentence(ItemKind.PURPOSE, row) for row in reading["purposes"]]
    found += [Sentence(ItemKind.REQUIREMENT, row) for row in reading["requirements"]]
    found += [
        Sentence(ItemKind.TARGET, row, f"CT{number}")
        for number, row in enumerate(reading["targets"], 1)
    ]
    for row in task_rows(reading):
        place, code, field = len(found), row["code"], row["field"]
        heading = (row.get("heading") or "")[:300]
        found.append(Sentence(ItemKind.TASK, row, code, field, heading))
        found += [
            Sentence(ItemKind.TARGET, target, f"{code}.CT{number}", field, parent=place)
            for number, target in enumerate(row.get("targets") or [], 1)
        ]
    for post in reading["responsibilities"]:
        found += [
            Sentence(ItemKind.DUTY, row, heading=post["post"][:300]) for row in post["duties"]
        ]
    return found


def split_posts(text: str | None) -> list[str]:
    """The co-operating bodies that a sentence lists."""
    if not text:
        return []
    parts = text.replace(";", ",").replace(" và ", ",").split(",")
    return [part.strip(" .") for part in parts if part.strip(" .")]


def task_rows(reading: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The plan's tasks, completed from the annex; annex rows without a sentence come after."""
    rows = [dict(row) for row in reading["tasks"]]
    folded = [fold(row["text"]) for row in rows]
    for number, extra in enumerate(reading["annex"], 1):
        words = fold(extra["task"])
        found = next(
            (
                row
                for row, text in zip(rows, folded, strict=True)
                if words == text or words in text or (len(text) > 20 and text in words)
            ),
            None,
        )
        if found is None:
            rows.append(
                {
                    **extra,
                    "text": extra["task"],
                    "code": f"PL.{extra.get('no') or number}"[:20],
                    "targets": [],
                }
            )
            folded.append(words)
            continue
        for key in ("lead", "with", "due", "product", "cost"):
            found[key] = found.get(key) or extra.get(key)
    _number_codes(rows)
    return rows


def _number_codes(rows: list[dict[str, Any]]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        code = row["code"][:16]
        seen[code] = seen.get(code, 0) + 1
        row["code"] = code if seen[code] == 1 else f"{code}-{seen[code]}"


def target_values(row: Mapping[str, Any]) -> dict[str, Any]:
    """A target's columns from its reading."""

    def exact(value: float | int | None) -> Decimal | None:
        return None if value is None else Decimal(str(value))

    return {
        "subject": (row.get("subject") or "")[:500],
        "scope": (row.get("scope") or "")[:300],
        "comparison": row.get("comparison") or "",
        "value": exact(row.get("value")),
        "upper": exact(row.get("upper")),
        "unit": (row.get("unit") or "")[:40],
    }


def due_of(phrase: DuePhrase | None, version: PlanVersion) -> date | None:
    """The last day that a phrase allows, where it names one inside the plan's time."""
    if phrase is None or phrase.kind is DueKind.RECURRING:
        return None
    dates = phrase.dates(version.starts_on.year)
    return dates[-1] if dates and dates[-1] >= version.starts_on else None


_RECURRENCES = {PeriodKind.MONTH: "month", PeriodKind.QUARTER: "quarter", PeriodKind.HALF: "half"}


def recurrence_of(phrase: DuePhrase | None) -> str:
    """month, quarter, half, or "" for work done once."""
    if phrase is None or phrase.kind is not DueKind.RECURRING or not phrase.every:
        return ""
    return _RECURRENCES.get(phrase.every[0], "")
