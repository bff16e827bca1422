"""Why a file cannot be read as a plan: one sentence each, with what to do."""

from __future__ import annotations

from motcua.core.errors import Refused
from motcua.core.errors import mark as _


class ReaderRefused(Refused):
    """The reader says no; nothing was written."""

    code = "unreadable"
    status = 422


class EmptyFile(ReaderRefused):
    """The file has no letters at all."""

    code = "empty"
    message = _("Tệp này trống. Hãy chọn lại tệp có nội dung kế hoạch.")


class EmptyPlan(ReaderRefused):
    """The plan has headings but neither goals nor tasks."""

    code = "empty"
    message = _(
        "Kế hoạch này chỉ có đề mục, chưa có mục tiêu hay nhiệm vụ nào. "
        "Hãy bổ sung nội dung rồi tải lên lại."
    )


class NotAPlan(ReaderRefused):
    """The text has no heading of a plan."""

    code = "not_a_plan"
    message = _(
        "Không tìm thấy đề mục nào của một kế hoạch (mục tiêu, nhiệm vụ, tổ chức thực hiện). "
        "Hãy kiểm tra xem có chọn đúng tệp không."
    )


class UnknownKind(ReaderRefused):
    """Neither TXT, DOCX nor PDF."""

    code = "unknown_kind"
    message = _(
        "Không đọc được loại tệp này. Hãy lưu kế hoạch thành tệp DOCX, PDF hoặc TXT rồi tải lên."
    )


class Undecodable(ReaderRefused):
    """A text file in no known Vietnamese encoding."""

    code = "undecodable"
    message = _(
        "Không nhận ra bảng mã tiếng Việt của tệp văn bản này. "
        "Hãy lưu lại tệp với bảng mã Unicode (UTF-8) rồi tải lên."
    )


class BrokenFile(ReaderRefused):
    """The file is damaged or was cut off."""

    code = "broken_file"
    message = _(
        "Tệp bị hỏng hoặc tải lên chưa trọn vẹn. Hãy mở thử tệp trên máy của bạn rồi tải lên lại."
    )


class Encrypted(ReaderRefused):
    """The file is protected by a password."""

    code = "encrypted"
    message = _("Tệp được đặt mật khẩu. Hãy gỡ mật khẩu rồi tải lên lại.")


class NoText(ReaderRefused):
    """A scanned PDF."""

    code = "no_text"
    message = _(
        "Tệp PDF này là ảnh quét, không có chữ để đọc. "
        "Hãy tải lên tệp gốc DOCX, hoặc PDF xuất từ trình soạn thảo."
    )


class TooLong(ReaderRefused):
    """More than any plan needs."""

    code = "too_long"
    message = _(
        "Văn bản dài %(size)s, vượt quá mức %(limit)s của một bản kế hoạch. "
        "Hãy kiểm tra xem có chọn đúng tệp không."
    )


class ZipBomb(ReaderRefused):
    """A DOCX that would unpack to far more than a plan needs."""

    code = "zip_bomb"
    message = _(
        "Tệp DOCX này giải nén ra quá lớn nên không được mở. "
        "Hãy mở tệp trên máy của bạn, lưu thành tệp mới rồi tải lên."
    )


class Macros(ReaderRefused):
    """A DOCX that carries program code."""

    code = "macros"
    message = _(
        "Tệp Word này chứa macro nên không được mở. Hãy lưu thành tệp DOCX thường rồi tải lên."
    )


class Embedded(ReaderRefused):
    """A DOCX that carries other files or controls."""

    code = "embedded"
    message = _(
        "Tệp Word này có nhúng tệp hoặc đối tượng khác nên không được mở. "
        "Hãy xóa đối tượng nhúng rồi tải lên lại."
    )


class TookTooLong(ReaderRefused):
    """The reading was stopped by its limits of time or memory."""

    code = "too_heavy"
    message = _(
        "Đọc tệp này tốn quá nhiều thời gian hoặc bộ nhớ nên đã dừng lại. "
        "Hãy lưu kế hoạch thành tệp DOCX hoặc TXT đơn giản hơn rồi tải lên."
    )


def all_refusals() -> dict[str, type[ReaderRefused]]:
    """Every refusal by its class name: how the child process names what it raised."""
    return {kind.__name__: kind for kind in ReaderRefused.__subclasses__()}
