"""Model fields without business."""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import models

from motcua.db.crypto import blind_index, decrypt, encrypt


def _key(name: str) -> bytes:
    return _bytes_of(settings.MOTCUA_KEYS[name])


@lru_cache(maxsize=8)
def _bytes_of(key: str) -> bytes:
    return base64.b64decode(key)


class EncryptedTextField(models.TextField[str, str]):
    """Text that lies encrypted in the database. Look-ups go through a blind index, not here."""

    def _column(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> Any:
        if value in (None, ""):
            return value
        return encrypt(str(value), key=_key("field"), column=self._column())

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        if value in (None, ""):
            return value
        assert value is not None
        return decrypt(value, key=_key("field"), column=self._column())


def index_of(text: str, column: str) -> str:
    """The blind index of a value for ``column`` (``table.field``), "" for nothing."""
    return blind_index(text, key=_key("index"), column=column) if text else ""
