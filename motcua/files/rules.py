"""What may come in: kinds of file by their content, sizes, archives that lie about theirs."""

from __future__ import annotations

import io
import zipfile
from pathlib import PurePosixPath
from typing import Final

from motcua.core.errors import Refused
from motcua.core.errors import mark as _

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_UNPACKED: Final = 200 * 1024 * 1024
MAX_RATIO: Final = 200
MAX_MEMBERS: Final = 5000

#: Extension → (fixed media type, first bytes that it must begin with).
KINDS: Final[dict[str, tuple[str, tuple[bytes, ...]]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "txt": ("text/plain", ()),
    "csv": ("text/csv", ()),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        (b"PK\x03\x04",),
    ),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (b"PK\x03\x04",)),
    "odt": ("application/vnd.oasis.opendocument.text", (b"PK\x03\x04",)),
    "zip": ("application/zip", (b"PK\x03\x04",)),
    "doc": ("application/msword", (b"\xd0\xcf\x11\xe0",)),
    "xls": ("application/vnd.ms-excel", (b"\xd0\xcf\x11\xe0",)),
}
_ZIPPED: Final = frozenset({"docx", "xlsx", "odt", "zip"})


class FileEmpty(Refused):
    """A file of zero bytes."""

    code = "file_empty"
    message = _("Tệp “%(name)s” trống. Hãy mở lại tệp để kiểm tra rồi tải lên lần nữa.")
    status = 422


class FileTooLarge(Refused):
    """Larger than the door."""

    code = "file_too_large"
    message = _("Tệp “%(name)s” lớn hơn %(megabytes)s MB. Hãy giảm dung lượng rồi tải lại.")
    status = 413


class FileKindRefused(Refused):
    """An extension that is not taken, or a content that is not what the name says."""

    code = "file_kind"
    message = _("Tệp “%(name)s” không đúng loại được nhận: %(kinds)s. Hãy lưu lại đúng loại.")
    status = 422


class FileDamaged(Refused):
    """Cut in the middle, or an archive that unpacks to far more than it says."""

    code = "file_damaged"
    message = _("Tệp “%(name)s” bị hỏng hoặc tải lên chưa trọn. Hãy tải lại từ tệp gốc.")
    status = 422


def clean_name(name: str) -> str:
    """The bare file name: no folder, no control characters, at most 150 letters."""
    bare = PurePosixPath(name.replace("\\", "/")).name
    bare = "".join(letter for letter in bare if letter.isprintable() and letter not in '<>:"|?*')
    stem, dot, extension = bare.rpartition(".")
    return f"{stem[:140]}{dot}{extension[:9]}" if dot else bare[:150] or "tep"


def check_file(name: str, content: bytes) -> str:
    """The media type under which a file may be kept; raises a refusal with its reason."""
    if not content:
        raise FileEmpty(name=name)
    if len(content) > MAX_BYTES:
        raise FileTooLarge(name=name, megabytes=MAX_BYTES // 1024 // 1024)
    extension = name.rpartition(".")[2].lower()
    kinds = ", ".join(sorted(KINDS))
    if extension not in KINDS:
        raise FileKindRefused(name=name, kinds=kinds)
    media, beginnings = KINDS[extension]
    if beginnings and not content.startswith(beginnings):
        raise FileKindRefused(name=name, kinds=kinds)
    if extension in _ZIPPED:
        _check_archive(name, content)
    if extension == "pdf" and b"%%EOF" not in content[-2048:]:
        raise FileDamaged(name=name)
    if media.startswith("text/") and b"\x00" in content[:4096] and content[:2] not in _UTF16:
        raise FileKindRefused(name=name, kinds=kinds)
    return media


_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


def _check_archive(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise FileDamaged(name=name) from error
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * len(content):
        raise FileDamaged(name=name)
