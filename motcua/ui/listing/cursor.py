"""Pages by cursor: where a page begins is the last row of the page before, not a row number.

``ORDER BY due, id`` continued after the row (2024-05-01, 7) is
``due > 2024-05-01 OR (due = 2024-05-01 AND id > 7)``: an index finds that place at once.
Empty values sort last, whatever the direction and the database.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, Model, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.db.models.lookups import IsNull, Lookup

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Key:
    """One ordering column: ORM path, direction, and whether it may be empty."""

    path: str
    descending: bool
    nullable: bool
    field: Field[Any, Any]

    def order(self, *, backward: bool) -> OrderBy:
        """The ORDER BY term; backward reads the same order from its end."""
        down = self.descending != backward
        last = True if self.nullable and not backward else None
        first = True if self.nullable and backward else None
        column = F(self.path)
        if down:
            return column.desc(nulls_last=last, nulls_first=first)
        return column.asc(nulls_last=last, nulls_first=first)

    def beyond(self, value: object, *, backward: bool) -> Q | None:
        """Rows strictly beyond ``value``; None where there can be none."""
        if value is None:  # the empty ones are the last
            return Q(**{f"{self.path}__isnull": False}) if backward else None
        lookup = "lt" if self.descending != backward else "gt"
        condition = Q(**{f"{self.path}__{lookup}": value})
        if self.nullable and not backward:
            condition |= Q(**{f"{self.path}__isnull": True})
        return condition

    def same(self, value: object) -> Q:
        """Rows with this value."""
        if value is None:
            return Q(**{f"{self.path}__isnull": True})
        return Q(**{self.path: value})


@dataclass(frozen=True)
class Cursor:
    """A place in an ordered list: the values of its row and how many rows come before it."""

    order: str
    values: tuple[Any, ...]
    position: int

    def encode(self) -> str:
        """The cursor as it stands in an address."""
        raw = [self.order, self.position, *(_plain(value) for value in self.values)]
        text = json.dumps(raw, ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, order: str, keys: Sequence[Key]) -> Cursor | None:
        """Read a cursor; None when it is damaged or was made for another order."""
        try:
            raw = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
            made_for, position, *plain = raw
            if made_for != order or len(plain) != len(keys):
                return None
            values = tuple(
                None if value is None else key.field.to_python(value)
                for key, value in zip(keys, plain, strict=True)
            )
            return cls(order, values, max(int(position), 0))
        except (ValueError, TypeError, binascii.Error, ValidationError):
            return None


def ordering(queryset: QuerySet[M], paths: Sequence[str]) -> tuple[Key, ...]:
    """The keys of an order, ended by the primary key so that no two rows are equal."""
    keys = [_key(queryset, path) for path in paths]
    if not any(key.path in ("pk", queryset.model._meta.pk.name) for key in keys):
        down = keys[-1].descending if keys else False
        keys.append(Key("pk", down, nullable=False, field=queryset.model._meta.pk))
    return tuple(keys)


def slice_after(
    queryset: QuerySet[M], keys: Sequence[Key], values: Sequence[Any] | None, *, backward: bool
) -> QuerySet[M]:
    """The rows beyond ``values`` in reading direction, nearest first; all when None."""
    ordered = queryset.order_by(*(key.order(backward=backward) for key in keys))
    if values is None:
        return ordered
    condition = Q(pk__in=())
    same = Q()
    for key, value in zip(keys, values, strict=True):
        beyond = key.beyond(value, backward=backward)
        if beyond is not None:
            condition |= same & beyond
        same &= key.same(value)
    return ordered.filter(_lead_bound(keys[0], values[0], backward=backward) & condition)


def read_after(
    queryset: QuerySet[M],
    keys: Sequence[Key],
    values: Sequence[Any] | None,
    *,
    backward: bool,
    count: int,
) -> list[M]:
    """The first ``count`` rows of :func:`slice_after`.

    Where the leading column may be empty, the filled rows are read first and the empty ones only
    when these do not suffice: no index that both databases have begins with "empty ones last".
    """
    lead, rest = keys[0], keys[1:]
    if not lead.nullable or not rest:
        return list(slice_after(queryset, keys, values, backward=backward)[:count])
    is_empty = f"{lead.path}__isnull"
    filled = queryset.filter(**{is_empty: False}), (replace(lead, nullable=False), *rest), values
    empty = queryset.filter(**{is_empty: True}), rest, None
    parts: list[tuple[QuerySet[M], Sequence[Key], Sequence[Any] | None]] = [filled, empty]
    if values is not None and values[0] is None:
        parts = [(empty[0], rest, values[1:])]
        if backward:
            parts.append((*filled[:2], None))
    elif backward:
        parts = [filled] if values is not None else [empty, filled]
    found: list[M] = []
    for rows, ordered, beyond in parts:
        if len(found) < count:
            sliced = slice_after(rows, ordered, beyond, backward=backward)
            found += sliced[: count - len(found)]
    return found


def row_values(row: Model, keys: Sequence[Key]) -> tuple[Any, ...]:
    """The ordering values of a row."""
    return tuple(_follow(row, key.path) for key in keys)


def _lead_bound(key: Key, value: object, *, backward: bool) -> Q:
    """The first column's bound alone: it is implied, and lets the database use its index."""
    if value is None or (key.nullable and not backward):
        return Q()
    lookup = "lte" if key.descending != backward else "gte"
    return Q(**{f"{key.path}__{lookup}": value})


def _key(queryset: QuerySet[M], path: str) -> Key:
    descending = path.startswith("-")
    name = path.removeprefix("-")
    annotation = queryset.query.annotations.get(name)
    if annotation is not None:
        return Key(name, descending, nullable=True, field=annotation.output_field)
    field, nullable = _model_field(queryset.model, name)
    nullable = nullable and not _is_filled(queryset, field)
    return Key(name, descending, nullable=nullable, field=field)


def _is_filled(queryset: QuerySet[M], field: Field[Any, Any]) -> bool:
    """Whether the rows are already those that have a value in a column of their own: every lookup
    but "is empty" leaves the empty ones out."""
    where: Any = queryset.query.where  # its children are of many kinds
    return where.connector == "AND" and any(
        isinstance(one, Lookup)
        and getattr(one.lhs, "target", None) is field
        and not (isinstance(one, IsNull) and one.rhs)
        for one in where.children
    )


def _model_field(model: type[Model], path: str) -> tuple[Field[Any, Any], bool]:
    """The field at the end of a path, and whether anything on the way may be empty."""
    name, _, rest = path.partition("__")
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)
    if not isinstance(field, Field):
        raise FieldDoesNotExist(f"{path} does not lead to a column")
    if not rest:
        return field, field.null
    related = field.related_model
    if not isinstance(related, type):
        raise FieldDoesNotExist(f"{path}: {name} is not a relation")
    last, nullable = _model_field(related, rest)
    return last, nullable or field.null


def _follow(row: object, path: str) -> Any:
    found: Any = row
    for name in path.split("__"):
        if found is None:
            return None
        found = getattr(found, name)
    return found.pk if isinstance(found, Model) else found


def _plain(value: Any) -> Any:
    """A value as JSON keeps it; dates with all their microseconds."""
    if value is None or isinstance(value, bool | int | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
