"""The chain's arithmetic, without a database. Format version 1: ``docs/reference/chain.md``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypedDict, Unpack

from motcua.core.canonical import canonical_json

FORMAT = 1
#: What stands before the first entry of a chain.
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it: the one type for "who" in the whole product.

    ``kind`` is "person", "token" or "system"; ``id`` the person's id (0 for the system);
    ``on_behalf_of`` the name of the person who delegated, or "".
    """

    kind: str
    id: int
    name: str
    on_behalf_of: str = ""


#: The product itself: periodic work and migrations.
SYSTEM = Actor("system", 0, "Hệ thống")


def canonical(value: Any) -> str:
    """The canonical JSON text of a value (``motcua.core.canonical``, format 1)."""
    return canonical_json(value).decode()


def moment(at: datetime) -> str:
    """An aware time in UTC with microseconds, as it stands in an entry."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class EntryParts(TypedDict):
    """What of an entry its hash covers; ``data`` is canonical JSON already."""

    chain: str
    seq: int
    at: datetime
    actor: Actor
    action: str
    object_type: str
    object_id: str
    data: str
    previous: str


def entry_text(**entry: Unpack[EntryParts]) -> str:
    """The canonical JSON of an entry, over which its hash is made."""
    actor = entry["actor"]
    return canonical(
        {
            "v": FORMAT,
            "chain": entry["chain"],
            "seq": entry["seq"],
            "at": moment(entry["at"]),
            "actor": [actor.kind, actor.id, actor.name, actor.on_behalf_of],
            "action": entry["action"],
            "object": [entry["object_type"], entry["object_id"]],
            "data": entry["data"],
            "previous": entry["previous"],
        }
    )


def entry_hash(**entry: Unpack[EntryParts]) -> str:
    """The hash of an entry."""
    return text_hash(entry_text(**entry))


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8, in 64 hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as it was read back from a database."""

    chain: str
    seq: int
    at: datetime
    actor: Actor
    action: str
    object_type: str
    object_id: str
    data: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first row of a chain that is not what it was, and why (a code)."""

    chain: str
    seq: int
    reason: str


def first_break(rows: Iterable[Row], *, seq: int = 0, previous: str = GENESIS) -> Break | None:
    """Walk one chain's rows in order; the first that is missing, moved or changed, or None."""
    for row in rows:
        seq += 1
        if row.seq != seq:
            return Break(row.chain, seq, "missing")
        if row.previous != previous:
            return Break(row.chain, seq, "unlinked")
        made = entry_hash(
            chain=row.chain,
            seq=row.seq,
            at=row.at,
            actor=row.actor,
            action=row.action,
            object_type=row.object_type,
            object_id=row.object_id,
            data=row.data,
            previous=row.previous,
        )
        if made != row.hash:
            return Break(row.chain, seq, "changed")
        previous = row.hash
    return None
