"""Canonical JSON: one value, one sequence of bytes, one SHA-256.

The hash chain of the trace, receipts and frozen reports are checked by programs that are not ours.
The form, version 1, is therefore small enough to write down:

- UTF-8 without byte order mark; no white space outside strings.
- Objects: keys are strings in NFC, sorted by their Unicode code points, each key once.
- Strings: NFC. Escaped are only ``"`` and ``\\`` (by a backslash) and the control characters
  U+0000-U+001F (``\\b \\t \\n \\f \\r``, otherwise ``\\u`` and four lower-case hexadecimal digits).
- Numbers: integers only, in decimal, without leading zeros, plus sign or exponent. A number with a
  fraction is a string (see below): binary floating point has no one way to be written.
- ``true``, ``false``, ``null``.
- Values beyond JSON are strings before they are written: a decimal in plain notation without
  trailing zeros ("98.5", "100", "0"); a date "2024-02-05"; a moment in UTC with microseconds,
  "2024-02-05T01:30:00.000000Z"; a UUID in lower case; bytes in lower-case hexadecimal.

A float, a moment without a zone, a lone surrogate and any other type are refused with ``TypeError``
or ``ValueError``: what cannot be repeated exactly must not be hashed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from motcua.core.text import nfc

VERSION = 1

_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=False, allow_nan=False
).encode


def canonical_json(value: Any) -> bytes:
    """The canonical bytes of a value (module docstring)."""
    return _encode(_plain(value)).encode("utf-8")


def sha256_hex(value: Any) -> str:
    """SHA-256 of the canonical bytes, in 64 lower-case hexadecimal digits."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def _plain(value: Any) -> Any:
    """The value in JSON's own types, strings composed and keys in order."""
    match value:
        case None | bool():
            return value
        case str():
            return nfc(str.__str__(value))
        case int():
            return int(value)
        case Decimal():
            return decimal_text(value)
        case datetime():
            return moment_text(value)
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case bytes():
            return value.hex()
        case Mapping():
            return _object(value)
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            raise TypeError(f"{type(value).__name__} has no canonical form")


def _object(value: Mapping[Any, Any]) -> dict[str, Any]:
    pairs: dict[str, Any] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise TypeError(f"a key must be a string, not {type(key).__name__}")
        name = nfc(str.__str__(key))
        if name in pairs:
            raise ValueError(f"two keys are the same in NFC: {name!r}")
        pairs[name] = _plain(item)
    return dict(sorted(pairs.items()))


def decimal_text(value: Decimal) -> str:
    """A decimal in plain notation without trailing zeros: "98.5", "1000", "0"."""
    if not value.is_finite():
        raise ValueError("only finite numbers have a canonical form")
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def moment_text(value: datetime) -> str:
    """A moment in UTC with microseconds: "2024-02-05T01:30:00.000000Z"."""
    if value.tzinfo is None:
        raise ValueError("a moment needs its zone to have a canonical form")
    utc = value.astimezone(UTC).replace(tzinfo=None)
    return utc.isoformat(timespec="microseconds") + "Z"
