"""What every API room shares: cursor pages, entity tags, problems (RFC 9457).

A route takes ``request`` first, calls one action, returns plain values. Routers are collected by
``motcua.api``; who asks is in ``request.person``, when in ``request.now``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from pydantic import AfterValidator, AwareDatetime

from motcua.core.errors import Refused
from motcua.core.errors import mark as _
from motcua.core.text import YEARS
from motcua.ui.listing.cursor import Cursor, ordering, read_after, row_values

M = TypeVar("M", bound=Model)

D = TypeVar("D", bound=date)


def of_our_time(value: D) -> D:
    """A day or moment that a record can be about; else ``ValueError``, to a caller 422."""
    if value.year not in YEARS:
        raise ValueError(f"a year from {YEARS[0]} to {YEARS[-1]} is expected")
    return value


#: The door for days and moments of programs: every schema that keeps one, or reckons with it, takes
#: these; what lies near the ends of the calendar has no other zone and no next day.
Day = Annotated[date, AfterValidator(of_our_time)]
Moment = Annotated[AwareDatetime, AfterValidator(of_our_time)]
#: Without a zone: in the installation's.
AnyMoment = Annotated[datetime, AfterValidator(of_our_time)]

PAGE_SIZE = 50
MAX_PAGE_SIZE = 200


class PreconditionFailed(Refused):
    """``If-Match`` names another state than the stored one; the answer carries both versions."""

    code = "stale"
    message = _("Bản ghi đã được người khác lưu. Hãy đọc bản hiện tại rồi gửi lại.")
    status = 412

    def __init__(self, current: dict[str, Any], sent: Any) -> None:
        self.current, self.sent = current, sent
        super().__init__()


class CursorDamaged(Refused):
    """A cursor that was cut, or that belongs to another order."""

    code = "cursor_damaged"
    message = _("Con trỏ trang không dùng được. Hãy đọc lại từ trang đầu.")
    status = 400


def page(
    queryset: QuerySet[M],
    order: Sequence[str],
    show: Callable[[M], dict[str, Any]],
    *,
    cursor: str | None,
    limit: int,
) -> dict[str, Any]:
    """``{"results": […], "next": cursor or null}``; raises :class:`CursorDamaged`."""
    size = max(1, min(limit, MAX_PAGE_SIZE))
    keys = ordering(queryset, order)
    name = ",".join(order)
    values = None
    if cursor:
        place = Cursor.decode(cursor, name, keys)
        if place is None:
            raise CursorDamaged
        values = place.values
    rows = read_after(queryset, keys, values, backward=False, count=size + 1)
    more = len(rows) > size
    rows = rows[:size]
    following = Cursor(name, row_values(rows[-1], keys), 0).encode() if more else None
    return {"results": [show(row) for row in rows], "next": following}


def etag(kind: str, pk: int, lock: int) -> str:
    """The entity tag of a record's state."""
    return f'"{kind}-{pk}-{lock}"'


def check_match(request: HttpRequest, tag: str, current: Callable[[], dict[str, Any]]) -> None:
    """Refuse a write of JSON whose ``If-Match`` is not the stored state.

    Without the header it passes.
    """
    wanted = request.headers.get("If-Match")
    if wanted and wanted != "*" and tag not in [part.strip() for part in wanted.split(",")]:
        raise PreconditionFailed(current(), json.loads(request.body or b"null"))
