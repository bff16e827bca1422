"""From the bytes of a file to raw lines and tables: TXT, DOCX and PDF."""

from __future__ import annotations

from motcua.planning.reader.document import RawDocument
from motcua.planning.reader.refusals import EmptyFile, Encrypted, UnknownKind

TXT = "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Word before 2007, and encrypted DOCX
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_NOT_TEXT = (
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"II*\x00",
    b"MM\x00*",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
)


def media_of(data: bytes) -> str:
    """What kind of file this is, told from its bytes; the name and the sender may be wrong.

    Raises a refusal for an empty file, an encrypted DOCX and any other kind of file.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptyFile
    if data.startswith(_OLE):
        raise Encrypted if _ENCRYPTED_STREAM in data else UnknownKind
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(b"PK"):
        return DOCX
    head = data[:512].lstrip().lower()
    if data.startswith(_NOT_TEXT) or head.startswith((b"<!doctype html", b"<html", b"<?xml")):
        raise UnknownKind
    return TXT


def load(data: bytes) -> RawDocument:
    """Raw lines and tables of a file; the libraries for a kind are imported when it comes."""
    media = media_of(data)
    if media == PDF:
        from motcua.planning.reader.sources.pdf import load_pdf

        return load_pdf(data)
    if media == DOCX:
        from motcua.planning.reader.sources.docx import load_docx

        return load_docx(data)
    from motcua.planning.reader.sources.txt import load_txt

    return load_txt(data)
