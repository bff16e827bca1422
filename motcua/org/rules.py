"""Kinds of agency, and the pure arithmetic of authority."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class AgencyKind(StrEnum):
    """Level of an agency in the tree."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    UNIT = "unit"


def in_force(valid_from: date, valid_to: date | None, on: date) -> bool:
    """Is a dated row valid on a day? Both ends are included."""
    return valid_from <= on and (valid_to is None or on <= valid_to)


@dataclass(frozen=True, slots=True)
class Right:
    """A role's permissions over the subtree below a path ("38/389/14869/")."""

    path: str
    permissions: frozenset[str]
    on_behalf_of: str = ""


@dataclass(frozen=True, slots=True)
class Authority:
    """All that one person may do on one day, own and delegated."""

    rights: tuple[Right, ...] = field(default=())

    def find(self, permission: str, path: str) -> Right | None:
        """The right that covers ``permission`` at an agency's path; own rights come first."""
        covering = [
            right
            for right in self.rights
            if permission in right.permissions and path.startswith(right.path)
        ]
        own = [right for right in covering if not right.on_behalf_of]
        return next(iter(own or covering), None)

    def paths(self, permission: str) -> frozenset[str]:
        """The subtrees in which ``permission`` holds, without those inside another."""
        paths = sorted({r.path for r in self.rights if permission in r.permissions})
        return frozenset(
            path for path in paths if not any(path != o and path.startswith(o) for o in paths)
        )


def merge(rights: Iterable[Right]) -> Authority:
    """One authority from many grants."""
    return Authority(tuple(rights))


def narrow(authority: Authority, scopes: frozenset[str] | None) -> Authority:
    """An authority cut down to the scopes of a key; None leaves it whole."""
    if scopes is None:
        return authority
    return Authority(
        tuple(
            Right(right.path, right.permissions & scopes, right.on_behalf_of)
            for right in authority.rights
        )
    )
