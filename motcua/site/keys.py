"""Where the secrets of an installation come from: the environment, or one file made at first start.

The file lies in ``MOTCUA_HOME/keys.json`` with mode 0600, beside the database but never inside it
nor inside its backup: who holds the backup alone cannot read personal identifiers.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path

NAMES = ("secret", "field", "index")


class MissingKeys(Exception):
    """The installation has no secrets and may not invent them."""


def load_keys(home: Path, environ: dict[str, str]) -> dict[str, str]:
    """The keys by name; :class:`MissingKeys` names what is not there."""
    path = home / "keys.json"
    stored = json.loads(path.read_text()) if path.exists() else {}
    keys = {name: environ.get(f"MOTCUA_KEY_{name.upper()}") or stored.get(name) for name in NAMES}
    missing = [f"MOTCUA_KEY_{name.upper()}" for name, value in keys.items() if not value]
    if missing:
        raise MissingKeys(
            f"No secrets: set {', '.join(missing)} or run `motcua init`, which makes {path}."
        )
    return {name: value for name, value in keys.items() if value}


def make_keys(home: Path) -> Path:
    """Make the key file once; an existing one is left as it is."""
    path = home / "keys.json"
    if path.exists():
        return path
    home.mkdir(parents=True, exist_ok=True)
    keys = {
        "secret": secrets.token_urlsafe(48),
        "field": base64.b64encode(secrets.token_bytes(32)).decode(),
        "index": base64.b64encode(secrets.token_bytes(32)).decode(),
    }
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(keys, file)
    return path
