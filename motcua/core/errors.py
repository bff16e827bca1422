"""A refusal is an exception with a sentence that the user may read."""

from __future__ import annotations

from typing import ClassVar


def mark(message: str) -> str:
    """Mark a Vietnamese sentence for translation where Django is out of reach.

    The sentence is translated at the edge, when it is shown. Imported as ``_`` so that
    ``makemessages`` finds it.
    """
    return message


_ = mark  # the name by which messages are collected


class Refused(Exception):
    """An action or a rule says no, and says why.

    Subclasses are defined beside what raises them and set ``code`` (stable, for machines) and
    ``message`` (a marked Vietnamese sentence with ``%(name)s`` places). ``status`` is the HTTP
    status of the answer.
    """

    code: ClassVar[str] = "refused"
    message: ClassVar[str] = _("Việc này không thực hiện được.")
    status: ClassVar[int] = 409

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.sentence())

    def sentence(self, template: str | None = None) -> str:
        """The sentence with its places filled; ``template`` is a translation of ``message``."""
        text = template if template is not None else self.message
        return text % self.params if self.params else text


class Stale(Refused):
    """Somebody else saved the same record in between; nothing was overwritten."""

    code = "stale"
    message = _(
        "Trong lúc bạn đang sửa, %(who)s đã lưu bản khác. Nội dung bạn gõ vẫn còn đây: "
        "hãy xem bản mới rồi lưu lại."
    )
    status = 409
