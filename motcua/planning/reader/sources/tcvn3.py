"""TCVN 5712:1993 ("ABC" fonts): how Vietnamese was stored before Unicode."""

from __future__ import annotations

_LOW = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
_TABLE = {start + offset: char for start, run in _LOW.items() for offset, char in enumerate(run)}


def decode(data: bytes) -> str:
    """The text of TCVN3 bytes; bytes outside the table stay as in Latin-1."""
    return data.decode("latin-1").translate(_TABLE)
