"""The words around a slip's own, the same in PDF and DOCX: Vietnamese by law, not translated."""

from __future__ import annotations

from typing import Final

from motcua.dossiers.documents.page import SlipPage

SIGN: Final = "(Ký, ghi rõ họ tên)"
CANCELLED: Final = "ĐÃ HỦY"
QR: Final = "Mã QR để tra cứu hồ sơ"


def form(page: SlipPage) -> str:
    """ "Mẫu số 01"; a slip without an official form says nothing."""
    return f"Mẫu số {page.form}" if page.form else ""


def cancelled(page: SlipPage) -> str:
    """Why the slip no longer holds."""
    return f"{CANCELLED}: {page.cancelled}" if page.cancelled else ""
