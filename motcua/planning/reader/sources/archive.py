"""A DOCX is a ZIP archive: what must hold before it is opened."""

from __future__ import annotations

import io
import zipfile

from motcua.planning.reader.refusals import (
    BrokenFile,
    Embedded,
    Encrypted,
    Macros,
    UnknownKind,
    ZipBomb,
)

MAX_ENTRIES = 2_000
MAX_UNPACKED = 64 * 1024 * 1024
MAX_RATIO = 150
"""Text packs about 1:10, drawings up to 1:60; a bomb packs 1:1000."""
_RATIO_FROM = 1024 * 1024
_ENCRYPTED_FLAG = 0x1


def check_archive(data: bytes) -> None:
    """Refuse what is broken, encrypted, too large inside, or carries code or other files.

    Only the archive's directory and its list of content types are read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_sizes(entries)
            if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
                raise Encrypted
            names = {entry.filename.lower() for entry in entries}
            _check_content(names, archive)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError):
        raise BrokenFile from None


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED:
        raise ZipBomb
    for entry in entries:
        if entry.file_size > _RATIO_FROM and entry.file_size > MAX_RATIO * entry.compress_size:
            raise ZipBomb


def _check_content(names: set[str], archive: zipfile.ZipFile) -> None:
    if "[content_types].xml" not in names or "word/document.xml" not in names:
        raise UnknownKind
    types = archive.read("[Content_Types].xml")
    if b"macroEnabled" in types or any(name.endswith("vbaproject.bin") for name in names):
        raise Macros
    if any(name.startswith(("word/embeddings/", "word/activex/")) for name in names):
        raise Embedded
