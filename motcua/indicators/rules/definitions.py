"""What an indicator is, from one day to another: read from a pack, checked when it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any, ClassVar

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.workflow import Status


class Formula(Status):
    """How a value is made of its measures."""

    COUNT = "count", _("Số lượng")
    RATIO = "ratio", _("Tỷ lệ phần trăm")
    MEAN = "mean", _("Bình quân")


class Better(Status):
    """Which way is good."""

    UP = "up", _("Càng cao càng tốt")
    DOWN = "down", _("Càng thấp càng tốt")
    NEITHER = "neither", _("Chỉ để theo dõi")


class PackInvalid(Refused):
    """A definition that leaves something out, or contradicts itself."""

    code = "indicator_pack_invalid"
    message = _("Định nghĩa chỉ số “%(code)s” có lỗi: %(fault)s.")
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of an indicator. ``bottom`` is "" for a count. ``goal`` and ``warn`` are in
    ``unit``: reached, and so far from it that somebody should look; ``unverified`` names what no
    text of law was read for. ``owner`` is the code of the post that answers for it."""

    code: str
    valid_from: date
    valid_to: date | None
    name: str
    words: str
    formula: Formula
    top: str
    bottom: str
    unit: str
    better: Better
    goal: Decimal | None
    warn: Decimal | None
    per: int  # of a mean: so many units of the measure make one of the indicator
    owner: str
    source: str
    unverified: frozenset[str]

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that it is made of."""
        return (self.top, self.bottom) if self.bottom else (self.top,)

    def holds(self, on: date) -> bool:
        """Whether it is this version that holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator through its versions, the oldest first; they follow each other without gap."""

    code: str
    group: str
    versions: tuple[Definition, ...]

    def on(self, day: date) -> Definition:
        """The version that holds on a day; before the first one, the first."""
        held = (one for one in self.versions if one.holds(day))
        return next(held, self.versions[0])

    def spans(self, since: date, until: date) -> Iterator[tuple[Definition, date, date]]:
        """The versions that hold within a period, each with its first and last day there."""
        start = since
        while start <= until:
            version = self.on(start)
            end = until if version.valid_to is None else min(until, version.valid_to)
            if version.valid_from > start:  # before the first version
                end = until
            yield version, start, end
            start = end + timedelta(days=1)


def read_indicators(rows: Iterable[Mapping[str, Any]]) -> tuple[Indicator, ...]:
    """The indicators of a pack. Raises :class:`PackInvalid`."""
    found: dict[str, Indicator] = {}
    for row in rows:
        code = str(row.get("code", ""))
        if not code or code in found:
            raise PackInvalid(code=code, fault="mã trống hoặc trùng")
        versions = tuple(_version(code, version) for version in row.get("versions", ()))
        _check_order(code, versions)
        found[code] = Indicator(code, str(row["group"]), versions)
    return tuple(found.values())


def _check_order(code: str, versions: tuple[Definition, ...]) -> None:
    if not versions:
        raise PackInvalid(code=code, fault="không có bản nào")
    for before, after in pairwise(versions):
        if before.valid_to is None or before.valid_to + timedelta(days=1) != after.valid_from:
            raise PackInvalid(code=code, fault="các bản không nối tiếp nhau")


def _version(code: str, row: Mapping[str, Any]) -> Definition:
    try:
        found = Definition(
            code=code,
            valid_from=row["valid_from"],
            valid_to=row.get("valid_to"),
            name=row["name"],
            words=row["words"],
            formula=Formula(row["formula"]),
            top=row["top"],
            bottom=row.get("bottom", ""),
            unit=row["unit"],
            better=Better(row.get("better", "neither")),
            goal=_number(row.get("goal")),
            warn=_number(row.get("warn")),
            per=int(row.get("per", 1)),
            owner=row.get("owner", ""),
            source=row["source"],
            unverified=frozenset(row.get("unverified", ())),
        )
    except (KeyError, ValueError, InvalidOperation) as error:
        raise PackInvalid(code=code, fault=str(error)) from error
    if (found.formula is Formula.COUNT) == bool(found.bottom):
        raise PackInvalid(code=code, fault="tử số, mẫu số không khớp công thức")
    return found


def _number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
