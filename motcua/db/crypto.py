"""Personal identifiers at rest: AES-256-GCM, and a blind index to look them up.

Format of a stored value: version byte ``1``, key id byte, 12-byte nonce, ciphertext with tag,
base64. Additional data binds the value to its column, so that a value moved to another column
does not decrypt. A 12-digit identity number can be guessed: the index key must never lie in the
database or its backup.
"""

from __future__ import annotations

import base64
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = 1


class WrongKey(Exception):
    """The stored value cannot be read with the keys of this installation."""


@lru_cache(maxsize=8)
def _cipher(key: bytes) -> AESGCM:
    """Made once for a key: making it takes longer than using it."""
    return AESGCM(key)


def encrypt(text: str, *, key: bytes, column: str, key_id: int = 1) -> str:
    """Encrypt ``text`` for ``column``; two calls never give the same result."""
    nonce = os.urandom(12)
    sealed = _cipher(key).encrypt(nonce, text.encode(), column.encode())
    return base64.b64encode(bytes([VERSION, key_id]) + nonce + sealed).decode()


def decrypt(stored: str, *, key: bytes, column: str) -> str:
    """Read a value of :func:`encrypt`; raises :class:`WrongKey`."""
    raw = base64.b64decode(stored)
    if raw[:1] != bytes([VERSION]):
        raise WrongKey(column)
    try:
        return _cipher(key).decrypt(raw[2:14], raw[14:], column.encode()).decode()
    except InvalidTag as error:
        raise WrongKey(column) from error


def blind_index(text: str, *, key: bytes, column: str) -> str:
    """A keyed fingerprint (32 hex digits) of a normalised value: equality search only."""
    normal = "".join(text.split()).casefold()
    return hmac.digest(key, f"{column}|{normal}".encode(), "sha256").hex()[:32]
